# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a call as two people take them, shared by the tests and by `./dev run`."""
import os
import subprocess

import ahoy_screen as screen
from ahoy_e2e import SUPPORT, Failure, wait_for

ADA_TONE = 1000
BOB_TONE = 1500


def clip(folder):
    """A short moving picture with the counter strip, made once a folder."""
    path = os.path.join(folder, "clip.y4m")
    if not os.path.exists(path):
        subprocess.run(["/usr/bin/python3", os.path.join(SUPPORT, "make-clip.py"), path], check=True)
    return path


def speech(folder, tone):
    """A voice with bursts of a tone between the words, made once a folder and tone."""
    path = os.path.join(folder, f"speech-{tone}.wav")
    if not os.path.exists(path):
        subprocess.run(["/usr/bin/python3", os.path.join(SUPPORT, "make-speech.py"), "--tone", str(tone), path],
                       check=True)
    return path


def befriend(app, *users):
    for user in users:
        app.manager("SetContact", "(sa{sv})", user, {})


def call_contact(app, user, video=True):
    """Presses the button in the contact's row; returns when that was, and the call."""
    before = set(app.calls())
    label = f"Video call {user}" if video else f"Call {user}"
    # The list of recent calls has such a button too, on a page that does not show.
    clicked = screen.click(app, label, within="Contacts", timeout=15)
    new = wait_for(f"{app.user}'s press of “{label}” to place a call", lambda: set(app.calls()) - before)
    return clicked, new.pop()


def rings_after(app, clicked, timeout=5):
    """Milliseconds from the click to the ringing on the called side, as its trace has it."""
    return app.wait_event("ringing", clicked - 1, timeout) - clicked


def press(app, name, leaves, timeout=10):
    """Presses a button until the call has left the state: an incoming call's buttons first wait against clicks
    that were meant for something else."""
    path = app.call_path()

    def pressed():
        if app.call_state(path) != leaves:
            return True
        for widget in screen.find_all(app, name, screen.BUTTON)[:1]:
            if widget.is_sensitive():
                widget.press()
        return app.call_state(path) != leaves

    def describe():
        return f"{app.user}'s button “{name}” to end the state {leaves}; it shows: {screen.outline(app)}"
    wait_for(describe, pressed, timeout)
    return path


def answer(app):
    return press(app, "Answer", "incoming")


def decline(app):
    return press(app, "Decline", "incoming")


def hang_up(app):
    """With the button of the call window, which says Cancel Call while it rings."""
    path = app.call_path()
    name = "Cancel Call" if app.call_state(path) in ("calling", "ringing") else "Hang Up"
    screen.click(app, name)
    app.wait_call("ended", 5, path)
    return path


def start_call(caller, called, video=True):
    """Up to pictures on both sides."""
    clicked, path = call_contact(caller, called.user, video)
    called.wait_call("incoming")
    other = answer(called)
    caller.wait_call("active", 15, path)
    called.wait_call("active", 15, other)
    if video:
        caller.wait_moving_picture(clicked)
        called.wait_moving_picture(clicked)
    return path, other


def check_record(stage, app, call_id, result, reason, least=0):
    """The app's history and the server's record tell the same."""
    entry = wait_for(f"{app.user}'s history to have the call",
                     lambda: [item for item in app.history() if item["call_id"] == call_id])[0]
    record = wait_for(f"the server's record for {app.user}",
                      lambda: [item for item in stage.server.records(app.user) if item["call"] == call_id])[0]
    number = {"missed": 1, "incoming": 2, "outgoing": 3}[result]
    for what, got, wanted in (("the history's result", entry["result"], result),
                              ("the history's reason", entry["reason"], reason),
                              ("the record's result", record["result"], number),
                              ("the record's duration", record["duration"], entry["duration"])):
        if got != wanted:
            raise Failure(f"{app.user}: {what} is {got}, not {wanted}")
    if entry["duration"] < least:
        raise Failure(f"{app.user}: the call took {entry['duration']} s in the history, not {least} or more")
    return entry


def check_no_live_call(stage):
    wait_for("the server to have no live call",
             lambda: stage.server.query("SELECT COUNT(*) FROM call WHERE live = 1")[0][0] == 0)
