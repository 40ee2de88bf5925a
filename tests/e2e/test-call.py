# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole video call by hand: clicked, rung, answered, seen, heard, hung up, recorded."""
import ahoy_e2e
from ahoy_e2e import Failure, PATIENCE, Stage, now_ms, run_tap

ahoy_e2e.enter_desktop()
import ahoy_screen as screen  # noqa: E402
import calling  # noqa: E402
from ahoy_sound import Ear, Voice, check_silent, wait_tone  # noqa: E402


def start_pair(stage):
    stage.start_server()
    clip = calling.clip(stage.folder)
    ada = stage.app("ada", camera=clip, wait=False)
    bob = stage.app("bob", camera=clip)
    ada.wait_state("online")
    calling.befriend(ada, "bob")
    calling.befriend(bob, "ada")
    return ada, bob


def test_video_call():
    """A contact is clicked, rings within 500 ms, is answered, seen and heard on both sides, and recorded"""
    with Stage() as stage:
        ada, bob = start_pair(stage)
        ears = {app: Ear(app.seat) for app in (ada, bob)}
        voices = [Voice(ada.seat, calling.speech(stage.folder, calling.ADA_TONE)),
                  Voice(bob.seat, calling.speech(stage.folder, calling.BOB_TONE))]

        clicked, path = calling.call_contact(ada, "bob")
        other = bob.wait_call("incoming")
        rang = calling.rings_after(bob, clicked)
        if rang > 500 * PATIENCE:
            raise Failure(f"bob rang {rang:.0f} ms after the click")
        ada.wait_call("ringing", path=path)

        # The gate: nothing of ada's reaches bob's loudspeaker or screen, nor the other way, before the answer.
        if bob.remote_frames() or ada.remote_frames():
            raise Failure("a picture arrived before the answer")
        check_silent(ears[bob], calling.ADA_TONE, "bob", 0)
        check_silent(ears[ada], calling.BOB_TONE, "ada", 0)

        calling.answer(bob)
        ada.wait_call("active", 15, path)
        bob.wait_call("active", 15, other)
        for app in (ada, bob):
            app.wait_moving_picture(clicked, frames=30)
            screen.wait_widget(app, "Hang Up")
        wait_tone(ears[ada], calling.BOB_TONE, "ada")
        wait_tone(ears[bob], calling.ADA_TONE, "bob")

        call_id = ada.call_get("Id", path)
        calling.hang_up(ada)
        ada.wait_ended("hang-up", 5, path)
        bob.wait_ended("hang-up", 5, other)
        calling.check_record(stage, ada, call_id, "outgoing", "hang-up", 1)
        calling.check_record(stage, bob, call_id, "incoming", "hang-up", 1)
        calling.check_no_live_call(stage)

        # After the end nothing more is shown and heard.
        ended = now_ms() + 500
        positions = {app: ears[app].position() for app in ears}
        ahoy_e2e.stay_true("both apps", lambda: ada.process.is_alive() and bob.process.is_alive(), 1.5)
        if bob.remote_frames(ended) or ada.remote_frames(ended):
            raise Failure("a picture arrived after the end")
        check_silent(ears[bob], calling.ADA_TONE, "bob", positions[bob] + 24000)
        for thing in (*voices, *ears.values()):
            thing.stop()


def test_microphone_and_camera():
    """Muted and camera off reach the other side; on again brings sound and picture back"""
    with Stage() as stage:
        ada, bob = start_pair(stage)
        ear = Ear(bob.seat)
        voice = Voice(ada.seat, calling.speech(stage.folder, calling.ADA_TONE))
        path, other = calling.start_call(ada, bob)
        wait_tone(ear, calling.ADA_TONE, "bob")

        def seen(key):
            people = bob.call_get("Participants", other)
            return people[0][key] if people else None

        screen.click(ada, "Mute Microphone")
        ahoy_e2e.wait_for("bob to know that ada is muted", lambda: seen("microphone") is False)
        screen.click(ada, "Turn Camera Off")
        ahoy_e2e.wait_for("bob to know that ada's camera is off", lambda: seen("camera") is False)
        # What was under way may still arrive.
        quiet = ear.position() + 48000
        dark = now_ms() + 1000
        ahoy_e2e.stay_true("the call", lambda: bob.call_state(other) == "active", 3)
        check_silent(ear, calling.ADA_TONE, "bob", quiet)
        if bob.remote_frames(dark):
            raise Failure(f"{len(bob.remote_frames(dark))} frames arrived with the camera off")

        screen.click(ada, "Mute Microphone")
        screen.click(ada, "Turn Camera Off")
        bob.wait_moving_picture()
        wait_tone(ear, calling.ADA_TONE, "bob")
        calling.hang_up(bob)
        ada.wait_ended("hang-up", 5, path)
        voice.stop()
        ear.stop()


def test_audio_call_by_ctl():
    """ahoyctl places, answers and hangs up an audio call; nobody's camera runs"""
    with Stage() as stage:
        ada, bob = start_pair(stage)
        ear = Ear(ada.seat)
        voice = Voice(bob.seat, calling.speech(stage.folder, calling.BOB_TONE))
        for app, words in ((ada, ("call", "bob")), (bob, ("answer",))):
            if app is bob:
                bob.wait_call("incoming")
            status, output = app.ctl(*words)
            if status != 0:
                raise Failure(f"ahoyctl {' '.join(words)}: status {status}: {output}")
        path = ada.wait_call("active", 15)
        wait_tone(ear, calling.BOB_TONE, "ada")
        if ada.trace("C") or bob.trace("C") or ada.remote_frames():
            raise Failure("a camera ran in an audio call")
        status, output = ada.ctl("hangup")
        if status != 0:
            raise Failure(f"ahoyctl hangup: status {status}: {output}")
        bob.wait_ended("hang-up", 5)
        call_id = ada.call_get("Id", path)
        calling.check_record(stage, ada, call_id, "outgoing", "hang-up")
        status, _ = ada.ctl("hangup")
        if status == 0:
            raise Failure("ahoyctl hangup without a call says that all is well")
        voice.stop()
        ear.stop()


run_tap([test_video_call, test_microphone_and_camera, test_audio_call_by_ctl])
