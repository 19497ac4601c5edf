"""Carries the same sequences of calls out with Python's socket module and with `sockbench-cli calls --stdio`.

usage: calls_stdio_differential.py CLI [NAME...]   (names of sequences; none: all)
Prints each difference, and how many sequences were compared. Exit status 1: there was a difference.
"""

import base64
import itertools
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading

OURS_WAITS = 30


def kind_of(error):
    """Its kind as the answers of --stdio name it, and its errno."""
    if isinstance(error, socket.gaierror):
        return ("gai", error.errno)
    if isinstance(error, socket.herror):
        return ("herror", error.errno)
    if isinstance(error, TimeoutError) and error.errno is None:
        return ("timeout", None)
    if isinstance(error, OSError):
        return ("os", error.errno)
    if isinstance(error, OverflowError):
        return ("overflow", None)
    if isinstance(error, ValueError):
        return ("value", None)
    if isinstance(error, TypeError):
        return ("type", None)
    raise error


class Theirs:
    """Python itself. Sockets stand in a table, so that both sides name them by number."""

    def __init__(self):
        self.sockets = {}
        self.last = 0

    def add(self, made):
        self.last += 1
        self.sockets[self.last] = made
        return self.last

    def plain(self, value):
        if isinstance(value, socket.socket):
            return ("socket", self.add(value))
        if isinstance(value, (tuple, list)):
            return tuple(self.plain(item) for item in value)
        if isinstance(value, bytearray):
            return bytes(value)
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return int(value)

    def perform(self, function, args, kw):
        try:
            return ("ok", self.plain(function(*args, **kw)))
        except Exception as error:  # whatever it is, it is compared
            return ("err",) + kind_of(error)

    def call(self, handle, name, *args, **kw):
        if name == "close":
            self.sockets[handle].close()
            return ("ok", None)
        return self.perform(getattr(self.sockets[handle], name), args, kw)

    def fn(self, name, *args, **kw):
        return self.perform(getattr(socket, name), args, kw)

    def start(self, handle, name, *args):
        ended = []
        thread = threading.Thread(target=lambda: ended.append(self.call(handle, name, *args)), daemon=True)
        thread.start()
        return thread, ended

    def end(self, ticket):
        thread, ended = ticket
        thread.join(OURS_WAITS)
        return ended[0] if ended else ("hangs",)

    def finish(self):
        for made in self.sockets.values():
            made.close()


def to_json(value):
    if isinstance(value, bytes):
        return {"b": base64.b64encode(value).decode()}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    return value


def from_json(value):
    if isinstance(value, dict):
        if "b" in value:
            return base64.b64decode(value["b"])
        if "peer" in value:
            return (("socket", value["h"]), from_json(value["peer"]))
        if isinstance(value["h"], list):
            return tuple(("socket", handle) for handle in value["h"])
        return ("socket", value["h"])
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    return value


class Ours:
    """sockbench-cli calls --stdio. Its handles are mapped to the numbers that Theirs gives."""

    def __init__(self, cli):
        self.process = subprocess.Popen([cli, "calls", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.answers = {}
        self.came = threading.Condition()
        self.handles = {}
        self.last_id = 0
        self.last = 0
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            answer = json.loads(line)
            with self.came:
                self.answers[answer["id"]] = answer
                self.came.notify_all()

    def send(self, request):
        self.last_id += 1
        request["id"] = self.last_id
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        return self.last_id

    def number(self, value):
        if isinstance(value, tuple) and len(value) == 2 and value[0] == "socket":
            self.last += 1
            self.handles[self.last] = value[1]
            return ("socket", self.last)
        if isinstance(value, tuple):
            return tuple(self.number(item) for item in value)
        return value

    def end(self, ticket):
        with self.came:
            if not self.came.wait_for(lambda: ticket in self.answers, OURS_WAITS):
                return ("hangs",)
            answer = self.answers.pop(ticket)
        if "err" in answer:
            return ("err", answer["err"]["type"], answer["err"].get("errno"))
        return ("ok", self.number(from_json(answer["ok"])))

    def start(self, handle, name, *args, **kw):
        request = {"op": name, "h": self.handles[handle], "args": to_json(args)}
        if kw:
            request["kw"] = {key: to_json(value) for key, value in kw.items()}
        return self.send(request)

    def call(self, handle, name, *args, **kw):
        return self.end(self.start(handle, name, *args, **kw))

    def fn(self, name, *args, **kw):
        return self.end(self.send({"op": "fn", "name": name, "args": to_json(args),
                                   "kw": {key: to_json(value) for key, value in kw.items()}}))

    def finish(self):
        self.process.stdin.close()
        self.process.wait(OURS_WAITS)
        if self.process.returncode != 0:
            raise SystemExit(f"calls --stdio ended with {self.process.returncode}")


class Bench:
    """What a sequence works with: each call's end is kept for the comparison."""

    def __init__(self, side, folder):
        self.side = side
        self.folder = folder
        self.ends = []
        self.ports = {}
        self.paths = 0

    def even(self, value):
        """Ports that the kernel chose, and paths in the folder, as they come."""
        if isinstance(value, tuple):
            if len(value) in (2, 4) and isinstance(value[0], str) and isinstance(value[1], int) and value[1] > 1023:
                return (value[0], f"port {self.ports.setdefault(value[1], len(self.ports))}") + value[2:]
            return tuple(self.even(item) for item in value)
        if isinstance(value, str):
            return value.replace(self.folder, "FOLDER")
        return value

    def keep(self, label, end):
        self.ends.append((label, self.even(end)))
        return end[1] if end[0] == "ok" else None

    def call(self, handle, name, *args, **kw):
        return self.keep(f"{name}{args!r}"[:100], self.side.call(handle, name, *args, **kw))

    def fn(self, name, *args, **kw):
        return self.keep(f"{name}{args!r}"[:100], self.side.fn(name, *args, **kw))

    def start(self, handle, name, *args):
        return name, self.side.start(handle, name, *args)

    def end(self, ticket):
        return self.keep(ticket[0], self.side.end(ticket[1]))

    def wait_until_it_waits(self):
        """Time for a call on a thread to reach the kernel; nothing depends on whether it suffices."""
        threading.Event().wait(0.05)

    def socket(self, family, kind, proto=0):
        return self.fn("socket", family, kind, proto)[1]

    def fresh(self, family):
        if family == socket.AF_UNIX:
            self.paths += 1
            return f"{self.folder}/{self.paths}"
        return ("::1" if family == socket.AF_INET6 else "127.0.0.1", 0)

    def bound(self, family, kind):
        made = self.socket(family, kind)
        where = self.fresh(family)
        self.side.call(made, "bind", where)
        return made, self.side.call(made, "getsockname")[1]

    def pair(self, family, kind):
        """Two sockets that talk to each other."""
        if kind == socket.SOCK_DGRAM:
            one, one_name = self.bound(family, kind)
            other, other_name = self.bound(family, kind)
            self.call(one, "connect", other_name)
            self.call(other, "connect", one_name)
            return one, other
        listener, name = self.bound(family, kind)
        self.call(listener, "listen", 4)
        client = self.socket(family, kind)
        self.call(client, "connect", name)
        server = self.call(listener, "accept")[0][1]
        self.call(listener, "close")
        return client, server


SEQUENCES = {}


def sequence(function):
    SEQUENCES[function.__name__] = function
    return function


KINDS = {
    "tcp": (socket.AF_INET, socket.SOCK_STREAM), "tcp6": (socket.AF_INET6, socket.SOCK_STREAM),
    "unix": (socket.AF_UNIX, socket.SOCK_STREAM), "udp": (socket.AF_INET, socket.SOCK_DGRAM),
    "udp6": (socket.AF_INET6, socket.SOCK_DGRAM), "unix_dgram": (socket.AF_UNIX, socket.SOCK_DGRAM),
    "seqpacket": (socket.AF_UNIX, socket.SOCK_SEQPACKET),
}
STREAMS = ("tcp", "tcp6", "unix")
CONNECTED = STREAMS + ("seqpacket",)
DATAGRAMS = ("udp", "udp6", "unix_dgram")


def each(*kinds):
    """The sequence once for each kind of socket."""
    def register(function):
        for kind in kinds or KINDS:
            SEQUENCES[f"{function.__name__}_{kind}"] = lambda b, kind=kind: function(b, *KINDS[kind])
        return function
    return register


@each()
def echo(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"hello\x00\xff")
    b.call(other, "recv", 100)
    b.call(other, "sendall", b"back")
    b.call(one, "recv", 100)


@each()
def names(b, family, kind):
    one, other = b.pair(family, kind)
    for end in (one, other):
        b.call(end, "getsockname")
        b.call(end, "getpeername")


@each()
def short_buffer(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"0123456789")
    b.call(other, "settimeout", 0.05)
    for size in (3, 3, 100):
        b.call(other, "recv", size)


@each()
def peek(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"abc")
    b.call(other, "recv", 2, socket.MSG_PEEK)
    b.call(other, "recv", 10, socket.MSG_PEEK)
    b.call(other, "recv", 10)


@each()
def truncation_is_told(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"0123456789")
    b.call(other, "recvmsg", 4)
    b.call(one, "send", b"0123456789")
    b.call(other, "recv", 4, socket.MSG_PEEK)


@each()
def nothing_there(b, family, kind):
    one, _ = b.pair(family, kind)
    b.call(one, "setblocking", False)
    b.call(one, "recv", 1)
    b.call(one, "recvfrom", 1)
    b.call(one, "recvmsg", 1)
    b.call(one, "gettimeout")


@each()
def timeouts(b, family, kind):
    one, _ = b.pair(family, kind)
    b.call(one, "settimeout", 0.02)
    b.call(one, "gettimeout")
    b.call(one, "recv", 1)
    b.call(one, "recvfrom", 1)
    b.call(one, "recvmsg", 1)
    b.call(one, "settimeout", None)
    b.call(one, "recv", 1, socket.MSG_DONTWAIT)


@each()
def gathered(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "sendmsg", (b"a", b"", b"bc"))
    b.call(other, "recvmsg", 100, 100)


@each()
def an_empty_message(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"")
    b.call(one, "sendall", b"")
    b.call(other, "settimeout", 0.05)
    b.call(other, "recv", 10)
    b.call(other, "recv", 0)


@each()
def options(b, family, kind):
    one = b.socket(family, kind)
    for option in ("SO_REUSEADDR", "SO_KEEPALIVE", "SO_BROADCAST", "SO_TYPE", "SO_ERROR"):
        b.call(one, "getsockopt", socket.SOL_SOCKET, getattr(socket, option))
        b.call(one, "setsockopt", socket.SOL_SOCKET, getattr(socket, option), 1)
        b.call(one, "getsockopt", socket.SOL_SOCKET, getattr(socket, option))
    b.call(one, "getsockopt", socket.SOL_SOCKET, socket.SO_LINGER, 8)
    b.call(one, "setsockopt", socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\x02\0\0\0")
    b.call(one, "getsockopt", socket.SOL_SOCKET, socket.SO_LINGER, 8)
    b.call(one, "setsockopt", socket.SOL_SOCKET, 4711, 1)
    b.call(one, "getsockopt", 4711, 1)


@each()
def before_it_is_connected(b, family, kind):
    one = b.socket(family, kind)
    b.call(one, "setblocking", False)
    b.call(one, "getpeername")
    b.call(one, "getsockname")
    b.call(one, "send", b"x")
    b.call(one, "recv", 1)
    b.call(one, "accept")
    b.call(one, "shutdown", socket.SHUT_RDWR)
    b.call(one, "listen", 1)


@each(*CONNECTED)
def half_close(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(one, "send", b"last words")
    b.call(one, "shutdown", socket.SHUT_WR)
    b.call(one, "send", b"x")
    b.call(other, "recv", 100)
    b.call(other, "recv", 100)
    b.call(other, "send", b"answer")
    b.call(one, "recv", 100)
    b.call(other, "shutdown", socket.SHUT_WR)
    b.call(one, "recv", 100)
    b.call(one, "shutdown", 9)


@each(*CONNECTED)
def the_reading_side_shut(b, family, kind):
    one, _ = b.pair(family, kind)
    b.call(one, "shutdown", socket.SHUT_RD)
    b.call(one, "recv", 100)


@each(*CONNECTED)
def the_peer_has_gone(b, family, kind):
    one, other = b.pair(family, kind)
    b.call(other, "close")
    b.call(one, "recv", 10)
    b.call(one, "send", b"x")
    b.call(one, "settimeout", 5.0)
    b.call(one, "recv", 10)
    b.call(one, "send", b"x")


@each(*CONNECTED)
def an_accept_that_waits(b, family, kind):
    listener, name = b.bound(family, kind)
    b.call(listener, "listen", 4)
    waits = b.start(listener, "accept")
    b.wait_until_it_waits()
    b.call(listener, "getsockname")
    client = b.socket(family, kind)
    b.call(client, "connect", name)
    server = b.end(waits)[0][1]
    b.call(server, "send", b"hello")
    b.call(client, "recv", 10)


@each()
def a_receiver_that_waits(b, family, kind):
    one, other = b.pair(family, kind)
    waits = b.start(one, "recv", 10)
    b.wait_until_it_waits()
    b.call(one, "send", b"meanwhile")
    b.call(other, "recv", 10)
    b.call(other, "send", b"now")
    b.end(waits)


@each(*STREAMS)
def a_sender_that_waits(b, family, kind):
    one, other = b.pair(family, kind)
    waits = b.start(one, "sendall", b"x" * (8 << 20))
    left = 8 << 20
    while left > 0:
        got = b.side.call(other, "recv", 1 << 20)
        if got[0] != "ok" or not got[1]:
            b.keep("recv", got)
            break
        left -= len(got[1])
    b.end(waits)


@each(*STREAMS)
def all_of_it(b, family, kind):
    one, other = b.pair(family, kind)
    waits = b.start(other, "recv", 6, socket.MSG_WAITALL)
    b.call(one, "send", b"abc")
    b.wait_until_it_waits()
    b.call(one, "send", b"def")
    b.end(waits)


@each(*STREAMS)
def a_send_that_times_out(b, family, kind):
    one, _ = b.pair(family, kind)
    b.call(one, "settimeout", 0.1)
    b.call(one, "sendall", b"x" * (16 << 20))


@each(*CONNECTED)
def connecting_twice(b, family, kind):
    listener, name = b.bound(family, kind)
    b.call(listener, "listen", 4)
    client = b.socket(family, kind)
    b.call(client, "connect", name)
    b.call(client, "connect", name)
    b.call(client, "connect_ex", name)


@each()
def nobody_is_there(b, family, kind):
    other, name = b.bound(family, kind)
    b.call(other, "close")
    one = b.socket(family, kind)
    b.call(one, "connect_ex", name)
    b.call(one, "settimeout", 2.0)
    b.call(one, "connect", name)
    b.call(one, "send", b"x")
    b.call(one, "recv", 10)


@each()
def bound_twice(b, family, kind):
    one, name = b.bound(family, kind)
    other = b.socket(family, kind)
    b.call(other, "bind", name)
    b.call(one, "bind", name)


@each(*DATAGRAMS)
def to_an_address(b, family, kind):
    one, name = b.bound(family, kind)
    other, back = b.bound(family, kind)
    b.call(other, "sendto", b"one", name)
    b.call(other, "sendto", b"two", 0, name)
    b.call(other, "sendmsg", (b"th", b"ree"), (), 0, name)
    for _ in range(3):
        b.call(one, "recvfrom", 2)
    b.call(one, "sendto", b"x" * 100_000, back)
    b.call(one, "sendto", b"x", socket.MSG_DONTWAIT)


@each(*DATAGRAMS)
def cut_datagrams(b, family, kind):
    one, other = b.pair(family, kind)
    for flags in (0, socket.MSG_TRUNC, socket.MSG_PEEK):
        b.call(one, "send", b"0123456789")
        b.call(other, "recvmsg", 4, 0, flags)
    b.call(other, "recvmsg", 100)


@each()
def a_copy(b, family, kind):
    one, other = b.pair(family, kind)
    copy = b.call(one, "dup")[1]
    b.call(one, "close")
    b.call(copy, "send", b"through the copy")
    b.call(other, "recv", 100)
    b.call(copy, "gettimeout")


@each("unix", "unix_dgram", "seqpacket")
def descriptors_travel(b, family, kind):
    one, other = b.pair(family, kind)
    with open(os.devnull, "rb") as null:
        rights = socket.SCM_RIGHTS
        if isinstance(b.side, Ours):
            descriptor = b.side.call(one, "fileno")[1]
        else:
            descriptor = null.fileno()
        packed = descriptor.to_bytes(4, sys.byteorder)
        b.call(one, "sendmsg", (b"x",), ((socket.SOL_SOCKET, rights, packed),))
        got = b.side.call(other, "recvmsg", 10, socket.CMSG_SPACE(4))
        b.keep("recvmsg", (got[0], (got[1][0], [(level, kind, len(data)) for level, kind, data in got[1][1]], got[1][2])))
        b.call(one, "sendmsg", (b"x",), ((socket.SOL_SOCKET, rights, packed * 2),))
        got = b.side.call(other, "recvmsg", 10, socket.CMSG_LEN(4))
        b.keep("cut", (got[0], (got[1][0], [(level, kind, len(data)) for level, kind, data in got[1][1]], got[1][2])))


@each("unix", "unix_dgram", "seqpacket")
def bad_ancillary_data(b, family, kind):
    one, _ = b.pair(family, kind)
    for control in (((socket.SOL_SOCKET, socket.SCM_RIGHTS, b"abc"),), ((socket.SOL_SOCKET, socket.SCM_RIGHTS, b"\xff" * 4),),
                    ((socket.SOL_SOCKET, 99, b""),), ((1, 2),), (1,), 1, ((1, 2, "x"),), ((2**40, 1, b""),)):
        b.call(one, "sendmsg", (b"x",), control)


@each("udp", "udp6")
def packet_information(b, family, kind):
    one, name = b.bound(family, kind)
    other = b.socket(family, kind)
    level, option = ((socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT) if family == socket.AF_INET6
                     else (socket.IPPROTO_IP, socket.IP_RECVTOS))
    b.call(one, "setsockopt", level, option, 1)
    b.call(other, "sendto", b"x", name)
    b.call(one, "recvmsg", 10, 100)
    b.call(other, "sendto", b"x", name)
    b.call(one, "recvmsg", 10, socket.CMSG_LEN(0))


@sequence
def two_receivers_in_turn(b):
    one, other = b.pair(socket.AF_UNIX, socket.SOCK_STREAM)
    first = b.start(one, "recv", 3)
    b.wait_until_it_waits()
    b.call(other, "send", b"one")
    b.end(first)
    second = b.start(one, "recv", 3)
    b.wait_until_it_waits()
    b.call(other, "send", b"two")
    b.end(second)


@sequence
def many_side_by_side(b):
    pairs = [b.pair(socket.AF_UNIX, socket.SOCK_STREAM) for _ in range(20)]
    waits = [b.start(one, "recv", 10) for one, _ in pairs]
    for number, (_, other) in reversed(list(enumerate(pairs))):
        b.call(other, "send", str(number).encode())
    for ticket in waits:
        b.end(ticket)


@sequence
def shutting_down_wakes_accept(b):
    listener, _ = b.bound(socket.AF_INET, socket.SOCK_STREAM)
    b.call(listener, "listen", 1)
    waits = b.start(listener, "accept")
    b.wait_until_it_waits()
    b.call(listener, "shutdown", socket.SHUT_RDWR)
    b.end(waits)


@sequence
def a_connect_that_is_in_progress(b):
    listener, name = b.bound(socket.AF_INET, socket.SOCK_STREAM)
    b.call(listener, "listen", 1)
    client = b.socket(socket.AF_INET, socket.SOCK_STREAM)
    b.call(client, "setblocking", False)
    b.call(client, "connect_ex", name)
    b.call(listener, "accept")


@sequence
def a_full_backlog(b):
    listener, name = b.bound(socket.AF_UNIX, socket.SOCK_STREAM)
    b.call(listener, "listen", 0)
    first = b.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    b.call(first, "connect", name)
    second = b.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    b.call(second, "settimeout", 0.05)
    b.call(second, "connect", name)
    b.call(second, "setblocking", False)
    b.call(second, "connect", name)
    b.call(second, "settimeout", None)
    waits = b.start(second, "connect", name)
    b.wait_until_it_waits()
    b.call(listener, "accept")
    b.end(waits)


@sequence
def urgent_data(b):
    one, other = b.pair(socket.AF_INET, socket.SOCK_STREAM)
    b.call(one, "send", b"ab", socket.MSG_OOB)
    b.call(other, "recv", 1, socket.MSG_WAITALL)
    b.call(other, "recv", 1, socket.MSG_OOB)
    b.call(other, "recv", 1, socket.MSG_OOB)


@sequence
def paths_of_any_bytes(b):
    one = b.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    b.call(one, "bind", b.fresh(socket.AF_UNIX)[:-1] + "\udcff\udc80")
    kept = b.side.call(one, "getsockname")
    b.keep("getsockname", (kept[0], kept[1][-2:]))
    for path in ("\ud800", "x" * 108, "x" * 200, "", b"\0" + b"x" * 108, "a\0b", 7, None, ("x",)):
        b.call(b.socket(socket.AF_UNIX, socket.SOCK_DGRAM), "connect", path)


@sequence
def kinds_that_are_none(b):
    for arguments in ((2, 99), (99, 1), (2, 1, 17), (2, 2, 6), (-1, 1), (2, -1, 0), (1, 1, 5), (16, 3, 999), (10, 1)):
        b.fn("socket", *arguments)
    for arguments in ((), (1,), (1, 2), (1, 5), (2, 1), (1, 1, 9)):
        b.fn("socketpair", *arguments)


@sequence
def conversions(b):
    for number in (0, 1, 255, 65535, 65536, -1, 2**32 - 1, 2**32, 2**64, True, 1.5, "1", None):
        for name in ("htons", "ntohs", "htonl", "ntohl", "CMSG_LEN", "CMSG_SPACE"):
            b.fn(name, number)


@sequence
def addresses_as_text(b):
    for text in ("1.2.3.4", "127.1", "0x7f.1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "", " 1.2.3.4", "1.2.3.4 ", "::1", "a\0b", 7, None, b"1.2.3.4"):
        b.fn("inet_aton", text)
        b.fn("inet_pton", socket.AF_INET, text)
        b.fn("inet_pton", socket.AF_INET6, text)
    for packed in (b"\1\2\3\4", b"", b"123", b"12345", b"x" * 16, "1234", None, 7):
        b.fn("inet_ntoa", packed)
        b.fn("inet_ntop", socket.AF_INET, packed)
        b.fn("inet_ntop", socket.AF_INET6, packed)
    b.fn("inet_pton", 99, "1.2.3.4")
    b.fn("inet_ntop", 99, b"1234")


@sequence
def look_ups(b):
    for arguments in (("127.0.0.1", 80), ("127.0.0.1", "http"), (None, 7), ("::1", 7), ("127.0.0.1", None), (None, None),
                      ("127.0.0.1", "no such service"), ("127.0.0.1", -1), ("127.0.0.1", 65536), ("a" * 300, 1), ("\ud800", 1),
                      (7, 7), ("127.0.0.1", 1.5), (b"127.0.0.1", b"80"), ("127.0.0.1", 2**64)):
        b.fn("getaddrinfo", *arguments, 0, socket.SOCK_STREAM)
        b.fn("getaddrinfo", *arguments, socket.AF_INET6, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
    for name in ("127.0.0.1", "localhost", "", "300.1.1.1.", 7, None, "\ud800", "a\0b"):
        b.fn("gethostbyname", name)
    for name in ("http", "no such service", "", 7, None):
        b.fn("getservbyname", name)
        b.fn("getservbyname", name, "udp")
        b.fn("getprotobyname", name)
    for number in (80, 0, -1, 65536, 2**40, "80", None):
        b.fn("getservbyport", number)
        b.fn("if_indextoname", number)
    for name in ("lo", "no such thing", "", "x" * 40, 7, None, b"lo"):
        b.fn("if_nametoindex", name)
    for address in (("127.0.0.1", 80), ("127.0.0.1",), ("127.0.0.1", 65536), ("127.0.0.1", -1), ("::1", 80, 0, 0), ("::1", 80, -1, 0),
                    ("::1", 80, 2**20, 0), ("localhost", 1), 7, ("127.0.0.1", "80"), "127.0.0.1"):
        b.fn("getnameinfo", address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)


# Values of every type, for every argument of every call.
VALUES = (None, True, -1, 0, 7, 2**31, 2**63, 2**64, -2**63 - 1, 1.5, "text", "\ud800", b"bytes", (), ("127.0.0.1", 0), ("127.0.0.1",), (1, 2, 3))
LARGE = (2**31,)  # a length of it would be asked for
LENGTHS = {"recv", "recvfrom", "recvmsg", "getsockopt"}
METHODS = {"bind": 1, "listen": 1, "accept": 0, "connect": 1, "connect_ex": 1, "shutdown": 1, "send": 2, "sendall": 2, "sendto": 3,
           "sendmsg": 4, "recv": 2, "recvfrom": 2, "recvmsg": 3, "getsockopt": 3, "setsockopt": 4, "setblocking": 1, "settimeout": 1,
           "gettimeout": 0, "getsockname": 0, "getpeername": 0, "dup": 0, "fileno": 0}
GOOD = {"send": (b"x", 0), "sendall": (b"x", 0), "sendto": (b"x", 0, ("127.0.0.1", 9)), "sendmsg": ((b"x",), (), 0, ("127.0.0.1", 9)),
        "recv": (10, 0), "recvfrom": (10, 0), "recvmsg": (10, 0, 0), "getsockopt": (1, 2, 4), "setsockopt": (1, 2, 1, 4),
        "bind": (("127.0.0.1", 0),), "listen": (1,), "connect": (("127.0.0.1", 9),), "connect_ex": (("127.0.0.1", 9),),
        "shutdown": (2,), "setblocking": (True,), "settimeout": (1.0,)}


def argument_errors(method):
    def run(b):
        made = b.socket(socket.AF_INET, socket.SOCK_DGRAM)
        b.call(made, "setblocking", False)
        most = METHODS[method]
        good = GOOD.get(method, ())
        for count in range(most + 2):
            b.side.call(made, "setblocking", False)
            kept = b.side.call(made, method, *(good + (0, 0))[:count])
            if kept[0] == "err" or method not in ("dup", "fileno"):
                b.keep(f"{method} with {count} arguments", kept)
        for place, value in itertools.product(range(most), VALUES):
            if method in LENGTHS and value in LARGE:
                continue
            b.side.call(made, "setblocking", False)
            b.call(made, method, *good[:place], value, *good[place + 1:])
    return run


for name in METHODS:
    SEQUENCES[f"argument_errors_{name}"] = argument_errors(name)


@each("tcp", "tcp6", "unix")
def addresses_that_are_none(b, family, kind):
    made = b.socket(family, kind)
    b.call(made, "setblocking", False)
    for address in (None, 7, "text", b"\0x", (), ("127.0.0.1",), ("127.0.0.1", 0), ("127.0.0.1", 65536), ("127.0.0.1", -1), ("127.0.0.1", 2**70),
                    ("127.0.0.1", "0"), (None, 0), (7, 0), ("", 0), ("::1", 0), ("::1", 0, 0, 0), ("::1", 0, -1, 0), ("::1", 0, 2**20, 0),
                    ("::1", 0, 0, 2**32), ("::1", 0, 0, 0, 0), ("::1%99999", 0), ("<broadcast>", 0), ("300.1.1.1", 0), ("a\0b", 0), ("\ud800", 0)):
        b.call(made, "connect_ex", address)
        b.call(b.socket(family, kind), "bind", address)


def compare(cli, name, run):
    ends = []
    for make in (Theirs, lambda: Ours(cli)):
        with tempfile.TemporaryDirectory(prefix="sbx") as folder:
            os.chdir(folder)  # relative paths of UNIX sockets
            side = make()
            bench = Bench(side, folder)
            try:
                run(bench)
            except Exception as error:  # the sequence cannot go on: what came so far is compared
                bench.ends.append(("stopped", repr(error)))
                if os.environ.get("SHOW_STOPS"):
                    print(name, "stopped:", repr(error))
            side.finish()
            os.chdir("/")
            ends.append(bench.ends)
    theirs, ours = ends
    differences = 0
    for mine, other in itertools.zip_longest(theirs, ours):
        label = (mine or other)[0]
        if (mine or (0, 0))[1] != (other or (0, 0))[1]:
            print(f"{name}: {label}\n    python3:   {str(mine and mine[1])[:200]}\n    sockbench: {str(other and other[1])[:200]}")
            differences += 1
    return differences, len(theirs)


def main():
    cli, *chosen = sys.argv[1:]
    cli = os.path.abspath(cli)
    differences = calls = count = 0
    for name, run in SEQUENCES.items():
        if chosen and name not in chosen:
            continue
        differing, made = compare(cli, name, run)
        differences += differing
        calls += made
        count += 1
    print(f"{count} sequences, {calls} calls, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
