#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls in a row between two agents: no object, thread, file or memory stays behind in them and in the server.
AHOY_TEST_COUNT says how many; each class of objects is counted, so that one left by each call is found in fifty."""
import os
import tempfile

from ahoy_agents import Counter, Office, check, enter_desktop

enter_desktop()
from ahoy_e2e import Failure, run_tap, wait_for  # noqa: E402

COUNT = int(os.environ.get("AHOY_TEST_COUNT", "50"))
IS_LONG = COUNT >= 500
# What is made once, or comes and goes with the moment, does so in these. The server remembers its answers to the last
# thousand requests of a user; when that is full, it grows no more by them.
WARM_UP = 400 if IS_LONG else 10
# Of each class, of threads and of files; less than one for five calls.
MAX_MORE = 9
# Bytes of heap a call. Of an agent's 3.3 kB none is ours: GStreamer 1.22 forgets three latency queries of the echo probe
# (1.1 kB), its pulse elements some operations (1 kB), and webrtcbin makes names of the numbers of streams, which GLib
# keeps for ever (0.6 kB). In 1,000 calls an agent's memory grew by 9 kB a call, the server's not at all.
MAX_HEAP = 5000 if IS_LONG else 25000
MAX_PSS_KB = 20
CONFIG = "[limits]\ninvites-per-minute=1000000\nmessages-per-second=100000\nmessages-burst=100000\n"


def pss_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


class Watched:
    """A program and what it held before."""

    def __init__(self, name, counter, pid):
        self.name, self.counter, self.pid = name, counter, pid
        self.before = counter.read(pid)
        self.pss = pss_kb(pid)

    def grown(self):
        """{class: how many more} of those that are more than may be."""
        now = self.counter.read(self.pid)
        return {name: number - self.before.get(name, 0) for name, number in now.items()
                if name != "heap" and number - self.before.get(name, 0) > MAX_MORE}

    def check(self, count):
        """What stays is found by waiting: connections are taken down by threads of their own."""
        wait_for(lambda: f"{self.name} to hold no more than before {count} calls; more are {self.grown()}",
                 lambda: not self.grown(), 30)
        heap = (self.counter.read(self.pid)["heap"] - self.before["heap"]) / count
        pss = (pss_kb(self.pid) - self.pss) / count
        print(f"# {self.name}: {heap:.0f} bytes of heap and {pss:.1f} kB a call", flush=True)
        if heap > MAX_HEAP:
            raise Failure(f"{self.name} keeps {heap:.0f} bytes of heap a call")
        if IS_LONG and pss > MAX_PSS_KB:
            raise Failure(f"{self.name} keeps {pss:.1f} kB of memory a call")


def converse(alice, bob):
    path = alice.manager("Call", "(assa{sv})", ["bob"], "audio", {})[0]
    alice.wait_call("active", 20, path)
    other = bob.wait_call("active", 20)
    alice.call_do("HangUp", path=path)
    bob.wait_call("ended", 10, other)


def test_many_calls():
    """Call after call, nothing stays behind"""
    if not Counter.is_there():
        return "objects cannot be counted under a sanitizer"
    folder = tempfile.mkdtemp(prefix="objects-", dir=os.environ["AHOY_TEST_DESKTOP"])
    counters = {name: Counter(folder, name) for name in ("alice", "bob", "server")}
    with Office(config=CONFIG, env=counters["server"].env) as office:
        alice = office.agent("alice", env=counters["alice"].env)
        bob = office.agent("bob", "--accept", env=counters["bob"].env)
        for _ in range(WARM_UP):
            converse(alice, bob)
        pids = {"alice": alice.pid, "bob": bob.pid, "server": office.server.process.pid}
        watched = [Watched(name, counters[name], pid) for name, pid in pids.items()]
        for _ in range(COUNT):
            converse(alice, bob)
        failures = []
        for program in watched:
            try:
                program.check(COUNT)
            except Failure as failure:
                failures.append(str(failure))
        check("what stays", failures, [])
    return None


if __name__ == "__main__":
    run_tap([test_many_calls])
