# main_job.sh BIN REASON: valgrind finds no error and no leak. With a REASON it is skipped.
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
etsim=''
cleanup() {
  if [ -n "$etsim" ]; then
    kill "$etsim" 2>/dev/null || true
    wait "$etsim" 2>/dev/null || true
  fi
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

"$bin/etsim" --listen 127.0.0.1:0 --ready-file "$scratch/ready" --max-time 280 \
  >"$scratch/etsim.log" 2>&1 &
etsim=$!
while ! [ -s "$scratch/ready" ]; do
  kill -0 "$etsim" 2>/dev/null || { cat "$scratch/etsim.log"; exit 1; }
  sleep 0.1
done
ETSOAP_ENDPOINT=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' "$scratch/ready")
export ETSOAP_ENDPOINT ETSOAP_USERNAME=demo ETSOAP_PASSWORD=demo

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
