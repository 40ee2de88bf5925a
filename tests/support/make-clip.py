#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a moving picture with the counter strip at its top, as a Y4M file for AHOY_TEST_CAMERA.

    make-clip.py [--size 640x360] [--rate 30] [--frames 150] OUT.y4m

A textured wall with a slow drift, a lit round shape that sways and nods in front of it, and a little noise, as
a camera has it: neither a still nor so wild that no encoder could follow.
"""
import argparse

import numpy

WHITE, BLACK = 215, 35
SEED = 7


def texture(generator, height, width):
    """Soft clouds: noise of several sizes on top of each other, which closes upon itself in both directions."""
    result = numpy.zeros((height, width), numpy.float32)
    for step, weight in ((64, 34), (24, 16), (8, 8), (3, 4)):
        rows, columns = height // step + 2, width // step + 2
        coarse = generator.standard_normal((rows, columns)).astype(numpy.float32)
        y = numpy.linspace(0, rows - 1.001, height)
        x = numpy.linspace(0, columns - 1.001, width)
        y0, x0 = y.astype(int), x.astype(int)
        fy, fx = (y - y0)[:, None], (x - x0)[None, :]
        top = coarse[y0][:, x0] * (1 - fx) + coarse[y0][:, x0 + 1] * fx
        bottom = coarse[y0 + 1][:, x0] * (1 - fx) + coarse[y0 + 1][:, x0 + 1] * fx
        result += weight * (top * (1 - fy) + bottom * fy)
    return result


def draw_strip(luma, chroma_u, chroma_v, counter):
    height, width = luma.shape
    check = (counter ^ counter >> 4 ^ counter >> 8 ^ counter >> 12) & 15
    bits = [1, 0] + [counter >> i & 1 for i in range(15, -1, -1)] + [check >> i & 1 for i in range(3, -1, -1)] + [0, 1]
    bottom = -(-height * 2 // 45)
    for i, bit in enumerate(bits):
        luma[:bottom, i * width // 40:(i + 1) * width // 40] = WHITE if bit else BLACK
    edge = -(-24 * width // 40)
    for plane in (chroma_u, chroma_v):
        plane[:(bottom + 1) // 2, :(edge + 1) // 2] = 128


class Scene:
    def __init__(self, width, height, frames):
        generator = numpy.random.default_rng(SEED)
        self.width, self.height, self.frames = width, height, frames
        self.wall = texture(generator, height, width * 2)
        self.face = texture(generator, height, width)
        self.noise = [generator.integers(-2, 3, (height, width)).astype(numpy.float32) for _ in range(4)]
        self.y, self.x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)

    def draw(self, index):
        width, height = self.width, self.height
        turn = 2 * numpy.pi * index / self.frames
        wall = 110 + numpy.roll(self.wall, -int(index * 2 * width / self.frames), axis=1)[:, :width]
        centre_x = width * (0.5 + 0.16 * numpy.sin(2 * turn))
        centre_y = height * (0.52 + 0.06 * numpy.sin(5 * turn))
        across, down = (self.x - centre_x) / (width * 0.17), (self.y - centre_y) / (height * 0.36)
        edge = numpy.clip((1 - numpy.hypot(across, down)) * 12, 0, 1)
        lit = 165 - 40 * across - 15 * down + 0.6 * numpy.roll(self.face, int(centre_x), axis=1)
        luma = numpy.clip(wall * (1 - edge) + lit * edge + self.noise[index % 4], 16, 235).astype(numpy.uint8)
        small = edge[::2, ::2]
        chroma_u = (132 * (1 - small) + 108 * small).astype(numpy.uint8)
        chroma_v = (122 * (1 - small) + 152 * small).astype(numpy.uint8)
        draw_strip(luma, chroma_u, chroma_v, index & 0xffff)
        return luma, chroma_u, chroma_v


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--rate", type=int, default=30)
    parser.add_argument("--frames", type=int, default=150)
    parser.add_argument("out")
    options = parser.parse_args()
    width, height = (int(part) // 2 * 2 for part in options.size.split("x"))
    scene = Scene(width, height, options.frames)
    with open(options.out, "wb") as out:
        out.write(f"YUV4MPEG2 W{width} H{height} F{options.rate}:1 Ip A1:1 C420jpeg\n".encode())
        for index in range(options.frames):
            out.write(b"FRAME\n")
            for plane in scene.draw(index):
                out.write(plane.tobytes())


if __name__ == "__main__":
    main()
