# SPDX-License-Identifier: GPL-3.0-or-later
"""What the end-to-end tests share: a real server, real apps, each in a seat of its own, and hands to drive them.

Runs inside tests/support/with-desktop; enter_desktop() starts that by itself. Nothing here sleeps for luck:
wait_for() lets the main context run until what is awaited is there, or says that it did not come.
"""
import contextlib
import ctypes
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

# Warnings are fatal in the programs under test, but not here: libatspi warns of apps that are just starting.
G_DEBUG = os.environ.pop("G_DEBUG", "")

import gi  # noqa: E402

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

SOURCE = os.environ.get("AHOY_SOURCE_ROOT") or os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.environ.get("AHOY_BUILD_ROOT") or os.path.join(SOURCE, "build")
SERVER = os.path.join(BUILD, "src/server/ahoy-server")
APP = os.path.join(BUILD, "src/app/ahoy")
CTL = os.path.join(BUILD, "src/cli/ahoyctl")
AGENT = os.path.join(BUILD, "src/agent/ahoy-agent")
SUPPORT = os.path.join(SOURCE, "tests/support")

BUS_NAME = "org.ahoycall.Ahoy"
BUS_ROOT = "/org/ahoycall/Ahoy1"
MANAGER = BUS_ROOT + "/Manager"
MANAGER_IFACE = "org.ahoycall.Ahoy1.Manager"
CALL_IFACE = "org.ahoycall.Ahoy1.Call"

# Programs under a sanitizer are about three times slower, and so is a machine that builds meanwhile.
PATIENCE = float(os.environ.get("AHOY_TEST_PATIENCE", "1"))

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    pass


def enter_desktop(*options):
    """Starts this very script again inside a desktop of its own, unless it is in one already."""
    if "AHOY_TEST_DESKTOP" not in os.environ:
        wrapper = os.path.join(SUPPORT, "with-desktop")
        os.execv(wrapper, [wrapper, *options, "--", "/usr/bin/python3", *sys.argv])


def iterate():
    """One round of the main context, at most 10 ms: D-Bus and the accessibility cache live from it."""
    context = GLib.MainContext.default()
    timer = GLib.timeout_add(10, lambda: GLib.SOURCE_REMOVE)
    context.iteration(True)
    if GLib.MainContext.default().find_source_by_id(timer):
        GLib.source_remove(timer)
    while context.iteration(False):
        pass


def load():
    """How much more work than processors there is, from 1 to 3: what is awaited takes as many times longer."""
    return min(max(os.getloadavg()[0] / (os.cpu_count() or 1), 1), 3)


def wait_for(what, probe, timeout=10.0):
    """Runs until probe() is true and returns what it gave; a string in place of "what" may be a function."""
    timeout *= PATIENCE * load()
    deadline = time.monotonic() + timeout
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > deadline:
            raise Failure(f"waited {timeout:.1f} s for {what() if callable(what) else what}")
        iterate()


def stay_true(what, probe, seconds):
    """The opposite: probe() has to hold all the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not probe():
            raise Failure(f"{what} did not stay so")
        iterate()


def now_ms():
    return time.time() * 1000


class Process:
    """A program with its output in a file; ends with the test, and is asked before it is killed."""

    def __init__(self, name, argv, env, folder, netns=None):
        self.name = name
        self.log_path = os.path.join(folder, name + ".log")
        self.namespace = os.open("/run/netns/" + netns, os.O_RDONLY) if netns else -1
        self.started = now_ms()
        with open(self.log_path, "ab") as log:
            self.popen = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          preexec_fn=self.prepare)
        if self.namespace >= 0:
            os.close(self.namespace)
        self.pid = self.popen.pid

    def prepare(self):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if self.namespace >= 0:
            libc.setns(self.namespace, 0)

    def is_alive(self):
        return self.popen.poll() is None

    def check_alive(self):
        if not self.is_alive():
            raise Failure(f"{self.name} ended with status {self.popen.returncode}:\n{self.log_tail()}")

    def log_tail(self, lines=25):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-lines:])

    def kill(self):
        self.popen.kill()
        self.popen.wait()

    def stop(self, timeout=2.0):
        """SIGTERM; the exit status has to be 0, in time."""
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                wait_for(f"{self.name} to end after SIGTERM", lambda: self.popen.poll() is not None, timeout)
            except Failure:
                self.kill()
                raise
        if self.popen.returncode != 0:
            raise Failure(f"{self.name} ended with status {self.popen.returncode}:\n{self.log_tail()}")


class Server:
    """A real ahoy-server on a port of its choice, with a data folder that outlives a kill."""

    def __init__(self, folder, address="127.0.0.1", netns=None, config="", env=None):
        self.env = env or {}
        self.folder = os.path.join(folder, "server")
        self.data = os.path.join(self.folder, "data")
        self.port_file = os.path.join(self.folder, "port")
        self.address = address
        self.netns = netns
        self.port = 0
        self.process = None
        self.count = 0
        os.makedirs(self.folder)
        self.init_words = self.tool("init")
        with open(os.path.join(self.data, "server.conf"), "a", encoding="utf-8") as file:
            file.write(config)
        self.start()

    def tool(self, command, *arguments):
        answer = subprocess.run([SERVER, command, "--data", self.data, *arguments], capture_output=True, text=True,
                                check=False)
        if answer.returncode != 0:
            raise Failure(f"ahoy-server {command}: {answer.stderr}")
        return answer.stdout

    def start(self):
        self.count += 1
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.port_file)
        argv = [SERVER, "run", "--data", self.data, "--listen", f"{self.address}:{self.port}", "--port-file",
                self.port_file]
        self.process = Process(f"server-{self.count}", argv, dict(os.environ, G_DEBUG=G_DEBUG, **self.env),
                               self.folder, self.netns)
        self.port = int(wait_for("the server's port", self.read_port))

    def read_port(self):
        self.process.check_alive()
        try:
            with open(self.port_file, encoding="utf-8") as file:
                return file.read().strip()
        except FileNotFoundError:
            return None

    @property
    def uri(self):
        return f"http://{self.address}:{self.port}"

    def query(self, words, *values):
        """Reads the server's database beside it, as an administrator could."""
        names = [name for name in os.listdir(self.data) if name.endswith((".db", ".sqlite", ".sqlite3"))]
        uri = f"file:{os.path.join(self.data, names[0])}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=5)) as connection:
            return connection.execute(words, values).fetchall()

    @property
    def app_id(self):
        return str(self.query("SELECT id FROM app ORDER BY id LIMIT 1")[0][0])

    def records(self, user):
        """The user's call records, newest first."""
        return [json.loads(row[0]) for row in
                self.query("SELECT body FROM record WHERE user = ? ORDER BY begin DESC", user)]

    def ticket(self, user, *arguments):
        """The path of a file that holds a userSig for the user: a secret is on no command line."""
        path = os.path.join(self.folder, user + ".sig")
        with open(path, "w", encoding="utf-8") as file:
            os.chmod(path, 0o600)
            file.write(self.tool("user-sig", user, *arguments))
        return path

    def kill(self):
        self.process.kill()

    def stop(self):
        self.process.stop(5.0)


class Seat:
    """A person's computer: own home, own session bus, own loudspeaker and microphone; the screen is shared."""

    def __init__(self, folder, name):
        self.name = name
        self.folder = os.path.join(folder, name)
        self.env = dict(os.environ, G_DEBUG=G_DEBUG)
        for variable, path in (("HOME", "home"), ("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "home/.config"),
                               ("XDG_DATA_HOME", "home/.local/share"), ("XDG_CACHE_HOME", "home/.cache"),
                               ("XDG_STATE_HOME", "home/.local/state")):
            os.makedirs(os.path.join(self.folder, path), mode=0o700, exist_ok=True)
            self.env[variable] = os.path.join(self.folder, path)
        os.makedirs(os.path.join(self.folder, "home/.config/gtk-4.0"))
        with open(os.path.join(self.folder, "home/.config/gtk-4.0/settings.ini"), "w", encoding="utf-8") as file:
            file.write("[Settings]\ngtk-font-name=Cantarell 11\n")
        self.bus_path = os.path.join(self.folder, "run/bus")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + self.bus_path
        self.bus_process = Process("bus", ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--nosyslog",
                                           "--address=unix:path=" + self.bus_path], self.env, self.folder)
        if "PULSE_SERVER" in self.env:
            self.make_sound_devices()
        wait_for(f"{name}'s session bus", lambda: os.path.exists(self.bus_path))
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.env["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)

    def make_sound_devices(self):
        self.speaker = self.name + "_speaker"
        self.feed = self.name + "_feed"
        self.microphone = self.name + "_microphone"
        for words in (f"module-null-sink sink_name={self.speaker} rate=48000",
                      f"module-null-sink sink_name={self.feed} rate=48000",
                      f"module-remap-source master={self.feed}.monitor source_name={self.microphone}"):
            subprocess.run(["pactl", "load-module", *words.split()], check=True, stdout=subprocess.DEVNULL)
        self.env.update(PULSE_SINK=self.speaker, PULSE_SOURCE=self.microphone)

    def close(self):
        self.bus.close_sync(None)
        self.bus_process.kill()


class App:
    """A running ahoy (or ahoy-agent: the same interface without a window), signed in at a server."""

    def __init__(self, seat, server, user, camera=None, program=APP, arguments=(), netns=None, env=None):
        self.seat = seat
        self.user = user
        self.name = os.path.basename(program) + "-" + user
        self.trace_path = os.path.join(seat.folder, "trace")
        self.stats_path = os.path.join(seat.folder, "stats")
        environment = dict(seat.env, AHOY_TEST_TRACE=self.trace_path, AHOY_TEST_STATS=self.stats_path, **(env or {}))
        if camera:
            environment["AHOY_TEST_CAMERA"] = camera
        argv = [program, "--server", server.uri, "--app-id", server.app_id, "--user", user, "--user-sig-file",
                server.ticket(user), *arguments]
        self.process = Process(self.name, argv, environment, seat.folder, netns)
        self.pid = self.process.pid

    # D-Bus

    def call_method(self, path, iface, method, signature=None, *values, answer=None):
        parameters = GLib.Variant(signature, values) if signature else None
        return self.seat.bus.call_sync(BUS_NAME, path, iface, method, parameters, answer and GLib.VariantType(answer),
                                       Gio.DBusCallFlags.NO_AUTO_START, 15000, None)

    def manager(self, method, signature=None, *values):
        result = self.call_method(MANAGER, MANAGER_IFACE, method, signature, *values)
        return result.unpack() if result is not None else ()

    def get(self, path, iface, name):
        try:
            return self.call_method(path, "org.freedesktop.DBus.Properties", "Get", "(ss)", iface, name).unpack()[0]
        except GLib.Error:
            self.process.check_alive()
            return None

    def state(self):
        return self.get(MANAGER, MANAGER_IFACE, "State")

    def calls(self):
        return self.get(MANAGER, MANAGER_IFACE, "Calls") or []

    def call_path(self):
        """The newest call."""
        calls = self.calls()
        return calls[-1] if calls else None

    def call_get(self, name, path=None):
        path = path or self.call_path()
        return self.get(path, CALL_IFACE, name) if path else None

    def call_do(self, method, signature=None, *values, path=None):
        return self.call_method(path or self.call_path(), CALL_IFACE, method, signature, *values)

    def call_state(self, path=None):
        return self.call_get("State", path)

    def history(self):
        return self.manager("QueryHistory", "(ssu)", "all", "", 100)[0]

    def wait_state(self, state, timeout=15):
        wait_for(lambda: f"{self.name} to be {state}; it is {self.state()}", lambda: self.state() == state, timeout)

    def wait_call(self, state, timeout=10, path=None):
        wait_for(lambda: f"{self.user}'s call to be {state}; it is {self.call_state(path)}",
                 lambda: self.call_state(path) == state, timeout)
        return path or self.call_path()

    def wait_ended(self, reason, timeout=10, path=None):
        path = path or self.call_path()
        self.wait_call("ended", timeout, path)
        got = self.call_get("EndReason", path)
        if got != reason:
            raise Failure(f"{self.user}'s call ended as {got}, not {reason}")

    def wait_no_call(self, timeout=20):
        """No call that is not over."""
        wait_for(f"{self.user} to be out of every call",
                 lambda: all(self.call_state(path) in ("ended", None) for path in self.calls()), timeout)

    def ctl(self, *arguments):
        """ahoyctl on this seat's bus: (status, output)."""
        answer = subprocess.run([CTL, *arguments], env=self.seat.env, capture_output=True, text=True, check=False,
                                timeout=30)
        return answer.returncode, answer.stdout + answer.stderr

    # The trace

    def trace(self, kind=None):
        """Lines of AHOY_TEST_TRACE as lists of words; those of one kind only."""
        try:
            with open(self.trace_path, encoding="utf-8") as file:
                lines = [line.split() for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []
        return [words for words in lines if kind is None or words[0] == kind]

    def events(self, name):
        """Times in ms of the events of that name, oldest first."""
        return [float(words[1]) for words in self.trace("E") if words[2] == name]

    def remote_frames(self, since_ms=0.0):
        """(time, counter) of the frames shown since; counters that could not be read are left out."""
        return [(float(words[1]), int(words[2])) for words in self.trace("R")
                if float(words[1]) >= since_ms and int(words[2]) >= 0]

    def wait_event(self, name, since_ms, timeout=10):
        return wait_for(f"{self.user}: trace event {name}",
                        lambda: [t for t in self.events(name) if t >= since_ms], timeout)[0]

    def wait_moving_picture(self, since_ms=None, timeout=10, frames=10):
        """The far end's frames go on: their counters change and differ."""
        since_ms = now_ms() if since_ms is None else since_ms
        wait_for(lambda: f"{self.user} to see {frames} new frames; {len(self.remote_frames(since_ms))} came",
                 lambda: len({counter for _, counter in self.remote_frames(since_ms)}) >= frames, timeout)

    def stats(self):
        try:
            with open(self.stats_path, encoding="utf-8") as file:
                lines = [line for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return None
        return json.loads(lines[-1]) if lines else None

    # The end

    def kill(self):
        self.process.kill()

    def stop(self):
        self.process.stop(4.0)


class Stage:
    """All that one test needs, and its end: with Stage() as stage."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="e2e-", dir=os.environ.get("AHOY_TEST_DESKTOP"))
        self.server = None
        self.seats = []
        self.apps = []

    def __enter__(self):
        return self

    def start_server(self, **kwargs):
        self.server = Server(self.folder, **kwargs)
        return self.server

    def seat(self, name):
        seat = Seat(self.folder, name)
        self.seats.append(seat)
        return seat

    def app(self, user, wait=True, **kwargs):
        app = App(self.seat(f"{user}{len(self.seats) or ''}"), self.server, user, **kwargs)
        self.apps.append(app)
        if wait:
            app.wait_state("online", 30)
        return app

    def words(self):
        """What the programs said, for a failure's report."""
        processes = [app.process for app in self.apps] + ([self.server.process] if self.server else [])
        return "\n".join(f"--- {process.name}\n{process.log_tail()}" for process in processes)

    def __exit__(self, kind, value, traceback):
        failures = []
        for app in self.apps:
            if app.process.popen.returncode != -signal.SIGKILL:
                try:
                    app.stop()
                except Failure as failure:
                    failures.append(str(failure))
        if self.server and self.server.process.popen.returncode != -signal.SIGKILL:
            try:
                self.server.stop()
            except Failure as failure:
                failures.append(str(failure))
        words = self.words() if kind else ""
        for seat in self.seats:
            seat.close()
        if "AHOY_TEST_KEEP" not in os.environ:
            shutil.rmtree(self.folder, ignore_errors=True)
        if kind and issubclass(kind, (Failure, GLib.Error)):
            raise Failure(f"{value}\n{words}") from value
        if failures and not kind:
            raise Failure("\n".join(failures))
        return False


def run_tap(tests):
    """Runs functions as TAP; a name on the command line picks those that contain it."""
    picked = [test for test in tests if not sys.argv[1:] or any(word in test.__name__ for word in sys.argv[1:])]
    print(f"1..{len(picked)}", flush=True)
    bad = 0
    for number, test in enumerate(picked, 1):
        started = time.monotonic()
        title = (test.__doc__ or test.__name__).strip().splitlines()[0].rstrip(".").replace("#", "")
        try:
            skipped = test()
            took = f"{time.monotonic() - started:.1f} s"
            print(f"ok {number} - {title}" + (f" # SKIP {skipped}" if skipped else f" ({took})"), flush=True)
        except (Failure, GLib.Error, subprocess.SubprocessError, OSError, AssertionError) as error:
            bad += 1
            print(f"not ok {number} - {title}", flush=True)
            for line in f"{type(error).__name__}: {error}".splitlines():
                print("# " + line, flush=True)
            # Of a failed TAP test only this stream is shown.
            print(f"{title}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    sys.exit(1 if bad else 0)
