# SPDX-License-Identifier: GPL-3.0-or-later
"""What breaks during a call: the server, the other side's program, the network."""
import ahoy_e2e
from ahoy_e2e import Failure, PATIENCE, Stage, now_ms, run_tap, stay_true, wait_for

ahoy_e2e.enter_desktop()
import ahoy_screen as screen  # noqa: E402
import calling  # noqa: E402
from ahoy_net import Network, is_possible  # noqa: E402
from ahoy_sound import Ear, Voice, wait_tone  # noqa: E402


def start_pair(stage, **netns):
    clip = calling.clip(stage.folder)
    ada = stage.app("ada", camera=clip, netns=netns.get("ada"))
    bob = stage.app("bob", camera=clip, netns=netns.get("bob"))
    calling.befriend(ada, "bob")
    calling.befriend(bob, "ada")
    return ada, bob


def longest_gap(app, since_ms):
    times = [time for time, _ in app.remote_frames(since_ms)] + [now_ms()]
    return max((later - earlier for earlier, later in zip(times, times[1:])), default=float("inf"))


def test_server_killed():
    """kill -9 of the server: picture and sound go on, both sides resume, the record is complete"""
    with Stage() as stage:
        stage.start_server()
        ada, bob = start_pair(stage)
        ear = Ear(ada.seat)
        voice = Voice(bob.seat, calling.speech(stage.folder, calling.BOB_TONE))
        path, other = calling.start_call(ada, bob)
        call_id = ada.call_get("Id", path)
        wait_tone(ear, calling.BOB_TONE, "ada")

        killed = now_ms()
        stage.server.kill()
        for app in (ada, bob):
            app.wait_state("offline", 10)
        stay_true("both calls", lambda: ada.call_state(path) == bob.call_state(other) == "active", 3)
        for app in (ada, bob):
            gap = longest_gap(app, killed)
            # Shorter than what the peers take for a dead path: nothing was rebuilt.
            if gap > 2000 * PATIENCE:
                raise Failure(f"{app.user}'s picture stood still for {gap:.0f} ms without the server")
        wait_tone(ear, calling.BOB_TONE, "ada")

        stage.server.start()
        for app in (ada, bob):
            app.wait_state("online", 30)
        stay_true("both calls", lambda: ada.call_state(path) == bob.call_state(other) == "active", 1)
        # The server knows the call again: hanging up reaches the other side through it.
        calling.hang_up(bob)
        ada.wait_ended("hang-up", 5, path)
        calling.check_record(stage, ada, call_id, "outgoing", "hang-up", 3)
        calling.check_record(stage, bob, call_id, "incoming", "hang-up", 3)
        calling.check_no_live_call(stage)
        voice.stop()
        ear.stop()


def test_side_killed():
    """kill -9 of one side: the other says so within 5 s and ends with the right reason"""
    with Stage() as stage:
        stage.start_server()
        ada, bob = start_pair(stage)
        path, _ = calling.start_call(ada, bob)
        call_id = ada.call_get("Id", path)
        killed = now_ms()
        bob.kill()
        wait_for("ada to show that bob is gone",
                 lambda: screen.find_all(ada, contains="Reconnecting") or ada.call_state(path) in
                 ("reconnecting", "ended"), 5)
        said = now_ms() - killed
        if said > 5000 * PATIENCE:
            raise Failure(f"ada said so after {said:.0f} ms only")
        ada.wait_ended("offline", 20, path)
        screen.wait_widget(ada, contains="connection was lost")
        calling.check_record(stage, ada, call_id, "outgoing", "offline")
        calling.check_no_live_call(stage)


def test_dead_network():
    """Five seconds in which every packet of one side is dropped: the call comes back by itself"""
    if not is_possible():
        return "network namespaces need root"
    with Network("ada", "bob") as net, Stage() as stage:
        stage.start_server(address=net.server_address, netns=net.server)
        ada, bob = start_pair(stage, ada=net.namespace("ada"), bob=net.namespace("bob"))
        ear = Ear(bob.seat)
        voice = Voice(ada.seat, calling.speech(stage.folder, calling.ADA_TONE))
        path, other = calling.start_call(ada, bob)
        call_id = ada.call_get("Id", path)
        wait_tone(ear, calling.ADA_TONE, "bob")

        net.cut("ada")
        cut = now_ms()
        wait_for("ada to notice the dead network", lambda: ada.call_state(path) == "reconnecting", 5)
        wait_for("five seconds without network", lambda: now_ms() - cut >= 5000, 6)
        net.mend("ada")
        mended = now_ms()
        for app, call in ((ada, path), (bob, other)):
            app.wait_call("active", 15, call)
            app.wait_moving_picture(mended, timeout=15)
        print(f"# pictures were back {now_ms() - mended:.0f} ms after the network")
        wait_tone(ear, calling.ADA_TONE, "bob")
        for app in (ada, bob):
            app.wait_state("online", 30)
        calling.hang_up(ada)
        bob.wait_ended("hang-up", 5, other)
        calling.check_record(stage, ada, call_id, "outgoing", "hang-up", 5)
        calling.check_record(stage, bob, call_id, "incoming", "hang-up", 5)
        voice.stop()
        ear.stop()


run_tap([test_server_killed, test_side_killed, test_dead_network])
