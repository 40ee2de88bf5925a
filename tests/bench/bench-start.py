# SPDX-License-Identifier: GPL-3.0-or-later
"""From the start of the process to its first painted pixels, seen from outside: ahoy, signed in at a real server,
against the smallest libadwaita program, turn by turn on the same display."""
import ctypes
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
import ahoy_e2e  # noqa: E402

REFERENCE = os.path.join(ahoy_e2e.BUILD, "tests/bench/reference-app")
ROUNDS = 7
ALL_PLANES = 0xFFFFFFFF
Z_PIXMAP = 2


class Screen:
    """Reads one line across the middle of the screen; the root window is black where nothing is."""

    def __init__(self):
        self.x11 = ctypes.CDLL("libX11.so.6")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                       ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x11.XGetImage.restype = ctypes.c_void_p
        self.x11.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
        self.x11.XGetPixel.restype = ctypes.c_ulong
        self.x11.XDestroyImage.argtypes = [ctypes.c_void_p]
        self.display = self.x11.XOpenDisplay(None)
        self.root = self.x11.XDefaultRootWindow(self.display)

    def is_painted(self):
        image = self.x11.XGetImage(self.display, self.root, 0, 400, 1280, 1, ALL_PLANES, Z_PIXMAP)
        lit = any(self.x11.XGetPixel(image, x, 0) & 0xFFFFFF for x in range(8, 1280, 16))
        self.x11.XDestroyImage(image)
        return lit


def measure(screen, argv, env):
    deadline = time.monotonic() + 20
    while screen.is_painted():
        if time.monotonic() > deadline:
            raise ahoy_e2e.Failure("the screen is not empty before the start")
        time.sleep(0.005)
    started = time.monotonic()
    process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, preexec_fn=lambda: ahoy_e2e.libc.prctl(1, 9))
    try:
        while not screen.is_painted():
            if process.poll() is not None:
                raise ahoy_e2e.Failure(f"{argv[0]} ended with status {process.returncode}")
            if time.monotonic() > started + 20:
                raise ahoy_e2e.Failure(f"{argv[0]} painted nothing in 20 s")
            time.sleep(0.002)
        return (time.monotonic() - started) * 1000
    finally:
        process.terminate()
        process.wait()


def main():
    ahoy_e2e.enter_desktop()
    screen = Screen()
    ours, reference = [], []
    with ahoy_e2e.Stage() as stage:
        server = stage.start_server()
        seat = stage.seat("ada")
        argv = [ahoy_e2e.APP, "--server", server.uri, "--app-id", server.app_id, "--user", "ada", "--user-sig-file",
                server.ticket("ada")]
        # The first start of each fills the caches of both and does not count.
        for turn in range(ROUNDS + 1):
            first = measure(screen, [REFERENCE], seat.env)
            second = measure(screen, argv, seat.env)
            if turn > 0:
                reference.append(first)
                ours.append(second)
    mine, theirs = statistics.median(ours), statistics.median(reference)
    met = "met" if mine < 400 else "missed"
    print(f"start to first painted frame: {mine:.0f} ms, reference {theirs:.0f} ms (smallest libadwaita program), "
          f"ratio {mine / theirs:.2f}, target < 400 ms ({met})")


main()
