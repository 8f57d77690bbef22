# GNU mailutils' imap4d for the tests, run with host networking: it binds 127.0.0.1:$PORT itself.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mailutils-imap4d openssl \
 && rm -rf /var/lib/apt/lists/*
COPY common.sh imap4d.sh /servers/
ENV PORT=1143 INSTALLED=1
CMD exec /servers/imap4d.sh /srv/state "$PORT"
