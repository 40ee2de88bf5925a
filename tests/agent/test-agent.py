#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Agents as processes with a real server: their calls as the bus shows them, echo, and how they end."""
import os
import signal
import subprocess
import time

from ahoy_agents import (EXIT_NOT_PERMITTED, EXIT_NO_INPUT, EXIT_UNAVAILABLE, EXIT_USAGE, Office, check,
                         enter_desktop, identity, talk)

enter_desktop()
from ahoy_e2e import CALL_IFACE, MANAGER, MANAGER_IFACE, PATIENCE, Failure, run_tap, wait_for  # noqa: E402
from ahoy_sound import Ear, Voice, wait_tone  # noqa: E402
from calling import speech  # noqa: E402
from gi.repository import GLib  # noqa: E402

TONE = 1000


def remote_error(action):
    """The D-Bus name of the refusal; it has to be refused."""
    try:
        action()
    except GLib.Error as error:
        return error.message.split(":")[1] if error.message.startswith("GDBus.Error:") else error.message
    raise Failure("it was not refused")


def test_call_on_one_bus():
    """Two agents on one bus call, answer, mute, hang up; both histories tell the same"""
    with Office() as office:
        alice = office.agent("alice", camera=office.clip())
        bob = office.agent("bob")
        ended = []
        office.computer.bus.signal_subscribe(None, MANAGER_IFACE, "CallEnded", MANAGER, None, 0,
                                             lambda *args: ended.append(args[5].unpack()[1]))
        talk(alice, bob)

        check("alice's role", alice.call_get("Role"), "caller")
        check("bob's role", bob.call_get("Role"), "called")
        check("bob's inviter", bob.call_get("Inviter"), "alice")
        check("the id of the call", bob.call_get("Id"), alice.call_get("Id"))
        bob.wait_peer(user="alice", status="accepted", microphone=True, camera=True)

        alice.call_do("SetMicrophone", "(b)", False)
        check("alice's microphone", alice.call_get("MicrophoneOn"), False)
        bob.wait_peer(microphone=False)
        alice.call_do("SetMicrophone", "(b)", True)
        bob.wait_peer(microphone=True)
        alice.call_do("SetCamera", "(b)", False)
        check("alice's camera", alice.call_get("CameraOn"), False)
        bob.wait_peer(camera=False)

        wait_for("a second of conversation", lambda: bob.call_get("Duration") >= 1)
        wait_for("statistics", lambda: bob.call_get("Stats"))
        paths = (alice.call_path(), bob.call_path())
        call_id = alice.call_get("Id")
        bob.call_do("HangUp")
        for agent, path in zip((alice, bob), paths):
            agent.wait_ended("hang-up", 5, path)
            check("who ended it", agent.call_get("EndedBy", path), "bob")
        wait_for("both to announce the end", lambda: len(ended) == 2)
        check("the announced ends", sorted((d["reason"], d["by"], d["peer"], d["call_id"]) for d in ended),
              [("hang-up", "bob", "alice", call_id), ("hang-up", "bob", "bob", call_id)])

        for agent, result, peer in ((alice, "outgoing", "bob"), (bob, "incoming", "alice")):
            wait_for(f"{agent.user}'s history", agent.history)
            record = agent.history()[0]
            check(f"{agent.user}'s record", (record["call_id"], record["result"], record["peer"], record["reason"]),
                  (call_id, result, peer, "hang-up"))
            agent.manager("DeleteHistory", "(as)", [call_id])
            check(f"{agent.user}'s history after deleting", agent.history(), [])


def test_reject_and_ignore():
    """Reject, ignore and cancel end a call for both sides with the right reason, once"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob")
        for method, who, reason in (("Reject", bob, "reject"), ("HangUp", alice, "canceled"),
                                    ("Ignore", bob, "line-busy")):
            alice.manager("Call", "(assa{sv})", ["bob"], "audio", {"timeout": GLib.Variant("u", 10)})
            paths = (alice.call_path(), bob.wait_call("incoming"))
            who.call_do(method)
            for agent, path in zip((alice, bob), paths):
                agent.wait_ended(reason, 15, path)
            check("a second time", remote_error(lambda: who.call_do(method, path=paths[who is bob])) is not None, True)


def test_refusals():
    """What cannot be is refused by name, and a hostile caller changes nothing"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob")
        prefix = "org.ahoycall.Ahoy1.Error."

        def place(*users):
            return remote_error(lambda: alice.manager("Call", "(assa{sv})", users, "audio", {}))

        check("nobody", place(), prefix + "InvalidArgument")
        check("oneself", place("alice"), prefix + "InvalidArgument")
        check("no id", place("no such id!"), prefix + "InvalidArgument")
        check("a crowd", place(*[f"user{n}" for n in range(500)]), prefix + "InvalidArgument")

        talk(alice, bob, video=False)
        path = alice.call_path()
        check("a second call", place("bob"), prefix + "WrongState")
        check("a camera in an audio call",
              remote_error(lambda: alice.call_do("SetCamera", "(b)", True)), prefix + "NotSupported")
        check("accepting one's own call",
              remote_error(lambda: alice.call_do("Accept", "(b)", True)), prefix + "WrongState")
        check("writing a property", remote_error(
            lambda: alice.call_method(path, "org.freedesktop.DBus.Properties", "Set", "(ssv)", CALL_IFACE, "State",
                                      GLib.Variant("s", "ended"))).startswith("org.freedesktop.DBus.Error."), True)
        check("an unknown method", remote_error(lambda: alice.call_do("Explode")),
              "org.freedesktop.DBus.Error.UnknownMethod")
        check("the call after all that", alice.call_state(), "active")
        bob.call_do("HangUp")
        alice.wait_ended("hang-up", 5, path)
        check("hanging up twice", remote_error(lambda: alice.call_do("HangUp", path=path)), prefix + "WrongState")


def test_echo():
    """An echo agent answers by itself and sends back the moving picture and the sound"""
    with Office() as office:
        alice = office.agent("alice", camera=office.clip())
        echo = office.agent("echo", "--echo", seat=office.seat("far"))
        ear = Ear(alice.seat)
        voice = Voice(alice.seat, speech(office.folder, TONE))
        alice.manager("Call", "(assa{sv})", ["echo"], "video", {})
        alice.wait_call("active", 20)
        echo.wait_call("active", 20)

        def decoded():
            videos = (alice.stats() or {}).get("in_video") or [{}]
            return videos[0].get("framesReceived", 0)

        wait_for(lambda: f"30 echoed frames; {decoded()} came, {alice.stats()}", lambda: decoded() >= 30, 15)
        sent = {words[2] for words in alice.trace("C")}
        back = {words[2] for words in alice.trace("R") if words[2] != "-1"}
        if alice.trace("R") and not back & sent:
            raise Failure(f"the frames that came back are not those that were sent: {sorted(back)[:10]}")
        wait_tone(ear, TONE, "alice")
        alice.wait_media("echo")
        check("the people in the statistics", set(alice.call_method(alice.call_path(), CALL_IFACE, "GetStats")
                                                  .unpack()[0]), {"echo"})
        wait_for(lambda: f"the echo's volume and quality in the participants; it is {alice.peer()}",
                 lambda: alice.peer()["volume"] > 0 and alice.peer()["quality"] in ("excellent", "good", "poor"))
        path = alice.call_path()
        alice.call_do("HangUp")
        alice.wait_ended("hang-up", 5, path)
        echo.wait_no_call()
        voice.stop()
        ear.stop()


def test_script():
    """--accept, --call and --duration make a whole call with nobody there; the status tells how it went"""
    with Office() as office:
        office.agent("bob", "--accept")
        status, output = office.run_agent("--no-bus", "--call", "bob", "--duration", "1",
                                          *identity(office.server, "alice"))
        check(f"status of the calling agent\n{output}", status, 0)

        office.agent("carol")
        status, output = office.run_agent("--no-bus", "--call", "alice", *identity(office.server, "alice"))
        check(f"status after calling oneself\n{output}", status, 1)


def test_sigterm_in_a_call():
    """SIGTERM in a call: status 0 within 2 s, and the other side's call ends"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob")
        talk(alice, bob, video=False)
        path = alice.call_path()
        started = time.monotonic()
        bob.process.stop(2.0)
        took = time.monotonic() - started
        if took > 2 * PATIENCE:
            raise Failure(f"it took {took:.1f} s")
        alice.wait_ended("hang-up", 5, path)


def plugins_without(folder, *missing):
    """A folder with GStreamer's plugins but some; what has to be set so that a program finds no others."""
    own = os.path.join(folder, "plugins")
    os.mkdir(own)
    installed = subprocess.run(["pkg-config", "--variable=pluginsdir", "gstreamer-1.0"], stdout=subprocess.PIPE,
                               text=True, check=True).stdout.strip()
    for name in os.listdir(installed):
        if name not in missing:
            os.symlink(os.path.join(installed, name), os.path.join(own, name))
    return {"GST_PLUGIN_SYSTEM_PATH": own, "GST_REGISTRY": os.path.join(folder, "registry.bin")}


def test_missing_plugin():
    """Without a plugin that calls need it still rings and hangs up, and the missing one is named"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob", env=plugins_without(office.folder, "libgstvpx.so"))
        problems = []
        office.computer.bus.signal_subscribe(None, MANAGER_IFACE, "Error", MANAGER, None, 0,
                                             lambda *args: problems.append(args[5].unpack()))
        alice.manager("Call", "(assa{sv})", ["bob"], "video", {})
        bob.wait_call("incoming")
        paths = (alice.call_path(), bob.call_path())
        bob.call_do("Accept", "(b)", True)
        wait_for("a word about the missing plugin", lambda: [
            text for _, text in problems if "vp8" in text and "gstreamer1.0-plugins-good" in text])
        wait_for("the same in bob's log", lambda: "gstreamer1.0-plugins-good" in bob.process.log_tail())
        alice.call_do("HangUp")
        for agent, path in zip((alice, bob), paths):
            agent.wait_ended("hang-up", 5, path)


def test_server_restart():
    """kill -9 of the server in a call: both come back by themselves, the call goes on and is recorded"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob")
        talk(alice, bob, video=False)
        paths = (alice.call_path(), bob.call_path())
        call_id = alice.call_get("Id")
        office.server.kill()
        for agent in (alice, bob):
            agent.wait_state("offline")
            check("the call without server", agent.call_state(), "active")
        office.server.start()
        for agent in (alice, bob):
            agent.manager("TryNow")
            agent.wait_state("online")
        check("the calls after it", (alice.call_state(), bob.call_state()), ("active", "active"))
        alice.call_do("HangUp")
        for agent, path in zip((alice, bob), paths):
            agent.wait_ended("hang-up", 5, path)
            wait_for("the record", agent.history)
            check("the record", [record["call_id"] for record in agent.history()], [call_id])


def test_environment():
    """Identity from the environment; the ticket is in no log and on no command line"""
    with Office() as office:
        ticket = office.server.ticket("alice")
        with open(ticket, encoding="utf-8") as file:
            secret = file.read().strip()
        env = {"AHOY_SERVER": office.server.uri, "AHOY_APP_ID": office.server.app_id, "AHOY_USER": "alice",
               "AHOY_USER_SIG_FILE": ticket}
        office.computer.env.update(env, G_MESSAGES_DEBUG="all")
        agent = office.agent("alice", online=False)
        agent.wait_state("online", 30)
        with open(f"/proc/{agent.pid}/cmdline", "rb") as file:
            command_line = file.read()
        with open(agent.process.log_path, encoding="utf-8", errors="replace") as file:
            log = file.read()
        if secret in log or secret.encode() in command_line:
            raise Failure("the ticket can be read")
        check("user", agent.get(MANAGER, MANAGER_IFACE, "UserId"), "alice")


def test_bad_starts():
    """Wrong options, no ticket, a wrong ticket, a taken name: each with its status and a reason"""
    with Office() as office:
        office.agent("bob")
        good = identity(office.server, "alice")
        wrong = office.server.ticket("mallory")
        for status, arguments in (
                (EXIT_USAGE, ["--no-bus"]),
                (EXIT_USAGE, ["--no-such-option"]),
                (EXIT_USAGE, ["surplus"]),
                (EXIT_USAGE, ["--camera", "--no-camera"]),
                (EXIT_USAGE, ["--user", "alice"]),
                (EXIT_USAGE, ["--bus-name", "no name"]),
                (EXIT_NO_INPUT, [*good[:-1], "/nonexistent", "--no-bus"]),
                (EXIT_NO_INPUT, [*good[:-1], "/dev/null", "--no-bus"]),
                (EXIT_NO_INPUT, [*good, "--tls-ca", "/dev/null", "--no-bus"]),
                (EXIT_NOT_PERMITTED, [*good[:-1], wrong, "--no-bus"]),
                (EXIT_UNAVAILABLE, [*good, "--bus-name", "org.ahoycall.Test.bob"]),
                (0, ["--version"]),
        ):
            got, output = office.run_agent(*arguments)
            check(f"status of ahoy-agent {arguments}: {output}", got, status)
            if not output.strip():
                raise Failure(f"ahoy-agent {arguments} says nothing")


def test_signals_before_server():
    """Without a server an agent keeps on trying, and SIGTERM still ends it at once"""
    with Office() as office:
        good = identity(office.server, "alice")
        office.server.kill()
        agent = office.agent("alice", *good, online=False)
        wait_for("a try", lambda: agent.state() in ("signing-in", "offline"))
        os.kill(agent.pid, signal.SIGTERM)
        wait_for("the end", lambda: not agent.process.is_alive(), 2)
        check("status", agent.process.popen.returncode, 0)


if __name__ == "__main__":
    run_tap([test_call_on_one_bus, test_reject_and_ignore, test_refusals, test_echo, test_script,
             test_sigterm_in_a_call, test_missing_plugin, test_server_restart, test_environment, test_bad_starts,
             test_signals_before_server])
