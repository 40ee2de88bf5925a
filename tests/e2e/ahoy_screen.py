# SPDX-License-Identifier: GPL-3.0-or-later
"""Eyes and hands: finds widgets of a running app in the accessibility tree, presses them, takes pictures.

Speaks AT-SPI over D-Bus by itself: GTK gives the whole tree of a program in one answer, while asking for every
widget by itself takes a second, and libatspi remembers what it saw of a program that was just starting."""
import os
import subprocess
import time

from ahoy_e2e import Failure, Gio, GLib, iterate, now_ms, wait_for

ROOT = "/org/a11y/atspi/accessible/root"
BUTTON = (43, 62, 7)  # push button, toggle button, check box (GtkSwitch is one too)
TEXT = (61, 79, 40)  # text, entry, password text
WORDS = (29, 116, 2)  # label, static text, alert
ROLE_NAMES = {43: "button", 62: "toggle", 7: "check box", 61: "text", 79: "entry", 40: "password", 29: "label",
              23: "window", 32: "row", 31: "list", 2: "alert", 27: "image"}
SENSITIVE, VISIBLE, PRESSED = 1 << 24, 1 << 30, 1 << 20

state = {"bus": None, "names": {}}


def bus():
    if state["bus"] is None:
        state["bus"] = Gio.DBusConnection.new_for_address_sync(
            os.environ["AT_SPI_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
    return state["bus"]


def ask(name, path, iface, method, signature=None, *values):
    parameters = GLib.Variant(signature, values) if signature else None
    return bus().call_sync(name, path, iface, method, parameters, None, Gio.DBusCallFlags.NONE, 3000, None).unpack()


def bus_name(app):
    """Under which name the process is on the accessibility bus, once it is."""
    if app.pid not in state["names"]:
        children = ask("org.a11y.atspi.Registry", ROOT, "org.a11y.atspi.Accessible", "GetChildren")[0]
        for name, _ in children:
            pid = ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID", "(s)", name)[0]
            state["names"][pid] = name
    return state["names"].get(app.pid)


class Widget:
    def __init__(self, item):
        (self.owner, self.path), _, (_, self.parent) = item[:3]
        self.child_count = item[4]
        self.name = item[6]
        self.role = item[7]
        self.states = item[9][0]
        self.tree = {}

    def is_sensitive(self):
        return bool(self.states & SENSITIVE)

    def is_visible(self):
        return bool(self.states & VISIBLE)

    def is_pressed(self):
        return bool(self.states & PRESSED)

    def is_within(self, name):
        parent = self.tree.get(self.parent)
        return parent is not None and (parent.name == name or (parent is not self and parent.is_within(name)))

    def press(self):
        """Whether it was pressed: it may have become insensitive, or have vanished, since it was seen; what is
        only being shown takes presses a moment later."""
        deadline = time.monotonic() + 1
        while True:
            try:
                return ask(self.owner, self.path, "org.a11y.atspi.Action", "DoAction", "(i)", 0)[0]
            except GLib.Error:
                if time.monotonic() > deadline:
                    return False
                iterate()

    def set_text(self, text):
        return ask(self.owner, self.path, "org.a11y.atspi.EditableText", "SetTextContents", "(s)", text)[0]

    def __str__(self):
        return f"{ROLE_NAMES.get(self.role, self.role)} “{self.name}”"


def get_items(name):
    """The tree by path. GTK tells of a widget only once somebody has asked for its parent's children."""
    asked = set()
    while True:
        items = ask(name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")[0]
        found = {widget.path: widget for widget in map(Widget, items)}
        counts = {}
        for widget in found.values():
            counts[widget.parent] = counts.get(widget.parent, 0) + 1
        hidden = [path for path, widget in found.items() if path not in asked and (path == ROOT or (
            widget.is_visible() and widget.child_count > counts.get(path, 0)))]
        if not hidden:
            return found
        for path in hidden:
            asked.add(path)
            ask(name, path, "org.a11y.atspi.Accessible", "GetChildren")


def widgets(app):
    """Every widget that is visible, and whose parents are. (GTK 4.8 says SHOWING of windows only.)"""
    try:
        name = bus_name(app)
        if name is None:
            return []
        found = get_items(name)
    except GLib.Error:
        app.process.check_alive()
        return []
    shown = {ROOT: True}

    def is_shown(path):
        if path not in shown:
            widget = found.get(path)
            shown[path] = widget is not None and widget.is_visible() and is_shown(widget.parent)
        return shown[path]
    for widget in found.values():
        widget.tree = found
    return [widget for path, widget in found.items() if path != ROOT and is_shown(path)]


def find_all(app, name=None, roles=None, contains=None, within=None):
    """By accessible name (exactly, or by a part of it), role, and the name of something around it."""
    return [widget for widget in widgets(app)
            if (name is None or widget.name == name) and (contains is None or contains in widget.name)
            and (roles is None or widget.role in roles) and (within is None or widget.is_within(within))]


def outline(app):
    """What can be read and pressed, for the report of a failure."""
    seen = [str(widget) for widget in widgets(app) if widget.role in ROLE_NAMES and widget.name
            and not widget.name.startswith(("Gtk", "Adw"))]
    return ", ".join(seen) or "nothing"


def wait_widget(app, name=None, roles=None, contains=None, timeout=10):
    def describe():
        return f"{app.name} to show “{name or contains}”; it shows: {outline(app)}"
    return wait_for(describe, lambda: find_all(app, name, roles, contains), timeout)[0]


def wait_gone(app, name=None, roles=None, contains=None, timeout=10):
    wait_for(f"{app.name} to hide “{name or contains}”", lambda: not find_all(app, name, roles, contains), timeout)


def click(app, name=None, contains=None, within=None, timeout=10):
    """Presses the button as assistive technology does; returns when."""
    def ready():
        return [widget for widget in find_all(app, name, BUTTON, contains, within) if widget.is_sensitive()]

    def describe():
        return f"{app.name} to have a button “{name or contains}” to press; it shows: {outline(app)}"
    widget = wait_for(describe, ready, timeout)[0]
    pressed = now_ms()
    if not widget.press():
        raise Failure(f"{app.name}: {widget} cannot be pressed")
    return pressed


def type_text(app, text, name=None, contains=None, timeout=10):
    widget = wait_widget(app, name, TEXT, contains, timeout)
    if not widget.set_text(text):
        raise Failure(f"{app.name}: {widget} takes no text")


def windows_of(app):
    """X ids of the process' windows that show."""
    answer = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(app.pid)], capture_output=True,
                            text=True, check=False)
    return answer.stdout.split()


def place_window(window, x, y):
    subprocess.run(["xdotool", "windowmove", "--sync", window, str(x), str(y)], check=False, timeout=5,
                   stderr=subprocess.DEVNULL)


def photograph(path, window="root"):
    """A PNG of the whole screen or of one window."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    subprocess.run(["import", "-silent", "-window", window, path], check=True, timeout=20)
    return path


def paint_background(colours):
    """A soft gradient behind the windows."""
    subprocess.run(["display", "-window", "root", "-size", "1920x1080", "gradient:" + colours], check=False, timeout=20,
                   stderr=subprocess.DEVNULL)
