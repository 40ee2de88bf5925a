#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people do something at the same moment, again and again and a little apart: all sides and the records tell of
one outcome. AHOY_TEST_COUNT says how often."""
import os
import random
import time

from ahoy_agents import Office, check, enter_desktop, identity

enter_desktop()
from ahoy_e2e import MANAGER, Failure, iterate, run_tap, wait_for  # noqa: E402
from gi.repository import GLib  # noqa: E402

COUNT = int(os.environ.get("AHOY_TEST_COUNT", "10"))
SEED = 7
# The two are under way at once, and either may be first at the server.
MAX_APART_S = 0.006
CONFIG = ("[server]\nseveral-devices=always\n[limits]\ninvites-per-minute=1000000\nmessages-per-second=100000\n"
          "messages-burst=100000\n")
REASONS = {1: "hang-up", 2: "reject", 3: "no-response", 4: "offline", 5: "line-busy", 6: "canceled"}


class Scene:
    """Agents, what they are told of each call, and dice."""

    def __init__(self, office, *users):
        self.office = office
        self.dice = random.Random(SEED)
        self.told = {}
        self.outcomes = {}
        for user in users:
            setattr(self, user, self.add(user))

    def add(self, user):
        if user == "phone":
            agent = self.office.agent(user, *identity(self.office.server, "bob"), online=False)
            agent.wait_state("online")
        else:
            agent = self.office.agent(user)
        agent.listen(lambda path, name, values: self.told.setdefault((user, path), []).append((name, *values)))
        return agent

    def cross(self, *actions):
        """Both actions, in this or the other order; what came of them, in the order they were given."""
        order = list(actions)
        self.dice.shuffle(order)
        begun = {order[0]: order[0]()}
        until = time.monotonic() + self.dice.random() * MAX_APART_S
        while time.monotonic() < until:
            GLib.MainContext.default().iteration(False)
        begun[order[1]] = order[1]()
        wait_for("both answers", lambda: all(begun.values()))
        return [begun[action][0] for action in actions]

    def call(self, caller, *callees):
        """(id, path of the caller, paths of the called ones), ringing at all of them."""
        path = caller.manager("Call", "(assa{sv})", [callee.user for callee in callees], "audio", {})[0]
        paths = [callee.wait_call("incoming") for callee in callees]
        return wait_for("the call's id", lambda: caller.call_get("Id", path)), path, *paths

    def ended(self, agent, path):
        """How it ended there, when it has: (reason, duration)."""
        ends = [words for words in self.told.get((agent.user, path), []) if words[0] == "Ended"]
        if len(ends) > 1:
            raise Failure(f"{agent.user} was told {len(ends)} ends")
        return (ends[0][1], ends[0][3]) if ends else None

    def wait_ended(self, agent, path):
        return wait_for(lambda: f"the end at {agent.user}, who was told {self.told.get((agent.user, path))}",
                        lambda: self.ended(agent, path))

    def check_told(self, agent, path):
        """Either it has begun or it was not connected, and the end is the last of all."""
        told = self.told[(agent.user, path)]
        names = [words[0] for words in told]
        check(f"{agent.user} is told one of begin and not connected, in {told}",
              names.count("Begin") + names.count("NotConnected"), 1)
        check(f"the last that {agent.user} is told", names[-1], "Ended")
        reasons = {words[1] for words in told if words[0] in ("NotConnected", "Ended")}
        check(f"the reasons that {agent.user} is told", len(reasons), 1)

    def record(self, agent, call_id):
        records = wait_for(f"{agent.user}'s record", lambda: [
            record for record in self.office.server.records(agent.user) if record["call"] == call_id])
        check(f"{agent.user}'s records", len(records), 1)
        return REASONS[records[0]["reason"]], records[0]["duration"]

    def settle(self, call_id, *sides):
        """All sides and records have the same end, which is returned."""
        ends = {agent.user: self.wait_ended(agent, path) for agent, path in sides}
        for agent, path in sides:
            self.check_told(agent, path)
            check(f"{agent.user}'s end and record", ends[agent.user], self.record(agent, call_id))
        reasons = {reason for reason, _ in ends.values()}
        if len(reasons) > 1:
            raise Failure(f"the ends differ: {ends}")
        reason = reasons.pop()
        self.outcomes[reason] = self.outcomes.get(reason, 0) + 1
        return reason

    def clear(self):
        self.told.clear()

    def report(self):
        print(f"# {self.outcomes}", flush=True)


def is_refused(answer):
    return isinstance(answer, GLib.Error)


def repeat(users, step):
    """Step (scene) as often as it is wanted; says which time it was that failed."""
    with Office(config=CONFIG) as office:
        scene = Scene(office, *users)
        for number in range(1, COUNT + 1):
            try:
                step(scene)
            except Failure as failure:
                raise Failure(f"time {number} of {COUNT}: {failure}") from failure
            scene.clear()
        scene.report()


def test_glare():
    """Two dial each other: they are in one call, which both can end"""
    def step(scene):
        alice, bob = scene.alice, scene.bob
        before = {agent: set(agent.calls()) for agent in (alice, bob)}
        scene.cross(lambda: alice.begin(MANAGER, "Call", "(assa{sv})", ["bob"], "audio", {}),
                    lambda: bob.begin(MANAGER, "Call", "(assa{sv})", ["alice"], "audio", {}))

        def active(agent):
            return [path for path in agent.calls() if path not in before[agent] and agent.call_state(path) == "active"]
        paths = wait_for("one call to be active at both", lambda: active(alice) and active(bob)
                         and (active(alice)[0], active(bob)[0]), 20)
        call_id = alice.call_get("Id", paths[0])
        check("bob's call", bob.call_get("Id", paths[1]), call_id)
        last = scene.dice.choice([0, 1])
        (alice, bob)[last].call_do("HangUp", path=paths[last])
        check("the end", scene.settle(call_id, (alice, paths[0]), (bob, paths[1])), "hang-up")
        for agent in (alice, bob):
            agent.wait_no_call()
            check(f"records of {agent.user}", len(scene.office.server.query(
                "SELECT 1 FROM record WHERE user = ? AND call = ?", agent.user, call_id)), 1)
    repeat(("alice", "bob"), step)


def test_accept_and_cancel():
    """The caller hangs up while the called one answers: cancelled for both, or hung up for both"""
    def step(scene):
        alice, bob = scene.alice, scene.bob
        call_id, path, other = scene.call(alice, bob)
        scene.cross(lambda: alice.begin(path, "HangUp"), lambda: bob.begin(other, "Accept", "(b)", False))
        reason = scene.settle(call_id, (alice, path), (bob, other))
        if reason not in ("canceled", "hang-up"):
            raise Failure(f"it ended with {reason}")
    repeat(("alice", "bob"), step)


def test_two_devices():
    """Two devices of one account answer: one of them has the call, the other is told so"""
    def step(scene):
        alice, bob, phone = scene.alice, scene.bob, scene.phone
        path = alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})[0]
        paths = {bob: bob.wait_call("incoming"), phone: phone.wait_call("incoming")}
        call_id = alice.call_get("Id", path)
        answers = scene.cross(lambda: bob.begin(paths[bob], "Accept", "(b)", False),
                              lambda: phone.begin(paths[phone], "Accept", "(b)", False))
        check("refusals", [is_refused(answer) for answer in answers].count(True), 1)
        winner, loser = (phone, bob) if is_refused(answers[0]) else (bob, phone)
        check("the end at the other", scene.wait_ended(loser, paths[loser]), ("other-device-accepted", 0))
        scene.check_told(loser, paths[loser])
        alice.wait_call("active", 20, path)
        winner.wait_call("active", 20, paths[winner])
        winner.call_do("HangUp", path=paths[winner])
        ends = (scene.wait_ended(alice, path), scene.wait_ended(winner, paths[winner]))
        for agent in (alice, bob):
            check(f"{agent.user}'s record", scene.record(agent, call_id), ends[0])
        check("both ends", ends[0], ends[1])
        scene.outcomes[winner.user] = scene.outcomes.get(winner.user, 0) + 1
    repeat(("alice", "bob", "phone"), step)


def test_invite_and_hang_up():
    """One of two invites a third while the other hangs up: it rings for the third, or the call is over"""
    def step(scene):
        alice, bob, carol = scene.alice, scene.bob, scene.carol
        before = set(carol.calls())
        call_id, path, other = scene.call(alice, bob)
        bob.call_do("Accept", "(b)", False, path=other)
        wait_for("alice to hear of it", lambda: ("Begin",) in scene.told.get(("alice", path), []))
        invited, _ = scene.cross(lambda: alice.begin(path, "Invite", "(asu)", ["carol"], 30),
                                 lambda: bob.begin(other, "HangUp"))
        if is_refused(invited):
            check("the end", scene.settle(call_id, (alice, path), (bob, other)), "hang-up")
            check("carol's calls", set(carol.calls()) - before, set())
            check("carol's records", [r for r in scene.office.server.records("carol") if r["call"] == call_id], [])
            return
        check("the invited", invited, (["carol"],))
        third = wait_for("carol's call", lambda: set(carol.calls()) - before).pop()
        carol.wait_call("incoming", path=third)
        check("bob's end", scene.wait_ended(bob, other)[0], "hang-up")
        check("alice's call", alice.call_state(path) != "ended", True)
        carol.call_do("Reject", path=third)
        check("alice's end", scene.wait_ended(alice, path)[0], "hang-up")
        check("carol's end", scene.wait_ended(carol, third), ("reject", 0))
        for agent, words in ((alice, "hang-up"), (bob, "hang-up"), (carol, "reject")):
            check(f"{agent.user}'s record", scene.record(agent, call_id)[0], words)
        scene.outcomes["rang"] = scene.outcomes.get("rang", 0) + 1
    repeat(("alice", "bob", "carol"), step)


def test_call_and_hang_up():
    """Somebody hangs up while a third calls: the line is busy, or it rings"""
    def step(scene):
        alice, bob, carol = scene.alice, scene.bob, scene.carol
        first_id, first, second = scene.call(carol, bob)
        bob.call_do("Accept", "(b)", False, path=second)
        wait_for("carol to hear of it", lambda: ("Begin",) in scene.told.get(("carol", first), []))
        before = set(bob.calls())
        placed, _ = scene.cross(lambda: alice.begin(MANAGER, "Call", "(assa{sv})", ["bob"], "audio", {}),
                                lambda: bob.begin(second, "HangUp"))
        path = placed[0]
        check("the first call's end", scene.settle(first_id, (carol, first), (bob, second)), "hang-up")

        def rings():
            return [new for new in set(bob.calls()) - before if bob.call_state(new) == "incoming"]
        wait_for("alice to be told that it is busy, or bob's to ring", lambda: scene.ended(alice, path) or rings())
        call_id = wait_for("the call's id", lambda: alice.call_get("Id", path))
        if rings():
            other = rings()[0]
            alice.call_do("HangUp", path=path)
            check("the end", scene.settle(call_id, (alice, path), (bob, other)), "canceled")
            return
        check("alice's end", scene.ended(alice, path), ("line-busy", 0))
        check("whom alice is told to be busy", ("UserBusy", "bob") in scene.told[("alice", path)], True)
        check("bob's calls", set(bob.calls()) - before, set())
        for agent in (alice, bob):
            check(f"{agent.user}'s record", scene.record(agent, call_id), ("line-busy", 0))
        scene.outcomes["line-busy"] = scene.outcomes.get("line-busy", 0) + 1
    repeat(("alice", "bob", "carol"), step)


if __name__ == "__main__":
    run_tap([test_glare, test_accept_and_cancel, test_two_devices, test_invite_and_hang_up, test_call_and_hang_up])
