#!/usr/bin/env bash
# cyrus.sh DIR PORT
# Debian's Cyrus IMAP in the foreground on 127.0.0.1:PORT, everything it writes under DIR.
# Users user1..user9, password "pass"; separator "/", folders beside INBOX. The pid of this script is
# the server's: kill it to stop. Needs root.
# Environment: INSTALLED=1      the packages are installed; else they are unpacked under PACKAGES, since
#                               they conflict with Dovecot's
#              PACKAGES=DIR/root a folder that may be kept from run to run
#              MAX_CONNECTIONS  per user (default: no limit)
#              IDLED=0          no idled: IDLE polls every minute
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
DIR=$(state_folder "${1:?usage: $0 DIR PORT}") PORT=${2:?port}
OWNER=mail
ROOT=

if [ -z "${INSTALLED:-}" ]; then
  need_package /usr/sbin/saslpasswd2 sasl2-bin libsasl2-modules
  need_package /usr/lib/x86_64-linux-gnu/libzephyr.so.4 libclamav12 libical3 libjansson4 libpcre3 libpq5 \
    libxapian30 libzephyr4 libwrap0 libsasl2-modules-db libldap-2.5-0 libxml2 libicu72 libsqlite3-0 libkrb5-3
  ROOT=${PACKAGES:-$DIR/root}
  unpack_packages "$ROOT" cyrus-common cyrus-imapd
  export LD_LIBRARY_PATH=$ROOT/usr/lib/x86_64-linux-gnu
fi
BIN=$ROOT/usr/lib/cyrus/bin

mkdir -p "$DIR"/conf/{db,proc,lock,socket,log,user,quota,msg} "$DIR"/{spool,run}
cat >"$DIR/imapd.conf" <<CONF
configdirectory: $DIR/conf
defaultpartition: default
partition-default: $DIR/spool
cyrus_user: $OWNER
cyrus_group: $OWNER
admins: cyrus
servername: localhost
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: $DIR/sasldb2
sasl_mech_list: PLAIN
allowplaintext: yes
autocreate_quota: 0
autocreate_post: yes
unixhierarchysep: yes
altnamespace: 1
virtdomains: off
conversations: 0
failedloginpause: 0
idlesocket: $DIR/conf/socket/idle
imapidlepoll: 60
maxlogins_per_user: ${MAX_CONNECTIONS:-0}
delete_mode: immediate
expunge_mode: immediate
search_engine: none
hashimapspool: yes
CONF
{
  echo 'START {'
  echo "  recover cmd=\"$BIN/ctl_cyrusdb -C $DIR/imapd.conf -r\""
  echo '}'
  echo 'DAEMON {'
  # Without -d idled would fork away and outlive the master.
  [ "${IDLED:-1}" = 0 ] || echo "  idled cmd=\"$BIN/idled -C $DIR/imapd.conf -d\""
  echo '}'
  echo 'SERVICES {'
  echo "  imap cmd=\"$BIN/imapd -C $DIR/imapd.conf -U 30\" listen=\"127.0.0.1:$PORT\" proto=tcp4 prefork=2 maxchild=2000"
  echo '}'
} >"$DIR/cyrus.conf"
if [ ! -e "$DIR/sasldb2" ]; then
  for user in $USERS; do echo pass | saslpasswd2 -p -c -f "$DIR/sasldb2" -u localhost "$user"; done
fi
chown -R $OWNER:$OWNER "$DIR/conf" "$DIR/spool" "$DIR/run" "$DIR/sasldb2"
exec "$BIN/master" -C "$DIR/imapd.conf" -M "$DIR/cyrus.conf" -p "$DIR/run/master.pid" -D
