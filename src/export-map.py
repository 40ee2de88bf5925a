#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Writes the linker's list of what a library shows to its users: the functions of its public headers, no others.

    export-map.py OUTPUT HEADER…
"""
import re
import sys

FUNCTION = re.compile(r"\b(ahoy_[a-z0-9_]+)\s+\(")
DECLARED_TYPE = re.compile(r"\bG_DECLARE_[A-Z_]+ \(\w+, (ahoy_\w+),")


def main():
    names = set()
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as header:
            text = re.sub(r"/\*.*?\*/", "", header.read(), flags=re.S)
        names.update(FUNCTION.findall(text))
        names.update(name + "_get_type" for name in DECLARED_TYPE.findall(text))
    with open(sys.argv[1], "w", encoding="utf-8") as output:
        output.write("{\nglobal:\n" + "".join(f"  {name};\n" for name in sorted(names)) + "local:\n  *;\n};\n")


main()
