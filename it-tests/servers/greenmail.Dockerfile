# GreenMail for the tests, run with host networking: it binds 127.0.0.1:$PORT itself.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/*
COPY greenmail-standalone.jar /servers/
COPY common.sh greenmail.sh /servers/
ENV PORT=1143 GREENMAIL_JAR=/servers/greenmail-standalone.jar JAVA_HOME=
CMD exec /servers/greenmail.sh /srv/state "$PORT"
