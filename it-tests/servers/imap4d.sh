#!/usr/bin/env bash
# imap4d.sh DIR PORT
# GNU mailutils' imap4d in the foreground on 127.0.0.1:PORT, mail in DIR. Users user1..user9, password
# "pass". Kill this script's pid to stop. Needs root: it wants system accounts, which are laid over
# /etc/passwd and /etc/shadow in a mount namespace of their own.
# Environment: INSTALLED=1          /etc is the server's own
#              MAX_CONNECTIONS=100  in all
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
DIR=$(state_folder "${1:?usage: $0 DIR PORT}") PORT=${2:?port}
need_package /usr/sbin/imap4d mailutils-imap4d
need_package "$(command -v openssl || echo /usr/bin/openssl)" openssl

mkdir -p "$DIR"/{home,spool,etc}
chmod 1777 "$DIR/spool"
for table in passwd group shadow; do cp /etc/$table "$DIR/etc/$table"; done
chmod 640 "$DIR/etc/shadow"
hash=$(openssl passwd -6 pass)
id=5101
for user in $USERS; do
  sed -i "/^$user:/d" "$DIR/etc/passwd" "$DIR/etc/group" "$DIR/etc/shadow"
  echo "$user:x:$id:$id::$DIR/home/$user:/bin/sh" >>"$DIR/etc/passwd"
  echo "$user:x:$id:" >>"$DIR/etc/group"
  echo "$user:$hash:19000:0:99999:7:::" >>"$DIR/etc/shadow"
  # Without its spool an APPEND to INBOX fails until the user's first SELECT creates it.
  mkdir -p "$DIR/home/$user" "$DIR/spool/$user"/{cur,new,tmp}
  chown -R $id:$id "$DIR/home/$user" "$DIR/spool/$user"
  id=$((id + 1))
done
cat >"$DIR/imap4d.conf" <<CONF
mode daemon;
foreground yes;
max-children ${MAX_CONNECTIONS:-100};
login-disabled no;
pidfile "$DIR/imap4d.pid";
timeout 1800;
logging { syslog no; facility mail; };
mailbox { mailbox-type "maildir"; mail-spool "$DIR/spool"; };
tcp-wrappers { enable no; };
auth { authentication "generic:system"; authorization "system"; };
server 127.0.0.1:$PORT { single-process no; };
CONF
SERVER=(/usr/sbin/imap4d --no-config --config-file="$DIR/imap4d.conf" --foreground)
if [ -n "${INSTALLED:-}" ]; then
  cp "$DIR"/etc/* /etc/
  exec "${SERVER[@]}"
fi
cat >"$DIR/inner.sh" <<INNER
set -e
mount --make-rprivate /
mount -t overlay overlay -o lowerdir=$DIR/etc:/etc /etc
exec ${SERVER[*]}
INNER
exec unshare -m bash "$DIR/inner.sh"
