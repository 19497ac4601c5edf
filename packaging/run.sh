#!/usr/bin/env bash
# usage: packaging/run.sh [ARGUMENT...]
# Installs what is missing, builds the release preset and opens the window. Arguments go to sockbench.
# Without a display it plays the tour off-screen instead: its timeline is printed, its picture left in build/.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# shellcheck disable=SC2046  # words on purpose
setup $(run_groups)
configure_and_build release
sockbench=$SOCKBENCH_ROOT/build/release/app/gui/sockbench

case ${QT_QPA_PLATFORM:-} in
  "" | offscreen | minimal) seen=${DISPLAY:-}${WAYLAND_DISPLAY:-} ;;
  *) seen=$QT_QPA_PLATFORM ;;  # vnc, linuxfb, eglfs: the person knows
esac
if [ -n "$seen" ]; then exec "$sockbench" "$@"; fi

for argument in "$@"; do
  # What asks for no window needs no display.
  case $argument in --help | -h | --version | -v | --tour) QT_QPA_PLATFORM=offscreen exec "$sockbench" "$@" ;; esac
done
picture=$SOCKBENCH_ROOT/build/tour.png
say "no display (DISPLAY and WAYLAND_DISPLAY are empty): playing the tour off-screen instead"
status=0
QT_QPA_PLATFORM=offscreen "$sockbench" --tour --screenshot "$picture" "$@" || status=$?
[ ! -f "$picture" ] || say "the window's picture is $picture"
exit "$status"
