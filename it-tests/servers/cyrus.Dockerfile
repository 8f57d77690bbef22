# Cyrus IMAP for the tests, run with host networking: it binds 127.0.0.1:$PORT itself.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      cyrus-imapd cyrus-common sasl2-bin libsasl2-modules libsasl2-modules-db \
 && rm -rf /var/lib/apt/lists/*
COPY common.sh cyrus.sh /servers/
ENV PORT=1143 INSTALLED=1
CMD exec /servers/cyrus.sh /srv/state "$PORT"
