#!/usr/bin/env bash
# usage: packaging/test.sh [--asan | --tsan] [--label LABEL] [-- CTEST ARGUMENT...]
# Installs what is missing, builds, checks that every public header compiles by itself, and runs every test.
#   --asan         everything under AddressSanitizer and UndefinedBehaviorSanitizer
#   --tsan         the core and its command line under ThreadSanitizer (Debian's Qt is not built for it)
#   --label LABEL  only the tests with this label: core, ui or e2e
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() { sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
preset=dev
filter=()
while [ $# -gt 0 ]; do
  case $1 in
    --asan | --tsan) preset=${1#--} ;;
    --label)
      [ $# -gt 1 ] || { echo "error: --label needs a label: core, ui or e2e" >&2; exit 2; }
      filter+=(-L "^$2\$")
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    --) shift; break ;;
    *) echo "error: unknown option '$1'; see packaging/test.sh --help" >&2; exit 2 ;;
  esac
  shift
done

setup build run test
configure_and_build "$preset"
cmake --build "$SOCKBENCH_ROOT/build/$preset" --target all_verify_interface_header_sets >&2 ||
  die "a public header does not compile by itself"

# Foreign libraries only: nothing of Sockbench's own may be named in a suppression file.
suppressions=$SOCKBENCH_ROOT/tests/foreign.lsan.supp
export ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0
export LSAN_OPTIONS=suppressions=$suppressions:print_suppressions=0
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export TSAN_OPTIONS=suppressions=$SOCKBENCH_ROOT/tests/qt.tsan.supp:halt_on_error=1:second_deadlock_stack=1
unset DISPLAY WAYLAND_DISPLAY XDG_SESSION_TYPE

# A busy machine may break a test's deadline: it has a second try, and both stand in the output. A sanitizer's
# report counts at once.
repeat=()
[ "$preset" != dev ] || repeat=(--repeat until-pass:2)

say "running the tests of the preset $preset"
exec ctest --test-dir "$SOCKBENCH_ROOT/build/$preset" -j2 --output-on-failure --no-tests=error \
  ${repeat[@]+"${repeat[@]}"} \
  ${filter[@]+"${filter[@]}"} "$@"
