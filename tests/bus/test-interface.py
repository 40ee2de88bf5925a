#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of the D-Bus interface: every part of it is described, and what is written with it knows all of it."""
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

SOURCE = os.environ.get("AHOY_SOURCE_ROOT") or os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
KINDS = ("method", "signal", "property")


def read(path):
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return file.read()


def described(description):
    """(element, its comment) of each method, signal and property."""
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    comment = ""
    for interface in ElementTree.fromstring(description, parser=parser).iter("interface"):
        for element in interface:
            if element.tag is ElementTree.Comment:
                comment = element.text.strip()
            elif element.tag in KINDS:
                yield element, comment
                comment = ""


def test_described(description):
    """Every method, signal, property and argument is described, and nothing that is not there"""
    for element, comment in described(description):
        name = element.get("name")
        if not comment.startswith(name + ":"):
            yield f"{name} has no description"
        arguments = {arg.get("name") for arg in element.iter("arg")}
        words = set(re.findall(r"^\s*@(\w+):", comment, re.MULTILINE))
        if arguments != words:
            yield f"{name} has the arguments {sorted(arguments)}, described are {sorted(words)}"
        if element.tag == "property" and element.get("access") != "read":
            yield f"{name} can be written; changes are methods"


def test_errors(description):
    """The names of errors in the description are those that the service gives, and ahoyctl knows each"""
    listed = set(re.findall(r"org\.ahoycall\.Ahoy1\.Error\.(\w+)", description))
    given = set(re.findall(r'Error\.(\w+)"|ERROR_PREFIX "(\w+)"', "".join(
        read(f"src/bus/{name}") for name in sorted(os.listdir(os.path.join(SOURCE, "src/bus"))) if name.endswith(".c"))))
    given = {first or second for first, second in given}
    if listed != given:
        yield f"described and not given: {sorted(listed - given)}; given and not described: {sorted(given - listed)}"
    known = set(re.findall(r'ERROR_PREFIX "(\w+)"', read("src/cli/ahoy-ctl.c"))) | {"Failed"}
    if not listed <= known:
        yield f"ahoyctl does not know {sorted(listed - known)}"


def test_watched(description):
    """ahoyctl watch prints every signal"""
    watch = read("src/cli/ahoy-ctl-watch.c")
    for element, _ in described(description):
        # The end of a call is printed once, as the manager tells of it.
        if element.tag == "signal" and element.get("name") != "Ended" and f'"{element.get("name")}"' not in watch:
            yield f"{element.get('name')} is not printed"


def test_called(description):
    """ahoyctl can do everything"""
    cli = "".join(read(f"src/cli/{name}") for name in os.listdir(os.path.join(SOURCE, "src/cli")))
    for element, _ in described(description):
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", element.get("name")).lower()
        if element.tag == "method" and not re.search(rf"_call_{name}_sync\b", cli):
            yield f"no command calls {element.get('name')}"


def main():
    description = read("data/org.ahoycall.Ahoy1.xml")
    tests = [test_described, test_errors, test_watched, test_called]
    bad = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        problems = list(test(description))
        bad += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {test.__doc__}")
        for problem in problems:
            print("# " + problem)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
