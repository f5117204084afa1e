# main_job.sh BIN REASON: valgrind finds no error and no leak in ettrack, asking the etsim that the
# environment names. With a REASON it is skipped.
set -eu
bin=$1
if [ -n "${2-}" ]; then
  echo "$2"
  exit 77
fi
if ! command -v valgrind >/dev/null; then
  echo "no valgrind found: install valgrind"
  exit 77
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/etsoap-memory.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

check() {
  echo "ettrack $*"
  valgrind -q --leak-check=full --show-leak-kinds=definite,indirect,possible \
    --errors-for-leak-kinds=definite,indirect,possible --error-exitcode=99 \
    "$bin/ettrack" "$@" >"$scratch/out" 2>"$scratch/err" || { cat "$scratch/err"; exit 1; }
  [ -s "$scratch/out" ] || { echo "no output"; exit 1; }
}
check send 12043295
check links 12043295
check lists 12043295 --format csv
check events bounce,unsub --send 12043295 --format ndjson
check events sent --send 12043295 --format csv
