"""Carries out rows of calls with Python's socket module.

Reads rows, one a line, as call_rows.txt has them; answers one line for each: what its last statement came to.
    value<TAB>REPR      os<TAB>NUMBER<TAB>TEXT      gai ...      herror ...      timeout<TAB>0<TAB>TEXT
    value-error, overflow, type<TAB>0<TAB>TEXT
A socket is written <socket>.
"""

import enum
import socket
import sys
import warnings

SETUP = """
s = socket(AF_INET, SOCK_STREAM)
d = socket(AF_INET, SOCK_DGRAM)
s6 = socket(AF_INET6, SOCK_DGRAM)
u = socket(AF_UNIX, SOCK_DGRAM)
a, b = socketpair()
p, q = socketpair(AF_UNIX, SOCK_DGRAM)
"""

send_opened_file = socket.socket.sendfile


def sendfile(self, file, offset=0, count=None):
    with open(file, "rb") as opened:
        return send_opened_file(self, opened, offset, count)


class Shown:
    def __repr__(self):
        return "<socket>"


def plain(value):
    if isinstance(value, (tuple, list)):
        return type(value)(plain(item) for item in value)
    if isinstance(value, socket.socket):
        return Shown()
    return int(value) if isinstance(value, enum.Enum) else value


def kind_of(error):
    if isinstance(error, socket.gaierror):
        return "gai"
    if isinstance(error, socket.herror):
        return "herror"
    if isinstance(error, TimeoutError) and error.errno is None:
        return "timeout"
    for kind, name in ((OSError, "os"), (OverflowError, "overflow"), (ValueError, "value-error"),
                       (TypeError, "type")):
        if isinstance(error, kind):
            return name
    return type(error).__name__


def told(error):
    number = getattr(error, "errno", None) or 0
    text = error.strerror if number else str(error)
    return f"{kind_of(error)}\t{number}\t{text!r}"


def run(statement, names):
    """The statement's value: of an assignment, what is assigned."""
    target, equals, value = statement.partition(" = ")
    if not equals or "(" in target:
        return eval(statement, names)
    names["_"] = eval(value, names)
    exec(f"{target} = _", names)
    return names["_"]


def answer(row):
    names = {name: getattr(socket, name) for name in socket.__all__}
    exec(SETUP, names)
    try:
        for statement in row.split(" ;; "):
            try:
                came = "value\t" + repr(plain(run(statement, names)))
            except Exception as error:  # whatever a call raises is its answer
                came = told(error)
        return came
    finally:
        socket.setdefaulttimeout(None)


socket.socket.sendfile = sendfile
warnings.simplefilter("ignore")
sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
for line in sys.stdin:
    print(answer(line.rstrip("\n")), flush=True)
