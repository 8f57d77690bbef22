# Sourced by the server scripts; knows packages and folders, nothing of IMAP.

USERS="user1 user2 user3 user4 user5 user6 user7 user8 user9"

# need_package PROBE PACKAGE...   installs the packages unless the file PROBE is there
need_package() {
  local probe=$1
  shift
  [ ! -e "$probe" ] || return 0
  apt-get -o DPkg::Lock::Timeout=600 update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq \
    --no-install-recommends "$@" >&2
}

# unpack_packages ROOT PACKAGE...   unpacks packages under ROOT without installing them:
# Debian lets only one IMAP server be installed at a time, and that one is Dovecot
unpack_packages() {
  local root=$1
  shift
  [ ! -e "$root/.unpacked" ] || return 0
  mkdir -p "$root/.debs"
  (
    cd "$root/.debs"
    apt-get download -qq "$@" >/dev/null 2>&1 || {
      apt-get -o DPkg::Lock::Timeout=600 update -qq >&2
      apt-get download -qq "$@" >&2
    }
    for deb in *.deb; do dpkg-deb -x "$deb" "$root"; done
  )
  touch "$root/.unpacked"
}

# state_folder DIR   makes DIR readable for the server's own users and prints its absolute path
state_folder() {
  mkdir -p "$1"
  chmod 755 "$1"
  (cd "$1" && pwd)
}
