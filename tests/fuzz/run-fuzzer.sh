#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one libFuzzer target for AHOY_FUZZ_S seconds (60), from its corpus; what it finds stays in the build folder.
# usage: run-fuzzer.sh TARGET CORPUS
set -eu
target=$1
found=$target.found
mkdir -p "$found"
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1
exec "$target" -max_total_time="${AHOY_FUZZ_S:-60}" -timeout=5 -max_len=8192 -rss_limit_mb=1024 -print_final_stats=1 \
  -artifact_prefix="$found/" "$found" "$2"
