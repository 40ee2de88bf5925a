#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""ahoyctl from end to end: what it prints, what it refuses and with which status."""
import json
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "agent"))
from ahoy_agents import (EXIT_NOT_PERMITTED, EXIT_NO_INPUT, EXIT_REFUSED, EXIT_TIMED_OUT,  # noqa: E402
                         EXIT_UNAVAILABLE, EXIT_USAGE, Office, check, enter_desktop, identity)

enter_desktop()
from ahoy_e2e import CTL, MANAGER, MANAGER_IFACE, SOURCE, Failure, Process, run_tap, wait_for  # noqa: E402


class Watcher:
    """A running `ahoyctl --json watch`."""

    count = 0

    def __init__(self, agent, *arguments):
        Watcher.count += 1
        self.process = Process(f"watch-{agent.user}-{Watcher.count}",
                               [CTL, "--json", "--bus-name", agent.bus_name, "watch", *arguments], agent.seat.env,
                               agent.seat.folder)
        wait_for("watch to begin", self.events)

    def events(self, kind=None):
        with open(self.process.log_path, encoding="utf-8") as file:
            lines = [line for line in file if line.startswith("{") and line.endswith("\n")]
        events = [json.loads(line) for line in lines]
        return [event for event in events if kind in (None, event["event"])]

    def wait(self, kind, **fields):
        def seen():
            return [event for event in self.events(kind)
                    if all(event.get(key) == value for key, value in fields.items())]
        return wait_for(lambda: f"watch to print {kind} {fields}; it printed {self.events()}", seen)[0]


def test_not_running():
    """Without a running Ahoy every command says so"""
    with Office() as office:
        for command in (["status"], ["call", "bob"], ["watch"], ["hangup"]):
            answer = subprocess.run([CTL, *command], env=office.computer.env, capture_output=True, text=True,
                                    check=False)
            check(f"status of {command}", (answer.returncode, answer.stderr),
                  (EXIT_UNAVAILABLE, "ahoyctl: Ahoy is not running\n"))


def test_usage():
    """Wrong command lines have a status of their own, and --help names every command"""
    with Office() as office:
        agent = office.agent("alice", online=False)
        for command in ([], ["fly"], ["call"], ["camera"], ["camera", "maybe"], ["call", "--video", "--audio", "bob"],
                        ["call", "--room-number", "-1", "bob"], ["call", "--timeout", "-1", "bob"],
                        ["call", "--record", "maybe", "bob"], ["call", "--wait", "happy", "bob"],
                        ["answer", "--wait", "happy"], ["hangup", "1", "2"], ["--no-such-option"],
                        ["history", "--count", "0"], ["contacts", "eat", "bob"], ["login", "--user", "alice"],
                        ["device", "nose", "1"], ["device", "camera", "no such camera"]):
            agent.ctl_refused(EXIT_USAGE, *command)
        help_text = agent.ctl_ok("--help")
        for word in ("login", "watch", "hangup", "contacts", "devices", "Exit status"):
            if word not in help_text:
                raise Failure(f"--help does not name {word}")
        if "--no-camera" not in agent.ctl_ok("answer", "--help"):
            raise Failure("answer --help does not name --no-camera")


def test_account():
    """Login with a file and from standard input, wrong tickets, the own name, logout"""
    with Office() as office:
        agent = office.agent("alice", online=False)
        ticket = office.server.ticket("alice")
        place = ["--server", office.server.uri, "--app-id", office.server.app_id, "--user", "alice"]
        check("state at first", agent.ctl_json("status")[0]["state"], "signed-out")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "call", "bob")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "history")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "contacts")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "logout")
        agent.ctl_refused(EXIT_REFUSED, "hangup")
        agent.ctl_refused(EXIT_REFUSED, "answer")
        agent.ctl_refused(EXIT_NO_INPUT, "login", *place, "--user-sig-file", "/nonexistent")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "login", *place, "--user-sig-file", office.server.ticket("bob"))
        nowhere = ["--server", "http://127.0.0.1:1", *place[2:]]
        agent.ctl_refused(EXIT_UNAVAILABLE, "login", *nowhere, "--user-sig-file", ticket)
        check("state after a wrong ticket", agent.ctl_json("status")[0]["state"], "signed-out")

        agent.ctl_ok("login", *place, "--user-sig-file", ticket)
        status = agent.ctl_json("status")[0]
        check("after login", (status["state"], status["user"], status["calls"]), ("online", "alice", []))
        agent.ctl_refused(EXIT_REFUSED, "login", *place, "--user-sig-file", ticket)
        agent.ctl_ok("set-name", "Älice Liddell")
        wait_for("the new name", lambda: agent.ctl_json("status")[0]["nickname"] == "Älice Liddell")
        if "Älice Liddell (alice)" not in agent.ctl_ok("status"):
            raise Failure("status does not show the name")
        agent.ctl_ok("set-avatar", "https://example.org/alice.png")
        agent.ctl_ok("set-avatar", "")
        expires = agent.ctl_json("status")[0]["user_sig_expires"]
        wait_for("the next second", lambda: int(time.time()) > expires - 180 * 86400, 3)
        agent.ctl_ok("renew", "--user-sig-file", office.server.ticket("alice"))
        wait_for("the new ticket", lambda: agent.ctl_json("status")[0]["user_sig_expires"] > expires)
        agent.ctl_refused(EXIT_NO_INPUT, "renew", "--user-sig-file", "/nonexistent")
        agent.ctl_refused(EXIT_USAGE, "renew")
        agent.ctl_ok("try-now")
        agent.ctl_ok("logout")
        agent.ctl_refused(EXIT_NOT_PERMITTED, "renew", "--user-sig-file", ticket)
        agent.ctl_refused(EXIT_NOT_PERMITTED, "try-now")
        check("after logout", agent.ctl_json("status")[0]["state"], "signed-out")

        with open(ticket, encoding="utf-8") as file:
            agent.ctl_ok("login", *place, "--user-sig-file", "-", stdin=file.read())
        check("after the second login", agent.ctl_json("status")[0]["state"], "online")


def test_call():
    """A call from first to last by commands, and what watch prints of it"""
    with Office() as office:
        alice = office.agent("alice", camera=office.clip())
        bob = office.agent("bob")
        watcher = Watcher(bob)
        check("watch begins with", watcher.events()[0]["event"], "account")

        placed = alice.ctl_json("call", "--video", "--wait", "ringing", "--wait-timeout", "10", "bob")[0]
        check("the placed call", (placed["state"], placed["media"], placed["role"]), ("ringing", "video", "caller"))
        watcher.wait("incoming", inviter="alice", media="video")
        alice.ctl_refused(EXIT_REFUSED, "call", "bob")
        alice.ctl_refused(EXIT_REFUSED, "answer")
        bob.ctl_ok("answer", "--no-camera", "--wait", "active", "--wait-timeout", "20")
        watcher.wait("state", state="active")
        wait_for("alice to be active", lambda: alice.ctl_json("status")[0]["calls"][0]["state"] == "active")
        alice.wait_peer(user="bob", camera=False)

        wait_for("numbers of bob", lambda: [line.get("user") for line in alice.ctl_json("stats")] == ["bob"])
        for key in ("framesDecoded", "totalAudioEnergy", "packetsLost", "roundTripTime"):
            if key not in alice.ctl_json("stats")[0]:
                raise Failure(f"stats has no {key}")
        if "pictures/s" not in alice.ctl_ok("stats"):
            raise Failure("stats shows no pictures")
        alice.ctl_ok("mute")
        check("the own microphone", alice.ctl_json("status")[0]["calls"][0]["microphone"], False)
        watcher.wait("participant", user="alice", microphone=False)
        if "microphone off" not in alice.ctl_ok("status"):
            raise Failure("status does not show the muted microphone")
        alice.ctl_ok("unmute")
        alice.ctl_ok("camera", "off")
        watcher.wait("participant", user="alice", microphone=True, camera=False)
        bob.ctl_ok("camera", "on")
        watcher.wait("devices", camera=True)

        call_id = alice.ctl_json("status")[0]["calls"][0]["id"]
        bob.ctl_refused(EXIT_REFUSED, "hangup", "no-such-call")
        bob.ctl_ok("hangup", call_id)
        ended = watcher.wait("ended", reason="hang-up")
        check("who and which", (ended["by"], ended["call_id"], ended["peer"]), ("bob", call_id, "alice"))
        alice.wait_no_call()
        bob.ctl_refused(EXIT_REFUSED, "hangup")
        bob.ctl_refused(EXIT_REFUSED, "mute")

        wait_for("the record", lambda: alice.ctl_json("history"))
        record = alice.ctl_json("history", "--count", "1")[0]
        check("the record", (record["call_id"], record["result"], record["peer"]), (call_id, "outgoing", "bob"))
        check("missed calls", alice.ctl_json("history", "--missed"), [])
        if "outgoing" not in alice.ctl_ok("history"):
            raise Failure("history does not show the call")
        alice.ctl_ok("history", "--delete", call_id)
        check("history after deleting", alice.ctl_json("history"), [])

        watcher.process.stop()


def test_refused_calls():
    """Calling oneself, an invalid id, a camera in an audio call; waiting in vain; reject and ignore"""
    with Office() as office:
        alice = office.agent("alice")
        bob = office.agent("bob")
        alice.ctl_refused(EXIT_USAGE, "call", "alice")
        alice.ctl_refused(EXIT_USAGE, "call", "no such id!")

        alice.ctl_refused(EXIT_TIMED_OUT, "call", "--wait", "active", "--wait-timeout", "1", "bob")
        alice.ctl_refused(EXIT_REFUSED, "camera", "on")
        bob.wait_call("incoming")
        bob.ctl_ok("reject")
        alice.wait_no_call()

        caller = Process("ctl", [CTL, "--bus-name", alice.bus_name, "call", "--wait", "active", "bob"],
                         alice.seat.env, alice.seat.folder)
        bob.wait_call("incoming")
        bob.ctl_ok("reject")
        wait_for("ahoyctl to end", lambda: not caller.is_alive())
        check("status of a declined call", caller.popen.returncode, EXIT_REFUSED)
        if "declined" not in caller.log_tail():
            raise Failure(f"it does not say why: {caller.log_tail()}")

        alice.wait_no_call()
        alice.ctl_ok("call", "--timeout", "10", "bob")
        path = alice.call_path()
        bob.wait_call("incoming")
        bob.ctl_ok("ignore")
        bob.wait_no_call()
        alice.wait_ended("line-busy", 5, path)
        alice.ctl_refused(EXIT_REFUSED, "hangup")

        alice.ctl_ok("call", "bob")
        bob.wait_call("incoming")
        alice.ctl_ok("hangup")
        alice.wait_no_call()
        bob.wait_no_call()
        wait_for("the missed calls", lambda: len(bob.ctl_json("history", "--missed")) >= 1)


def test_group_call():
    """invite, cancel, switch and view do in a call what they say, and watch tells of it"""
    with Office() as office:
        alice, bob, carol = (office.agent(user, camera=office.clip()) for user in ("alice", "bob", "carol"))
        watcher = Watcher(alice)
        alice.ctl_refused(EXIT_REFUSED, "invite", "carol")
        alice.ctl_ok("call", "--video", "--wait", "ringing", "bob")
        bob.ctl_ok("answer", "--wait", "active", "--wait-timeout", "30")
        watcher.wait("begin")
        watcher.wait("user-joined", user="bob")
        watcher.wait("user-video-available", user="bob", available=True)
        watcher.wait("user-audio-available", user="bob", available=True)

        alice.ctl_ok("switch", "audio")
        watcher.wait("media-changed", before="video", after="audio")
        alice.ctl_refused(EXIT_REFUSED, "camera", "on")
        bob.ctl_ok("switch", "video")
        watcher.wait("media-changed", before="audio", after="video")
        alice.ctl_refused(EXIT_USAGE, "switch", "smell")

        check("the invited", alice.ctl_json("invite", "--timeout", "60", "carol", "bob"), [{"invited": ["carol"]}])
        watcher.wait("user-inviting", user="carol")
        carol.wait_call("incoming")
        bob.ctl_refused(EXIT_REFUSED, "cancel", "nobody")
        alice.ctl_ok("cancel", "carol")
        carol.wait_no_call()
        if "carol" not in bob.ctl_ok("invite", "carol"):
            raise Failure("invite does not say for whom it rings")
        carol.wait_call("incoming")
        carol.ctl_ok("reject")
        watcher.wait("user-rejected", user="carol")
        alice.ctl_refused(EXIT_USAGE, "invite", "no such id!")
        alice.ctl_refused(EXIT_USAGE, "invite", *[f"user{n}" for n in range(8)])

        for words, expected in (("off", {"view": False}), ("fit", {"fill_mode": "fit"}), ("90", {"rotation": 90})):
            alice.ctl_ok("view", "bob", words)
            check(f"bob after view {words}", {key: alice.peer()[key] for key in expected}, expected)
        alice.ctl_refused(EXIT_USAGE, "view", "bob", "askew")
        alice.ctl_refused(EXIT_USAGE, "view", "nobody", "off")
        watcher.wait("network-qualities")
        quiet = [*Watcher(alice, "--no-levels").events(), *watcher.events()]
        check("every event has a time and a name", all("time" in event and event["event"] for event in quiet), True)
        bob.ctl_ok("hangup")
        watcher.wait("user-left", user="bob")


def test_groups():
    """groups, group, join: made, seen, joined by id and by group, changed, left; what cannot be has its status"""
    with Office() as office:
        alice, bob, carol = (office.agent(user) for user in ("alice", "bob", "carol"))
        check("the new group", alice.ctl_json("group", "--id", "choir", "create", "Choir", "bob", "carol"),
              [{"group": "choir"}])
        bob.ctl_refused(EXIT_USAGE, "group", "--id", "choir", "create", "Mine", "carol")
        bob.ctl_refused(EXIT_REFUSED, "group", "rename", "choir", "Mine")
        for words in (["fly", "choir"], ["rename", "choir"], ["add", "choir"], ["leave", "choir", "bob"], ["create"]):
            alice.ctl_refused(EXIT_USAGE, "group", *words)
        alice.ctl_ok("group", "rename", "choir", "Chorus")
        wait_for("carol to see it", lambda: [(g["group"], g["name"], sorted(g["members"]), g["call"])
                                             for g in carol.ctl_json("groups")]
                 == [("choir", "Chorus", ["alice", "bob", "carol"], "")])

        for words in ([], ["--group", "choir", "an-id"], ["--group", "no such id!"]):
            carol.ctl_refused(EXIT_USAGE, "join", *words)
        carol.ctl_refused(EXIT_REFUSED, "join", "--group", "choir")
        carol.ctl_refused(EXIT_REFUSED, "join", "no-such-call")
        alice.ctl_ok("call", "--group", "choir", "bob")
        bob.wait_call("incoming")
        bob.ctl_ok("answer", "--wait", "active", "--wait-timeout", "30")
        call_id = alice.ctl_json("status")[0]["calls"][0]["id"]
        wait_for("carol to see the call", lambda: [(g["call"], sorted(g["people"])) for g in carol.ctl_json("groups")]
                 == [(call_id, ["alice", "bob"])])
        if "Chorus: alice, bob, carol; in a call: alice, bob" not in carol.ctl_ok("groups"):
            raise Failure(f"groups says {carol.ctl_ok('groups')}")
        joined = carol.ctl_json("join", "--wait", "active", "--wait-timeout", "30", "--group", "choir")[0]
        check("the call", (joined["id"], joined["state"]), (call_id, "active"))
        carol.ctl_refused(EXIT_REFUSED, "join", call_id)
        carol.ctl_ok("hangup")
        carol.wait_no_call()
        carol.ctl_ok("join", "--wait", "active", "--wait-timeout", "30", call_id)

        carol.ctl_ok("group", "leave", "choir")
        wait_for("carol to have none", lambda: carol.ctl_json("groups") == [])
        alice.ctl_ok("group", "remove", "choir", "bob")
        alice.ctl_ok("group", "add", "choir", "bob")
        alice.ctl_ok("group", "delete", "choir")
        wait_for("bob to have none", lambda: bob.ctl_json("groups") == [])


def test_blocks():
    """block, unblock and blocked; who is blocked does not ring"""
    with Office() as office:
        alice, bob = office.agent("alice"), office.agent("bob")
        bob.ctl_ok("block", "alice")
        check("whom bob blocks", bob.ctl_json("blocked"), [{"user": "alice"}])
        alice.ctl_refused(EXIT_REFUSED, "call", "--wait", "ringing", "bob")
        check("bob's calls", bob.calls(), [])
        bob.ctl_refused(EXIT_USAGE, "block", "no such id!")
        bob.ctl_ok("unblock", "alice")
        check("whom bob blocks now", bob.ctl_ok("blocked"), "")
        alice.ctl_ok("call", "--wait", "ringing", "--wait-timeout", "20", "bob")


def test_take_over():
    """multi-device and take-over: a call goes on on another device, and what is not there cannot be taken"""
    with Office() as office:
        alice, bob = office.agent("alice"), office.agent("bob")
        bob.ctl_refused(EXIT_USAGE, "multi-device", "maybe")
        bob.ctl_ok("multi-device", "on")
        phone = office.agent("phone", *identity(office.server, "bob"), online=False)
        phone.wait_state("online")
        phone.ctl_refused(EXIT_USAGE, "take-over")
        phone.ctl_refused(EXIT_REFUSED, "take-over", "no-such-call")
        alice.ctl_ok("call", "bob")
        path = bob.wait_call("incoming")
        phone.wait_call("incoming")
        bob.ctl_ok("answer", "--wait", "active", "--wait-timeout", "30")
        call_id = bob.ctl_json("status")[0]["calls"][0]["id"]
        bob.ctl_refused(EXIT_REFUSED, "take-over", call_id)
        phone.wait_no_call()
        taken = phone.ctl_json("take-over", "--wait", "active", "--wait-timeout", "30")[0]
        check("the call", (taken["id"], taken["state"]), (call_id, "active"))
        bob.wait_ended("other-device-accepted", 5, path)
        phone.ctl_ok("hangup")
        alice.wait_no_call()


def test_video_settings():
    """resolution and mirror show and change how the own picture is sent and shown"""
    with Office() as office:
        alice = office.agent("alice")
        watcher = Watcher(alice)
        alice.ctl_ok("resolution", "1080p", "portrait")
        settings = alice.ctl_json("resolution")[0]
        check("settings", [settings[key] for key in ("resolution", "orientation", "width", "height", "bitrate")],
              ["1080p", "portrait", 1080, 1920, 2000000])
        watcher.wait("video-settings", resolution="1080p")
        alice.ctl_ok("resolution", "360p")
        check("what was not said", alice.ctl_json("resolution")[0]["orientation"], "portrait")
        for word, value in (("on", True), ("off", False)):
            alice.ctl_ok("mirror", word)
            check("mirror", alice.ctl_json("resolution")[0]["mirror"], value)
        alice.ctl_ok("beauty", "7")
        check("beauty", alice.ctl_json("resolution")[0]["beauty"], 7)
        for word in ("10", "-1", "much"):
            alice.ctl_refused(EXIT_USAGE, "beauty", word)
        if alice.ctl_json("resolution")[0]["background-available"]:
            for value, word in enumerate(("off", "low", "medium", "high")):
                alice.ctl_ok("background", word)
                check("background", alice.ctl_json("resolution")[0]["background-blur"], value)
            alice.ctl_refused(EXIT_USAGE, "background", __file__)
            check("after no picture", alice.ctl_json("resolution")[0]["background-blur"], 3)
            person = os.path.join(SOURCE, "tests", "effects", "person.jpg")
            alice.ctl_ok("background", os.path.relpath(person))
            settings = alice.ctl_json("resolution")[0]
            check("image", [settings["background-image"], settings["background-blur"]], ["file://" + person, 0])
            alice.ctl_ok("background", "off")
            check("no image", alice.ctl_json("resolution")[0]["background-image"], "")
        if alice.get(MANAGER, MANAGER_IFACE, "AudioSettings")["voice-isolation-available"]:
            for word, value in (("on", True), ("off", False)):
                alice.ctl_ok("voice-isolation", word)
                check("isolation", alice.get(MANAGER, MANAGER_IFACE, "AudioSettings")["voice-isolation"], value)
        alice.ctl_refused(EXIT_USAGE, "voice-isolation", "maybe")
        if "360p portrait, 360×640" not in alice.ctl_ok("resolution"):
            raise Failure(f"it says {alice.ctl_ok('resolution')}")
        alice.ctl_refused(EXIT_USAGE, "resolution", "4k")
        alice.ctl_refused(EXIT_USAGE, "mirror", "maybe")


def test_contacts_and_devices():
    """Contacts are added, renamed, starred and removed; devices are listed and chosen"""
    with Office() as office:
        alice = office.agent("alice", camera=office.clip())
        bob = office.agent("bob")
        alice.ctl_ok("contacts", "add", "bob", "Bobby")
        contact = alice.ctl_json("contacts")[0]
        check("the new contact", (contact["user"], contact["name"], contact["favourite"]), ("bob", "Bobby", False))
        wait_for("bob's presence", lambda: alice.ctl_json("contacts")[0]["presence"] == "online")
        alice.ctl_ok("contacts", "remark", "bob", "Robert")
        alice.ctl_ok("contacts", "favourite", "bob", "on")
        contact = alice.ctl_json("contacts")[0]
        check("the changed contact", (contact["remark"], contact["favourite"]), ("Robert", True))
        if "Robert" not in alice.ctl_ok("contacts"):
            raise Failure("contacts does not show the name")
        alice.ctl_ok("contacts", "remove", "bob")
        check("after removing", alice.ctl_json("contacts"), [])
        check("bob's own contacts", bob.ctl_json("contacts"), [])

        cameras = [device for device in alice.ctl_json("devices") if device["kind"] == "camera"]
        if not cameras:
            raise Failure("the test camera is not listed")
        alice.ctl_ok("device", "camera", cameras[0]["id"])
        chosen = [device["id"] for device in alice.ctl_json("devices") if device["selected"]]
        check("the chosen devices", chosen, [cameras[0]["id"]])
        alice.ctl_ok("device", "camera", "auto")
        check("chosen after auto", [d["id"] for d in alice.ctl_json("devices") if d["selected"]], [])
        check("versions", set(alice.ctl_json("version")[0]), {"ahoyctl", "ahoy"})


def commands_of(agent):
    lines = agent.ctl_ok("--help").split("Commands:\n")[1].split("\n\n")[0].splitlines()
    return [line.split()[0] for line in lines if not line.startswith("      ")]


def options_of(agent, command):
    return set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", agent.ctl_ok(command, "--help"), re.MULTILINE))


def complete(agent, *words):
    """What bash offers when Tab is pressed after these words, the last of them begun."""
    script = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ahoyctl; printf "%s\\n" "${COMPREPLY[@]}"'
    line = ["ahoyctl", "--bus-name", agent.bus_name, *words]
    answer = subprocess.run(["bash", "-c", script, os.path.join(SOURCE, "data/ahoyctl.bash"), *line],
                            env=dict(agent.seat.env, PATH=os.path.dirname(CTL) + ":" + os.environ["PATH"]),
                            capture_output=True, text=True, check=True)
    check(f"errors of completing {words}", answer.stderr, "")
    return set(answer.stdout.split())


def test_completion():
    """Tab offers every command and option, and the people, calls and devices there are; the manual names them all"""
    with Office() as office:
        alice = office.agent("alice", camera=office.clip())
        office.agent("bob")
        commands = commands_of(alice)
        check("commands", complete(alice, ""), set(commands))
        check("commands with l", complete(alice, "l"), {"login", "logout"})
        with open(os.path.join(SOURCE, "data/ahoyctl.1"), encoding="utf-8") as file:
            manual = file.read().replace("\\-", "-").replace("\\fB", " ").replace("\\fR", " ")
        for command in commands:
            options = options_of(alice, command)
            check(f"options of {command}", complete(alice, command, "-"), options)
            for word in [command, *(options - {"--help", "--json", "--bus-name"})]:
                if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", manual):
                    raise Failure(f"the manual does not name {word} of {command}")

        alice.ctl_ok("contacts", "add", "bob")
        for words, offered in ((["call", ""], {"bob"}), (["call", "--video", "b"], {"bob"}), (["camera", "o"], {"on", "off"}),
                               (["contacts", "remove", ""], {"bob"}), (["hangup", ""], set()),
                               (["call", "--wait", "r"], {"ringing"}), (["device", "s"], {"speaker"})):
            check(f"completion of {words}", complete(alice, *words), offered)
        alice.ctl_ok("call", "bob")
        number = alice.call_path().rsplit("/", 1)[1]
        check("calls", complete(alice, "hangup", ""), {number})
        if not {"auto", alice.ctl_json("devices")[0]["id"]} <= complete(alice, "device", "camera", ""):
            raise Failure("devices are not offered")


OTHER_SHELLS = {
    "zsh": ["zsh", "-f", "-c", 'compadd() { shift; print -l -- "$@" }; words=(ahoyctl "$@"); CURRENT=${#words}; '
            'source "$0"'],
    "fish": ["fish", "--no-config", "-c", 'source $argv[1]; complete -C "ahoyctl $argv[2..]" | string split -f1 \\t'],
}


def test_other_shells():
    """Tab offers commands, options and words in zsh and fish, too, where these are installed"""
    missing = [shell for shell in OTHER_SHELLS if not shutil.which(shell)]
    if len(missing) == len(OTHER_SHELLS):
        return "neither zsh nor fish is installed"
    with Office() as office:
        alice = office.agent("alice", online=False)
        for shell in set(OTHER_SHELLS) - set(missing):
            def offered(*words, program=shell):
                answer = subprocess.run([*OTHER_SHELLS[program], os.path.join(SOURCE, f"data/ahoyctl.{program}"), *words],
                                        env=dict(alice.seat.env, PATH=os.path.dirname(CTL) + ":" + os.environ["PATH"]),
                                        capture_output=True, text=True, check=False)
                check(f"errors of {program} completing {words}", answer.stderr, "")
                return {word for word in answer.stdout.split() if word.startswith(words[-1])}
            check(f"commands in {shell}", offered(""), set(commands_of(alice)))
            check(f"options in {shell}", offered("call", "--"), options_of(alice, "call"))
            check(f"words in {shell}", offered("--json", "switch", ""), {"audio", "video"})


def test_watch_ends():
    """watch says when the program it watches goes away, and ends on SIGTERM with status 0"""
    with Office() as office:
        alice = office.agent("alice")
        first = Watcher(alice)
        first.process.stop()
        second = Watcher(alice)
        alice.kill()
        wait_for("watch to end", lambda: not second.process.is_alive())
        check("status", second.process.popen.returncode, EXIT_UNAVAILABLE)
        check("last event", second.events()[-1]["event"], "gone")


def test_kicked():
    """Signing in elsewhere is told by watch and by the agent's status"""
    with Office() as office:
        alice = office.agent("alice")
        watcher = Watcher(alice)
        other = office.agent("elsewhere", *identity(office.server, "alice"), online=False)
        watcher.wait("kicked")
        watcher.wait("account", state="signed-out")
        wait_for("the first to end", lambda: not alice.process.is_alive())
        check("status of the first", alice.process.popen.returncode, EXIT_NOT_PERMITTED)
        other.wait_state("online")
        office.apps.remove(alice)


def test_bus_dies():
    """When the bus goes away, what waits on it ends and says so"""
    with Office() as office:
        alice = office.agent("alice")
        office.agent("bob")
        watcher = Watcher(alice)
        caller = Process("ctl", [CTL, "--bus-name", alice.bus_name, "call", "--wait", "active", "bob"],
                         alice.seat.env, alice.seat.folder)
        alice.wait_call("ringing")
        # Everything of theirs ends with the bus, so there is nothing left to stop afterwards.
        office.apps.clear()
        office.seats.clear()
        office.computer.bus_process.kill()
        for process in (watcher.process, caller, alice.process):
            wait_for(f"{process.name} to end", lambda p=process: not p.is_alive())
            check(f"status of {process.name}: {process.log_tail()}", process.popen.returncode, EXIT_UNAVAILABLE)


if __name__ == "__main__":
    run_tap([test_not_running, test_usage, test_account, test_call, test_refused_calls, test_group_call, test_groups,
             test_blocks, test_take_over, test_video_settings, test_contacts_and_devices, test_completion,
             test_other_shells, test_watch_ends, test_kicked, test_bus_dies])
