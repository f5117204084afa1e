#!/bin/sh
# An export in parts on several machines, by GNU parallel over ssh:
#   parallel.sh PARTS HOSTS SINK SINCE [OPTION...]
# HOSTS is as parallel's --sshlogin takes it, "4/host1,4/host2"; ":" is this machine. Each host has
# ettrack and the user's settings; SINK is a folder that all of them see, or
# postgresql://HOST/DATABASE.
set -eu
[ $# -ge 4 ] || { echo "usage: parallel.sh PARTS HOSTS SINK SINCE [OPTION...]" >&2; exit 2; }
parts=$1 hosts=$2 sink=$3 since=$4
shift 4
seq "$parts" | parallel --sshlogin "$hosts" --quote --halt soon,fail=1 --retries 3 --tag \
  ettrack export --to "$sink" --since "$since" --shard "{}/$parts" --log "$@"
