#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every file with words for people is listed in po/POTFILES.in, the list is sorted, and nothing in it is gone.
# usage: check-potfiles.sh SOURCE_ROOT
set -eu
cd "${1:-.}"
export LC_ALL=C
list=$(grep -v '^#' po/POTFILES.in)
failed=0

if [ "$list" != "$(printf '%s\n' "$list" | sort -u)" ]; then
  echo "po/POTFILES.in is not sorted, or has a line twice"
  failed=1
fi

found=$( {
  grep -rlE 'N?_ ?\("|ngettext \(|C_ \(' --include='*.c' src
  grep -rlE 'translatable="(yes|true)"' --include='*.ui' src
  ls data/*.desktop.in data/*.metainfo.xml.in data/*.gschema.xml 2>/dev/null
} | sort -u)

for file in $found; do
  printf '%s\n' "$list" | grep -qxF "$file" || { echo "$file is missing from po/POTFILES.in"; failed=1; }
done
for file in $list; do
  [ -e "$file" ] || { echo "$file is listed in po/POTFILES.in and does not exist"; failed=1; }
done

exit $failed
