# Sourced by the server scripts; knows packages and folders, nothing of IMAP.

USERS="user1 user2 user3 user4 user5 user6 user7 user8 user9"

# can_install   true for root on a system with apt
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# install_packages PACKAGE...   installs without letting packages start daemons of their own
install_packages() {
  local policy=/usr/sbin/policy-rc.d code=0
  if [ -e "$policy" ]; then policy=; else printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; fi
  apt-get -o DPkg::Lock::Timeout=600 update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "$@" \
    || code=$?
  [ -z "$policy" ] || rm -f "$policy"
  return $code
}

# need_package PROBE PACKAGE...   installs the packages unless the file PROBE is there
need_package() {
  local probe=$1
  shift
  [ ! -e "$probe" ] || return 0
  can_install || { echo "missing: $*" >&2; return 1; }
  install_packages "$@" >&2
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
