"""Sequences of calls: written scenarios, and generated ones with a fixed seed. @x is a variable of its sequence."""
import random

SCENARIOS = {
    "a TCP conversation": """
@l = socket(AF_INET, SOCK_STREAM)
@l.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
@l.bind(("127.0.0.1", 0))
@l.listen(5)
@name = @l.getsockname()
@c = socket(AF_INET, SOCK_STREAM)
@c.settimeout(5)
@c.connect(@name)
@conn, @addr = @l.accept()
@conn.settimeout(5)
@c.sendall(b"hello\\x00")
@conn.recv(3)
@conn.recv(100)
@conn.send(b"answer")
@c.recv(100, MSG_PEEK)
@c.recv(6, MSG_WAITALL)
@c.shutdown(SHUT_WR)
@conn.recv(10)
@conn.recv(10)
@conn.close()
@c.recv(10)
@c.close()
@c.close()
@c.recv(1)
@l.close()
""",
    "half-close in both directions": """
@a, @b = socketpair(AF_UNIX, SOCK_STREAM)
@a.settimeout(5)
@b.settimeout(5)
@a.shutdown(SHUT_WR)
@a.send(b"x")
@b.recv(10)
@b.send(b"still")
@a.recv(10)
@a.shutdown(SHUT_RD)
@a.recv(10)
@b.send(b"x")
@b.shutdown(SHUT_RDWR)
@b.recv(1)
@b.shutdown(9)
""",
    "UDP: datagrams, cut and peeked at": """
@a = socket(AF_INET, SOCK_DGRAM)
@a.settimeout(5)
@a.bind(("127.0.0.1", 0))
@b = socket(AF_INET, SOCK_DGRAM)
@b.settimeout(5)
@to = @a.getsockname()
@b.sendto(b"abcdef", @to)
@b.sendto(b"", @to)
@b.sendto(b"third", 0, @to)
@a.recvfrom(3, MSG_PEEK)
@a.recvfrom(3)
@a.recvfrom(3)
@data, @from = @a.recvfrom(100)
@a.sendto(@data, @from)
@b.recv(100)
@b.send(b"no peer")
@b.getpeername()
@b.connect(@to)
@b.send(b"now")
@a.recv(100)
@b.getpeername()
@b.sendto(b"elsewhere", ("127.0.0.1", 1))
@a.sendto(bytes(70000), @from)
""",
    "UDP: nobody there": """
@a = socket(AF_INET, SOCK_DGRAM)
@a.settimeout(5)
@a.connect(("127.0.0.1", 1))
@a.send(b"x")
@a.recv(10)
@a.send(b"x")
@a.send(b"x")
@a.getsockopt(SOL_SOCKET, SO_ERROR)
""",
    "UNIX datagrams by abstract names": """
@a = socket(AF_UNIX, SOCK_DGRAM)
@a.settimeout(5)
@a.bind(b"\\0sockbench differential a")
@b = socket(AF_UNIX, SOCK_DGRAM)
@b.settimeout(5)
@b.sendto(b"unnamed", b"\\0sockbench differential a")
@a.recvfrom(100)
@b.bind("\\0sockbench differential b")
@b.connect(b"\\0sockbench differential a")
@b.send(b"named")
@a.recvfrom(100)
@back = @b.getsockname()
@a.sendto(b"back", @back)
@b.getpeername()
@b.bind(b"")
@a.bind(b"\\0another")
@a.connect("/nonexistent/sockbench")
@b.close()
@a.sendto(b"x", b"\\0sockbench differential b")
@a.sendto(b"x", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
""",
    "UNIX streams, accept and names": """
@l = socket(AF_UNIX, SOCK_STREAM)
@l.bind(b"\\0sockbench differential l")
@l.listen(1)
@c = socket(AF_UNIX)
@c.connect(b"\\0sockbench differential l")
@conn, @addr = @l.accept()
@conn.getsockname()
@conn.getpeername()
@c.getsockname()
@c.getpeername()
@conn.sendmsg([b"one", b"two", bytearray(2)])
@c.recvmsg(100, 100)
@c.close()
@conn.send(b"x")
@conn.recv(1)
@d = socket(AF_UNIX, SOCK_DGRAM)
@d.connect(b"\\0sockbench differential l")
@e = socket(AF_UNIX)
@e.bind(b"\\0sockbench differential l")
@e.listen()
@e.accept()
""",
    "records keep their bounds": """
@a, @b = socketpair(AF_UNIX, SOCK_SEQPACKET)
@a.settimeout(5)
@b.settimeout(5)
@a.send(b"first record")
@a.send(b"second")
@b.recv(5)
@b.recvmsg(3)
@b.settimeout(0.02)
@b.recv(100, MSG_DONTWAIT)
@a.send(b"x" b"y")
@b.recvmsg(100, 0, MSG_PEEK)
@b.recv(100)
@a.close()
@b.recv(1)
@b.send(b"x")
""",
    "time-outs and waiting": """
@a, @b = socketpair()
@a.gettimeout()
@a.getblocking()
@a.settimeout(0.02)
@a.recv(1)
@a.recvfrom(1)
@a.recvmsg(1)
@a.gettimeout()
@a.settimeout(0)
@a.recv(1)
@a.accept()
@a.getblocking()
@a.setblocking(True)
@a.gettimeout()
@a.settimeout(None)
@a.settimeout(-1)
@a.settimeout("1")
@a.settimeout(1e400)
@a.settimeout(1e10)
@a.settimeout(True)
@a.gettimeout()
@a.setblocking(False)
@a.recv(1)
@b.send(b"x")
@a.recv(1)
poll([(@a, POLLIN), (@b, POLLOUT)], 0)
poll([(@a, POLLIN)], 0.01)
poll([], 0)
@l = socket()
@l.settimeout(0.02)
@l.bind(("127.0.0.1", 0))
@l.listen(1)
@l.accept()
""",
    "default time-out": """
getdefaulttimeout()
setdefaulttimeout(0.02)
getdefaulttimeout()
@a, @b = socketpair()
@a.gettimeout()
@a.recv(1)
setdefaulttimeout(-1)
setdefaulttimeout("x")
setdefaulttimeout(None)
@s = socket()
@s.gettimeout()
""",
    "options": """
@s = socket(AF_INET, SOCK_STREAM)
@s.getsockopt(SOL_SOCKET, SO_TYPE)
@s.getsockopt(SOL_SOCKET, SO_DOMAIN)
@s.getsockopt(SOL_SOCKET, SO_REUSEADDR)
@s.setsockopt(SOL_SOCKET, SO_REUSEADDR, True)
@s.getsockopt(SOL_SOCKET, SO_REUSEADDR)
@s.setsockopt(SOL_SOCKET, SO_LINGER, b"\\x01\\0\\0\\0\\x05\\0\\0\\0")
@s.getsockopt(SOL_SOCKET, SO_LINGER, 8)
@s.getsockopt(SOL_SOCKET, SO_LINGER, 4)
@s.getsockopt(SOL_SOCKET, SO_LINGER, 1024)
@s.getsockopt(SOL_SOCKET, SO_LINGER, 1025)
@s.getsockopt(SOL_SOCKET, SO_LINGER, -1)
@s.setsockopt(SOL_SOCKET, SO_LINGER, b"\\x01")
@s.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
@s.getsockopt(SOL_SOCKET, SO_RCVBUF)
@s.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
@s.getsockopt(IPPROTO_TCP, TCP_NODELAY)
@s.getsockopt(SOL_SOCKET, 9999)
@s.setsockopt(9999, 1, 1)
@s.setsockopt(SOL_SOCKET, SO_TYPE, 1)
@s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, None)
@s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, None, 4)
@s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, "x")
@s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 99999999999)
@s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1.5)
@s.setsockopt(SOL_SOCKET)
@s.setsockopt(IPPROTO_IP, IP_TTL, 0)
@s.setsockopt(IPPROTO_IP, IP_TTL, 9)
@s.getsockopt(IPPROTO_IP, IP_TTL)
@s.setsockopt(SOL_SOCKET, SO_RCVTIMEO, bytes(16))
@s.getsockopt(SOL_SOCKET, SO_RCVTIMEO, 16)
""",
    "control messages: TTL and packet info": """
@a = socket(AF_INET, SOCK_DGRAM)
@a.settimeout(5)
@a.bind(("127.0.0.1", 0))
@a.setsockopt(IPPROTO_IP, 12, 1)
@a.setsockopt(IPPROTO_IP, 13, 1)
@b = socket(AF_INET, SOCK_DGRAM)
@b.setsockopt(IPPROTO_IP, IP_TTL, 42)
@to = @a.getsockname()
@b.sendmsg([b"part", b"s"], [], 0, @to)
@a.recvmsg(100, CMSG_SPACE)
@a.recvmsg(100, 200, MSG_PEEK)
@a.recvmsg(100, 20, MSG_PEEK)
@a.recvmsg(100, 0, MSG_PEEK)
@a.recvmsg(2, 200)
@b.sendmsg([b"x"], [(IPPROTO_IP, IP_TTL, b"\\x07\\0\\0\\0")], 0, @to)
@a.recvmsg(100, 200)
@b.sendmsg([b"x"], [(IPPROTO_IP, IP_TTL, b"\\0\\0\\0\\0")], 0, @to)
@b.sendmsg([b"x"], [(1, 2)], 0, @to)
@b.sendmsg(b"abc", [], 0, @to)
@b.sendmsg([1], [], 0, @to)
""",
    "urgent byte": """
@l = socket()
@l.bind(("127.0.0.1", 0))
@l.listen(1)
@c = socket()
@c.settimeout(5)
@name = @l.getsockname()
@c.connect(@name)
@s, _ = @l.accept()
@s.settimeout(5)
@c.send(b"ab!", MSG_OOB)
@s.recv(10)
@s.settimeout(None)
@s.recv(1, MSG_OOB)
@s.recv(1, MSG_OOB)
@s.settimeout(0.02)
@s.recv(1, MSG_OOB)
""",
    "reset by linger": """
@l = socket()
@l.bind(("127.0.0.1", 0))
@l.listen(1)
@name = @l.getsockname()
@c = socket()
@c.settimeout(5)
@c.connect(@name)
@s, _ = @l.accept()
@s.settimeout(5)
@c.setsockopt(SOL_SOCKET, SO_LINGER, b"\\x01\\0\\0\\0\\0\\0\\0\\0")
@c.close()
@s.recv(1)
@s.recv(1)
@s.send(b"x")
@s.getpeername()
""",
    "non-blocking connect": """
@l = socket()
@l.bind(("127.0.0.1", 0))
@l.listen(1)
@name = @l.getsockname()
@c = socket()
@c.setblocking(False)
@c.connect_ex(@name)
poll([(@c, POLLOUT)], 5)
@c.getsockopt(SOL_SOCKET, SO_ERROR)
@c.connect_ex(@name)
@c.connect_ex(@name)
@d = socket()
@d.settimeout(5)
@d.connect_ex(("127.0.0.1", 1))
@d.connect_ex(("nothing", "x"))
@e = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK)
@e.gettimeout()
""",
    "IPv6": """
@l = socket(AF_INET6, SOCK_STREAM)
@l.bind(("::1", 0))
@l.listen(1)
@name = @l.getsockname()
@c = socket(AF_INET6)
@c.settimeout(5)
@c.connect(@name)
@c.getpeername()
@s, @addr = @l.accept()
@u = socket(AF_INET6, SOCK_DGRAM)
@u.bind(("::", 0, 0, 0))
@u.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 1)
@u.getsockopt(IPPROTO_IPV6, IPV6_V6ONLY)
@u.sendto(b"x", ("::1", 1, 0x100000, 0))
@u.sendto(b"x", ("::1", 1, -1, 0))
@u.sendto(b"x", ("::1", 1, 0, 0, 0))
@u.connect(("127.0.0.1", 1))
""",
    "buffers": """
@a, @b = socketpair(AF_UNIX, SOCK_DGRAM)
@b.settimeout(0.02)
@buf = bytearray(5)
@a.send(b"abcdefgh")
@b.recv_into(@buf)
@a.send(@buf)
@b.recv_into(@buf, 2)
@a.send(@buf)
@b.recvfrom_into(@buf)
@b.recv_into(@buf, 9)
@b.recv_into(@buf, -1)
@b.recv_into(b"fixed")
@b.recv_into("text")
@b.recv_into(@buf, flags=MSG_DONTWAIT)
@a.send(b"xyz")
@b.recv_into(buffer=@buf, nbytes=1)
@a.send(@buf)
@b.recv(100)
@b.recv(0)
@b.recv_into(bytearray())
""",
    "descriptors": """
@s = socket(AF_INET, SOCK_DGRAM)
@d = @s.dup()
@s.settimeout(3)
@e = @s.dup()
@d.gettimeout()
@e.gettimeout()
@fd = @s.detach()
@s.fileno()
@s.detach()
@s.getsockname()
@t = socket(fileno=@fd)
@t.getsockopt(SOL_SOCKET, SO_TYPE)
@t.close()
socket(fileno=@fd)
socket(fileno=-1)
socket(fileno="x")
@n = @d.fileno()
@u = fromfd(@n, AF_INET, SOCK_DGRAM)
@u.close()
@d.getsockname()
""",
    "look-ups and conversions": """
inet_pton(AF_INET, "1.2.3.4")
inet_pton(AF_INET, "1.2.3")
inet_pton(AF_INET6, "::ffff:1.2.3.4")
inet_pton(AF_UNIX, "x")
inet_ntop(AF_INET, b"\\x01\\x02\\x03\\x04")
inet_ntop(AF_INET, b"\\x01")
inet_ntop(99, b"\\x01")
inet_aton("0x7f.1")
inet_aton("nothing")
inet_ntoa(b"abcd")
inet_ntoa(b"abc")
htons(65535)
htons(65536)
htons(-1)
htonl(4294967296)
ntohs(1)
ntohl(0xffffffff)
ntohl(1.0)
CMSG_LEN(0)
CMSG_SPACE(5)
CMSG_LEN(-1)
CMSG_SPACE(99999999999999999999)
if_nametoindex("lo")
if_nametoindex("nosuch0")
if_indextoname(1)
if_indextoname(0)
if_indextoname(-1)
getservbyname("http", "tcp")
getservbyname("http", "nothing")
getservbyname("nosuchservice")
getservbyport(80)
getservbyport(65536)
getservbyport(-1)
getprotobyname("udp")
getprotobyname("nosuch")
getaddrinfo("127.0.0.1", 80, type=SOCK_STREAM)
getaddrinfo("127.0.0.1", "http", AF_INET, SOCK_STREAM)
getaddrinfo("::1", None, AF_INET)
getaddrinfo(None, None)
getaddrinfo("127.0.0.1", 80, type=99)
getaddrinfo(5, 80)
getaddrinfo("127.0.0.1", 1.5)
getnameinfo(("127.0.0.1", 80), NI_NUMERICHOST | NI_NUMERICSERV)
getnameinfo(("nothing", 80), NI_NUMERICHOST)
getnameinfo(("127.0.0.1",), 0)
getnameinfo("127.0.0.1", 0)
gethostbyname("127.0.0.1")
gethostbyname_ex("127.0.0.1")
""",
    "making sockets": """
socket(AF_INET, 99)
socket(999)
socket(AF_INET, SOCK_STREAM, IPPROTO_UDP)
socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP)
socket("x")
socket(AF_INET, None)
socket(AF_INET, SOCK_STREAM, 0, None, 5)
socket(family=AF_INET6, type=SOCK_DGRAM)
socket(what=5)
socketpair(AF_INET)
socketpair(AF_UNIX, 99)
socketpair(AF_UNIX, SOCK_DGRAM, 5)
socketpair("x")
socket(99999999999)
""",
}

INTEGERS = ["0", "1", "5", "100", "-1", "2**0", "99999999999999999999", "4294967296", "None", "'x'", "1.5", "True", "b'x'"]
INTEGERS.remove("2**0")
SMALL = ["0", "1", "2", "7", "100"]
DATA = ["b''", "b'x'", "b'hello\\x00world'", "bytes(100)", "bytearray(3)", "'text'", "5", "None", "[b'x']"]
FLAGS = ["0", "MSG_PEEK", "MSG_DONTWAIT", "MSG_PEEK | MSG_DONTWAIT", "MSG_OOB", "MSG_NOSIGNAL", "MSG_MORE", "'x'", "None",
         "99999999999"]
ADDRESSES = ["('127.0.0.1', 1)", "('127.0.0.1', 0)", "('127.0.0.1', 70000)", "('127.0.0.1', -1)", "('', 0)",
             "('127.0.0.1',)", "('127.0.0.1', '80')", "5", "None", "'/nonexistent/path'", "b'\\x00sockbench generated'",
             "('::1', 1)", "('::1', 1, 0, 0)", "['127.0.0.1', 1]", "('127.0.0.1', 1, 2)", "(1, 2)", "@name",
             "('<broadcast>', 9)", "''"]
OPTIONS = ["SOL_SOCKET, SO_REUSEADDR", "SOL_SOCKET, SO_KEEPALIVE", "SOL_SOCKET, SO_TYPE", "SOL_SOCKET, SO_ERROR",
           "SOL_SOCKET, SO_BROADCAST", "SOL_SOCKET, SO_ACCEPTCONN", "SOL_SOCKET, SO_LINGER", "IPPROTO_TCP, TCP_NODELAY",
           "IPPROTO_IP, IP_TTL", "SOL_SOCKET, 999", "999, 1", "SOL_SOCKET, None"]

# What a generated call may look like; a list is one of its items.
CALLS = [
    ["recv(", INTEGERS, ")"], ["recv(", SMALL, ", ", FLAGS, ")"], ["recvfrom(", SMALL, ")"],
    ["recvfrom(", INTEGERS, ", ", FLAGS, ")"], ["recvmsg(", SMALL, ", ", INTEGERS, ")"], ["recvmsg(", INTEGERS, ")"],
    ["recv_into(@buf, ", INTEGERS, ")"], ["recvfrom_into(@buf)"], ["recv_into(@buf, 0, ", FLAGS, ")"],
    ["send(", DATA, ")"], ["send(", DATA, ", ", FLAGS, ")"], ["sendall(", DATA, ")"], ["sendto(", DATA, ", ", ADDRESSES, ")"],
    ["sendto(", DATA, ", 0, ", ADDRESSES, ")"], ["sendmsg([", DATA, ", ", DATA, "])"], ["sendmsg(", DATA, ")"],
    ["sendmsg([b'x'], [], ", FLAGS, ")"], ["sendmsg([b'x'], [], 0, ", ADDRESSES, ")"],
    ["bind(", ADDRESSES, ")"], ["connect(", ADDRESSES, ")"], ["connect_ex(", ADDRESSES, ")"], ["listen(", INTEGERS, ")"],
    ["listen()"], ["accept()"], ["shutdown(", ["SHUT_RD", "SHUT_WR", "SHUT_RDWR", "9", "None"], ")"],
    ["getsockname()"], ["getpeername()"], ["getsockopt(", OPTIONS, ")"], ["getsockopt(", OPTIONS, ", ", INTEGERS, ")"],
    ["setsockopt(", OPTIONS, ", ", INTEGERS, ")"], ["setsockopt(", OPTIONS, ", b'\\x01\\x00\\x00\\x00')"],
    ["settimeout(", ["0", "0.02", "-1", "'x'", "b''", "0.01"], ")"], ["setblocking(False)"], ["gettimeout()"],
    ["getblocking()"], ["fileno()"], ["recv()"], ["recv(1, 2, 3)"], ["send()"], ["bind()"], ["close(1)"],
    ["recv(1, what=2)"], ["recv(bufsize=1)"], ["getsockname(1)"],
]

WORLDS = [
    ["@a, @b = socketpair(AF_UNIX, SOCK_STREAM)"],
    ["@a, @b = socketpair(AF_UNIX, SOCK_DGRAM)"],
    ["@a, @b = socketpair(AF_UNIX, SOCK_SEQPACKET)"],
    ["@a = socket(AF_INET, SOCK_DGRAM)", "@a.bind(('127.0.0.1', 0))", "@b = socket(AF_INET, SOCK_DGRAM)",
     "@b.bind(('127.0.0.1', 0))", "@name = @a.getsockname()", "@b.connect(@name)", "@other = @b.getsockname()",
     "@a.connect(@other)"],
    ["@a = socket(AF_INET, SOCK_STREAM)", "@a.bind(('127.0.0.1', 0))", "@a.listen(4)", "@name = @a.getsockname()",
     "@b = socket(AF_INET, SOCK_STREAM)"],
    ["@l = socket(AF_INET, SOCK_STREAM)", "@l.bind(('127.0.0.1', 0))", "@l.listen(4)", "@name = @l.getsockname()",
     "@b = socket(AF_INET, SOCK_STREAM)", "@b.connect(@name)", "@a, @from = @l.accept()"],
    ["@a = socket(AF_INET6, SOCK_DGRAM)", "@a.bind(('::1', 0))", "@b = socket(AF_INET6, SOCK_STREAM)"],
    ["@a = socket(AF_UNIX, SOCK_DGRAM)", "@b = socket(AF_UNIX, SOCK_STREAM)"],
]


def generated(count, seed):
    """Sequences of ten calls in one of the worlds."""
    source = random.Random(seed)
    for index in range(count):
        world = WORLDS[index % len(WORLDS)]
        lines = list(world) + ["@a.settimeout(0.02)", "@b.settimeout(0.02)", "@buf = bytearray(8)"]
        if not any("@name =" in line for line in world):
            lines.append("@name = ('127.0.0.1', 1)")
        for _ in range(10):
            call = "".join(source.choice(part) if isinstance(part, list) else part for part in source.choice(CALLS))
            lines.append(source.choice(["@a", "@b"]) + "." + call)
        yield f"generated {index}", "\n".join(lines)


def sequences(count=400, seed=20261121):
    for name, text in SCENARIOS.items():
        yield name, text
    yield from generated(count, seed)
