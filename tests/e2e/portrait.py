# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws somebody in front of a camera, as a Y4M clip that loops without a seam: for screenshots, where the test
clip's counter strip would look odd. usage: portrait.py [--who 0|1] [--size 1280x720] OUT.y4m"""
import argparse
import math

import cairo
import numpy

RATE = 15
FRAMES = 45

PEOPLE = (
    dict(wall=((0.93, 0.84, 0.74), (0.72, 0.56, 0.47)), lamp=(1.0, 0.93, 0.76), plant=(0.36, 0.50, 0.40),
         skin=(0.93, 0.74, 0.62), shade=(0.85, 0.63, 0.51), hair=(0.30, 0.18, 0.13), top=(0.20, 0.38, 0.55), long=True),
    dict(wall=((0.60, 0.70, 0.76), (0.30, 0.39, 0.47)), lamp=(0.92, 0.97, 1.0), plant=(0.27, 0.42, 0.38),
         skin=(0.62, 0.43, 0.32), shade=(0.53, 0.35, 0.26), hair=(0.12, 0.10, 0.10), top=(0.87, 0.55, 0.24), long=False),
)


def ellipse(context, x, y, width, height):
    context.save()
    context.translate(x, y)
    context.scale(width, height)
    context.arc(0, 0, 1, 0, 2 * math.pi)
    context.restore()


def glow(context, x, y, radius, colour, strength):
    light = cairo.RadialGradient(x, y, 0, x, y, radius)
    light.add_color_stop_rgba(0, *colour, strength)
    light.add_color_stop_rgba(1, *colour, 0)
    context.set_source(light)
    context.paint()


def draw_room(context, look):
    wall = cairo.LinearGradient(0, 0, 16, 9)
    wall.add_color_stop_rgb(0, *look["wall"][0])
    wall.add_color_stop_rgb(1, *look["wall"][1])
    context.set_source(wall)
    context.paint()
    glow(context, 13.2, 1.6, 5.5, look["lamp"], 0.85)
    # A shelf with books, out of focus: many faint layers make soft edges.
    for layer in range(8):
        grow = layer * 0.05
        context.set_source_rgba(*[part * 0.62 for part in look["wall"][1]], 0.14)
        context.rectangle(0.3 - grow, 3.6 - grow, 3.9 + 2 * grow, 0.22 + 2 * grow)
        context.fill()
        for book in range(6):
            tint = 0.55 + 0.4 * ((book * 37) % 11) / 11
            context.set_source_rgba(tint, tint * 0.85, 0.55 + 0.05 * book, 0.10)
            height = 1.3 + 0.35 * ((book * 7) % 4)
            context.rectangle(0.6 + book * 0.52 - grow, 3.6 - height - grow, 0.44 + 2 * grow, height + 2 * grow)
            context.fill()
        context.set_source_rgba(*look["plant"], 0.13)
        for leaf in range(7):
            angle = -2.5 + leaf * 0.32
            ellipse(context, 14.0 + math.cos(angle) * 1.1, 6.4 + math.sin(angle) * 1.5, 0.34 + grow, 0.62 + grow)
            context.fill()
        context.rectangle(13.5 - grow, 7.2 - grow, 1.1 + 2 * grow, 1.8)
        context.fill()


def draw_person(context, look, turn):
    nod, sway, blink = math.sin(turn * 2) * 0.05, math.sin(turn) * 0.12, 0.5 < turn / (2 * math.pi) < 0.535
    x, y = 8 + sway, 4.1 + nod
    if look["long"]:
        context.set_source_rgb(*look["hair"])
        ellipse(context, x, y + 0.55, 1.72, 2.25)
        context.fill()
    shirt = cairo.LinearGradient(5, 6, 11, 10)
    shirt.add_color_stop_rgb(0, *[min(1, part * 1.12) for part in look["top"]])
    shirt.add_color_stop_rgb(1, *[part * 0.8 for part in look["top"]])
    context.set_source(shirt)
    ellipse(context, 8 + sway * 0.4, 9.6, 4.1, 3.2)
    context.fill()
    context.set_source_rgb(*look["shade"])
    context.rectangle(x - 0.55, y + 1.1, 1.1, 1.5)
    context.fill()
    ellipse(context, x, y + 2.55, 0.72, 0.36)
    context.fill()
    face = cairo.RadialGradient(x + 0.5, y - 0.5, 0.2, x, y, 2)
    face.add_color_stop_rgb(0, *look["skin"])
    face.add_color_stop_rgb(1, *look["shade"])
    context.set_source(face)
    ellipse(context, x, y, 1.34, 1.68)
    context.fill()
    context.set_source_rgb(*look["hair"])
    context.save()
    ellipse(context, x, y, 1.46, 1.80)
    context.clip()
    ellipse(context, x - 0.35, y - 1.42, 1.9, 1.12)
    context.fill()
    context.restore()
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    for side in (-1, 1):
        context.set_source_rgb(*[part * 0.75 for part in look["hair"]])
        context.set_line_width(0.11)
        context.arc(x + side * 0.52, y - 0.16, 0.3, 1.2 * math.pi, 1.8 * math.pi)
        context.stroke()
        if blink:
            context.set_line_width(0.07)
            context.move_to(x + side * 0.52 - 0.15, y)
            context.line_to(x + side * 0.52 + 0.15, y)
            context.stroke()
        else:
            context.set_source_rgb(0.13, 0.10, 0.10)
            ellipse(context, x + side * 0.52 + sway * 0.2, y, 0.12, 0.15)
            context.fill()
            context.set_source_rgb(1, 1, 1)
            ellipse(context, x + side * 0.52 + 0.04 + sway * 0.2, y - 0.05, 0.04, 0.04)
            context.fill()
        context.set_source_rgba(0.85, 0.38, 0.34, 0.16)
        ellipse(context, x + side * 0.78, y + 0.48, 0.30, 0.22)
        context.fill()
    context.set_source_rgb(*[part * 0.86 for part in look["shade"]])
    context.set_line_width(0.09)
    context.arc(x, y + 0.30, 0.16, 0.15 * math.pi, 0.75 * math.pi)
    context.stroke()
    talk = 0.5 + 0.5 * math.sin(turn * 5)
    context.set_source_rgb(0.58, 0.22, 0.22)
    context.set_line_width(0.10)
    context.arc(x, y + 0.52, 0.46, 0.2 * math.pi, 0.8 * math.pi)
    context.stroke_preserve()
    context.set_source_rgba(0.98, 0.95, 0.93, talk)
    context.fill()


def to_yuv(surface, width, height):
    pixels = numpy.ndarray((height, width, 4), dtype=numpy.uint8, buffer=surface.get_data())
    blue, green, red = (pixels[:, :, channel].astype(numpy.float32) for channel in range(3))
    luma = 16 + (65.738 * red + 129.057 * green + 25.064 * blue) / 256
    blueness = 128 + (-37.945 * red - 74.494 * green + 112.439 * blue) / 256
    redness = 128 + (112.439 * red - 94.154 * green - 18.285 * blue) / 256
    halves = [plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)) for plane in (blueness, redness)]
    return b"".join(plane.round().astype(numpy.uint8).tobytes() for plane in (luma, *halves))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--who", type=int, choices=(0, 1), default=0)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("out")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    look = PEOPLE[options.who]
    room = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
    context = cairo.Context(room)
    context.scale(width / 16, height / 9)
    draw_room(context, look)
    with open(options.out, "wb") as out:
        out.write(f"YUV4MPEG2 W{width} H{height} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for number in range(FRAMES):
            surface = cairo.ImageSurface(cairo.FORMAT_RGB24, width, height)
            context = cairo.Context(surface)
            context.set_source_surface(room, 0, 0)
            context.paint()
            context.scale(width / 16, height / 9)
            draw_person(context, look, 2 * math.pi * number / FRAMES)
            surface.flush()
            out.write(b"FRAME\n" + to_yuv(surface, width, height))


main()
