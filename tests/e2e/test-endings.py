# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways a call does not come about, each told alike on both screens, in both histories and at the server."""
import ahoy_e2e
from ahoy_e2e import AGENT, Failure, Stage, run_tap, wait_for

ahoy_e2e.enter_desktop()
import ahoy_screen as screen  # noqa: E402
import calling  # noqa: E402

stage = None
people = {}


def pair():
    """The two stay for all the tests of this file; each begins with nobody in a call."""
    global stage
    if stage is None:
        stage = Stage()
        stage.start_server()
        clip = calling.clip(stage.folder)
        for user in ("ada", "bob"):
            people[user] = stage.app(user, camera=clip)
        calling.befriend(people["ada"], "bob")
        calling.befriend(people["bob"], "ada")
    for app in people.values():
        app.process.check_alive()
        app.wait_no_call()
    return people["ada"], people["bob"]


def ring(ada, bob):
    _, path = calling.call_contact(ada, "bob")
    other = bob.wait_call("incoming")
    ada.wait_call("ringing", path=path)
    return path, other, ada.call_get("Id", path)


def check(ada, bob, call_id, reason, called_result="missed"):
    calling.check_record(stage, ada, call_id, "outgoing", reason)
    calling.check_record(stage, bob, call_id, called_result, reason)
    calling.check_no_live_call(stage)
    if ada.remote_frames() or bob.remote_frames():
        raise Failure("a picture arrived in a call that was never answered")


def test_reject():
    """Declined: both sides say so"""
    ada, bob = pair()
    path, other, call_id = ring(ada, bob)
    calling.decline(bob)
    ada.wait_ended("reject", 5, path)
    bob.wait_ended("reject", 5, other)
    screen.wait_widget(ada, contains="declined")
    # Who declined has seen the call: it is not missed.
    calling.check_record(stage, ada, call_id, "outgoing", "reject")
    calling.check_record(stage, bob, call_id, "incoming", "reject")


def test_cancel():
    """Cancelled while it rings: missed by the called side"""
    ada, bob = pair()
    path, other, call_id = ring(ada, bob)
    calling.hang_up(ada)
    ada.wait_ended("canceled", 5, path)
    bob.wait_ended("canceled", 5, other)
    screen.wait_gone(bob, "Answer")
    check(ada, bob, call_id, "canceled")


def test_no_answer():
    """Nobody answers: ends by the server's deadline, missed by the called side"""
    ada, bob = pair()
    path = ada.manager("Call", "(assa{sv})", ["bob"], "video", {"timeout": ahoy_e2e.GLib.Variant("u", 10)})[0]
    other = bob.wait_call("incoming")
    call_id = wait_for("the call's id", lambda: ada.call_get("Id", path))
    ada.wait_ended("no-response", 15, path)
    bob.wait_ended("no-response", 5, other)
    screen.wait_widget(ada, contains="No answer")
    check(ada, bob, call_id, "no-response")


def test_ignore():
    """Ignored: stops ringing there, and to the caller the line is busy"""
    ada, bob = pair()
    path, other, call_id = ring(ada, bob)
    bob.call_do("Ignore", path=other)
    bob.wait_call("ended", 5, other)
    screen.wait_gone(bob, "Answer")
    ada.wait_ended("line-busy", 5, path)
    calling.check_record(stage, ada, call_id, "outgoing", "line-busy")
    calling.check_record(stage, bob, call_id, "missed", "line-busy")


def test_busy():
    """A third person who calls somebody in a call is told that the line is busy; the call goes on"""
    ada, bob = pair()
    path, other = calling.start_call(ada, bob)
    eve = stage.app("eve", program=AGENT)
    third = eve.manager("Call", "(assa{sv})", ["bob"], "audio", {})[0]
    eve.wait_ended("line-busy", 5, third)
    call_id = eve.call_get("Id", third)
    bob.wait_moving_picture()
    if bob.call_state(other) != "active":
        raise Failure("bob's call did not go on")
    calling.hang_up(bob)
    ada.wait_ended("hang-up", 5, path)
    calling.check_record(stage, eve, call_id, "outgoing", "line-busy")
    calling.check_record(stage, bob, call_id, "missed", "line-busy")


def test_both_at_once():
    """Both dial each other at the same moment: one call comes of it, answered on both sides"""
    ada, bob = pair()
    before = {app: set(app.calls()) for app in (ada, bob)}
    for app, user in ((ada, "bob"), (bob, "ada")):
        app.seat.bus.call(ahoy_e2e.BUS_NAME, ahoy_e2e.MANAGER, ahoy_e2e.MANAGER_IFACE, "Call",
                          ahoy_e2e.GLib.Variant("(assa{sv})", ([user], "video", {})), None, 0, 5000, None, None)
    def active_call(app):
        for path in set(app.calls()) - before[app]:
            if app.call_state(path) == "active":
                return path
        return None

    def describe():
        return "one call to be active on both sides; there are " + ", ".join(
            f"{app.user}'s {app.call_state(path)}" for app in (ada, bob) for path in set(app.calls()) - before[app])

    def both_active():
        found = {app: active_call(app) for app in (ada, bob)}
        return found if all(found.values()) else None

    active = wait_for(describe, both_active, 15)
    ids = {app.call_get("Id", active[app]) for app in (ada, bob)}
    if len(ids) != 1:
        raise Failure(f"the two are in different calls: {ids}")
    for app in (ada, bob):
        app.wait_moving_picture()
    calling.hang_up(ada)
    bob.wait_ended("hang-up", 5, active[bob])
    calling.check_no_live_call(stage)


def test_close():
    """All the programs end cleanly"""
    if stage is not None:
        stage.__exit__(None, None, None)


run_tap([test_reject, test_cancel, test_no_answer, test_ignore, test_both_at_once, test_busy, test_close])
