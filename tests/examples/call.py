#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Calls somebody, or answers whoever calls: call.py SERVER APP_ID USER TICKET_FILE [PEER]"""
import sys
import gi
gi.require_version("Ahoy", "1")
from gi.repository import Ahoy, GLib  # noqa: E402

server, app_id, user, ticket_file = sys.argv[1:5]
loop = GLib.MainLoop()
engine = Ahoy.Engine()


def on_state(call, _property):
    if call.get_state() == Ahoy.CallState.ACTIVE:
        print("talking with", call.get_peer().get_user().get_display_name(), flush=True)
        GLib.timeout_add_seconds(2, lambda: call.hang_up_async(None, None))


def on_call(_engine, call):
    call.connect("notify::state", on_state)
    call.connect("ended", lambda call: (print("ended", call.get_end_reason().value_nick, flush=True), loop.quit()))
    if call.get_state() == Ahoy.CallState.INCOMING:
        call.accept_async(False, None, None)


def on_login(engine, result):
    engine.login_finish(result)
    print("online", flush=True)
    if sys.argv[5:]:
        engine.place_call(sys.argv[5:], Ahoy.CallMedia.AUDIO, None)


engine.connect("call-added", on_call)
engine.login_async(server, int(app_id), user, open(ticket_file).read().strip(), None, on_login)
loop.run()
