# SPDX-License-Identifier: GPL-3.0-or-later
"""Eyes and hands: finds widgets of a running app in the accessibility tree, clicks them, takes pictures."""
import os
import subprocess

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from ahoy_e2e import Failure, wait_for  # noqa: E402

Atspi.init()
# A window that is being closed answers no more; better an error soon than a test that hangs.
Atspi.set_timeout(2000, 2000)


def application(app):
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        try:
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == app.pid:
                # What libatspi remembers of an app that was just starting stays wrong for ever: always ask.
                child.set_cache_mask(Atspi.Cache.NONE)
                child.clear_cache()
                return child
        except GLib.Error:
            pass
    return None


def is_visible(node):
    # GTK 4.8 says SHOWING of windows only, and VISIBLE of a widget whatever its parents are.
    return node.get_state_set().contains(Atspi.StateType.VISIBLE)


def is_sensitive(node):
    return node.get_state_set().contains(Atspi.StateType.SENSITIVE)


def walk(node):
    """Every visible accessible below, depth first; what vanishes meanwhile is left out."""
    try:
        count = node.get_child_count()
    except GLib.Error:
        return
    for index in range(count):
        try:
            child = node.get_child_at_index(index)
            if child is None or not is_visible(child):
                continue
        except GLib.Error:
            continue
        yield child
        yield from walk(child)


def find_all(app, name=None, role=None, contains=None):
    """Widgets by accessible name (exactly, or by a part of it) and role name."""
    root = application(app)
    found = []
    for node in walk(root) if root is not None else ():
        try:
            words = node.get_name() or ""
            if name is not None and words != name:
                continue
            if contains is not None and contains not in words:
                continue
            if role is not None and node.get_role_name() not in ((role,) if isinstance(role, str) else role):
                continue
            found.append(node)
        except GLib.Error:
            pass
    return found


def outline(app):
    """The named widgets that show, for the report of a failure."""
    root = application(app)
    if root is None:
        return "(not in the accessibility tree)"
    lines = []
    for node in walk(root):
        try:
            if node.get_name():
                lines.append(f"{node.get_role_name()}: {node.get_name()}")
        except GLib.Error:
            pass
    return "; ".join(lines[:80])


def wait_widget(app, name=None, role=None, contains=None, timeout=10):
    def describe():
        return f"{app.name} to show {role or 'widget'} “{name or contains}”; it shows: {outline(app)}"
    return wait_for(describe, lambda: find_all(app, name, role, contains), timeout)[0]


def wait_gone(app, name=None, role=None, contains=None, timeout=10):
    wait_for(f"{app.name} to hide {role or 'widget'} “{name or contains}”",
             lambda: not find_all(app, name, role, contains), timeout)


BUTTONS = ("push button", "toggle button", "button", "check box")


def click(app, name=None, contains=None, role=BUTTONS, timeout=10):
    """Presses the button as assistive technology does."""
    def ready():
        return [node for node in find_all(app, name, role, contains) if is_sensitive(node)]

    def describe():
        return f"{app.name} to have a button “{name or contains}” to press; it shows: {outline(app)}"
    node = wait_for(describe, ready, timeout)[0]
    action = node.get_action_iface()
    if action is None or not action.do_action(0):
        raise Failure(f"{app.name}: “{name or contains}” cannot be pressed")


def type_text(app, text, name=None, contains=None, timeout=10):
    node = wait_widget(app, name, ("text", "entry", "password text"), contains, timeout)
    if not node.get_editable_text_iface().set_text_contents(text):
        raise Failure(f"{app.name}: “{name or contains}” takes no text")


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
