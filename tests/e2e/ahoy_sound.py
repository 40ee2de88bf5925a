# SPDX-License-Identifier: GPL-3.0-or-later
"""Ears and voice: plays a file into a seat's microphone, records its loudspeaker, looks for a tone in that."""
import os
import signal
import subprocess

import numpy

from ahoy_e2e import Failure, libc, wait_for

RATE = 48000
WINDOW = 4800  # 100 ms: a resolution of 10 Hz


def die_with_parent():
    libc.prctl(1, signal.SIGKILL)


class Voice:
    """Plays a WAV file over and over into what the seat's microphone hears."""

    def __init__(self, seat, wav):
        script = 'while paplay --device="$1" "$2"; do :; done'
        self.popen = subprocess.Popen(["bash", "-c", script, "voice", seat.feed, wav], start_new_session=True,
                                      env=dict(seat.env), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                      preexec_fn=die_with_parent)

    def stop(self):
        os.killpg(self.popen.pid, signal.SIGTERM)
        self.popen.wait()


class Ear:
    """Records what comes out of the seat's loudspeaker."""

    def __init__(self, seat):
        self.path = os.path.join(seat.folder, "speaker.raw")
        self.file = open(self.path, "wb")
        self.popen = subprocess.Popen(["parec", "--device=" + seat.speaker + ".monitor", "--format=s16le",
                                       f"--rate={RATE}", "--channels=1", "--latency-msec=50"], env=dict(seat.env),
                                      stdin=subprocess.DEVNULL, stdout=self.file, stderr=subprocess.DEVNULL,
                                      preexec_fn=die_with_parent)

    def samples(self, since=0):
        with open(self.path, "rb") as file:
            file.seek(since * 2)
            data = file.read()
        return numpy.frombuffer(data[:len(data) // 2 * 2], dtype="<i2").astype(float) / 32768

    def position(self):
        return os.path.getsize(self.path) // 2

    def stop(self):
        self.popen.terminate()
        self.popen.wait()
        self.file.close()


def tone_windows(samples, frequency):
    """How many 100 ms pieces hold a clear tone: 12 dB over everything else between 300 and 3,400 Hz."""
    hann = numpy.hanning(WINDOW)
    count = 0
    for start in range(0, len(samples) - WINDOW + 1, WINDOW):
        power = numpy.abs(numpy.fft.rfft(samples[start:start + WINDOW] * hann)) ** 2
        bin_of = frequency * WINDOW / RATE
        low, high = int(300 * WINDOW / RATE), int(3400 * WINDOW / RATE)
        near = slice(int(bin_of) - 3, int(bin_of) + 5)
        tone = power[near].sum()
        rest = power[low:high].sum() - tone
        # -60 dB of full scale and louder counts as a sound at all.
        if tone > 16 * max(rest, 1e-12) and tone > (WINDOW / 4 * 0.001) ** 2:
            count += 1
    return count


def wait_tone(ear, frequency, who, since=None, windows=3, timeout=15):
    since = ear.position() if since is None else since
    wait_for(lambda: f"{who} to hear {frequency} Hz; {tone_windows(ear.samples(since), frequency)} of {windows} "
             f"pieces had it, the loudest sample was {abs(ear.samples(since)).max(initial=0):.4f}",
             lambda: tone_windows(ear.samples(since), frequency) >= windows, timeout)


def check_silent(ear, frequency, who, since):
    heard = tone_windows(ear.samples(since), frequency)
    if heard:
        raise Failure(f"{who} heard {frequency} Hz in {heard} pieces, and should not")
