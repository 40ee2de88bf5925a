#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person's own commands at ringing, begin and end: when they run, what they are told, what a bad one does."""
import json
import os

from ahoy_agents import Office, check, enter_desktop, talk

enter_desktop()
from ahoy_e2e import Failure, run_tap, stay_true, wait_for  # noqa: E402

WRITER = """#!/usr/bin/python3
import json, os, sys
words = {name[10:].lower(): value for name, value in os.environ.items() if name.startswith("AHOY_CALL_")}
with open(sys.argv[1], "a") as file:
    file.write(json.dumps(dict(words, arguments=sys.argv[2:])) + "\\n")
"""


class Hooks:
    """The hooks of one person: a command that writes down what it is told."""

    def __init__(self, office, user, **commands):
        self.path = os.path.join(office.computer.folder, "hooks-" + user)
        self.script = os.path.join(office.computer.folder, "write down")
        with open(self.script, "w", encoding="utf-8") as file:
            os.chmod(self.script, 0o755)
            file.write(WRITER)
        self.config = os.path.join(office.computer.folder, "data-" + user, "ahoy")
        os.makedirs(self.config)
        self.set(**(commands or dict.fromkeys(("ringing", "begin", "end"), self.command())))

    def command(self, *arguments):
        return " ".join([f"'{self.script}'", self.path, *arguments])

    def set(self, **commands):
        with open(os.path.join(self.config, "hooks.ini"), "w", encoding="utf-8") as file:
            file.write("[hooks]\n" + "".join(f"{name}={command}\n" for name, command in commands.items()))

    def told(self):
        try:
            with open(self.path, encoding="utf-8") as file:
                return [json.loads(line) for line in file if line.endswith("\n")]
        except FileNotFoundError:
            return []

    def wait(self, *events):
        # Two of them may run at once, so that the later may write first.
        wait_for(lambda: f"the hooks {events}; these ran: {self.told()}",
                 lambda: sorted(words["event"] for words in self.told()) == sorted(events))
        return {words["event"]: words for words in self.told()}


def test_call():
    """Ringing, begin and end run once each on both sides, with what they need to know"""
    with Office() as office:
        hooks = {user: Hooks(office, user) for user in ("alice", "bob")}
        alice = office.agent("alice")
        bob = office.agent("bob")
        talk(alice, bob, video=False)
        call_id = alice.call_get("Id")
        for user in hooks:
            hooks[user].wait("ringing", "begin")
        wait_for("a second of conversation", lambda: bob.call_get("Duration") >= 1)
        path = alice.call_path()
        bob.call_do("HangUp")
        alice.wait_ended("hang-up", 5, path)
        for user, peer, role in (("alice", "bob", "caller"), ("bob", "alice", "called")):
            told = hooks[user].wait("ringing", "begin", "end")
            for event, words in told.items():
                check(f"{user}'s {event}", (words["id"], words["peers"], words["media"], words["role"]),
                      (call_id, peer, "audio", role))
            check(f"{user}'s reasons", [told[event]["reason"] for event in ("ringing", "begin", "end")],
                  ["", "", "hang-up"])
            check(f"{user}'s duration", int(told["end"]["duration"]) >= 1, True)


def test_not_connected():
    """A call that never begins has ringing and end with its reason; changed hooks count from the next call on"""
    with Office() as office:
        hooks = Hooks(office, "bob")
        alice = office.agent("alice")
        bob = office.agent("bob")
        alice.manager("Call", "(assa{sv})", ["bob"], "video", {})
        bob.wait_call("incoming")
        bob.call_do("Reject")
        alice.wait_no_call()
        told = hooks.wait("ringing", "end")
        check("the end", (told["end"]["reason"], told["end"]["duration"], told["end"]["media"]), ("reject", "0", "video"))

        # No shell: nothing is expanded, run or piped; words are split and quotes taken away.
        hooks.set(ringing=hooks.command("$HOME", "';'", "true", "'two words'"))
        alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})
        bob.wait_call("incoming")
        wait_for("the changed hook", lambda: len(hooks.told()) == 3)
        check("its arguments", hooks.told()[-1]["arguments"], ["$HOME", ";", "true", "two words"])
        alice.call_do("HangUp")
        bob.wait_no_call()
        stay_true("no hook for the end", lambda: len(hooks.told()) == 3, 0.5)


def test_end_of_program():
    """The hook of the end runs also when the program ends in the call"""
    with Office() as office:
        hooks = Hooks(office, "bob")
        alice = office.agent("alice")
        bob = office.agent("bob")
        talk(alice, bob, video=False)
        bob.process.stop(2.0)
        hooks.wait("ringing", "begin", "end")
        alice.wait_no_call()


def test_bad_hooks():
    """Commands that do not exist, cannot be parsed or never end are told in the log and harm no call"""
    with Office() as office:
        hooks = Hooks(office, "bob", ringing="/nonexistent", end="'unclosed")
        alice = office.agent("alice")
        bob = office.agent("bob")

        def ring_once():
            alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})
            bob.wait_call("incoming")
            bob.call_do("Reject")
            alice.wait_no_call()
            bob.wait_no_call()

        ring_once()
        for word in ("hook ringing", "hook end"):
            wait_for(f"a word about {word}", lambda w=word: w in bob.process.log_tail())

        hooks.set(ringing="sleep 600")
        # Faster than the server lets one person ring another.
        for caller in ("alice", "carol", "dave"):
            if caller != "alice":
                alice.stop()
                office.apps.remove(alice)
                alice = office.agent(caller)
            for _ in range(6):
                ring_once()
        wait_for("hooks to be left out", lambda: "left out, 16 commands" in bob.process.log_tail())
        running = [pid for pid in os.listdir("/proc") if pid.isdigit() and is_sleep_of(pid, bob.pid)]
        check("commands that run", len(running), 16)
        if not bob.process.is_alive():
            raise Failure("bob is gone")
        for pid in running:
            os.kill(int(pid), 9)


def is_sleep_of(pid, parent):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            words = file.read().split()
        return words[1] == "(sleep)" and int(words[3]) == parent
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    run_tap([test_call, test_not_connected, test_end_of_program, test_bad_hooks])
