#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A file is split before it has 1,000 lines; what was forgotten to be written is not left behind as a note.
set -u -o pipefail
cd "${1:-$(dirname "$0")/..}" || exit 2

bad=0
files=0
while IFS= read -r file; do
  files=$((files + 1))
  lines=$(wc -l < "$file")
  if [ "$lines" -gt 1000 ]; then
    echo "$file: $lines lines, at most 1,000"
    bad=1
  fi
  if ! head -3 "$file" | grep -q 'SPDX-License-Identifier: \(LGPL-2.1-or-later\|GPL-3.0-or-later\)'; then
    echo "$file: no SPDX line with one of the two licences at its top"
    bad=1
  fi
done < <(find src tests dev -type f \( -name '*.c' -o -name '*.h' -o -name '*.py' -o -name '*.sh' -o -name dev \) \
           -not -path '*/__pycache__/*' | sort)

left=$(grep -rnwE 'TO''DO|FIX''ME|X''XX' --include='*.[ch]' --include='*.ui' --include='*.py' src tests || true)
if [ -n "$left" ]; then
  echo "$left"
  bad=1
fi
[ "$files" -gt 0 ] || { echo "no file was found: is this the source folder?"; exit 1; }
[ "$bad" = 0 ] && echo "$files files are short enough and licensed"
exit "$bad"
