#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that programs outside see of libahoy is described: each type, value, function, argument, property and
signal of the GIR has a text, and whoever is answered later is told with which numbers that fails.

    check-gir.py FILE.gir
"""
import re
import sys
import xml.etree.ElementTree as ET

CORE = "{http://www.gtk.org/introspection/core/1.0}"
C = "{http://www.gtk.org/introspection/c/1.0}"
GLIB = "{http://www.gtk.org/introspection/glib/1.0}"
TYPES = ("class", "interface", "record", "enumeration", "bitfield", "callback")
CALLABLE = ("method", "constructor", "function")


def has_doc(element):
    doc = element.find(CORE + "doc")
    return doc is not None and bool((doc.text or "").strip())


def check_callable(element, name, gaps):
    if element.get("introspectable") == "0":
        return
    if not has_doc(element) and element.find(f"{CORE}return-value/{CORE}doc") is None:
        gaps.append(f"{name}: says neither what it does nor what it returns")
    for parameter in element.iterfind(f"{CORE}parameters/{CORE}parameter"):
        if not has_doc(parameter):
            gaps.append(f"{name}: the argument {parameter.get('name')} is not described")
    returned = element.find(CORE + "return-value")
    kind = returned.find(CORE + "type") if returned is not None else None
    if kind is not None and kind.get("name") != "none" and not has_doc(returned):
        gaps.append(f"{name}: does not say what it returns")
    if name.endswith("_async") and not re.search(r"fail", element.findtext(CORE + "doc") or ""):
        gaps.append(f"{name}: does not say with what it fails")


def check_type(element, gaps):
    name = element.get(C + "type") or element.get("name")
    # The structures that a class consists of say nothing to anybody.
    if element.get(GLIB + "is-gtype-struct-for") or element.get("disguised") == "1":
        return 0
    checked = 1
    if not has_doc(element):
        gaps.append(f"{name}: is not described")
    for kind in CALLABLE:
        for child in element.iterfind(CORE + kind):
            check_callable(child, child.get(C + "identifier"), gaps)
            checked += 1
    for tag, sign in ((CORE + "property", ":"), (GLIB + "signal", "::")):
        for child in element.iterfind(tag):
            checked += 1
            if not has_doc(child):
                gaps.append(f"{name}{sign}{child.get('name')}: is not described")
    for member in element.iterfind(CORE + "member"):
        checked += 1
        if not has_doc(member):
            gaps.append(f"{member.get(C + 'identifier')}: is not described")
    return checked


def main():
    namespace = ET.parse(sys.argv[1]).getroot().find(CORE + "namespace")
    gaps = []
    checked = 0
    for element in namespace:
        kind = element.tag.removeprefix(CORE)
        if kind in TYPES:
            checked += check_type(element, gaps)
        elif kind in CALLABLE:
            check_callable(element, element.get(C + "identifier"), gaps)
            checked += 1
    print("\n".join(gaps) if gaps else f"{checked} are described")
    sys.exit(1 if gaps or checked < 100 else 0)


main()
