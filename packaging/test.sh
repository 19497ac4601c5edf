#!/usr/bin/env bash
# usage: packaging/test.sh [--asan | --tsan] [--label LABEL] [-- CTEST ARGUMENT...]
#        packaging/test.sh --fuzz [SECONDS]
# Installs what is missing, builds, checks that every public header compiles by itself, and runs every test.
#   --asan         everything under AddressSanitizer and UndefinedBehaviorSanitizer
#   --tsan         the core and its command line under ThreadSanitizer (Debian's Qt is not built for it)
#   --fuzz         instead: each fuzz target explores for SECONDS (60) and must find nothing; a finding stays in
#                  build/fuzz/findings
#   --label LABEL  only the tests with this label: core, ui or e2e
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

usage() { sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }

# fuzz SECONDS: what was explored before is gone on with; what is new stays in build/fuzz/corpus.
fuzz() {
  local seconds=$1 build=$SOCKBENCH_ROOT/build/fuzz target name
  setup build fuzz
  (cd "$SOCKBENCH_ROOT" && cmake --preset fuzz && cmake --build --preset fuzz) >&2 || die "the build failed"
  for target in "$build"/tests/fuzz/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    name=${target##*/fuzz_}
    mkdir -p "$build/corpus/$name" "$build/findings"
    say "exploring $name for $seconds s"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
      -artifact_prefix="$build/findings/$name-" \
      "$build/corpus/$name" "$SOCKBENCH_ROOT/tests/fuzz/corpus/$name" >&2 ||
      die "$name has a finding in build/fuzz/findings: mend it, and keep the input in tests/fuzz/corpus/$name"
  done
}

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
    --fuzz)
      seconds=${2:-60}
      case $seconds in *[!0-9]* | '') echo "error: --fuzz takes a whole number of seconds" >&2; exit 2 ;; esac
      fuzz "$seconds"
      exit 0
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
