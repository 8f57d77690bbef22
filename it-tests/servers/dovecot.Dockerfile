# Dovecot for the tests, run with host networking: it binds 127.0.0.1:$PORT itself.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      dovecot-core dovecot-imapd dovecot-dev gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
COPY common.sh dovecot.sh /servers/
ENV VARIANT=legacy PORT=1143
CMD exec /servers/dovecot.sh "$VARIANT" /srv/state "$PORT"
