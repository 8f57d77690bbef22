#!/usr/bin/env bash
# courier.sh DIR PORT
# Debian's Courier IMAP in the foreground on 127.0.0.1:PORT, mail in DIR/mail/USER/Maildir.
# Users user1..user9, password "pass"; mailboxes INBOX.x, separator ".". Kill this script's pid to stop.
# Needs root: the packages conflict with Dovecot's and have their paths compiled in, so they are unpacked
# and laid over /usr, /etc and /run in a mount namespace of their own.
# Environment: INSTALLED=1       the packages are installed and /etc is the server's own
#              PACKAGES=DIR/root a folder that may be kept from run to run
#              ENHANCED_IDLE=1   0: IDLE looks every IDLE_POLL=60 seconds
#              MAX_CONNECTIONS=100  per address
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
DIR=$(state_folder "${1:?usage: $0 DIR PORT}") PORT=${2:?port}
MAIL=5000 COURIER=5001
LAYER=$DIR/layer # goes over /etc and /run
ROOT=

if [ -z "${INSTALLED:-}" ]; then
  need_package /usr/lib/x86_64-linux-gnu/libcourier-unicode.so.4 libcourier-unicode4 libgamin0 gamin \
    libgdbm6 libltdl7 libidn12 libpcre3
  need_package "$(command -v openssl || echo /usr/bin/openssl)" openssl
  ROOT=${PACKAGES:-$DIR/root}
  unpack_packages "$ROOT" courier-base courier-imap courier-authlib courier-authlib-userdb courier-authdaemon
fi
mkdir -p "$DIR"/{mail,run/authdaemon} "$LAYER"/{etc/courier,run/courier}
cp -a "$ROOT/etc/courier/." "$LAYER/etc/courier/"
for table in passwd group; do grep -v '^courier:\|^vmail:' /etc/$table >"$LAYER/etc/$table"; done
echo "courier:x:$COURIER:$COURIER::/:/bin/false" >>"$LAYER/etc/passwd"
echo "courier:x:$COURIER:" >>"$LAYER/etc/group"
# Gamin, the enhanced IDLE, looks its user up by name.
echo "vmail:x:$MAIL:$MAIL::$DIR/mail:/bin/false" >>"$LAYER/etc/passwd"
sed -i 's/^authmodulelist=.*/authmodulelist="authuserdb"/' "$LAYER/etc/courier/authdaemonrc"
sed -i -e "s/^IMAP_ENHANCEDIDLE=.*/IMAP_ENHANCEDIDLE=${ENHANCED_IDLE:-1}/" \
  -e "s/^IMAP_IDLE_TIMEOUT=.*/IMAP_IDLE_TIMEOUT=${IDLE_POLL:-60}/" "$LAYER/etc/courier/imapd"

hash=$(openssl passwd -6 pass)
: >"$LAYER/etc/courier/userdb"
chmod 600 "$LAYER/etc/courier/userdb"
for user in $USERS; do
  printf '%s\tuid=%s|gid=%s|home=%s|mail=%s|systempw=%s\n' "$user" $MAIL $MAIL "$DIR/mail/$user" \
    "$DIR/mail/$user/Maildir" "$hash" >>"$LAYER/etc/courier/userdb"
  mkdir -p "$DIR/mail/$user"
  [ -d "$DIR/mail/$user/Maildir" ] \
    || LD_LIBRARY_PATH="$ROOT/usr/lib" "$ROOT/usr/bin/maildirmake.courier" "$DIR/mail/$user/Maildir"
done
chown -R $MAIL:$MAIL "$DIR/mail"
chown -R $COURIER:$COURIER "$DIR/run"

if [ -n "${INSTALLED:-}" ]; then
  mounts="cp -a $LAYER/etc/. /etc/; mkdir -p /run/courier; cp -a $DIR/run/. /run/courier/"
else
  # makeuserdb writes its database beside userdb, so /etc/courier must be writable.
  mounts="mount --make-rprivate /
mount -t overlay overlay -o lowerdir=$ROOT/usr:/usr /usr
mount -t overlay overlay -o lowerdir=$LAYER/etc:/etc /etc
mount -t overlay overlay -o lowerdir=$LAYER/run:/run /run
mount --bind $DIR/run /run/courier
mount --bind $LAYER/etc/courier /etc/courier"
fi
cat >"$DIR/inner.sh" <<INNER
set -e
$mounts
makeuserdb
/usr/lib/courier/courier-authlib/authdaemond & auth=\$!
trap 'kill \$auth \$imap 2>/dev/null; exit 0' TERM INT
set -a; . /etc/courier/imapd; . /etc/courier/imapd-ssl; IMAP_STARTTLS=NO; set +a
/usr/sbin/couriertcpd -address=127.0.0.1 -maxprocs=200 -maxperip=${MAX_CONNECTIONS:-100} -nodnslookup \
  -noidentlookup $PORT /usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir & imap=\$!
wait \$imap
INNER
[ -z "${INSTALLED:-}" ] || exec bash "$DIR/inner.sh"
exec unshare -m bash "$DIR/inner.sh"
