#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of several people between agents with a real server: who is in, who is seen and heard, who is told what."""
import time

from ahoy_agents import Office, check, enter_desktop, identity

enter_desktop()
from ahoy_e2e import MANAGER, MANAGER_IFACE, Failure, run_tap, wait_for  # noqa: E402
from ahoy_sound import Voice  # noqa: E402
from calling import speech  # noqa: E402
from gi.repository import GLib  # noqa: E402

TONE = 1000
PREFIX = "org.ahoycall.Ahoy1.Error."


class Party:
    """An office with agents of several people, each with a camera, all with the same voice, and what they are told."""

    def __init__(self, office, *users, **options):
        self.office = office
        self.agents = {}
        self.told = {}
        self.voice = Voice(office.computer, speech(office.folder, TONE))
        for user in users:
            self.add(user, **options)

    def add(self, user, *arguments):
        agent = self.office.agent(user, *arguments, camera=self.office.clip())
        self.agents[user] = agent
        self.told[user] = []
        agent.listen(lambda _, name, values: self.told[user].append((name, *values)))
        return agent

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.voice.stop()

    def signals(self, user, *names):
        """What that person was told, in order; of these kinds only."""
        return [words for words in self.told[user] if words[0] in names]

    def wait_signal(self, user, *words):
        wait_for(lambda: f"{user} to be told {words}; it was {[w for w in self.told[user] if w[0] != 'Volumes']}",
                 lambda: words in self.told[user])

    def call(self, caller, *users, media="video", **options):
        self.agents[caller].manager("Call", "(assa{sv})", users, media, options)
        return wait_for("the call's id", lambda: self.agents[caller].call_get("Id"))

    def accept(self, *users):
        for user in users:
            self.agents[user].wait_call("incoming")
            self.agents[user].call_do("Accept", "(b)", True)

    def people_of(self, user):
        return sorted(p["user"] for p in self.agents[user].call_get("Participants") or [] if p["status"] == "accepted")

    def wait_in(self, *users):
        """These are in one call, and see and hear each other."""
        for user in users:
            others = sorted(set(users) - {user})
            self.agents[user].wait_call("active", 20)
            wait_for(lambda u=user, o=others: f"{u} to be with {o}; it is {self.people_of(u)}",
                     lambda u=user, o=others: self.people_of(u) == o)
        for user in users:
            for other in users:
                if other != user:
                    self.agents[user].wait_media(other)


def refusal(action):
    try:
        action()
    except GLib.Error as error:
        return error.message.split(":")[1]
    raise Failure("it was not refused")


def test_three():
    """Three people are in one call, see and hear each other; one leaves, the others go on, the last is not left alone"""
    with Office() as office, Party(office, "alice", "bob", "carol") as party:
        call_id = party.call("alice", "bob", "carol")
        party.accept("bob", "carol")
        party.wait_in("alice", "bob", "carol")
        for user, agent in party.agents.items():
            check(f"{user}'s call", (agent.call_get("Id"), agent.call_get("Scene"), agent.call_get("Media")),
                  (call_id, "multi", "video"))
            check(f"{user}'s joiners", sorted(words[1] for words in party.signals(user, "UserJoined")),
                  sorted({"alice", "bob", "carol"} - {user}))
            check(f"{user}'s begin", len(party.signals(user, "Begin")), 1)

        path = party.agents["carol"].call_path()
        party.agents["carol"].call_do("HangUp")
        party.agents["carol"].wait_ended("hang-up", 5, path)
        for user, other in (("alice", "bob"), ("bob", "alice")):
            party.wait_signal(user, "UserLeft", "carol")
            check(f"who is left for {user}", party.people_of(user), [other])
            party.agents[user].wait_media(other)
        paths = {user: party.agents[user].call_path() for user in ("alice", "bob")}
        party.agents["alice"].call_do("HangUp")
        for user, path in paths.items():
            party.agents[user].wait_ended("hang-up", 5, path)
        for user in party.agents:
            wait_for(f"{user} to be told the end", lambda u=user: party.signals(u, "Ended"))
            check(f"{user}'s only end", len(party.signals(user, "Ended")), 1)
            check(f"{user} was connected", party.signals(user, "NotConnected"), [])


def test_answers():
    """In a call of several one declines, one is busy: the others are told, the call goes on; none left: it ends"""
    with Office() as office, Party(office, "alice", "bob", "carol", "dave") as party:
        dave = party.agents["dave"]
        party.call("alice", "bob", "carol", "dave", media="audio")
        party.accept("bob")
        party.agents["carol"].wait_call("incoming")
        party.agents["carol"].call_do("Reject")
        dave.wait_call("incoming")
        dave.call_do("Ignore")
        for user in ("alice", "bob"):
            party.wait_signal(user, "UserRejected", "carol")
        party.wait_signal("alice", "UserBusy", "dave")
        check("bob is not told who is busy", party.signals("bob", "UserBusy"), [])
        for user, other in (("alice", "bob"), ("bob", "alice")):
            party.agents[user].wait_call("active", 20)
            wait_for(f"{user} to have {other} alone", lambda u=user, o=other: [
                p["user"] for p in party.agents[u].call_get("Participants")] == [o])
        party.wait_signal("carol", "NotConnected", "reject", "carol")
        party.agents["alice"].call_do("HangUp")
        party.agents["bob"].wait_no_call()

        party.call("alice", "bob", "carol", media="audio")
        path = party.agents["alice"].call_path()
        for user in ("bob", "carol"):
            party.agents[user].wait_call("incoming")
            party.agents[user].call_do("Reject")
        party.agents["alice"].wait_ended("reject", 5, path)
        party.wait_signal("alice", "NotConnected", "reject", "alice")
        check("alice's calls that never began", len(party.signals("alice", "NotConnected")), 1)


def test_invite():
    """A call of two becomes one of more; an invitation is taken back; who left is invited again; nine are the most"""
    with Office() as office, Party(office, "alice", "bob", "carol", "dave") as party:
        alice, bob, carol, dave = (party.agents[user] for user in ("alice", "bob", "carol", "dave"))
        party.call("alice", "bob")
        party.accept("bob")
        party.wait_in("alice", "bob")

        check("invited", bob.call_do("Invite", "(asu)", ["carol", "alice"], 30).unpack()[0], ["carol"])
        party.wait_signal("alice", "UserInviting", "carol")
        check("the scene", alice.call_get("Scene"), "multi")
        party.accept("carol")
        party.wait_in("alice", "bob", "carol")
        check("who invited carol's call", carol.call_get("Inviter"), "alice")

        check("invited", carol.call_do("Invite", "(asu)", ["dave"], 0).unpack()[0], ["dave"])
        dave.wait_call("incoming")
        path = dave.call_path()
        check("bob may not cancel it", refusal(lambda: bob.call_do("CancelInvitation", "(s)", "dave")),
              PREFIX + "WrongState")
        carol.call_do("CancelInvitation", "(s)", "dave")
        dave.wait_ended("canceled", 5, path)
        wait_for("dave to be gone", lambda: all(p["user"] != "dave" for p in alice.call_get("Participants")))
        check("twice", refusal(lambda: carol.call_do("CancelInvitation", "(s)", "dave")), PREFIX + "WrongState")

        carol.call_do("HangUp")
        carol.wait_no_call()
        party.wait_signal("alice", "UserLeft", "carol")
        check("invited again", alice.call_do("Invite", "(asu)", ["carol"], 30).unpack()[0], ["carol"])
        party.accept("carol")
        party.wait_in("alice", "bob", "carol")

        check("nobody", refusal(lambda: alice.call_do("Invite", "(asu)", [], 30)), PREFIX + "InvalidArgument")
        check("too short", refusal(lambda: alice.call_do("Invite", "(asu)", ["dave"], 5)), PREFIX + "InvalidArgument")
        check("a tenth", refusal(lambda: alice.call_do("Invite", "(asu)", [f"user{n}" for n in range(7)], 30)),
              PREFIX + "InvalidArgument")
        check("switching in a call of several", refusal(lambda: alice.call_do("SwitchMedia", "(s)", "audio")),
              PREFIX + "NotSupported")


def test_switch():
    """A call of two is switched to audio, which puts both cameras out, and back"""
    with Office() as office, Party(office, "alice", "bob") as party:
        alice, bob = party.agents["alice"], party.agents["bob"]
        party.call("alice", "bob")
        check("before it begins", refusal(lambda: alice.call_do("SwitchMedia", "(s)", "audio")), PREFIX + "WrongState")
        party.accept("bob")
        party.wait_in("alice", "bob")
        bob.call_do("SwitchMedia", "(s)", "audio")
        for user, agent in party.agents.items():
            party.wait_signal(user, "MediaChanged", "video", "audio")
            check(f"{user}'s call", (agent.call_get("Media"), agent.call_get("CameraOn")), ("audio", False))
        alice.wait_peer(camera=False)
        check("a camera in it", refusal(lambda: alice.call_do("SetCamera", "(b)", True)), PREFIX + "NotSupported")
        alice.wait_media("bob", picture=False)

        alice.call_do("SwitchMedia", "(s)", "video")
        for user, agent in party.agents.items():
            party.wait_signal(user, "MediaChanged", "audio", "video")
            check(f"{user}'s camera", agent.call_get("CameraOn"), False)
        alice.call_do("SetCamera", "(b)", True)
        bob.wait_peer(camera=True)
        bob.wait_media("alice")
        check("neither", refusal(lambda: alice.call_do("SwitchMedia", "(s)", "smell")), PREFIX + "InvalidArgument")


def test_view():
    """Who does not want somebody's picture is not sent it; the sound and the others' pictures go on"""
    with Office() as office, Party(office, "alice", "bob", "carol") as party:
        alice = party.agents["alice"]
        party.call("alice", "bob", "carol")
        party.accept("bob", "carol")
        party.wait_in("alice", "bob", "carol")

        def packets(agent, user):
            return agent.stats_of(user).get("videoPacketsReceived", 0)

        def person(agent, user):
            return next(p for p in agent.call_get("Participants") if p["user"] == user)

        alice.call_do("SetRemoteView", "(sb)", "bob", False)
        check("bob's view", person(alice, "bob")["view"], False)
        last = [packets(alice, "bob"), 0]

        def stands_still():
            now = packets(alice, "bob")
            last[1] = last[1] + 1 if now == last[0] else 0
            last[0] = now
            # Read many times: the numbers are renewed each second.
            return last[1] > 150
        wait_for("bob's picture to stop", stands_still, 20)
        before = last[0]
        alice.wait_media("bob", picture=False)
        alice.wait_media("carol")
        party.agents["carol"].wait_media("bob")
        check("packets of bob's picture meanwhile", packets(alice, "bob"), before)
        check("bob's camera", person(alice, "bob")["camera"], True)

        alice.call_do("SetRemoteView", "(sb)", "bob", True)
        alice.wait_media("bob")
        alice.call_do("SetRenderParams", "(sa{sv})", "bob", {"fill_mode": GLib.Variant("s", "fit"),
                                                             "rotation": GLib.Variant("u", 270)})
        check("how bob is painted", (person(alice, "bob")["fill_mode"], person(alice, "bob")["rotation"]), ("fit", 270))
        check("nobody", refusal(lambda: alice.call_do("SetRemoteView", "(sb)", "mallory", False)),
              PREFIX + "InvalidArgument")
        check("askew", refusal(lambda: alice.call_do("SetRenderParams", "(sa{sv})", "bob",
                                                     {"rotation": GLib.Variant("u", 45)})), PREFIX + "InvalidArgument")


def test_join():
    """A running call is entered by its id, and that of a group by its members; what cannot be is refused by name"""
    with Office() as office, Party(office, "alice", "bob", "carol") as party:
        alice, bob, carol = (party.agents[user] for user in ("alice", "bob", "carol"))
        check("no id", refusal(lambda: carol.manager("JoinCall", "(s)", "")), PREFIX + "InvalidArgument")
        call_id = party.call("alice", "bob")
        party.accept("bob")
        party.wait_in("alice", "bob")
        check("a call of two", refusal(lambda: carol.manager("JoinCall", "(s)", call_id)), PREFIX + "NotSupported")
        alice.call_do("HangUp")
        bob.wait_no_call()

        group = alice.manager("CreateGroup", "(ssas)", "choir", "Choir", ["bob", "carol"])[0]
        check("its id", group, "choir")
        wait_for("carol to see it", lambda: carol.manager("ListGroups")[0])
        check("a taken id", refusal(lambda: bob.manager("CreateGroup", "(ssas)", "choir", "Mine", ["carol"])),
              PREFIX + "InvalidArgument")
        call_id = party.call("alice", "bob", group_id=GLib.Variant("s", "choir"))
        party.accept("bob")
        party.wait_in("alice", "bob")

        def seen():
            return carol.manager("ListGroups")[0][0]
        wait_for(lambda: f"carol to see the call of the group; she sees {seen()}",
                 lambda: (seen()["call"], sorted(seen()["people"])) == (call_id, ["alice", "bob"]))
        path = carol.manager("JoinGroup", "(s)", "choir")[0]
        check("the call", (carol.call_path(), carol.call_get("Id")), (path, call_id))
        wait_for("carol's camera to be off", lambda: carol.call_get("CameraOn") is False)
        carol.call_do("SetCamera", "(b)", True)
        party.wait_in("alice", "bob", "carol")
        check("a second call", refusal(lambda: carol.manager("JoinCall", "(s)", call_id)), PREFIX + "WrongState")

        carol.call_do("HangUp")
        carol.wait_no_call()
        carol.manager("JoinCall", "(s)", call_id)
        carol.call_do("SetCamera", "(b)", True)
        party.wait_in("alice", "bob", "carol")


def test_take_over():
    """Two devices of one account ring together; a running call goes on on the other one"""
    with Office() as office, Party(office, "alice", "bob") as party:
        alice, bob = party.agents["alice"], party.agents["bob"]
        bob.manager("SetMultiDevice", "(b)", True)
        wait_for("it to count", lambda: bob.get(MANAGER, MANAGER_IFACE, "MultiDevice"))
        tablet = office.agent("tablet", *identity(office.server, "bob"), online=False, camera=office.clip())
        tablet.wait_state("online")
        bob.wait_state("online")

        party.call("alice", "bob")
        tablet.wait_call("incoming")
        path = tablet.call_path()
        party.accept("bob")
        tablet.wait_ended("other-device-accepted", 5, path)
        party.wait_in("alice", "bob")
        call_id = alice.call_get("Id")
        wait_for("the tablet to know of it", lambda: tablet.get(MANAGER, MANAGER_IFACE, "CallElsewhere") == call_id)

        path = bob.call_path()
        tablet.manager("TakeOver", "(s)", "")
        bob.wait_ended("other-device-accepted", 10, path)
        tablet.wait_call("active", 20)
        tablet.wait_media("alice")
        alice.wait_media("bob", picture=False)
        check("alice's call", (alice.call_state(), party.people_of("alice")), ("active", ["bob"]))


def test_groups_and_blocks():
    """Groups are made, changed and left, blocked people do not ring; members are told of every change"""
    with Office() as office, Party(office, "alice", "bob", "carol") as party:
        alice, bob, carol = (party.agents[user] for user in ("alice", "bob", "carol"))

        def groups(agent):
            return {group["group"]: (group["name"], sorted(group["members"])) for group in agent.manager("ListGroups")[0]}

        def wait_groups(agent, expected):
            wait_for(lambda: f"{agent.user}'s groups to be {expected}; they are {groups(agent)}",
                     lambda: groups(agent) == expected)

        group = alice.manager("CreateGroup", "(ssas)", "", "Family", ["bob"])[0]
        wait_groups(bob, {group: ("Family", ["alice", "bob"])})
        check("renaming by a member", refusal(lambda: bob.manager("RenameGroup", "(ss)", group, "Mine")),
              PREFIX + "WrongState")
        alice.manager("RenameGroup", "(ss)", group, "Kin")
        bob.manager("AddGroupMembers", "(sas)", group, ["carol"])
        for agent in (alice, bob, carol):
            wait_groups(agent, {group: ("Kin", ["alice", "bob", "carol"])})
        alice.manager("RemoveGroupMembers", "(sas)", group, ["carol"])
        wait_groups(carol, {})
        alice.manager("LeaveGroup", "(s)", group)
        wait_groups(alice, {})
        bob.manager("DeleteGroup", "(s)", group)
        wait_groups(bob, {})

        bob.manager("SetBlocked", "(sb)", "alice", True)
        check("whom bob blocks", bob.manager("ListBlocked")[0], ["alice"])
        alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})
        path = alice.call_path()
        alice.wait_call("ended", 10, path)
        check("bob's calls", bob.calls(), [])
        bob.manager("SetBlocked", "(sb)", "alice", False)
        check("whom bob blocks now", bob.manager("ListBlocked")[0], [])
        party.call("alice", "bob", media="audio")
        bob.wait_call("incoming")


def test_levels():
    """Volumes come several times a second and network qualities every two, for everybody and oneself"""
    with Office() as office, Party(office, "alice", "bob", "carol") as party:
        party.call("alice", "bob", "carol", media="audio")
        party.accept("bob", "carol")
        for user in party.agents:
            for other in party.agents:
                if other != user:
                    party.agents[user].wait_media(other, picture=False)
        everybody = {"alice", "bob", "carol"}
        party.told["alice"].clear()
        wait_for("ten volumes", lambda: len(party.signals("alice", "Volumes")) >= 10, 6)
        wait_for("volumes of all", lambda: any(set(words[1]) == everybody and min(words[1].values()) > 10
                                               for words in party.signals("alice", "Volumes")))
        wait_for("two qualities", lambda: len(party.signals("alice", "NetworkQualities")) >= 2, 8)
        qualities = party.signals("alice", "NetworkQualities")[-1][1]
        check("whose", set(qualities), everybody)
        if not set(qualities.values()) <= {"excellent", "good", "poor", "bad", "very-bad", "down"}:
            raise Failure(f"qualities are {qualities}")
        wait_for("the own quality", lambda: party.agents["alice"].call_get("NetworkQuality") not in ("unknown", None))
        # Nobody speaks: one last message with silence, then none.
        party.voice.stop()
        last = [0, time.monotonic()]

        def quiet():
            count = len(party.signals("alice", "Volumes"))
            if count != last[0]:
                last[:] = [count, time.monotonic()]
            return time.monotonic() - last[1] > 2
        wait_for("no more volumes", quiet)
        check("the last volumes", any(party.signals("alice", "Volumes")[-1][1].values()), False)
        party.voice = Voice(office.computer, speech(office.folder, TONE))


def test_options():
    """What the caller says of a call reaches those who are called"""
    with Office() as office, Party(office, "alice", "bob") as party:
        alice, bob = party.agents["alice"], party.agents["bob"]
        text = {"user_data": "hello", "group_id": "choir", "room": "Room 5 !#", "push_title": "Choir", "push_text": "Come!",
                "record_policy": "off"}
        party.call("alice", "bob", media="audio", ephemeral=GLib.Variant("b", True),
                   **{name: GLib.Variant("s", value) for name, value in text.items()})
        bob.wait_call("incoming")
        for agent in (alice, bob):
            check("options", [agent.call_get(name) for name in ("UserData", "GroupId", "Room", "RoomNumber", "Ephemeral",
                                                                "RecordPolicy", "Scene")],
                  ["hello", "choir", "Room 5 !#", 0, True, "off", "group"])
        check("notification", (bob.call_get("PushTitle"), bob.call_get("PushText")), ("Choir", "Come!"))
        bob.call_do("Reject")
        alice.wait_no_call()
        party.call("alice", "bob", media="audio")
        bob.wait_call("incoming")
        number = bob.call_get("RoomNumber")
        check("a number of the server", number >= 1 and alice.call_get("RoomNumber") == number, True)
        check("no record of the first", alice.history(), [])


if __name__ == "__main__":
    run_tap([test_three, test_answers, test_invite, test_switch, test_join, test_take_over, test_groups_and_blocks, test_view, test_levels, test_options])
