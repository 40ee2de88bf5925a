#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main window through the accessibility tree: people are added, found, starred, removed, brought back."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import ahoy_screen as screen  # noqa: E402
from ahoy_e2e import GLib, Stage, Failure, run_tap, wait_for  # noqa: E402


def type_within(app, around, text, name):
    """The window has several fields of one name, on pages that are not shown."""
    field = wait_for(f"the field “{name}” in “{around}”",
                     lambda: screen.find_all(app, name, screen.TEXT, within=around))[0]
    if not field.set_text(text):
        raise Failure(f"{field} takes no text")


def press_all(app, name):
    """Those of the pages that are not shown do nothing."""
    def pressed():
        buttons = [button for button in screen.find_all(app, name, screen.BUTTON) if button.is_sensitive()]
        for button in buttons:
            button.press()
        return buttons
    wait_for(f"a button “{name}” to press", pressed)


def respond(app, label):
    """A message dialog has each of its buttons twice, for wide and for narrow; one of the two is shown."""
    press_all(app, f"_{label} {label}")


def press_keys(app, keys):
    window = wait_for("the window on the screen", lambda: screen.windows_of(app))[-1]
    subprocess.run(["xdotool", "windowactivate", "--sync", window, "key", "--clearmodifiers", keys],
                   check=True, timeout=10, stderr=subprocess.DEVNULL)


def test_people():
    """A contact is added, starred, renamed, removed and brought back"""
    with Stage() as stage:
        stage.start_server()
        ada = stage.app("ada")
        screen.wait_widget(ada, contains="No Contacts Yet")
        screen.click(ada, "Add Contact")
        type_within(ada, "New Contact", "not an id!", "Ahoy ID")
        screen.wait_widget(ada, contains="An Ahoy ID has up to 32")
        type_within(ada, "New Contact", "bob", "Ahoy ID")
        type_within(ada, "New Contact", "Bobby", "Name for Me")
        respond(ada, "Add")
        screen.wait_widget(ada, "Call Bobby")
        screen.wait_widget(ada, "Video call Bobby")
        screen.wait_widget(ada, contains="Bobby")

        screen.click(ada, "Add to Favourites")
        screen.wait_widget(ada, contains="Favourites")
        screen.wait_widget(ada, "Remove From Favourites")

        screen.click(ada, "Remove Contact")
        screen.wait_gone(ada, "Call Bobby")
        screen.wait_widget(ada, contains="Bobby removed")
        screen.click(ada, contains="Undo")
        screen.wait_widget(ada, "Call Bobby")


def test_search():
    """The search finds people, and offers to call whatever could be an id"""
    with Stage() as stage:
        stage.start_server()
        ada = stage.app("ada")
        for user, name in (("grace", "Grace Hopper"), ("zoe", "Zoë")):
            ada.manager("SetContact", "(sa{sv})", user, {"remark": GLib.Variant("s", name)})
        screen.wait_widget(ada, "Call Zoë")
        screen.type_text(ada, "hopp", contains="Search")
        screen.wait_gone(ada, "Call Zoë")
        screen.wait_widget(ada, "Call Grace Hopper")
        screen.wait_widget(ada, "Call hopp")
        screen.type_text(ada, "nobody here", contains="Search")
        screen.wait_widget(ada, contains="No Results")
        screen.type_text(ada, "", contains="Search")
        screen.wait_widget(ada, "Call Zoë")


def test_sign_out():
    """Signing out asks, ends the session and leads back to the first page"""
    with Stage() as stage:
        stage.start_server()
        ada = stage.app("ada")
        screen.wait_widget(ada, contains="No Contacts Yet")
        screen.click(ada, "My Profile")
        screen.click(ada, "Sign Out…")
        screen.wait_widget(ada, contains="Sign Out?")
        respond(ada, "Sign Out")
        ada.wait_state("signed-out", 10)
        screen.wait_widget(ada, contains="Use Invite Link")


def test_sign_in():
    """A link in the window signs in; a wrong ticket is said under its row"""
    with Stage() as stage:
        server = stage.start_server()
        ada = stage.app("ada")
        screen.click(ada, "My Profile")
        screen.click(ada, "Sign Out…")
        respond(ada, "Sign Out")
        ada.wait_state("signed-out", 10)

        press_all(ada, "Sign In")
        screen.type_text(ada, server.uri, "Server")
        screen.type_text(ada, "ada", "Ahoy ID")
        screen.type_text(ada, "eJwnonsense", "Password or Ticket")
        press_all(ada, "Sign In")
        screen.wait_widget(ada, contains="The Ahoy ID or the ticket is wrong")

        with open(server.ticket("ada"), encoding="ascii") as file:
            ticket = file.read().strip()
        screen.type_text(ada, ticket, "Password or Ticket")
        press_all(ada, "Sign In")
        ada.wait_state("online", 15)
        screen.type_text(ada, "Ada Lovelace", "Nickname")
        screen.click(ada, "Start Using Ahoy")
        screen.wait_widget(ada, contains="No Contacts Yet")


def test_preferences():
    """The preferences and the shortcuts open by their keys"""
    with Stage() as stage:
        stage.start_server()
        ada = stage.app("ada")
        screen.wait_widget(ada, contains="No Contacts Yet")
        press_keys(ada, "ctrl+comma")
        screen.wait_widget(ada, contains="Keep Running in the Background")
        press_keys(ada, "Escape")
        screen.wait_gone(ada, contains="Keep Running in the Background")
        if ada.process.popen.poll() is not None:
            raise Failure("closing the preferences ended the application")


if __name__ == "__main__":
    sys.exit(run_tap([test_people, test_search, test_sign_out, test_sign_in, test_preferences]))
