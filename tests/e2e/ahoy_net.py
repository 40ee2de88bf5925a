# SPDX-License-Identifier: GPL-3.0-or-later
"""A network of its own: namespaces on one bridge, from which one can be cut off so that its packets are dropped
silently, as on a broken path: addresses, routes and the link's state stay as they are. Needs root."""
import os
import subprocess


def is_possible():
    if os.geteuid() != 0:
        return False
    name = f"ahoy-probe-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], stderr=subprocess.DEVNULL, check=False).returncode == 0
    if made:
        made = subprocess.run(["ip", "-n", name, "link", "add", "br0", "type", "bridge"],
                              stderr=subprocess.DEVNULL, check=False).returncode == 0
        subprocess.run(["ip", "netns", "del", name], check=False)
    return made


def ip(*words):
    subprocess.run(["ip", *words], check=True)


class Network:
    """with Network("ada", "bob") as net: the server's end is net.server, the others net.namespace (name)."""

    def __init__(self, *names):
        self.prefix = f"ahoy{os.getpid()}"
        self.names = names
        self.numbers = {}
        self.server = self.prefix + "-server"
        self.server_address = "10.77.0.1"

    def namespace(self, name):
        return f"{self.prefix}-{name}"

    def __enter__(self):
        ip("netns", "add", self.server)
        ip("-n", self.server, "link", "set", "lo", "up")
        ip("-n", self.server, "link", "add", "br0", "type", "bridge")
        ip("-n", self.server, "addr", "add", self.server_address + "/24", "dev", "br0")
        ip("-n", self.server, "link", "set", "br0", "up")
        for number, name in enumerate(self.names, 2):
            namespace = self.namespace(name)
            ip("netns", "add", namespace)
            ip("-n", namespace, "link", "set", "lo", "up")
            ip("-n", self.server, "link", "add", "port-" + name, "type", "veth", "peer", "name", "eth0", "netns",
               namespace)
            ip("-n", self.server, "link", "set", "port-" + name, "master", "br0", "up")
            self.numbers[name] = number
            ip("-n", namespace, "addr", "add", f"10.77.0.{number}/24", "dev", "eth0")
            ip("-n", namespace, "link", "set", "eth0", "up")
            ip("-n", namespace, "route", "add", "default", "via", self.server_address)
        return self

    def move(self, name):
        """Another address in place of the one it had, as on another access point; packets to the old one go nowhere."""
        namespace = self.namespace(name)
        before, now = self.numbers[name], self.numbers[name] + 10
        self.numbers[name] = now
        ip("-n", namespace, "addr", "del", f"10.77.0.{before}/24", "dev", "eth0")
        ip("-n", namespace, "addr", "add", f"10.77.0.{now}/24", "dev", "eth0")
        ip("-n", namespace, "route", "replace", "default", "via", self.server_address)

    def cut(self, name):
        ip("-n", self.server, "link", "set", "port-" + name, "nomaster")

    def mend(self, name):
        ip("-n", self.server, "link", "set", "port-" + name, "master", "br0")

    def __exit__(self, kind, value, traceback):
        for name in (*map(self.namespace, self.names), self.server):
            subprocess.run(["ip", "netns", "del", name], check=False)
        return False
