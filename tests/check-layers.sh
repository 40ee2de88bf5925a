#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Arrows go down only (src/DESIGN.md): a folder includes its own headers and those of the folders below it, and
# foreign libraries are included where they belong. Prints each include that breaks this.
set -u -o pipefail
cd "${1:-$(dirname "$0")/..}/src" || exit 2

declare -A may_use=(
  [protocol]=""
  [effects]=""
  [media]="effects"
  [engine]="media protocol"
  [bus]="engine media protocol"
  [ui]="engine media protocol"
  [app]="ui bus engine media protocol"
  [agent]="bus engine media protocol"
  [cli]="bus"
  [server]="protocol"
)
# Of media, only these headers may be seen above engine: they name no GStreamer type.
plain_media='ahoy-(video-frame|video-track|device|media|test-hooks|video-settings)\.h'

declare -A owner
while IFS= read -r header; do
  name=${header##*/}
  folder=${header#./}; folder=${folder%%/*}
  # Nobody sees the server's headers but the server: it may have a session of its own.
  [ "$folder" != server ] || continue
  if [ -n "${owner[$name]:-}" ]; then
    echo "src/$header: a header of this name is in src/${owner[$name]} too"
    exit 1
  fi
  owner[$name]=$folder
done < <(find . -mindepth 2 -name '*.h' | sort)

bad=0
complain() { echo "src/$1:$2: $3"; bad=$((bad + 1)); }

checked=0
while IFS=: read -r file line text; do
  file=${file#./}
  folder=${file%%/*}
  [[ $text =~ [\<\"]([^\>\"]*)[\>\"] ]] || continue
  included=${BASH_REMATCH[1]}
  checked=$((checked + 1))

  case $included in
    gst/*)
      [[ $folder == media || $folder == effects ]] || complain "$file" "$line" "only media and effects use GStreamer" ;;
    gtk/*|gdk/*|gsk/*|adwaita.h|graphene*|pango/*)
      [[ $folder == ui || $folder == app ]] || complain "$file" "$line" "only ui and app use GTK" ;;
    sqlite3.h)
      [[ $file == server/ahoy-store* ]] || complain "$file" "$line" "only the server's ahoy-store* uses SQLite" ;;
    libsoup/*)
      [[ $folder == engine || $folder == server ]] || complain "$file" "$line" "only engine and server use libsoup" ;;
    libsecret/*)
      [[ $folder == engine || $folder == app || $folder == agent ]] ||
        complain "$file" "$line" "only engine and the programs keep secrets" ;;
    pulse/*)
      [[ $folder == media ]] || complain "$file" "$line" "only media uses the sound server" ;;
  esac

  other=${owner[${included##*/}]:-$folder}
  [ ! -e "$folder/${included##*/}" ] || other=$folder
  if [ "$other" != "$folder" ]; then
    [[ " ${may_use[$folder]:-} " == *" $other "* ]] ||
      complain "$file" "$line" "$folder may not use $other (${included##*/})"
    if [ "$other" = media ] && [ "$folder" != engine ]; then
      [[ ${included##*/} =~ ^$plain_media$ ]] ||
        complain "$file" "$line" "above engine only the plain headers of media are used, not ${included##*/}"
    fi
    [[ $included != *-private.h ]] || complain "$file" "$line" "a private header belongs to its folder alone"
  fi
done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' --include='*.c' --include='*.h' . | sort)

if [ "$checked" -eq 0 ]; then
  echo "no include was found: is this the source folder?"
  exit 1
fi
if [ "$bad" -gt 0 ]; then
  echo "$bad of $checked includes break the layers"
  exit 1
fi
echo "$checked includes keep to the layers"
