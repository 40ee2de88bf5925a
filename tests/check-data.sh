#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file of data/ and every interface description is what its format asks for.
# usage: check-data.sh [SOURCE-ROOT [BUILD-ROOT]]; files made from templates are looked for in the build.
set -u -o pipefail
source_root=$(cd "${1:-$(dirname "$0")/..}" && pwd) || exit 2
build_root=${2:-$source_root/build}
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

bad=0
seen=0
check() { # FILE COMMAND…
  local file=$1 words
  shift
  seen=$((seen + 1))
  if ! words=$("$@" "$file" 2>&1); then
    echo "${file#"$source_root"/}: $words"
    bad=1
  fi
}
each() { # PATTERN…: the finished files, not their templates
  local pattern
  for pattern in "$@"; do
    find "$source_root/data" "$build_root/data" -type f -name "$pattern" 2>/dev/null
  done | sort
}

for file in $(each '*.desktop'); do check "$file" desktop-file-validate; done
for file in $(each '*.metainfo.xml' '*.appdata.xml'); do check "$file" appstreamcli validate --no-net; done
for file in $(find "$source_root/data" "$source_root/src" -type f \
                \( -name '*.xml' -o -name '*.ui' -o -name '*.svg' -o -name '*.xml.in' \) | sort); do
  check "$file" xmllint --nonet --noout
done

schemas=$(each '*.gschema.xml')
if [ -n "$schemas" ]; then
  # shellcheck disable=SC2086
  cp $schemas "$scratch"
  check "$scratch" glib-compile-schemas --strict --dry-run
fi

if [ "$seen" -eq 0 ]; then
  echo "no data file was found: nothing to check"
  exit 77
fi
[ "$bad" = 0 ] && echo "$seen data files are well-formed"
exit "$bad"
