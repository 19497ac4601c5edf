# shellcheck shell=bash
# What run.sh and test.sh share. Sourced by bash; defines functions only.
# Everything the scripts say goes to standard error: standard output belongs to what they run.

SOCKBENCH_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "-- $*" >&2; }
die() { printf '%s\n' "error: $*" >&2; exit 1; }

# packages_of GROUP...: the packages of these groups in packages.txt, one a line.
packages_of() {
  awk -v wanted=" $* " '/^[a-z]/ && index(wanted, " " $1 " ") { print $2 }' "$SOCKBENCH_ROOT/packaging/packages.txt"
}

# The groups that opening the window needs on this display.
run_groups() {
  if [ -n "${WAYLAND_DISPLAY:-}" ] && [ -z "${DISPLAY:-}" ]; then echo "build run wayland"; else echo "build run"; fi
}

# missing_packages PACKAGE...: those that dpkg does not have installed.
missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

# apt_known PACKAGE...: true when apt's lists offer every one of them.
apt_known() {
  local package
  for package in "$@"; do
    apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || return 1
  done
}

# as_root COMMAND...: runs it as root, through sudo when need be.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# A package that only tests use must not begin to serve this machine (knot would take port 53): as long as apt
# installs, its services are told not to start. In a subshell, so that the trap is its own.
apt_install() (
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'as_root rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 \
    install --yes --no-install-recommends "$@" >&2
)

apt_update() {
  say "bringing apt's lists up to date"
  as_root apt-get -qq -o DPkg::Lock::Timeout=600 update >&2
}

# On a system without apt the scripts cannot install; they go on when the tools are there.
setup_elsewhere() {
  local tool
  for tool in g++ cmake ninja; do
    command -v "$tool" >/dev/null 2>&1 && continue
    printf '%s\n' "error: $tool is missing, and this is not a Debian system, so it cannot be installed from here." \
      "Install what these Debian packages hold, then run this again:" >&2
    packages_of "$@" | sed 's/^/  /' >&2
    exit 1
  done
  say "no apt here: trusting that what packaging/packages.txt lists is installed"
}

# setup GROUP...: installs what is missing of these groups, and nothing else.
setup() {
  command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1 || { setup_elsewhere "$@"; return; }
  local missing
  # shellcheck disable=SC2046  # words on purpose
  mapfile -t missing < <(missing_packages $(packages_of "$@"))
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
    die "these packages are missing, and without root or sudo they cannot be installed. As root:
  apt-get install ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  apt_known "${missing[@]}" || apt_update || die "apt-get update failed; is there a network?"
  # Lists that are older than the archive name files that are gone: once more with fresh ones.
  apt_install "${missing[@]}" || { apt_update && apt_install "${missing[@]}"; } ||
    die "apt could not install ${missing[*]}"
}

# configure_and_build PRESET [CMAKE ARGUMENT...]: into build/PRESET. Quick when nothing changed.
configure_and_build() {
  local preset=$1 ninja_file=$SOCKBENCH_ROOT/build/$1/build.ninja
  shift
  if command -v ccache >/dev/null 2>&1; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
  # Ninja itself configures anew when a CMakeLists.txt changed; of the presets it knows nothing.
  if [ ! -f "$ninja_file" ] || [ "$SOCKBENCH_ROOT/CMakePresets.json" -nt "$ninja_file" ]; then
    (cd "$SOCKBENCH_ROOT" && cmake --preset "$preset" "$@") >&2 || die "CMake could not configure the preset $preset"
  fi
  cmake --build "$SOCKBENCH_ROOT/build/$preset" >&2 || die "the build failed"
}
