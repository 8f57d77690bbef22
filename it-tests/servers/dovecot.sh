#!/usr/bin/env bash
# dovecot.sh VARIANT DIR PORT
# Debian's Dovecot in the foreground on 127.0.0.1:PORT, everything it writes under DIR.
#   VARIANT  native   as packaged, with NOTIFY
#            legacy   NOTIFY neither advertised nor accepted: what this project is for
#            without-idle, without-condstore, without-list-status
#                     as legacy, less that and what needs it (QRESYNC goes with CONDSTORE)
#            metadata as legacy, with annotations of mailboxes and the server (RFC 5464)
#            bare     IMAP4rev1 UIDPLUS CHILDREN UNSELECT and nothing else, no IDLE
# Users user1..user9, password "pass". The pid of this script is the server's: kill it to stop.
# Environment: MAX_CONNECTIONS=100  per user and address
#              TLS_CERT, TLS_KEY    PEM files: STARTTLS on PORT, and
#              TLS_PORT             implicit TLS there
#              PLUGIN_CACHE         a folder that keeps the compiled plugin
#              EXTRA_CAPABILITIES   words that legacy and bare advertise besides
#              EXTRA_CONF           settings to put behind all others
set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/common.sh"
VARIANT=${1:?variant} DIR=$(state_folder "${2:?usage: $0 VARIANT DIR PORT}") PORT=${3:?port}
OWNER=5000

case $VARIANT in
native) CAPABILITIES='' HIDDEN=() ;;
legacy | metadata | without-*)
  CAPABILITIES='IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+'
  [ "$VARIANT" != metadata ] || CAPABILITIES+=' METADATA'
  HIDDEN=(NOTIFY)
  case $VARIANT in
  without-idle) CAPABILITIES=${CAPABILITIES/ IDLE/} HIDDEN+=(IDLE) ;;
  without-condstore) CAPABILITIES=${CAPABILITIES/ CONDSTORE QRESYNC/} ;;
  without-list-status) CAPABILITIES=${CAPABILITIES/ LIST-STATUS/} ;;
  without-*) echo "unknown variant $VARIANT" >&2; exit 2 ;;
  esac ;;
bare)
  CAPABILITIES='IMAP4rev1 UIDPLUS CHILDREN UNSELECT'
  HIDDEN=(NOTIFY IDLE ENABLE NAMESPACE ID SORT THREAD MOVE COMPRESS CANCELUPDATE URLFETCH GENURLAUTH
    RESETKEY 'UID SORT' 'UID THREAD' 'UID MOVE') ;;
*) echo "unknown variant $VARIANT" >&2; exit 2 ;;
esac

need_package /usr/lib/dovecot/imap dovecot-core dovecot-imapd
mkdir -p "$DIR"/{run,state,mail,plugins}
ln -sfn /usr/lib/dovecot/modules/* "$DIR/plugins/"
chown $OWNER:$OWNER "$DIR/mail"

# hide_commands NAME...   a plugin that unregisters commands. imap_capability alone only stops
# advertising them: a hidden NOTIFY would still be obeyed.
hide_commands() {
  local source=$DIR/hide.c library=$DIR/plugins/lib98_hide_plugin.so cached
  {
    cat <<'C'
#include "lib.h"
#include "imap-common.h"
#include "imap-commands.h"
extern const char *hide_plugin_version;
const char *hide_plugin_version = DOVECOT_ABI_VERSION;
void hide_plugin_init(struct module *m ATTR_UNUSED);
void hide_plugin_deinit(void);
static const char *const names[] = {
C
    printf '  "%s",\n' "$@"
    cat <<'C'
  NULL };
void hide_plugin_init(struct module *m ATTR_UNUSED) {
  for (unsigned int i = 0; names[i] != NULL; i++)
    if (command_find(names[i]) != NULL) command_unregister(names[i]);
}
void hide_plugin_deinit(void) { }
C
  } >"$source"
  cached=${PLUGIN_CACHE:-$DIR}/hide-$VARIANT.so
  if [ ! -e "$cached" ]; then
    need_package /usr/include/dovecot/imap-commands.h dovecot-dev
    need_package "$(command -v gcc || echo /usr/bin/gcc)" gcc libc6-dev
    gcc -shared -fPIC -O -include config.h -DHAVE_CONFIG_H -I/usr/include/dovecot -o "$cached" "$source"
  fi
  cp "$cached" "$library"
}
[ ${#HIDDEN[@]} -eq 0 ] || hide_commands "${HIDDEN[@]}"

tls_settings() {
  if [ -z "${TLS_CERT:-}" ]; then
    echo 'ssl = no'
  else
    printf 'ssl = yes\nssl_cert = <%s\nssl_key = <%s\n' "$TLS_CERT" "$TLS_KEY"
  fi
}

cat >"$DIR/dovecot.conf" <<CONF
base_dir = $DIR/run
state_dir = $DIR/state
log_path = $DIR/dovecot.log
protocols = imap
listen = 127.0.0.1
$(tls_settings)
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-256
auth_failure_delay = 0
mail_location = maildir:$DIR/mail/%u/Maildir
mail_plugin_dir = $DIR/plugins
mail_uid = $OWNER
mail_gid = $OWNER
mail_max_userip_connections = ${MAX_CONNECTIONS:-100}
${CAPABILITIES:+imap_capability = $CAPABILITIES ${EXTRA_CAPABILITIES:-}}
mail_attribute_dict = file:%h/Maildir/dovecot-attributes
passdb {
  driver = static
  args = password=pass
}
userdb {
  driver = static
  args = uid=$OWNER gid=$OWNER home=$DIR/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    address = 127.0.0.1
    port = $PORT
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${TLS_PORT:-0}
    ssl = yes
  }
  service_count = 0
  client_limit = 4000
}
service imap {
  process_limit = 2048
}
service anvil {
  client_limit = 8192
  # Else a wrong password slows down the next logins of everybody on loopback.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  client_limit = 8192
}
protocol imap {
  imap_metadata = $([ "$VARIANT" = metadata ] && echo yes || echo no)
  $([ ${#HIDDEN[@]} -eq 0 ] || echo 'mail_plugins = $mail_plugins hide')
}
${EXTRA_CONF:-}
CONF
exec dovecot -F -c "$DIR/dovecot.conf"
