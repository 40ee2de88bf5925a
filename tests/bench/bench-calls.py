# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls between agents with a real server on this machine: how soon it rings, how soon the other devices stop, how soon
there is sound after the answer, and what a member of a call of four costs."""
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "agent"))
from ahoy_agents import Office, enter_desktop, identity  # noqa: E402

enter_desktop()
from ahoy_e2e import MANAGER, MANAGER_IFACE, SUPPORT, Failure, now_ms  # noqa: E402
from ahoy_sound import Voice  # noqa: E402
from calling import speech  # noqa: E402
from gi.repository import GLib  # noqa: E402

ROUNDS = 15
SOUND_ROUNDS = 7
MEASURE_S = 10
CONFIG = "[server]\nseveral-devices=always\n[limits]\ninvites-per-minute=1000000\n"
FOUR = ("ada", "bob", "cleo", "dora")


def tell(name, mine, reference, unit, what, target):
    met = "met" if mine < target else "missed"
    print(f"{name}: {mine:.3g} {unit}, reference {reference:.3g} {unit} ({what}), ratio {mine / reference:.2f}, "
          f"target < {target:g} {unit} ({met})", flush=True)


def spin(probe, timeout=10):
    """wait_for() without its pauses: seconds until probe() was true."""
    started = time.monotonic()
    context = GLib.MainContext.default()
    while not probe():
        context.iteration(False)
        if time.monotonic() > started + timeout:
            raise Failure("it did not come")
    return time.monotonic() - started


def measure_request(agent):
    """A request that the server stores, and its answer: over the same bus and to the same disk."""
    answers = agent.begin(MANAGER, "SetContact", "(sa{sv})", "somebody", {})
    return spin(lambda: answers)


def measure_ringing(office):
    alice, bob = office.agent("alice"), office.agent("bob")
    phone = office.agent("phone", *identity(office.server, "bob"), online=False)
    phone.wait_state("online")
    rings, stops, requests = [], [], []
    incoming, ended = [], []
    office.computer.bus.signal_subscribe(None, MANAGER_IFACE, "IncomingCall", MANAGER, None, 0,
                                         lambda *args: incoming.append(args[1]))
    phone.listen(lambda path, name, values: ended.append(name) if name == "Ended" else None)
    for _ in range(ROUNDS):
        requests.append(measure_request(alice))
        incoming.clear()
        ended.clear()
        alice.begin(MANAGER, "Call", "(assa{sv})", ["bob"], "audio", {})
        rings.append(spin(lambda: incoming))
        path, other = alice.call_path(), bob.wait_call("incoming")
        phone.wait_call("incoming")
        bob.begin(other, "Accept", "(b)", False)
        stops.append(spin(lambda: ended))
        alice.wait_call("active", 20, path)
        alice.call_do("HangUp", path=path)
        for agent in (alice, bob, phone):
            agent.wait_no_call()
    for agent in (alice, bob, phone):
        agent.stop()
        office.apps.remove(agent)
    request = statistics.median(requests) * 1000
    what = "one stored request and its answer"
    tell("ring time", statistics.median(rings) * 1000, request, "ms", what, 100)
    tell("others stop ringing", statistics.median(stops) * 1000, request, "ms", what, 500)


def measure_answer(caller, called):
    """Milliseconds from the answer to the first sound of the other that goes to the mixer: (caller's, called one's)."""
    path = caller.manager("Call", "(assa{sv})", [called.user], "audio", {})[0]
    other = called.wait_call("incoming")
    # Whether a connection is made ahead or not, it had the time for it.
    until = time.monotonic() + 1.5
    spin(lambda: time.monotonic() > until)
    accepted = now_ms()
    called.begin(other, "Accept", "(b)", False)
    heard = [agent.wait_event("first-remote-audio", accepted, 20) - accepted for agent in (caller, called)]
    caller.call_do("HangUp", path=path)
    called.wait_no_call()
    return heard


def measure_sound(office):
    voice = Voice(office.computer, speech(office.folder, 1000))
    alice, bob = office.agent("alice"), office.agent("bob")
    ahead, cold = [], []
    for _ in range(SOUND_ROUNDS):
        bob.manager("SetContact", "(sa{sv})", "alice", {})
        ahead.append(measure_answer(alice, bob))
        bob.manager("RemoveContact", "(s)", "alice")
        cold.append(measure_answer(alice, bob))
    for side, name in enumerate(("caller", "called one")):
        mine, reference = (statistics.median(heard[side] for heard in times) for times in (ahead, cold))
        tell(f"answer to first sound at the {name}", mine, reference, "ms", "connecting after the answer", 500)
    for agent in (alice, bob):
        agent.stop()
        office.apps.remove(agent)
    voice.stop()


def cpu_s(agents):
    ticks = 0
    for agent in agents:
        with open(f"/proc/{agent.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure_cores(agents):
    """Processors that one of them takes."""
    before, started = cpu_s(agents), time.monotonic()
    spin(lambda: time.sleep(0.05) or time.monotonic() > started + MEASURE_S, MEASURE_S + 5)
    return (cpu_s(agents) - before) / (time.monotonic() - started) / len(agents)


def measure_mesh(office):
    clip = os.path.join(office.folder, "360p.y4m")
    subprocess.run(["/usr/bin/python3", os.path.join(SUPPORT, "make-clip.py"), "--size", "640x360", "--rate", "30",
                    "--frames", "90", clip], check=True)
    voice = Voice(office.computer, speech(office.folder, 1000))
    agents = [office.agent(user, camera=clip) for user in FOUR]
    cores = []
    for people in (agents[:2], agents):
        caller, *others = people
        caller.manager("Call", "(assa{sv})", [agent.user for agent in others], "video", {})
        for agent in others:
            agent.wait_call("incoming")
            agent.call_do("Accept", "(b)", True)
        for agent in people:
            for other in people:
                if other is not agent:
                    agent.wait_media(other.user, timeout=60)
        cores.append(measure_cores(people))
        for agent in people[:-1]:
            agent.call_do("HangUp")
        for agent in people:
            agent.wait_no_call()
    voice.stop()
    tell("a member of four at 360p", cores[1], 4 * cores[0], "cores", "four times a member of two", 4 * cores[0])


def main():
    with Office(config=CONFIG) as office:
        measure_ringing(office)
    with Office(config=CONFIG) as office:
        measure_sound(office)
    with Office(config=CONFIG) as office:
        measure_mesh(office)


main()
