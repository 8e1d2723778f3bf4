# What the two commands need beside the checkout. Sourced by run and test.

need_dotnet() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -qE '^(1[0-9]|[2-9][0-9])\.' && return
  echo "The .NET SDK 10 or newer is needed, and 'dotnet' was not found or is older." >&2
  echo "Install it from https://dotnet.microsoft.com/download, or with your package manager (dotnet-sdk-10.0), and try again." >&2
  exit 2
}

# Installing needs no asking in CI, or as root in a container.
may_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  [ "${CI:-}" = true ] || [ -f /.dockerenv ] || [ -f /run/.containerenv ]
}

# A package may bring a service along: it is not to run here. Where a policy is in place already, as in Debian's images, that one holds.
install_without_services() {
  local policy=/usr/sbin/policy-rc.d made="" status=0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=1
  fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null || status=$?
  [ -z "$made" ] || rm -f "$policy"
  return "$status"
}

# need_command COMMAND PACKAGE: installs the package where that may be done. Else the tests that want it are skipped, and say so.
need_command() {
  command -v "$1" >/dev/null && return
  may_install || return 0
  echo "Installing $2, for $1..."
  apt-get update -qq >/dev/null && install_without_services "$2"
}

# need_python MODULE PACKAGE: the same for a module of Python.
need_python() {
  { /usr/bin/python3 -c "import $1" || python3 -c "import $1"; } >/dev/null 2>&1 && return
  may_install || return 0
  echo "Installing $2, for $1..."
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}
