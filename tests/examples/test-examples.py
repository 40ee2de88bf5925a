#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of each language place a call and answer one, with the library as programs outside have it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "agent"))
from ahoy_agents import Office, enter_desktop  # noqa: E402

enter_desktop()
from ahoy_e2e import BUILD, SOURCE, Failure, Process, run_tap, wait_for  # noqa: E402

FOLDER = os.path.join(SOURCE, "tests/examples")
LANGUAGES = {
    "c": [os.path.join(BUILD, "tests/examples/call-c")],
    "python": ["/usr/bin/python3", os.path.join(FOLDER, "call.py")],
    "javascript": ["gjs", "-m", os.path.join(FOLDER, "call.js")],
    "vala": [os.path.join(BUILD, "tests/examples/call-vala")],
}


def run(office, language, *peers):
    seat = office.computer
    library = os.path.join(BUILD, "src")
    env = dict(seat.env, GI_TYPELIB_PATH=library, LD_LIBRARY_PATH=library)
    server = office.server
    # Line by line, though it goes into a file.
    argv = ["stdbuf", "-oL", *LANGUAGES[language], server.uri, server.app_id, "ada", server.ticket("ada"), *peers]
    return Process(language, argv, env, seat.folder)


def wait_words(process, words):
    def said():
        is_alive = process.is_alive()
        if words in process.log_tail():
            return True
        if not is_alive:
            raise Failure(f"{process.name} ended without a word of “{words}”: {process.log_tail()}")
        return False
    wait_for(lambda: f"{process.name} to say “{words}”; it said: {process.log_tail()}", said, 30)


def wait_done(process):
    wait_words(process, "ended hang-up")
    wait_for("the example to end", lambda: not process.is_alive(), 10)
    if process.popen.returncode != 0:
        raise Failure(f"{process.name} ended with status {process.popen.returncode}: {process.log_tail()}")


def check_language(language):
    with Office() as office:
        echo = office.agent("bob", "--echo")
        caller = run(office, language, "bob")
        wait_words(caller, "talking with bob")
        wait_done(caller)
        echo.stop()

        # Whoever signs in while it rings still gets the call.
        office.agent("carol").manager("Call", "(assa{sv})", ["ada"], "audio", {})
        callee = run(office, language)
        wait_words(callee, "talking with carol")
        wait_done(callee)


def test_c():
    """C"""
    check_language("c")


def test_python():
    """Python"""
    check_language("python")


def test_javascript():
    """JavaScript"""
    check_language("javascript")


def test_vala():
    """Vala"""
    check_language("vala")


def test_length():
    """Each is shorter than 40 lines"""
    for name in ("call.c", "call.py", "call.js", "call.vala"):
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            lines = len(file.readlines())
        if lines >= 40:
            raise Failure(f"{name} has {lines} lines")


if __name__ == "__main__":
    run_tap([test_length, test_c, test_python, test_javascript, test_vala])
