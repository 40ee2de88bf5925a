#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever cannot see the screens can find their way: every control of every screen says its name."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import ahoy_screen as screen  # noqa: E402
from ahoy_e2e import APP, App, Failure, Process, Stage, run_tap, wait_for  # noqa: E402

# What can be pressed, typed into, chosen or moved.
CONTROLS = {43: "button", 62: "toggle button", 7: "check box", 61: "text", 79: "entry", 40: "password text",
            11: "combo box", 51: "slider", 52: "spin button", 44: "radio button", 35: "menu item", 8: "check menu item",
            45: "radio menu item", 37: "page tab", 88: "link"}
CLASS_NAMES = ("Gtk", "Adw", "Ahoy")


def is_class_name(name):
    """GTK falls back to the name of the class."""
    return any(name.startswith(prefix) and name[len(prefix):len(prefix) + 1].isupper() for prefix in CLASS_NAMES)


def ancestors(widget):
    seen = []
    while widget is not None and widget.parent != widget.path and len(seen) < 12:
        widget = widget.tree.get(widget.parent)
        if widget is not None:
            seen.append(str(widget))
    return " < ".join(seen)


def check_names(app, place):
    nameless = [f"{CONTROLS[widget.role]} “{widget.name}” in {ancestors(widget)}" for widget in screen.widgets(app)
                if widget.role in CONTROLS and (not widget.name.strip() or is_class_name(widget.name))]
    if nameless:
        raise Failure(f"{place}: {len(nameless)} controls without a name:\n" + "\n".join(nameless))


def start_plain(stage, seat, user):
    app = App.__new__(App)
    app.seat, app.user, app.name = seat, user, "ahoy-" + user
    app.trace_path = os.path.join(seat.folder, "trace")
    app.process = Process(app.name, [APP], seat.env, seat.folder)
    app.pid = app.process.pid
    stage.apps.append(app)
    return app


def press_keys(app, keys):
    window = wait_for("the window on the screen", lambda: screen.windows_of(app))[-1]
    subprocess.run(["xdotool", "windowactivate", "--sync", window, "key", "--clearmodifiers", keys],
                   check=True, timeout=10, stderr=subprocess.DEVNULL)


def test_first_pages():
    """The welcome and the sign-in page"""
    with Stage() as stage:
        stage.start_server()
        ada = start_plain(stage, stage.seat("ada"), "ada")
        screen.wait_widget(ada, contains="Use Invite Link")
        check_names(ada, "welcome")
        screen.click(ada, "Sign In")
        screen.wait_widget(ada, "Password or Ticket")
        check_names(ada, "sign-in")


def test_main_window():
    """The lists, the page of a contact, and the preferences"""
    with Stage() as stage:
        stage.start_server()
        ada = stage.app("ada")
        screen.wait_widget(ada, contains="No Contacts Yet")
        check_names(ada, "empty main window")
        ada.manager("SetContact", "(sa{sv})", "bob", {})
        screen.wait_widget(ada, "Call bob")
        check_names(ada, "contacts")
        press_keys(ada, "F10")
        screen.wait_widget(ada, contains="About")
        check_names(ada, "main menu")
        press_keys(ada, "Escape")
        press_keys(ada, "ctrl+comma")
        screen.wait_widget(ada, contains="Keep Running in the Background")
        check_names(ada, "preferences")
        press_keys(ada, "Escape")
        press_keys(ada, "ctrl+question")
        # GTK's own, names and all; here it must open without a warning.
        screen.wait_widget(ada, contains="Recent Calls, Contacts")


def test_call():
    """The card of an incoming call, the windows of a call on both sides, and its end"""
    with Stage() as stage:
        stage.start_server()
        ada, bob = stage.app("ada", wait=False), stage.app("bob")
        ada.wait_state("online")
        status, output = ada.ctl("call", "--video", "bob")
        if status != 0:
            raise Failure(output)
        bob.wait_call("incoming")
        screen.wait_widget(bob, "Answer")
        check_names(bob, "incoming call")
        screen.wait_widget(ada, "Cancel Call")
        check_names(ada, "outgoing call")
        bob.ctl("answer")
        ada.wait_call("active", 15)
        screen.wait_widget(ada, "Hang Up")
        check_names(ada, "call")
        bob.ctl("hangup")
        ada.wait_call("ended")
        screen.wait_widget(ada, "Close")
        check_names(ada, "ended call")


if __name__ == "__main__":
    sys.exit(run_tap([test_first_pages, test_main_window, test_call]))
