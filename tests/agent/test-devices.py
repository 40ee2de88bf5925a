#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One account on several devices: all ring, the first to act decides, a running call goes on on another; and an agent
that enters the calls of its groups by itself."""
import time

from ahoy_agents import EXIT_NOT_PERMITTED, Office, check, enter_desktop, identity

enter_desktop()
from ahoy_e2e import MANAGER, MANAGER_IFACE, PATIENCE, Failure, load, run_tap, stay_true, wait_for  # noqa: E402
from ahoy_sound import Voice  # noqa: E402
from calling import speech  # noqa: E402
from gi.repository import GLib  # noqa: E402

STOP_S = 0.5
DEVICES = ("bob", "phone", "tablet")


class Account:
    """Alice, and bob on three devices; when each of these is told that it is over, and why."""

    def __init__(self, office):
        self.office = office
        self.alice = office.agent("alice")
        self.ends = {}
        self.devices = {name: self.add(name) for name in DEVICES}

    def add(self, name):
        agent = self.office.agent(name, *identity(self.office.server, "bob"), online=False)
        agent.wait_state("online")
        if name == "bob":
            agent.manager("SetMultiDevice", "(b)", True)
            wait_for("it to count", lambda: agent.get(MANAGER, MANAGER_IFACE, "MultiDevice"))
        agent.listen(lambda path, signal, values: self.hear(name, path, signal, values))
        return agent

    def hear(self, name, path, signal, values):
        if signal == "Ended":
            self.ends[path, name] = (time.monotonic(), values[0])

    def ring(self):
        """A call from alice that rings on all of them: {device: path}."""
        self.alice.manager("Call", "(assa{sv})", ["bob"], "audio", {"timeout": GLib.Variant("u", 60)})
        return {name: agent.wait_call("incoming") for name, agent in self.devices.items()}


def test_first_acts():
    """All devices ring; when one answers, declines or ignores, the others stop at once with the right reason"""
    with Office() as office:
        account = Account(office)
        for method, winner, reason, end in (("Accept", "phone", "other-device-accepted", None),
                                            ("Reject", "tablet", "other-device-reject", "reject"),
                                            ("Ignore", "bob", "other-device-reject", "line-busy")):
            paths = account.ring()
            acted = time.monotonic()
            account.devices[winner].call_do(method, *(["(b)", False] if method == "Accept" else []),
                                            path=paths[winner])
            for name in set(DEVICES) - {winner}:
                told, why = wait_for(f"{name} to stop ringing", lambda n=name: account.ends.get((paths[n], n)))
                check(f"why {name} stops after {method}", why, reason)
                if told - acted > STOP_S * PATIENCE * load():
                    raise Failure(f"{name} rang on for {(told - acted) * 1000:.0f} ms after {method}")
                print(f"# after {method} {name} stopped within {(told - acted) * 1000:.0f} ms", flush=True)
            if end:
                account.alice.wait_ended(end)
            else:
                account.alice.wait_call("active", 20)
                account.devices[winner].wait_call("active", 20, paths[winner])
                account.alice.call_do("HangUp")
            for agent in [account.alice, *account.devices.values()]:
                agent.wait_no_call()


def test_hand_over():
    """A running call goes from device to device and back; the other side is in one call all the time"""
    with Office() as office:
        account = Account(office)
        voice = Voice(office.computer, speech(office.folder, 1000))
        paths = account.ring()
        account.devices["bob"].call_do("Accept", "(b)", False, path=paths["bob"])
        account.alice.wait_call("active", 20)
        path, call_id = account.alice.call_path(), account.alice.call_get("Id")
        where = "bob"
        for target in ("tablet", "phone", "bob"):
            agent = account.devices[target]
            wait_for(f"{target} to know of it",
                     lambda a=agent: a.get(MANAGER, MANAGER_IFACE, "CallElsewhere") == call_id)
            left = account.devices[where].call_path()
            agent.manager("TakeOver", "(s)", "")
            account.devices[where].wait_ended("other-device-accepted", 10, left)
            agent.wait_call("active", 20)
            agent.wait_media("alice", picture=False)
            account.alice.wait_media("bob", picture=False)
            check("alice's call", (account.alice.calls(), account.alice.call_get("Id", path)), ([path], call_id))
            where = target
        account.devices[where].call_do("HangUp")
        account.alice.wait_ended("hang-up", 5, path)
        wait_for("the others to know that it is over",
                 lambda: not any(agent.get(MANAGER, MANAGER_IFACE, "CallElsewhere")
                                 for agent in account.devices.values()))
        voice.stop()


def test_not_allowed():
    """When that setting is off the other devices are sent away; where the server says never it stays off"""
    with Office() as office:
        account = Account(office)
        account.devices["tablet"].manager("SetMultiDevice", "(b)", False)
        for name in ("bob", "phone"):
            process = account.devices[name].process
            wait_for(f"{name} to end", lambda p=process: not p.is_alive())
            check(f"{name}'s status", process.popen.returncode, EXIT_NOT_PERMITTED)
            office.apps.remove(account.devices[name])
        check("the one that is left", account.devices["tablet"].state(), "online")
    with Office(config="[server]\nseveral-devices=never\n") as office:
        alice = office.agent("alice")
        try:
            alice.manager("SetMultiDevice", "(b)", True)
        except GLib.Error as error:
            check("the refusal", error.message.split(":")[1], "org.ahoycall.Ahoy1.Error.NotAllowed")
        else:
            raise Failure("it was not refused")


def test_auto_join():
    """An agent enters the call of its group by itself, also one that ran before; what it has left it does not enter"""
    with Office() as office:
        alice, bob = office.agent("alice"), office.agent("bob")
        robot = office.agent("robot", "--auto-join")
        voice = Voice(office.computer, speech(office.folder, 1000))
        for group in ("choir", "band"):
            alice.manager("CreateGroup", "(ssas)", group, group, ["bob", "robot"])

        def people():
            return sorted(person["user"] for person in alice.call_get("Participants") or []
                          if person["status"] == "accepted")

        def begin(group):
            alice.manager("Call", "(assa{sv})", ["bob"], "video", {"group_id": GLib.Variant("s", group),
                                                                   "camera": GLib.Variant("b", False)})
            bob.wait_call("incoming")
            bob.call_do("Accept", "(b)", False)

        begin("choir")
        robot.wait_call("active", 20)
        wait_for("all to be in it", lambda: people() == ["bob", "robot"])
        check("the robot's camera", robot.call_get("CameraOn"), False)
        robot.wait_media("alice", picture=False)

        robot.call_do("HangUp")
        wait_for("the robot to be out", lambda: people() == ["bob"])
        stay_true("the robot to be out", lambda: people() == ["bob"], 1)
        alice.call_do("HangUp")
        for agent in (alice, bob):
            agent.wait_no_call()

        # What began while it was away.
        robot.stop()
        office.apps.remove(robot)
        begin("band")
        robot = office.agent("robot", "--auto-join")
        wait_for("all to be in it", lambda: people() == ["bob", "robot"], 20)
        alice.call_do("HangUp")
        bob.call_do("HangUp")
        robot.wait_no_call()
        voice.stop()


if __name__ == "__main__":
    run_tap([test_first_acts, test_hand_over, test_not_allowed, test_auto_join])
