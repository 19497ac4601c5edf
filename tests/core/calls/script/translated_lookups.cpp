#include <QTest>

#include "translated_scripts.h"

namespace {

void row(const char* name, const char* script, const char* told) {
  QTest::newRow(name) << QByteArray(script) << QByteArray(told);
}

void addAnswers() {
  row("a listener of what getaddrinfo answers",
      R"(info = getaddrinfo("127.0.0.1", None, type=SOCK_STREAM, flags=AI_PASSIVE)
s = socket(info[0][0], info[0][1], info[0][2])
s.bind(info[0][4])
s.listen()
to = s.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.connect((info[0][4][0], to[1]))
family, kind, protocol, name, address = info[0]
u = socket(family, SOCK_DGRAM)
u.bind(address)
u.getsockname()
getaddrinfo("::1", 80, AF_INET6, SOCK_DGRAM)
getaddrinfo("127.0.0.1", to[1], proto=IPPROTO_TCP)
getaddrinfo(b"127.0.0.1", "70", 0, SOCK_STREAM, 0, AI_CANONNAME)
)",
      R"(1 info = getaddrinfo('127.0.0.1', None, type=SOCK_STREAM, flags=AI_PASSIVE) -> [(2, 1, 6, '', ('127.0.0.1', 0))]
2 s = socket(info[0][0], info[0][1], info[0][2]) -> <socket>
3 s.bind(info[0][4]) -> None
4 s.listen() -> None
5 to = s.getsockname() -> ('127.0.0.1', PORT)
6 c = socket(AF_INET, SOCK_STREAM) -> <socket>
7 c.connect((info[0][4][0], to[1])) -> None
9 u = socket(family, SOCK_DGRAM) -> <socket>
10 u.bind(address) -> None
11 u.getsockname() -> ('127.0.0.1', PORT)
12 getaddrinfo('::1', PORT, AF_INET6, SOCK_DGRAM) -> [(10, 2, 17, '', ('::1', PORT, 0, 0))]
13 getaddrinfo('127.0.0.1', to[1], proto=IPPROTO_TCP) -> [(2, 1, 6, '', ('127.0.0.1', PORT))]
14 getaddrinfo(b'127.0.0.1', '70', 0, SOCK_STREAM, 0, AI_CANONNAME) -> [(2, 1, 6, '127.0.0.1', ('127.0.0.1', PORT))]
)");
  row("names and numbers that need no file",
      R"(host = gethostbyname("127.0.0.1")
gethostbyname("")
s = socket(AF_INET, SOCK_STREAM)
s.bind((host, 0))
listener = s.getsockname()
names = getnameinfo(listener, NI_NUMERICHOST | NI_NUMERICSERV)
getnameinfo(("::1", 7, 0, 0), NI_NUMERICHOST | NI_NUMERICSERV)
where, service = getnameinfo(("127.0.0.1", 0), NI_NUMERICHOST | NI_NUMERICSERV)
inet_aton(where)
inet_pton(AF_INET, names[0])
text = inet_ntoa(b"\x7f\0\0\x01")
if_nametoindex(text)
)",
      R"(1 host = gethostbyname('127.0.0.1') -> '127.0.0.1'
2 gethostbyname('') -> '0.0.0.0'
3 s = socket(AF_INET, SOCK_STREAM) -> <socket>
4 s.bind((host, 0)) -> None
5 listener = s.getsockname() -> ('127.0.0.1', PORT)
6 names = getnameinfo(listener, NI_NUMERICHOST | NI_NUMERICSERV) -> ('127.0.0.1', 'PORT')
7 getnameinfo(('::1', 7, 0, 0), NI_NUMERICHOST | NI_NUMERICSERV) -> ('::1', 'PORT')
8 where, service = getnameinfo(('127.0.0.1', 0), NI_NUMERICHOST | NI_NUMERICSERV) -> ('127.0.0.1', '0')
9 inet_aton(where) -> b'\x7f\x00\x00\x01'
10 inet_pton(AF_INET, names[0]) -> b'\x7f\x00\x00\x01'
11 text = inet_ntoa(b'\x7f\x00\x00\x01') -> '127.0.0.1'
12 if_nametoindex(text) -> OSError
)");
}

void addFailures() {
  row("look-ups that fail",
      R"(getaddrinfo("no host", 80, flags=AI_NUMERICHOST)
getaddrinfo("127.0.0.1", "no such service")
getaddrinfo("127.0.0.1", 80, 99)
getaddrinfo("::1", 80, AF_INET)
getaddrinfo(None, None)
gethostbyname("::1")
gethostbyname_ex("::1")
getnameinfo(("localhost", 80), 0)
getservbyname("no such service")
getservbyport(1, "no such protocol")
getprotobyname("no such protocol")
if_indextoname(2147483647)
a, b = socketpair()
name = a.getsockname()
getnameinfo(name, 0)
)",
      R"(1 getaddrinfo('no host', 80, flags=AI_NUMERICHOST) -> EAI_NONAME
2 getaddrinfo('127.0.0.1', 'no such service') -> EAI_SERVICE
3 getaddrinfo('127.0.0.1', PORT, 99) -> EAI_FAMILY
4 getaddrinfo('::1', PORT, AF_INET) -> EAI_ADDRFAMILY
5 getaddrinfo(None, None) -> EAI_NONAME
6 gethostbyname('::1') -> EAI_ADDRFAMILY
7 gethostbyname_ex('::1') -> EAI_ADDRFAMILY
8 getnameinfo(('localhost', 80), 0) -> EAI_NONAME
9 getservbyname('no such service') -> OSError
10 getservbyport(1, 'no such protocol') -> OSError
11 getprotobyname('no such protocol') -> OSError
12 if_indextoname(2147483647) -> ENXIO
13 a, b = socketpair() -> (<socket>, <socket>)
14 name = a.getsockname() -> ''
15 getnameinfo(name, 0) -> TypeError
)");
}

void addFiles() {
  row("files that are sent, and those that are not",
      R"(a, b = socketpair()
a.sendfile("/nonexistent/file")
a.sendfile("/etc")
sent = a.sendfile("/bin/sh", 1, 3)
b.recv(10)
d, e = socketpair(AF_UNIX, SOCK_DGRAM)
d.sendfile("/bin/sh")
b.close()
a.sendfile("/bin/sh", count=3)
)",
      R"(1 a, b = socketpair() -> (<socket>, <socket>)
2 a.sendfile('/nonexistent/file') -> ENOENT
3 a.sendfile('/etc') -> EISDIR
4 sent = a.sendfile('/bin/sh', 1, 3) -> 3
5 b.recv(10) -> b'ELF'
6 d, e = socketpair(AF_UNIX, SOCK_DGRAM) -> (<socket>, <socket>)
7 d.sendfile('/bin/sh') -> ValueError
8 b.close() -> None
9 a.sendfile('/bin/sh', count=3) -> EPIPE
)");
  row("files that are sent in time, or not at all",
      R"(a, b = socketpair()
a.settimeout(2)
a.sendfile("/bin/sh", 1, 3)
b.recv(10)
a.settimeout(0.02)
a.setsockopt(SOL_SOCKET, SO_SNDBUF, 1)
a.sendfile("/bin/sh")
a.setblocking(False)
a.sendfile("/bin/sh")
)",
      R"(1 a, b = socketpair() -> (<socket>, <socket>)
2 a.settimeout(2) -> None
3 a.sendfile('/bin/sh', 1, 3) -> 3
4 b.recv(10) -> b'ELF'
5 a.settimeout(0.02) -> None
6 a.setsockopt(SOL_SOCKET, SO_SNDBUF, 1) -> None
7 a.sendfile('/bin/sh') -> timed out
8 a.setblocking(False) -> None
9 a.sendfile('/bin/sh') -> ValueError
)");
  row("descriptors that are taken over, and time-outs that are very short",
      R"(a, b = socketpair()
number = a.fileno()
c = fromfd(number, AF_UNIX, SOCK_STREAM)
c.send(b"x")
b.recv(1)
fromfd(1000000, AF_UNIX, SOCK_STREAM)
a.settimeout(1e-05)
a.gettimeout()
a.recv(1)
a.settimeout(1e-320)
a.gettimeout()
poll([(a, POLLIN)], 1e-05)
)",
      R"(1 a, b = socketpair() -> (<socket>, <socket>)
2 number = a.fileno() -> NUMBER
3 c = fromfd(number, AF_UNIX, SOCK_STREAM) -> <socket>
4 c.send(b'x') -> 1
5 b.recv(1) -> b'x'
6 fromfd(1000000, AF_UNIX, SOCK_STREAM) -> EBADF
7 a.settimeout(1e-05) -> None
8 a.gettimeout() -> 1e-05
9 a.recv(1) -> timed out
10 a.settimeout(1e-320) -> None
11 a.gettimeout() -> 1e-09
12 poll([(a, POLLIN)], 1e-05) -> []
)");
}

}  // namespace

void addTranslatedLookUps() {
  addAnswers();
  addFailures();
  addFiles();
}
