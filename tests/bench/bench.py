# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks one after the other: bench.py [NAME…]

A benchmark is tests/bench/bench-NAME.py, or an executable bench-NAME that meson built from here. It measures its
reference in the same run, and prints one line for each figure:

    NAME: FIGURE unit, reference FIGURE unit (what it is), ratio N.NN, target … (met | missed)

Everything else it prints is shown as it is. It fails only when it could not measure.
"""
import os
import subprocess
import sys

SOURCE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.environ.get("AHOY_BUILD_ROOT", os.path.join(SOURCE, "build"))


def collect():
    found = {}
    here, built = os.path.join(SOURCE, "tests/bench"), os.path.join(BUILD, "tests/bench")
    for name in os.listdir(here):
        if name.startswith("bench-") and name.endswith(".py"):
            found[name[6:-3]] = ["/usr/bin/python3", os.path.join(here, name)]
    for name in os.listdir(built) if os.path.isdir(built) else ():
        path = os.path.join(built, name)
        if name.startswith("bench-") and os.path.isfile(path) and os.access(path, os.X_OK):
            found[name[6:]] = [path]
    return found


def main():
    wanted = sys.argv[1:]
    found = collect()
    picked = [name for name in sorted(found) if not wanted or any(word in name for word in wanted)]
    if not picked:
        print("No benchmark of that name; there are: " + ", ".join(sorted(found)), file=sys.stderr)
        return 1
    env = dict(os.environ, AHOY_SOURCE_ROOT=SOURCE, AHOY_BUILD_ROOT=BUILD, GSETTINGS_BACKEND="memory")
    failed = []
    for name in picked:
        print(f"== {name}", flush=True)
        wrapper = [os.path.join(SOURCE, "tests/support/with-desktop"), "--"]
        if subprocess.run(wrapper + found[name], env=env, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print("could not measure: " + ", ".join(failed))
    return 1 if failed else 0


sys.exit(main())
