# SPDX-License-Identifier: GPL-3.0-or-later
"""Screenshots of every screen, light and dark: shots.py [FOLDER]"""
import os
import sys

import ahoy_e2e

if len(sys.argv) > 1:
    os.environ["AHOY_SHOTS"] = os.path.abspath(sys.argv[1])
ahoy_e2e.enter_desktop("--size", "1920x1080")

import ahoy_screen as screen  # noqa: E402
import demo  # noqa: E402
from ahoy_e2e import APP, Process, Stage, wait_for  # noqa: E402


class Stranger:
    """The app as it is started for the first time: nobody is signed in."""

    def __init__(self, seat, scheme):
        self.user = "stranger"
        self.name = "ahoy"
        self.process = Process("ahoy", [APP], dict(seat.env, ADW_DEBUG_COLOR_SCHEME="prefer-" + scheme), seat.folder)
        self.pid = self.process.pid


def first_start(scheme):
    with Stage() as stage:
        app = Stranger(stage.seat("stranger"), scheme)
        wait_for("the first window", lambda: screen.windows_of(app))
        screen.wait_widget(app, contains="Sign In")
        path = screen.photograph(os.path.join(demo.SHOTS, f"0-sign-in-{scheme}.png"), screen.windows_of(app)[-1])
        app.process.stop()
        return path


def main():
    os.makedirs(demo.SHOTS, exist_ok=True)
    taken = []
    for scheme in ("light", "dark"):
        taken.append(first_start(scheme))
        taken += demo.photographed_call(scheme)
    print("\n".join(taken))


try:
    main()
except ahoy_e2e.Failure as failure:
    sys.exit(str(failure))
