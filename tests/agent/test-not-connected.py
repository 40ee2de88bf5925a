#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each way in which a call does not come about: what both sides hear, and what their records say."""
from ahoy_agents import Office, check, enter_desktop, identity

enter_desktop()
from ahoy_e2e import Failure, run_tap, wait_for  # noqa: E402
from gi.repository import GLib  # noqa: E402

# What happens, who does what before or while it rings, and what each device has in the end, the caller's first:
#     DEVICE RECORD REASON: SIGNAL, SIGNAL …
# bob2 is a second device of bob's; those without a colon have no program (any more). "over" is NotConnected with the
# record's reason and oneself, where nothing else is said.
ROWS = (
    ("the caller cancels", "alice HangUp", "alice outgoing canceled: over", "bob missed canceled: over by alice"),
    ("declined", "bob Reject", "alice outgoing reject: over, rejected bob", "bob incoming reject: over"),
    ("hung up", "bob HangUp", "alice outgoing reject: over, rejected bob", "bob incoming reject: over"),
    ("ignored", "bob Ignore", "alice outgoing line-busy: over, busy bob", "bob missed line-busy: over"),
    ("in a call", "occupy bob", "alice outgoing line-busy: busy bob, over", "bob missed line-busy:"),
    ("blocked", "block bob", "alice none: over as unknown", "bob none:"),
    ("answered on another device", "bob2 Accept, alice HangUp", "alice outgoing hang-up: begin",
     "bob incoming hang-up: over as other-device-accepted", "bob2 incoming hang-up: begin"),
    ("declined on another device", "bob2 Reject", "alice outgoing reject: over, rejected bob",
     "bob incoming reject: over as other-device-reject", "bob2 incoming reject: over"),
    ("ignored on another device", "bob2 Ignore", "alice outgoing line-busy: over, busy bob",
     "bob missed line-busy: over as other-device-reject", "bob2 missed line-busy: over"),
    ("several, the caller cancels", "alice HangUp", "alice outgoing canceled: over",
     "bob missed canceled: over by alice", "carol missed canceled: over by alice"),
    ("several, all decline", "bob Reject, carol Reject", "alice outgoing reject: rejected bob, over, rejected carol",
     "bob incoming reject: over", "carol incoming reject: rejected bob, over"),
    ("several, one in a call", "occupy carol, bob Reject", "alice outgoing reject: busy carol, over, rejected bob",
     "bob incoming reject: over", "carol missed line-busy:"),
    ("several, one answers", "bob Reject, carol Accept, alice HangUp", "alice outgoing hang-up: rejected bob, begin",
     "bob incoming reject: over", "carol incoming hang-up: rejected bob, begin"),
    # These take ten seconds, all at the same time.
    ("no answer", "", "tim outgoing no-response: over, silent tom", "tom missed no-response: over"),
    ("not signed in", "", "vic outgoing no-response: over, silent xan", "xan missed no-response"),
    ("the caller's program dies", "una dies", "una outgoing offline", "uma missed offline: over"),
    ("several, one does not answer", "ted Reject", "tia outgoing no-response: rejected ted, over, silent tess",
     "ted incoming reject: over", "tess missed no-response: rejected ted, over"),
)
NAMES = {"Begin": "begin", "NotConnected": "over", "UserRejected": "rejected", "UserNoResponse": "silent",
         "UserBusy": "busy"}
RESULTS = {1: "missed", 2: "incoming", 3: "outgoing"}
REASONS = {1: "hang-up", 2: "reject", 3: "no-response", 4: "offline", 5: "line-busy", 6: "canceled"}
WAITING_PEOPLE = {"tim", "vic", "una", "tia"}
RING_S = 10


def person(device):
    return device.rstrip("2")


class Side:
    """One device's line of a row."""

    def __init__(self, office, words):
        who, colon, signals = words.partition(":")
        self.device, self.record = who.split(" ", 1)
        self.expected = [self.complete(part.strip()) for part in signals.split(",") if part.strip()]
        self.agent = office.people.get(self.device)
        self.is_watched = bool(colon)
        self.path = None
        self.since, self.known = 0, []

    def complete(self, words):
        """(name, reason, user) for "over", which leaves out what is usual."""
        name, *rest = words.split()
        if name != "over":
            return (name, *rest)
        reason, user = self.record.split()[-1], person(self.device)
        if rest[:1] == ["as"]:
            reason = rest[1]
        elif rest[:1] == ["by"]:
            user = rest[1]
        return name, reason, user

    def told(self):
        return [words for path, words in self.agent.told[self.since:] if path not in self.known]

    def check(self):
        if not self.is_watched:
            return
        wait_for(lambda: f"{self.device} to be told the end; it was told {self.told()}",
                 lambda: not self.expected or any(words[0] == "Ended" for words in self.told()), 15)
        heard = [(NAMES[name], *values) for name, *values in self.told() if name in NAMES]
        check(f"what {self.device} hears", heard, self.expected)
        ends = [words for words in self.told() if words[0] == "Ended"]
        check(f"the number of ends that {self.device} hears of", len(ends), 1 if self.expected else 0)
        for words in self.expected:
            if words[0] == "over":
                check(f"reason and duration of {self.device}'s end", (ends[0][1], ends[0][3]), (words[1], 0))


class Row:
    """A call that does not come about, from the invitation to the records."""

    def __init__(self, office, row):
        self.office = office
        self.title, steps, *sides = row
        self.steps = [step.strip().split() for step in steps.split(",") if step.strip()]
        self.sides = [Side(office, words) for words in sides]
        self.caller, *self.called = self.sides
        self.busy = [who for verb, who in self.steps if verb == "occupy"]
        self.blocking = [who for verb, who in self.steps if verb == "block"]
        self.call_id = ""

    def begin(self):
        for who in self.busy:
            occupy(self.office, who)
        for who in self.blocking:
            self.office.people[who].manager("SetBlocked", "(sb)", self.caller.device, True)
        for side in self.sides:
            if side.agent:
                side.since, side.known = len(side.agent.told), side.agent.calls()
        self.caller.path = self.caller.agent.manager(
            "Call", "(assa{sv})", sorted({person(side.device) for side in self.called}), "audio",
            {"timeout": GLib.Variant("u", RING_S if "no-response" in self.caller.record else 60)})[0]
        for side in self.called:
            if side.is_watched and person(side.device) not in self.busy + self.blocking:
                side.path = side.agent.wait_call("incoming")
        # While it can be read: a call that is over goes, and so does its program. One that was refused has none.
        if not self.blocking:
            self.call_id = wait_for("the call's id", lambda: self.caller.agent.call_get("Id", self.caller.path))

    def act(self):
        for who, verb in self.steps:
            agent = self.office.people.get(who)
            if verb == "dies":
                agent.kill()
                self.office.apps.remove(agent)
            elif agent:
                path = next(side.path for side in self.sides if side.device == who)
                agent.call_do(verb, *(["(b)", False] if verb == "Accept" else []), path=path)
            if verb == "Accept":
                wait_for("the caller to hear of it", lambda: ("Begin",) in self.caller.told())
            # The next one acts when all have heard of this.
            for side in self.sides:
                if ("rejected", who) in side.expected:
                    wait_for(f"{side.device} to hear of it", lambda s=side, w=who: ("UserRejected", w) in s.told())

    def check(self):
        for side in self.sides:
            side.check()
        for side in self.sides:
            wait_for(lambda s=side: f"{s.device}'s record to be {s.record}; it is {self.record_of(s)}",
                     lambda s=side: self.record_of(s) == s.record, 5)

    def record_of(self, side):
        for record in self.office.server.records(person(side.device)):
            if record["call"] == self.call_id:
                return f"{RESULTS[record['result']]} {REASONS[record['reason']]}"
        return "none"

    def clear(self):
        for who in self.blocking:
            self.office.people[who].manager("SetBlocked", "(sb)", self.caller.device, False)
        for who in self.busy:
            for agent in (self.office.people[who], self.office.people["dora"]):
                if agent.call_state() not in ("ended", None):
                    agent.call_do("HangUp")
                agent.wait_no_call()


def occupy(office, who):
    """Puts somebody into a call with dora."""
    office.people["dora"].manager("Call", "(assa{sv})", [who], "audio", {})
    office.people[who].wait_call("incoming")
    office.people[who].call_do("Accept", "(b)", False)
    office.people[who].wait_call("active", 20)


def gather(office):
    """An agent for everybody in the table who has one, and one to be busy with."""
    devices = {words.split()[0] for _, _, *sides in ROWS for words in sides if ":" in words or "outgoing" in words}
    office.people = {}
    for device in sorted(devices | {"dora"}):
        if device == person(device):
            agent = office.agent(device)
        else:
            agent = office.agent(device, *identity(office.server, person(device)), online=False)
            agent.wait_state("online")
        agent.told = []
        agent.listen(lambda path, name, values, a=agent: a.told.append((path, (name, *values))))
        office.people[device] = agent


def leave_all(row):
    """After a failure: the next row begins with nobody in a call."""
    for side in row.sides:
        if side.agent and side.agent.process.is_alive() and side.agent.call_state() not in ("ended", None):
            side.agent.call_do("HangUp")


def attempt(row, *steps):
    """A line about what is wrong, or None."""
    try:
        for step in steps:
            step()
    except (Failure, GLib.Error) as error:
        leave_all(row)
        row.clear()
        return f"{row.title}: {str(error).splitlines()[0]}"
    return None


def test_matrix():
    """Each row of the table: signals, reasons, who is named, and the records of both sides"""
    with Office(config="[server]\nseveral-devices=always\n[limits]\ninvites-per-minute=1000\n") as office:
        gather(office)
        patient = [Row(office, row) for row in ROWS if row[2].split()[0] in WAITING_PEOPLE]
        for row in patient:
            row.begin()
            row.act()
        failures = []
        for words in ROWS:
            if words[2].split()[0] not in WAITING_PEOPLE:
                row = Row(office, words)
                failures.append(attempt(row, row.begin, row.act, row.check, row.clear))
        failures += [attempt(row, row.check) for row in patient]
        if any(failures):
            raise Failure("\n".join(failure for failure in failures if failure))


if __name__ == "__main__":
    run_tap([test_matrix])
