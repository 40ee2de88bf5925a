#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Links to people and to accounts, as a browser or a file manager opens them."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import ahoy_screen as screen  # noqa: E402
from ahoy_e2e import (APP, BUS_NAME, PATIENCE, App, Failure, Gio, GLib, Process, Stage, load, run_tap,  # noqa: E402
                      wait_for)

OBJECT = "/" + BUS_NAME.replace(".", "/")


class PlainApp(App):
    """Started as a desktop starts it: without an account on the command line."""

    def __init__(self, stage, seat, user, *arguments):
        self.seat = seat
        self.user = user
        self.name = "ahoy-" + user
        self.trace_path = os.path.join(seat.folder, "trace")
        self.process = Process(self.name, [APP, *arguments], seat.env, seat.folder)
        self.pid = self.process.pid
        stage.apps.append(self)


def start_keyring(seat):
    process = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                               env={k: v for k, v in seat.env.items() if k != "G_DEBUG"}, stdin=subprocess.PIPE,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    process.stdin.write(b"test\n")
    process.stdin.close()
    wait_for("the secret service", lambda: seat.bus.call_sync(
        "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner",
        GLib.Variant("(s)", ("org.freedesktop.secrets",)), None, Gio.DBusCallFlags.NONE, 3000, None).unpack()[0])
    return process


def login_link(stage, user):
    return stage.server.tool("login-link", user, "--server", stage.server.uri).strip()


def start_again(app, *arguments):
    """A second start hands its links over and ends."""
    subprocess.run([APP, *arguments], env=app.seat.env, check=True, timeout=20 * PATIENCE * load(),
                   capture_output=True)


def see_toast(app, text, act):
    """What goes away by itself may have gone when a slow machine looks: then it is done again."""
    for attempt in range(5):
        act()
        try:
            return screen.wait_widget(app, contains=text, timeout=10 / PATIENCE)
        except Failure:
            if attempt == 4:
                raise


def check_rings(bob, ada, media):
    path = bob.wait_call("incoming", 15)
    if bob.call_get("Media", path) != media:
        raise Failure(f"the call is of {bob.call_get('Media', path)}, not {media}")
    ada.ctl("hangup")
    bob.wait_ended("canceled", 5, path)


def test_running():
    """A second start and D-Bus activation bring links to the running application"""
    with Stage() as stage:
        stage.start_server()
        ada, bob = stage.app("ada"), stage.app("bob")
        start_again(ada, "ahoy://call/bob?media=video")
        check_rings(bob, ada, "video")
        start_again(ada, "callto:bob")
        check_rings(bob, ada, "audio")
        ada.call_method(OBJECT, "org.freedesktop.Application", "Open", "(asa{sv})",
                        ["ahoy://call/bob?media=video"], {})
        check_rings(bob, ada, "video")
        see_toast(ada, "The link names nobody", lambda: start_again(ada, "ahoy://call/"))
        see_toast(ada, "can't open this link", lambda: start_again(ada, "https://example.org/"))


def test_first_start():
    """A link that starts the application is dialled once the account is there"""
    with Stage() as stage:
        stage.start_server()
        bob = stage.app("bob")
        ada = stage.app("ada", wait=False, arguments=["ahoy://call/bob?media=video"])
        check_rings(bob, ada, "video")


def test_login():
    """A login link signs in, also as the first start; the kept account then dials the link of a start"""
    with Stage() as stage:
        stage.start_server()
        bob = stage.app("bob")
        seat = stage.seat("ada")
        keyring = start_keyring(seat)
        try:
            ada = PlainApp(stage, seat, "ada", login_link(stage, "ada"))
            ada.wait_state("online", 15)
            wait_for("the account to be kept", lambda: subprocess.run(
                ["secret-tool", "search", "xdg:schema", BUS_NAME + ".Account"], env=seat.env, check=False,
                capture_output=True, text=True).stdout)
            ada.stop()
            stage.apps.remove(ada)

            ada = PlainApp(stage, seat, "ada", "ahoy://call/bob")
            check_rings(bob, ada, "audio")
        finally:
            keyring.terminate()
            keyring.wait(5)


def test_signed_out():
    """Without an account a link to a person asks to sign in, and a login link does so"""
    with Stage() as stage:
        stage.start_server()
        ada = PlainApp(stage, stage.seat("ada"), "ada", "ahoy://call/bob")
        screen.wait_widget(ada, contains="Use Invite Link")
        see_toast(ada, "Sign in to call", lambda: start_again(ada, "ahoy://call/bob"))
        start_again(ada, login_link(stage, "ada"))
        ada.wait_state("online", 15)


def test_quitting():
    """Quitting right after signing in, while the keyring has not answered, ends well"""
    with Stage() as stage:
        stage.start_server()
        seat = stage.seat("ada")
        link = login_link(stage, "ada")
        # What was started then runs in threads of its own: each round ends it at another point.
        for _ in range(10):
            ada = PlainApp(stage, seat, "ada", link)
            ada.wait_state("online", 15)
            ada.stop()
            stage.apps.remove(ada)


if __name__ == "__main__":
    sys.exit(run_tap([test_running, test_first_start, test_login, test_signed_out, test_quitting]))
