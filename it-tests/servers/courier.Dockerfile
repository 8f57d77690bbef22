# Courier IMAP for the tests, run with host networking: it binds 127.0.0.1:$PORT itself.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      courier-imap courier-authlib-userdb courier-authdaemon gamin openssl \
 && rm -rf /var/lib/apt/lists/*
COPY common.sh courier.sh /servers/
ENV PORT=1143 INSTALLED=1
CMD exec /servers/courier.sh /srv/state "$PORT"
