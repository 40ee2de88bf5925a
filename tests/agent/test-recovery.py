#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What breaks while three agents are in one call: a program is killed or frozen, its network is gone or another one,
the server is restarted, clocks are set. Each time: who is shown as what, what goes on, and what the records say."""
import contextlib
import json
import os
import signal
import struct
import time

from ahoy_agents import Office, check, enter_desktop

enter_desktop()
from ahoy_e2e import (BUILD, CALL_IFACE, MANAGER, MANAGER_IFACE, PATIENCE, Failure, iterate, load, now_ms,  # noqa: E402
                      run_tap, wait_for)
from ahoy_net import Network, is_possible  # noqa: E402
from ahoy_sound import Voice  # noqa: E402
from calling import speech  # noqa: E402

from gi.repository import GLib  # noqa: E402

PEOPLE = ("alice", "bob", "carol")
HOUR = 3600
# The server's patience, in seconds: between two signs of life, and with a member whose connection broke off or fell
# silent. These are its defaults, and a short life for every day.
DEFAULTS = {"heartbeat": 10, "lost-closed": 10, "lost-silent": 30}
SHORT = {"heartbeat": 1, "lost-closed": 3, "lost-silent": 6}
# After so long without a server and without the others an agent gives a call up by itself.
ALONE_S = 45
HANG_UP, OFFLINE = 1, 4
NEEDS_ROOT = "network namespaces need root"


def config(patience):
    return "[limits]\ninvites-per-minute=1000\n" + "".join(f"{key}={value}\n" for key, value in patience.items())


class Clock:
    """A program's own: the number of seconds it is ahead."""

    def __init__(self, folder, name):
        self.path = os.path.join(folder, "clock-" + name)
        self.ahead = 0
        self.set(0)
        self.env = {"AHOY_TEST_CLOCK": self.path,
                    "LD_PRELOAD": os.path.join(BUILD, "tests/support/libclock-shift.so"),
                    # The sanitizers want to be loaded first, and need not be.
                    "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}

    def set(self, seconds):
        self.ahead = seconds
        # Not truncated: it is mapped where it is read.
        fd = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.pwrite(fd, struct.pack("=q", seconds), 0)
        os.close(fd)


class Trio:
    """Three agents in a call, each in a network of its own when that is possible."""

    def __init__(self, patience, network=True):
        self.patience = patience
        self.net = Network(*PEOPLE) if network else None
        self.clocks = {}
        self.agents = {}
        self.told = {user: [] for user in PEOPLE}

    def __enter__(self):
        options = {"config": config(self.patience)}
        with contextlib.ExitStack() as stack:
            if self.net:
                stack.enter_context(self.net)
                options.update(address=self.net.server_address, netns=self.net.server)
            self.office = Office()
            folder = self.office.folder
            self.clocks = {name: Clock(folder, name) for name in (*PEOPLE, "server")}
            self.office.server_options = dict(options, env=self.clocks["server"].env)
            stack.enter_context(self.office)
            self.ask_bus("RequestName", "(su)", "org.freedesktop.login1", 0)
            stack.callback(self.thaw)
            voice = Voice(self.office.computer, speech(folder, 1000))
            stack.callback(voice.stop)
            for user in PEOPLE:
                self.agents[user] = self.start(user)
            self.call_id = self.begin()
            self.stack = stack.pop_all()
        return self

    def __exit__(self, kind, value, traceback):
        return self.stack.__exit__(kind, value, traceback)

    def thaw(self):
        """A frozen one does not end when it is asked to."""
        for agent in self.agents.values():
            if agent.process.is_alive():
                os.kill(agent.pid, signal.SIGCONT)

    def start(self, user):
        # The same bus in place of the system's: logind is played by this test.
        env = dict(self.clocks[user].env, DBUS_SYSTEM_BUS_ADDRESS=self.office.computer.env["DBUS_SESSION_BUS_ADDRESS"])
        agent = self.office.agent(user, camera=self.office.clip(), env=env,
                                  netns=self.net.namespace(user) if self.net else None)
        self.office.computer.bus.signal_subscribe(
            self.ask_bus("GetNameOwner", "(s)", agent.bus_name), CALL_IFACE, None, None, None, 0,
            lambda *args: self.told[user].append((args[4], *args[5].unpack())))
        return agent

    def ask_bus(self, method, signature, *values):
        return self.office.computer.bus.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
            GLib.Variant(signature, values), None, 0, -1, None).unpack()[0]

    def begin(self):
        caller, *others = PEOPLE
        self.agents[caller].manager("Call", "(assa{sv})", others, "audio", {})
        for user in others:
            self.agents[user].wait_call("incoming")
        self.began = time.monotonic()
        for user in others:
            self.agents[user].call_do("Accept", "(b)", True)
        self.wait_together(*PEOPLE)
        self.paths = {user: agent.call_path() for user, agent in self.agents.items()}
        return self.agents[caller].call_get("Id")

    # What they see

    def shown(self, user):
        """What is said of the others at that person: by id, "reconnecting" or the status."""
        return {person["user"]: "reconnecting" if person["reconnecting"] else person["status"]
                for person in self.agents[user].call_get("Participants") or []}

    def wait_shown(self, user, timeout, **expected):
        wait_for(lambda: f"{expected} to be shown to {user}; it is {self.shown(user)}",
                 lambda: self.shown(user) == expected, timeout)

    def wait_reconnecting(self, who, *others):
        """Within what it takes to call a path dead, and the others are still there."""
        for user in others:
            expected = {other: "accepted" for other in PEOPLE if other in (*others, who) and other != user}
            self.wait_shown(user, 4, **{**expected, who: "reconnecting"})

    def wait_together(self, *people, timeout=20):
        """They are in the call, and hear each other."""
        for user in people:
            self.agents[user].wait_call("active", timeout)
            self.wait_shown(user, timeout, **{other: "accepted" for other in people if other != user})
        before = self.heard(people)
        wait_for(lambda: f"{people} to hear each other; it was {before}, is {self.heard(people)}",
                 lambda: all(energy > 1e-5 and energy != before[pair]
                             for pair, energy in self.heard(people).items()), timeout)

    def heard(self, people):
        """How much sound each has received of each other one, over the connections there are."""
        return {(user, other): self.agents[user].stats_of(other).get("totalAudioEnergy", 0)
                for user in people for other in people if other != user}

    def wait_left(self, user, who, timeout):
        wait_for(lambda: f"{user} to be told that {who} left; it was {self.signals(user)}",
                 lambda: ("UserLeft", who) in self.told[user], timeout)

    def signals(self, user):
        return [words for words in self.told[user] if words[0] not in ("Volumes", "NetworkQualities",
                                                                       "ParticipantChanged")]

    def check_nobody_left(self):
        for user in PEOPLE:
            check(f"who left for {user}", [words for words in self.told[user] if words[0] in ("UserLeft", "Ended")], [])

    # What the server has

    def row(self):
        return json.loads(self.office.server.query("SELECT body FROM call WHERE id = ?", self.call_id)[0][0])

    def member(self, user):
        return next(member for member in self.row()["members"] if member["user"] == user)

    def wait_status(self, user, status, timeout):
        wait_for(lambda: f"the server to call {user} {status}; it is {self.member(user)['status']}",
                 lambda: self.member(user)["status"] == status, timeout)

    def check_record(self, user, reason, seconds, slack=2):
        """One, with that reason, and so many seconds long."""
        records = wait_for(f"{user}'s record", lambda: [record for record in self.office.server.records(user)
                                                       if record["call"] == self.call_id])
        check(f"the number of {user}'s records", len(records), 1)
        check(f"the reason in {user}'s record", records[0]["reason"], reason)
        duration = records[0]["duration"]
        if not seconds - slack <= duration <= seconds + slack * max(PATIENCE, load()):
            raise Failure(f"{user}'s record says {duration} s, not about {seconds:.0f}")
        return duration

    def check_times(self):
        """No end is before its beginning, whatever was done to the clock."""
        row = self.row()
        check("the row's state", row["state"], "ended")
        if not 0 < row["created"] <= row["started"] <= row["ended"]:
            raise Failure(f"created {row['created']}, started {row['started']}, ended {row['ended']}")
        for member in row["members"]:
            if not 0 < member["begun"] <= member["joined"] <= member["left"]:
                raise Failure(f"{member['user']}: {member['begun']}, {member['joined']}, {member['left']}")

    def elapsed(self):
        return time.monotonic() - self.began

    def pass_time(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            iterate()

    # What breaks

    def freeze(self, who, seconds, is_missed):
        """SIGSTOP and SIGCONT; @is_missed: so long that the server notices."""
        others = [user for user in PEOPLE if user != who]
        os.kill(self.agents[who].pid, signal.SIGSTOP)
        frozen = time.monotonic()
        self.wait_reconnecting(who, *others)
        if is_missed:
            self.wait_status(who, "lost", self.patience["heartbeat"] * 3 + 3)
        self.pass_time(frozen + seconds - time.monotonic())
        self.wait_reconnecting(who, *others)
        for user in others:
            check(f"{user}'s call", self.agents[user].call_state(), "active")
        os.kill(self.agents[who].pid, signal.SIGCONT)
        self.wait_together(*PEOPLE)
        self.wait_status(who, "accepted", 5)
        self.check_nobody_left()

    def cut(self, who, seconds):
        """Its packets go nowhere for some seconds; it comes back in time."""
        self.net.cut(who)
        cut = time.monotonic()
        self.wait_reconnecting(who, *(user for user in PEOPLE if user != who))
        self.agents[who].wait_call("reconnecting", 5)
        self.pass_time(cut + seconds - time.monotonic())
        self.net.mend(who)
        mended = time.monotonic()
        self.wait_together(*PEOPLE)
        print(f"# all were together {time.monotonic() - mended:.1f} s after the network of {who} was back")
        self.check_nobody_left()

    def move(self, who):
        """Another address: sound is back within two seconds, on all sides."""
        heard = self.count_heard()
        moved = now_ms()
        self.net.move(who)
        self.wait_sound(who, moved, heard)
        self.wait_together(*PEOPLE)
        self.check_nobody_left()

    def sleep(self, who, seconds):
        """Its machine sleeps: nothing runs, no packet passes; then logind says that it is awake."""
        asleep = time.monotonic()
        os.kill(self.agents[who].pid, signal.SIGSTOP)
        self.net.cut(who)
        self.wait_reconnecting(who, *(user for user in PEOPLE if user != who))
        self.pass_time(asleep + seconds - time.monotonic())
        heard = self.count_heard()
        awake = now_ms()
        self.net.mend(who)
        os.kill(self.agents[who].pid, signal.SIGCONT)
        self.office.computer.bus.emit_signal(self.ask_bus("GetNameOwner", "(s)", self.agents[who].bus_name),
                                             "/org/freedesktop/login1", "org.freedesktop.login1.Manager",
                                             "PrepareForSleep", GLib.Variant("(b)", (False,)))
        self.wait_sound(who, awake, heard)
        self.wait_together(*PEOPLE)
        self.check_nobody_left()

    def count_heard(self):
        return {user: len(agent.events("first-remote-audio")) for user, agent in self.agents.items()}

    def wait_sound(self, who, since_ms, before):
        """Sound comes over new paths to and from that one, within two seconds."""
        back = {}
        for user, agent in self.agents.items():
            paths = len(PEOPLE) - 1 if user == who else 1
            wait_for(f"{user} to hear over {paths} new paths",
                     lambda a=agent, n=before[user] + paths: len(a.events("first-remote-audio")) >= n, 10)
            # It is timed by the clock of that program.
            last = agent.events("first-remote-audio")[-1] - self.clocks[user].ahead * 1000
            back[user] = last - since_ms
        print("# sound was back after " + ", ".join(f"{user} {ms:.0f} ms" for user, ms in back.items()))
        if max(back.values()) > 2000 * PATIENCE * load():
            raise Failure(f"sound came back after {back} ms")

    def restart_server(self):
        self.office.server.kill()
        for agent in self.agents.values():
            agent.wait_state("offline", 10)
            check("a call without the server", agent.call_state(), "active")
        self.office.server.start()
        for agent in self.agents.values():
            agent.wait_state("online", 20)
        self.wait_together(*PEOPLE)
        self.check_nobody_left()

    def set_clocks(self, **ahead):
        """Somebody puts clocks forward or back by so many seconds; nothing happens."""
        for name, seconds in ahead.items():
            self.clocks[name].set(seconds)
        self.pass_time(1.5)
        self.wait_together(*PEOPLE)
        for user, agent in self.agents.items():
            duration = agent.call_get("Duration")
            if abs(duration - self.elapsed()) > 3 * max(PATIENCE, load()):
                raise Failure(f"{user}'s call takes {duration} s after {self.elapsed():.0f}")
        self.check_nobody_left()

    def hang_up(self):
        """All go, one after the other; each has a record of the right length."""
        self.agents["carol"].call_do("HangUp")
        self.agents["carol"].wait_ended("hang-up", 5, self.paths["carol"])
        self.wait_left("bob", "carol", 5)
        self.wait_together("alice", "bob")
        self.agents["bob"].call_do("HangUp")
        seconds = self.elapsed()
        for user in ("alice", "bob"):
            self.agents[user].wait_ended("hang-up", 5, self.paths[user])
        self.check_record("alice", HANG_UP, seconds)
        self.check_record("bob", HANG_UP, seconds)
        self.check_record("carol", HANG_UP, seconds, 6)
        self.check_times()


def lose_for_good(trio, who, seconds, notice):
    """The network of one is gone for longer than the server waits: that one is out, the others go on."""
    others = [user for user in PEOPLE if user != who]
    trio.net.cut(who)
    cut = time.monotonic()
    trio.wait_reconnecting(who, *others)
    for user in others:
        trio.wait_left(user, who, notice)
    gone = trio.elapsed()
    for user in others:
        trio.wait_shown(user, 3, **{other: "accepted" for other in others if other != user})
    # Who is alone for so long does not wait for the server to say it, and remembers it for ten seconds.
    if seconds > ALONE_S:
        trio.agents[who].wait_ended("offline", ALONE_S, trio.paths[who])
    trio.pass_time(cut + seconds - time.monotonic())
    trio.net.mend(who)
    trio.agents[who].wait_state("online", 30)
    if seconds <= ALONE_S:
        trio.agents[who].wait_ended("offline", 10, trio.paths[who])
    trio.agents[who].wait_no_call()
    trio.check_record(who, OFFLINE, gone, 3)
    check(f"why {who} left", trio.member(who)["reason"], OFFLINE)
    trio.wait_together(*others)


def kill_last_but_one(trio, who, other):
    """kill -9: the one who is left alone hears of it, and the call is over."""
    killed = trio.elapsed()
    trio.agents[who].kill()
    trio.wait_shown(other, 5, **{who: "reconnecting"})
    check(f"{other}'s call", trio.agents[other].call_state(), "reconnecting")
    trio.agents[other].wait_ended("offline", trio.patience["lost-closed"] + 5, trio.paths[other])
    for user in (who, other):
        trio.check_record(user, OFFLINE, killed + trio.patience["lost-closed"])
    trio.check_times()


def test_back_from_freeze():
    """Three in a call: one is frozen until the server misses it, clocks jump an hour, the server is killed: all go on"""
    with Trio(SHORT, network=False) as trio:
        trio.freeze("bob", 5, is_missed=True)
        trio.set_clocks(server=HOUR, bob=-HOUR)
        trio.restart_server()
        trio.set_clocks(server=-HOUR, alice=HOUR)
        trio.hang_up()


def test_back_from_network():
    """Three in a call: the network of one is dead for 5 s, then another one, one sleeps: sound is back in 2 s"""
    if not is_possible():
        return NEEDS_ROOT
    with Trio(DEFAULTS) as trio:
        trio.cut("bob", 5)
        trio.move("bob")
        trio.sleep("alice", 3)
        trio.hang_up()


def test_gone():
    """Three in a call: the network of one is dead for too long, another one is killed: each end as it should be"""
    if not is_possible():
        return NEEDS_ROOT
    with Trio(SHORT) as trio:
        lose_for_good(trio, "carol", 12, 11)
        kill_last_but_one(trio, "bob", "alice")


def test_soak_frozen():
    """With the server's own patience: frozen for 3 s and for 40 s"""
    with Trio(DEFAULTS, network=False) as trio:
        trio.freeze("bob", 3, is_missed=False)
        trio.freeze("carol", 40, is_missed=True)
        trio.freeze("alice", 3, is_missed=False)
        trio.hang_up()


def test_soak_network():
    """With the server's own patience: no network for 5 s and for 60 s"""
    if not is_possible():
        return NEEDS_ROOT
    with Trio(DEFAULTS) as trio:
        trio.cut("alice", 5)
        trio.sleep("bob", 40)
        lose_for_good(trio, "carol", 60, 60)
        kill_last_but_one(trio, "bob", "alice")


def test_soak_moves():
    """Addresses change ten times, clocks jump and the server is killed twice in one call"""
    if not is_possible():
        return NEEDS_ROOT
    with Trio(DEFAULTS) as trio:
        for number in range(10):
            trio.move(PEOPLE[number % 3])
            if number % 4 == 1:
                trio.restart_server()
            if number % 4 == 3:
                trio.set_clocks(server=HOUR * number, bob=-HOUR)
        trio.hang_up()


def expiry(agent):
    return agent.get(MANAGER, MANAGER_IFACE, "UserSigExpires")


def test_ticket():
    """A ticket is renewed in a call before it lapses; where nobody does that the call goes on, but no other one begins"""
    with Office() as office, contextlib.ExitStack() as stack:
        voice = Voice(office.computer, speech(office.folder, 1000))
        stack.callback(voice.stop)
        # A machine that has other work takes longer to make a call, and to renew.
        slow = max(PATIENCE, load())
        # Her computer's clock is an hour ahead: that of the server counts.
        clock = Clock(office.folder, "alice")
        clock.set(HOUR)
        alice = office.agent("alice", ticket=("--expire", str(int(8 * slow))), env=clock.env)
        expires = expiry(alice)
        office.server.ticket("alice", "--expire", "600")
        bob = office.agent("bob", ticket=("--expire", str(int(9 * slow))))
        lapsed = []
        office.computer.bus.signal_subscribe(
            None, MANAGER_IFACE, "UserSigExpired", None, None, 0,
            lambda bus, sender, *rest: lapsed.append(sender))
        alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})
        bob.wait_call("incoming")
        bob.call_do("Accept", "(b)", True)
        for agent in (alice, bob):
            agent.wait_call("active", 20)
        check("alice's ticket when the call begins", expiry(alice), expires)
        wait_for("alice's ticket to be renewed", lambda: expiry(alice) > expires + 300, 10)
        check("who was told that a ticket has lapsed", lapsed, [])
        lapses = expiry(bob)
        wait_for("bob's ticket to lapse", lambda: lapsed and time.time() > lapses + 1.5, 12)
        check("who was told that a ticket has lapsed", len(lapsed), 1)
        for agent in (alice, bob):
            check(f"{agent.user}'s call", agent.call_state(), "active")
        alice.wait_media("bob", picture=False)
        alice.call_do("HangUp")
        for agent in (alice, bob):
            agent.wait_no_call()
        # Who has not renewed may be called, but not call.
        bob.manager("Call", "(assa{sv})", ["alice"], "audio", {})
        bob.wait_ended("unknown")
        alice.wait_no_call()
        alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})
        bob.wait_call("incoming")
        alice.call_do("HangUp")


if __name__ == "__main__":
    run_tap([test_back_from_freeze, test_back_from_network, test_gone, test_ticket, test_soak_frozen,
             test_soak_network, test_soak_moves])
