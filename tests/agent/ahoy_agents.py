# SPDX-License-Identifier: GPL-3.0-or-later
"""ahoy-agents of several people on one bus, each under a name of its own, and ahoyctl to drive them."""
import contextlib
import json
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "e2e"))
import ahoy_e2e  # noqa: E402
from ahoy_e2e import (AGENT, BUILD, CALL_IFACE, CTL, MANAGER, MANAGER_IFACE, SUPPORT, App, Failure,  # noqa: E402
                      Process, Stage, wait_for)
from gi.repository import Gio, GLib  # noqa: E402

EXIT_REFUSED = 1
EXIT_USAGE = 64
EXIT_NO_INPUT = 66
EXIT_UNAVAILABLE = 69
EXIT_TIMED_OUT = 75
EXIT_NOT_PERMITTED = 77


def check(what, got, expected):
    if got != expected:
        raise Failure(f"{what}: {got!r}, not {expected!r}")


class Agent(App):
    """An ahoy-agent: App's hands on a name of its own. Without a server it is started signed out."""

    def __init__(self, seat, user, server=None, arguments=(), camera=None, extra_env=None, netns=None,
                 ticket=()):
        self.seat = seat
        self.user = user
        self.name = "agent-" + user
        self.bus_name = "org.ahoycall.Test." + user
        self.trace_path = os.path.join(seat.folder, "trace-" + user)
        self.stats_path = os.path.join(seat.folder, "stats-" + user)
        # Two people on one computer are still two installations.
        data = os.path.join(seat.folder, "data-" + user)
        env = dict(seat.env, AHOY_TEST_TRACE=self.trace_path, AHOY_TEST_STATS=self.stats_path,
                   XDG_DATA_HOME=data, XDG_STATE_HOME=data, XDG_CONFIG_HOME=data, XDG_CACHE_HOME=data)
        env.update(extra_env or {})
        if camera:
            env["AHOY_TEST_CAMERA"] = camera
        argv = [AGENT, "--bus-name", self.bus_name, *arguments]
        if server:
            argv += identity(server, user, *ticket)
        self.process = Process(self.name, argv, env, seat.folder, netns)
        self.pid = self.process.pid

    def call_method(self, path, iface, method, signature=None, *values, answer=None):
        parameters = GLib.Variant(signature, values) if signature else None
        return self.seat.bus.call_sync(self.bus_name, path, iface, method, parameters,
                                       answer and GLib.VariantType(answer), Gio.DBusCallFlags.NO_AUTO_START, 15000,
                                       None)

    def listen(self, handler):
        """handler (path, name, values) hears every signal of its calls."""
        owner = self.seat.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                        "GetNameOwner", GLib.Variant("(s)", (self.bus_name,)), None, 0, -1,
                                        None).unpack()[0]
        self.seat.bus.signal_subscribe(owner, CALL_IFACE, None, None, None, 0,
                                       lambda *args: handler(args[2], args[4], args[5].unpack()))

    def begin(self, path, method, signature=None, *values):
        """Asks without waiting: a list that gets the answer, or the refusal."""
        answers = []

        def on_answer(bus, result):
            try:
                answers.append(bus.call_finish(result).unpack())
            except GLib.Error as error:
                answers.append(error)
        self.seat.bus.call(self.bus_name, path, MANAGER_IFACE if path == MANAGER else CALL_IFACE, method,
                           GLib.Variant(signature, values) if signature else None, None,
                           Gio.DBusCallFlags.NO_AUTO_START, 15000, None, on_answer)
        return answers

    def wait_on_bus(self):
        wait_for(lambda: f"{self.name} on the bus:\n{self.process.log_tail()}", lambda: self.state() is not None)

    def ctl(self, *arguments, stdin=None):
        """ahoyctl driving this agent: (status, output, errors)."""
        answer = subprocess.run([CTL, "--bus-name", self.bus_name, *arguments], env=self.seat.env, input=stdin,
                                capture_output=True, text=True, check=False, timeout=60)
        return answer.returncode, answer.stdout, answer.stderr

    def ctl_ok(self, *arguments, stdin=None):
        status, output, errors = self.ctl(*arguments, stdin=stdin)
        if status != 0:
            raise Failure(f"ahoyctl {' '.join(arguments)}: status {status}: {errors}\n{self.process.log_tail()}")
        return output

    def ctl_json(self, *arguments):
        """Its lines, each parsed."""
        return [json.loads(line) for line in self.ctl_ok("--json", *arguments).splitlines()]

    def ctl_refused(self, expected, *arguments, stdin=None):
        """It has to fail with that status and say why."""
        status, _, errors = self.ctl(*arguments, stdin=stdin)
        check(f"status of ahoyctl {' '.join(arguments)} ({errors.strip()})", status, expected)
        if not errors.startswith("ahoyctl: ") or len(errors) < 15:
            raise Failure(f"ahoyctl {' '.join(arguments)} does not say why: {errors!r}")
        return errors

    def peer(self):
        """What the call says of the other side."""
        return (self.call_get("Participants") or [{}])[0]

    def stats_of(self, user):
        """The numbers of the connection to that person, {} when there is none."""
        path = self.call_path()
        answer = path and self.call_method(path, CALL_IFACE, "GetStats")
        return answer.unpack()[0].get(user, {}) if answer else {}

    def wait_media(self, user, picture=True, sound=True, timeout=20):
        """Pictures and sound of that person go on arriving; what came before does not count."""
        before = self.stats_of(user)
        frames = before.get("framesReceived", 0)
        energy = before.get("totalAudioEnergy", 0)

        def goes_on():
            now = self.stats_of(user)
            return ((not picture or now.get("framesReceived", 0) >= frames + 10)
                    and (not sound or now.get("totalAudioEnergy", 0) > energy + 1e-5))
        wait_for(lambda: f"{self.user} to see and hear {user}; it was {before}, is {self.stats_of(user)}", goes_on,
                 timeout)

    def wait_peer(self, **expected):
        wait_for(lambda: f"{self.user} to see {expected}; it is {self.peer()}",
                 lambda: all(self.peer().get(key) == value for key, value in expected.items()))


def identity(server, user, *ticket):
    return ["--server", server.uri, "--app-id", server.app_id, "--user", user, "--user-sig-file",
            server.ticket(user, *ticket)]


class Office(Stage):
    """A server and one computer with a bus; agent() starts a person's agent on it."""

    def __init__(self, **server):
        super().__init__()
        self.server_options = server

    def __enter__(self):
        super().__enter__()
        self.start_server(**self.server_options)
        self.computer = self.seat("computer")
        return self

    def agent(self, user, *arguments, online=True, camera=None, seat=None, env=None, netns=None, ticket=()):
        agent = Agent(seat or self.computer, user, self.server if online else None, arguments, camera, env, netns,
                      ticket)
        self.apps.append(agent)
        if online:
            agent.wait_state("online", 30)
        else:
            agent.wait_on_bus()
        return agent

    def run_agent(self, *arguments, env=None, timeout=30):
        """One that ends by itself: (status, output)."""
        answer = subprocess.run([AGENT, *arguments], env=dict(self.computer.env, **(env or {})), text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=timeout,
                                stdin=subprocess.DEVNULL)
        return answer.returncode, answer.stdout

    def clip(self):
        path = os.path.join(self.folder, "clip.y4m")
        if not os.path.exists(path):
            subprocess.run(["/usr/bin/python3", os.path.join(SUPPORT, "make-clip.py"), path], check=True)
        return path


class Counter:
    """What a program started with its env holds: objects by class and bytes of heap, threads and files."""

    LIBRARY = os.path.join(BUILD, "tests/support/count-objects.so")

    def __init__(self, folder, name):
        self.path = os.path.join(folder, "objects-" + name)
        self.env = {"LD_PRELOAD": self.LIBRARY, "AHOY_TEST_OBJECTS": self.path, "G_SLICE": "always-malloc"}

    @classmethod
    def is_there(cls):
        """The sanitizers want to be loaded first themselves."""
        return os.path.exists(cls.LIBRARY)

    def read(self, pid):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        os.kill(pid, signal.SIGUSR2)
        wait_for("the objects to be counted", lambda: os.path.exists(self.path))
        with open(self.path, encoding="utf-8") as file:
            counts = {name: int(number) for name, number in (line.split() for line in file)}
        counts["threads"] = len(os.listdir(f"/proc/{pid}/task"))
        counts["files"] = len(os.listdir(f"/proc/{pid}/fd"))
        return counts


def talk(caller, callee, video=True):
    """A call from the one to the other, both active."""
    caller.manager("Call", "(assa{sv})", [callee.user], "video" if video else "audio", {})
    callee.wait_call("incoming")
    callee.call_do("Accept", "(b)", True)
    caller.wait_call("active", 20)
    callee.wait_call("active", 20)


enter_desktop = ahoy_e2e.enter_desktop
