# SPDX-License-Identifier: GPL-3.0-or-later
"""What `./dev run` does. With a display: a local server, the app signed in, an echo contact and somebody to call.
Without one: a real video call between two apps, timed, and photographed in light and dark."""
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

import ahoy_e2e
from ahoy_e2e import AGENT, APP, SOURCE, Failure, Process, Server, Stage, now_ms, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
SHOTS = os.environ.get("AHOY_SHOTS", os.path.join(SOURCE, "shots"))
NAMES = {"ada": "Ada Lovelace", "grace": "Grace Hopper", "echo": "Echo"}


def portrait(folder, who):
    path = os.path.join(folder, f"portrait-{who}.y4m")
    if not os.path.exists(path):
        subprocess.run(["/usr/bin/python3", os.path.join(HERE, "portrait.py"), "--who", str(who), path], check=True)
    return path


class Timeline:
    def __init__(self):
        self.start = now_ms()

    def mark(self, what, at=None, note=""):
        print(f"{(at or now_ms()) - self.start:8.0f} ms  {what:<44}{note}", flush=True)


def show_statistics(line, app, since_ms):
    # The clip loops, so that a counter comes again: a frame's start is the last time its counter left the camera.
    sent = {}
    for words in app.other.trace("C"):
        sent.setdefault(int(words[2]), []).append(float(words[1]))
    delays = []
    for time, counter in app.remote_frames(since_ms):
        before = [start for start in sent.get(counter, []) if start <= time]
        if before:
            delays.append(time - before[-1])
    frames = app.remote_frames(since_ms)
    picture = [words for words in app.trace("R")][-1:]
    size = f"{picture[0][3]}×{picture[0][4]}" if picture else "no picture"
    seconds = (frames[-1][0] - frames[0][0]) / 1000 if len(frames) > 1 else 0
    rate = (len(frames) - 1) / seconds if seconds else 0
    notes = [size, f"{rate:.0f} frames/s"]
    if delays:
        notes.append(f"camera to screen {statistics.median(delays):.0f} ms")
    stats = app.stats() or {}
    for kind in ("in_video", "in_audio"):
        for stream in stats.get(kind, []):
            lost, codec = stream.get("packetsLost"), stream.get("codec")
            notes.append(f"{codec or kind}: {stream.get('bytesReceived', 0) / 1000:.0f} kB, {lost} packets lost")
            break
    line.mark(f"statistics at {NAMES[app.user]}'s", note=", ".join(notes))


def make_people(stage, cameras, scheme):
    """Two signed-in apps that know each other and the echo, in the colour scheme."""
    import calling
    import ahoy_screen as screen

    env = {"ADW_DEBUG_COLOR_SCHEME": "prefer-" + scheme}
    ada = stage.app("ada", camera=cameras[0], wait=False, env=env)
    grace = stage.app("grace", camera=cameras[1], wait=False, env=env)
    ada.other, grace.other = grace, ada
    for app in (ada, grace):
        app.wait_state("online", 30)
        app.manager("SetSelfInfo", "(a{sv})", {"nickname": ahoy_e2e.GLib.Variant("s", NAMES[app.user])})
    calling.befriend(ada, "grace", "echo")
    calling.befriend(grace, "ada", "echo")
    for app in (ada, grace):
        screen.wait_widget(app, f"Video call {NAMES[app.other.user]}", screen.BUTTON, timeout=15)
    return ada, grace


def start_echo(stage):
    echo = stage.app("echo", program=AGENT, arguments=("--echo",))
    echo.manager("SetSelfInfo", "(a{sv})", {"nickname": ahoy_e2e.GLib.Variant("s", NAMES["echo"])})
    return echo


def arrange(ada, grace):
    """The newest windows of the two, side by side."""
    import ahoy_screen as screen

    for app, x in ((ada, 0), (grace, 960)):
        for window in screen.windows_of(app):
            screen.place_window(window, x, 200)


def timed_call():
    """One call, measured at every step."""
    import calling
    from ahoy_sound import Ear, Voice, wait_tone

    line = Timeline()
    with Stage() as stage:
        clip = calling.clip(stage.folder)
        tones = {"ada": calling.ADA_TONE, "grace": calling.BOB_TONE}
        speeches = {user: calling.speech(stage.folder, tone) for user, tone in tones.items()}
        line.start = now_ms()
        stage.start_server()
        line.mark("server listens", note=stage.server.uri)
        start_echo(stage)
        ada, grace = make_people(stage, (clip, clip), "light")
        for app in (ada, grace):
            line.mark(f"{NAMES[app.user]} registered", (app.events("ready") or [None])[-1])
        voices = [Voice(app.seat, speeches[app.user]) for app in (ada, grace)]
        ears = {app: Ear(app.seat) for app in (ada, grace)}

        call_label = NAMES["grace"]
        clicked, path = calling.call_contact(ada, call_label)
        line.mark(f"{NAMES['ada']} clicks “Video call {call_label}”", clicked)
        other = grace.wait_call("incoming")
        rang = grace.wait_event("ringing", clicked - 1)
        line.mark("ringing", rang, f"{rang - clicked:.0f} ms after the click")
        ada.wait_call("ringing", path=path)
        calling.answer(grace)
        answered = grace.wait_event("answered", rang)
        line.mark(f"{NAMES['grace']} answers", answered)
        for app, call in ((ada, path), (grace, other)):
            app.wait_call("active", 15, call)
        connected = max(app.wait_event("dtls-connected", rang) for app in (ada, grace))
        line.mark("connected", connected, "the path was made while it rang" if connected < answered else "")
        for app in (ada, grace):
            seen = app.wait_event("first-remote-frame", rang)
            line.mark(f"{NAMES[app.user]} sees the first frame", seen, f"{seen - answered:.0f} ms after the answer")
            heard = app.wait_event("first-remote-audio", rang)
            line.mark(f"{NAMES[app.user]} has the first sound", heard, f"{heard - answered:.0f} ms after the answer")
        for app in (ada, grace):
            wait_tone(ears[app], tones[app.other.user], NAMES[app.user])
            line.mark(f"{NAMES[app.user]} hears {NAMES[app.other.user]}", note="her voice at the loudspeaker")
        counted = now_ms()
        for app in (ada, grace):
            app.wait_moving_picture(counted, frames=60, timeout=15)
            show_statistics(line, app, counted)
        call_id = ada.call_get("Id", path)
        calling.hang_up(ada)
        line.mark(f"{NAMES['ada']} hangs up")
        grace.wait_ended("hang-up", 5, other)
        line.mark(f"ended at {NAMES['grace']}'s", (grace.events("ended") or [None])[-1])
        entry = calling.check_record(stage, ada, call_id, "outgoing", "hang-up")
        calling.check_record(stage, grace, call_id, "incoming", "hang-up")
        line.mark("record stored", note=f"call {call_id}, {entry['duration']} s, the same in both histories")
        for thing in (*voices, *ears.values()):
            thing.stop()


def settle():
    """What fades in and out has done so."""
    shown = now_ms()
    wait_for("the end of the animations", lambda: now_ms() - shown > 700)


def photographed_call(scheme):
    """The same once more with nicer pictures, photographed on the way."""
    import calling
    import ahoy_screen as screen

    taken = []

    def shoot(name):
        taken.append(screen.photograph(os.path.join(SHOTS, f"{len(taken) + 1}-{name}-{scheme}.png")))

    screen.paint_background("#d8e2ea-#9fb4c4" if scheme == "light" else "#2b3440-#14181e")
    with Stage() as stage:
        stage.start_server()
        start_echo(stage)
        cameras = [portrait(os.environ["AHOY_TEST_DESKTOP"], who) for who in (0, 1)]
        ada, grace = make_people(stage, cameras, scheme)
        arrange(ada, grace)
        shoot("contacts")
        since = now_ms()
        calling.call_contact(ada, NAMES["grace"])
        grace.wait_call("incoming")
        screen.wait_widget(grace, "Answer")
        arrange(ada, grace)
        shoot("ringing")
        calling.answer(grace)
        for app in (ada, grace):
            app.wait_call("active", 15)
            app.wait_event("first-remote-frame", since, 15)
        arrange(ada, grace)
        # The timer has taken the place of “Connected” by then.
        wait_for("three seconds of the call", lambda: ada.call_get("Duration") >= 3)
        # The pointer brings the controls back.
        subprocess.run(["xdotool", "mousemove", "480", "500", "mousemove", "500", "520"], check=True)
        settle()
        shoot("call")
        for app in (ada, grace):
            windows = screen.windows_of(app)
            if windows:
                screen.photograph(os.path.join(SHOTS, f"window-{app.user}-{scheme}.png"), windows[-1])
        calling.hang_up(grace)
        ada.wait_ended("hang-up", 5)
        settle()
        shoot("ended")
    return taken


def without_display():
    os.makedirs(SHOTS, exist_ok=True)
    timed_call()
    taken = [path for scheme in ("light", "dark") for path in photographed_call(scheme)]
    print("screenshots: " + ", ".join(os.path.relpath(path) for path in taken))


def with_display():
    """Everything of the person's desktop is used as it is; the accounts and the app's folders are the demo's."""
    folder = tempfile.mkdtemp(prefix="ahoy-demo-")
    processes = []
    try:
        server = Server(folder)
        print(f"server: {server.uri}, its folder: {server.data}")
        for user, arguments in (("echo", ("--echo",)), ("grace", ("--accept",))):
            env = dict(os.environ, AHOY_TEST_CAMERA=portrait(folder, 1)) if user == "grace" else dict(os.environ)
            argv = [AGENT, "--server", server.uri, "--app-id", server.app_id, "--user", user, "--user-sig-file",
                    server.ticket(user), "--bus-name", f"org.ahoycall.Ahoy.demo.{user}", *arguments]
            processes.append(Process(user, argv, env, folder))
        home = os.path.join(folder, "ada")
        env = dict(os.environ, XDG_CONFIG_HOME=home + "/config", XDG_DATA_HOME=home + "/data",
                   XDG_CACHE_HOME=home + "/cache")
        argv = [APP, "--server", server.uri, "--app-id", server.app_id, "--user", "ada", "--user-sig-file",
                server.ticket("ada")]
        app = Process("ahoy", argv, env, folder)
        processes.append(app)
        bus = ahoy_e2e.Gio.bus_get_sync(ahoy_e2e.Gio.BusType.SESSION, None)

        def manager(name, method, signature, *values):
            bus.call_sync(name, ahoy_e2e.MANAGER, ahoy_e2e.MANAGER_IFACE, method,
                          ahoy_e2e.GLib.Variant(signature, values), None, ahoy_e2e.Gio.DBusCallFlags.NO_AUTO_START,
                          5000, None)

        def befriended():
            app.check_alive()
            try:
                for user in ("echo", "grace"):
                    manager(f"org.ahoycall.Ahoy.demo.{user}", "SetSelfInfo", "(a{sv})",
                            {"nickname": ahoy_e2e.GLib.Variant("s", NAMES[user])})
                    manager(ahoy_e2e.BUS_NAME, "SetContact", "(sa{sv})", user, {})
                return True
            except ahoy_e2e.GLib.Error:
                return False

        wait_for("the demo's people to be there", befriended, 20)
        print("Ahoy is open. Call Echo to see and hear yourself, or Grace Hopper. Close the window, or press Ctrl+C.")
        app.popen.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in reversed(processes):
            process.popen.terminate()
        for process in reversed(processes):
            process.popen.wait(10)
        if "server" in locals():
            server.process.popen.send_signal(signal.SIGTERM)
            server.process.popen.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def main():
    if "AHOY_TEST_DESKTOP" not in os.environ and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        with_display()
        return 0
    ahoy_e2e.enter_desktop("--size", "1920x1080")
    try:
        without_display()
    except Failure as failure:
        print(f"the call did not come about: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
