#!/bin/sh
# An export in parts, as a Slurm array: sbatch --array=0-3 slurm.sh SINK SINCE [OPTION...]
# Each task takes its share of the windows; the array may be submitted again at any time.
# Settings are those of the user, see docs/ettrack.md; SINK is a folder that all nodes see, or
# postgresql://HOST/DATABASE.
#SBATCH --job-name=etsoap-export
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=256M
#SBATCH --requeue
set -eu
[ $# -ge 2 ] || { echo "usage: sbatch --array=0-3 slurm.sh SINK SINCE [OPTION...]" >&2; exit 2; }
sink=$1 since=$2
shift 2
exec ettrack export --to "$sink" --since "$since" --shard auto --jobs 4 --log "$@"
