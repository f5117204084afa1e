# installed_stubs.sh CC SOURCE PREFIX PROGRAM: links with the installed library by pkg-config alone.
set -eu
PKG_CONFIG_PATH=$(dirname "$(find "$3" -name etsoap.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046  # flags are words
"$1" -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror "$2" -o "$4" $(pkg-config --cflags --libs etsoap)
"$4"
