#!/usr/bin/env bash
# greenmail.sh DIR PORT
# GreenMail standalone (Java, in memory) in the foreground on 127.0.0.1:PORT, users user1..user9,
# password "pass". The pid of this script is the server's: kill it to stop.
# Environment: GREENMAIL_JAR  the standalone jar
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
DIR=$(state_folder "${1:?usage: $0 DIR PORT}") PORT=${2:?port}
cd "$DIR"
list=''
for user in $USERS; do list+=${list:+,}$user:pass@localhost; done
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m \
  -Dgreenmail.imap.hostname=127.0.0.1 -Dgreenmail.imap.port="$PORT" \
  -Dgreenmail.users="$list" -Dgreenmail.users.login=local_part -jar "${GREENMAIL_JAR:?}"
