#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications of calls, with a notification service and without one."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from ahoy_e2e import Failure, Gio, GLib, Process, Stage, run_tap, wait_for  # noqa: E402

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Service:
    """python3-dbusmock's notification service on a person's session bus."""

    def __init__(self, seat):
        self.seat = seat
        self.process = Process("notifications", [
            "/usr/bin/python3", "-m", "dbusmock", "--session", "--template", "notification_daemon", "--parameters",
            json.dumps({"capabilities": "body actions icon-static persistence"})],
            seat.env, seat.folder)
        wait_for("the notification service", lambda: seat.bus.call_sync(
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,)), None,
            Gio.DBusCallFlags.NONE, 3000, None).unpack()[0])

    def ask(self, iface, method, parameters=None):
        return self.seat.bus.call_sync(NAME, PATH, iface, method, parameters, None, Gio.DBusCallFlags.NONE, 3000,
                                       None).unpack()

    def calls(self, method):
        return [arguments for _, arguments in
                self.ask("org.freedesktop.DBus.Mock", "GetMethodCalls", GLib.Variant("(s)", (method,)))[0]]

    def shown(self, title):
        return [call for call in self.calls("Notify") if call[3] == title]

    def wait_shown(self, title):
        return wait_for(lambda: f"a notification “{title}”; there are {[c[3] for c in self.calls('Notify')]}",
                        lambda: self.shown(title))[-1]

    def wait_withdrawn(self, count):
        wait_for(f"{count} notifications to be withdrawn",
                 lambda: len(self.calls("CloseNotification")) >= count)

    def press(self, number, action):
        self.ask("org.freedesktop.DBus.Mock", "EmitSignal", GLib.Variant(
            "(sssav)", (NAME, "ActionInvoked", "us", [GLib.Variant("u", number), GLib.Variant("s", action)])))


def action_named(notification, label):
    """The key of the button: (key, label, key, label…)."""
    actions = notification[5]
    labels = dict(zip(actions[1::2], actions[::2]))
    if label not in labels:
        raise Failure(f"the notification has no button “{label}” but {labels}")
    return labels[label]


def start(stage, service=True):
    stage.start_server()
    ada = stage.app("ada", wait=False)
    bob = stage.app("bob")
    ada.wait_state("online")
    return ada, bob, Service(bob.seat) if service else None


def place(ada, bob):
    status, output = ada.ctl("call", "bob")
    if status != 0:
        raise Failure(f"ahoyctl call: {output}")
    bob.wait_call("incoming")


def check_incoming(notification):
    if notification[4] != "Incoming call":
        raise Failure(f"the notification says “{notification[4]}”")
    if notification[6].get("urgency") != 2:
        raise Failure(f"an incoming call is not urgent: {notification[6]}")


def test_answer():
    """An incoming call is an urgent notification; its Answer answers, and it goes"""
    with Stage() as stage:
        ada, bob, service = start(stage)
        place(ada, bob)
        notification = service.wait_shown("ada")
        check_incoming(notification)
        service.press(1, action_named(notification, "Answer"))
        bob.wait_call("active", 15)
        service.wait_withdrawn(1)
        ada.ctl("hangup")
        bob.wait_ended("hang-up", 5)
        if len(service.calls("Notify")) != 1:
            raise Failure(f"an answered call left more notifications: {service.calls('Notify')}")


def test_decline():
    """Decline in the notification declines"""
    with Stage() as stage:
        ada, bob, service = start(stage)
        place(ada, bob)
        notification = service.wait_shown("ada")
        service.press(1, action_named(notification, "Decline"))
        ada.wait_ended("reject", 5)
        service.wait_withdrawn(1)


def test_missed():
    """A missed call leaves a notification that calls back"""
    with Stage() as stage:
        ada, bob, service = start(stage)
        place(ada, bob)
        service.wait_shown("ada")
        ada.ctl("hangup")
        bob.wait_ended("canceled", 5)
        service.wait_withdrawn(1)
        missed = service.wait_shown("Missed call from \u2068ada\u2069")
        if missed[6].get("urgency") == 2:
            raise Failure("a missed call is urgent")
        before = set(bob.calls())
        service.press(2, action_named(missed, "Call Back"))
        wait_for("bob to call back", lambda: [path for path in set(bob.calls()) - before
                                             if bob.call_get("Role", path) == "caller"] or None)
        ada.wait_call("incoming")


def test_no_service():
    """Without a service a call rings, and a missed one is in the history"""
    with Stage() as stage:
        ada, bob, _ = start(stage, service=False)
        place(ada, bob)
        ada.ctl("hangup")
        bob.wait_ended("canceled", 5)
        wait_for("the missed call in the history", lambda: bob.history())
        bob.process.check_alive()


if __name__ == "__main__":
    sys.exit(run_tap([test_answer, test_decline, test_missed, test_no_service]))
