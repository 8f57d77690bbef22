# A Debian with what the package depends on and no more, but for systemd's tools: packages are installed into it and removed again.
ARG BASE=debian:bookworm
FROM ${BASE}
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless ssl-cert systemd \
 && rm -rf /var/lib/apt/lists/*
CMD ["sleep", "infinity"]
