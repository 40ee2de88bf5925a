#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a voice with bursts of a tone between the words: 48 kHz, mono, 16 bit.

    make-speech.py [--tone 1000] [--no-voice] OUT.wav

The bursts let a test tell who is heard; as they come and go, a noise suppressor does not take them for noise.
The words come from espeak-ng.
"""
import argparse
import io
import subprocess
import wave

import numpy

RATE = 48000
BURST_S = 0.4
PAUSE_S = 0.15
# Whoever has another tone says something else: two who say the same at once are an echo of each other.
WORDS = (
    ("Hello, can you hear me?", "The picture arrives as well.", "One, two, three, four."),
    ("Yes, quite clearly.", "Nine, eight, seven, and six is what comes next.", "A fine day for a long walk."),
)


def speak(text):
    """A sentence, at our rate."""
    data = subprocess.run(["espeak-ng", "-v", "en", "-s", "165", "--stdout", text], check=True,
                          stdout=subprocess.PIPE).stdout
    with wave.open(io.BytesIO(data)) as reader:
        rate = reader.getframerate()
        samples = numpy.frombuffer(reader.readframes(-1), dtype="<i2").astype(float)
    count = int(len(samples) * RATE / rate)
    resampled = numpy.interp(numpy.arange(count) * rate / RATE, numpy.arange(len(samples)), samples)
    return resampled / max(1, abs(resampled).max()) * 0.4


def burst(frequency):
    count = int(RATE * BURST_S)
    envelope = numpy.minimum(1, numpy.minimum(numpy.arange(count), numpy.arange(count)[::-1]) / (RATE * 0.01))
    return 0.3 * envelope * numpy.sin(2 * numpy.pi * frequency * numpy.arange(count) / RATE)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tone", type=float, default=1000)
    parser.add_argument("--no-voice", action="store_true")
    parser.add_argument("out")
    options = parser.parse_args()
    pause = numpy.zeros(int(RATE * PAUSE_S))
    parts = []
    for words in WORDS[int(options.tone) // 500 % 2]:
        parts += [burst(options.tone), pause]
        if not options.no_voice:
            parts += [speak(words), pause]
    samples = (numpy.concatenate(parts) * 32767).astype("<i2")
    with wave.open(options.out, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())


if __name__ == "__main__":
    main()
