#include "translated_scripts.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

namespace {

void row(const char* name, const char* script, const char* told) {
  QTest::newRow(name) << QByteArray(script) << QByteArray(told);
}

void addStreams() {
  row("a connection from its making to its end",
      R"(s = socket(AF_INET, SOCK_STREAM)          # a listener
s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 0))
s.listen(5)
name = s.getsockname()
c = socket(AF_INET, SOCK_STREAM)
c.settimeout(2.5)
c.connect(name)
conn, addr = s.accept()
c.sendall(b"hello\x00")
data = conn.recv(1024, MSG_PEEK | MSG_DONTWAIT)
c.shutdown(SHUT_WR)
conn.recv(10)
conn.recv(10)
conn.send(data)
c.recv(3)
c.recv(100)
c.close()
c.close()
c.recv(1)
)",
      R"(1 s = socket(AF_INET, SOCK_STREAM) -> <socket>
2 s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1) -> None
3 s.bind(('127.0.0.1', 0)) -> None
4 s.listen(5) -> None
5 name = s.getsockname() -> ('127.0.0.1', PORT)
6 c = socket(AF_INET, SOCK_STREAM) -> <socket>
7 c.settimeout(2.5) -> None
8 c.connect(name) -> None
9 conn, addr = s.accept() -> (<socket>, ('127.0.0.1', PORT))
10 c.sendall(b'hello\x00') -> None
11 data = conn.recv(1024, MSG_PEEK | MSG_DONTWAIT) -> b'hello\x00'
12 c.shutdown(SHUT_WR) -> None
13 conn.recv(10) -> b'hello\x00'
14 conn.recv(10) -> b''
15 conn.send(data) -> 6
16 c.recv(3) -> b'hel'
17 c.recv(100) -> b'lo\x00'
18 c.close() -> None
19 c.close() -> None
20 c.recv(1) -> EBADF
)");
  row("IPv6, and a part of an address",
      R"(s = socket(AF_INET6, SOCK_STREAM)
s.bind(("::1", 0, 0, 0))
s.listen()
name = s.getsockname()
c = socket(AF_INET6, SOCK_STREAM)
c.connect_ex(("::1", name[1]))
c.getpeername()
)",
      R"(1 s = socket(AF_INET6, SOCK_STREAM) -> <socket>
2 s.bind(('::1', 0, 0, 0)) -> None
3 s.listen() -> None
4 name = s.getsockname() -> ('::1', PORT, 0, 0)
5 c = socket(AF_INET6, SOCK_STREAM) -> <socket>
6 c.connect_ex(('::1', name[1])) -> 0
7 c.getpeername() -> ('::1', PORT, 0, 0)
)");
}

void addDatagrams() {
  row("datagrams that are cut, peeked at and answered",
      R"(a = socket(AF_INET, SOCK_DGRAM)
a.bind(("127.0.0.1", 0))
b = socket(AF_INET, SOCK_DGRAM)
to = a.getsockname()
b.sendto(b"abcdef", to)
b.sendto(b"", 0, to)
a.recvfrom(3, MSG_PEEK)
data, addr = a.recvfrom(3)
a.recvfrom(3)
a.sendto(b"answer", addr)
b.recv(100)
)",
      R"(1 a = socket(AF_INET, SOCK_DGRAM) -> <socket>
2 a.bind(('127.0.0.1', 0)) -> None
3 b = socket(AF_INET, SOCK_DGRAM) -> <socket>
4 to = a.getsockname() -> ('127.0.0.1', PORT)
5 b.sendto(b'abcdef', to) -> 6
6 b.sendto(b'', 0, to) -> 0
7 a.recvfrom(3, MSG_PEEK) -> (b'abc', ('127.0.0.1', PORT))
8 data, addr = a.recvfrom(3) -> (b'abc', ('127.0.0.1', PORT))
9 a.recvfrom(3) -> (b'', ('127.0.0.1', PORT))
10 a.sendto(b'answer', addr) -> 6
11 b.recv(100) -> b'answer'
)");
  row("the pair of UNIX, with control messages and buffers",
      R"(a, b = socketpair(AF_UNIX, SOCK_DGRAM)
a.sendmsg([b"head", b"body"])
b.recvmsg(100, 64)
buf = bytearray(6)
a.send(b"'quoted' \"twice\"")
b.recv_into(buf)
a.send(buf)
b.recvfrom_into(buf, 3)
a.getpeername()
p = socket(AF_UNIX, SOCK_DGRAM)
p.bind("\0sockbench translated")
p.getsockname()
)",
      R"(1 a, b = socketpair(AF_UNIX, SOCK_DGRAM) -> (<socket>, <socket>)
2 a.sendmsg([b'head', b'body']) -> 8
3 b.recvmsg(100, 64) -> (b'headbody', [], 0, None)
5 a.send(b'\'quoted\' "twice"') -> 16
6 b.recv_into(buf) -> 6
7 a.send(buf) -> 6
8 b.recvfrom_into(buf, 3) -> (3, None)
9 a.getpeername() -> ''
10 p = socket(AF_UNIX, SOCK_DGRAM) -> <socket>
11 p.bind('\x00sockbench translated') -> None
12 p.getsockname() -> b'\x00sockbench translated'
)");
}

void addWaiting() {
  row("time-outs and sockets that do not wait",
      R"(a, b = socketpair()
a.settimeout(0.02)
a.recv(1)
a.gettimeout()
a.getblocking()
a.setblocking(False)
a.recv(1)
a.gettimeout()
a.settimeout(None)
a.gettimeout()
b.send(b"x")
poll([(a, POLLIN), (b, POLLIN)], 0)
poll([(b, POLLIN)], 0.01)
a.ioctl(FIONREAD)
setdefaulttimeout(1)
c = socket()
c.gettimeout()
getdefaulttimeout()
)",
      R"(1 a, b = socketpair() -> (<socket>, <socket>)
2 a.settimeout(0.02) -> None
3 a.recv(1) -> timed out
4 a.gettimeout() -> 0.02
5 a.getblocking() -> True
6 a.setblocking(False) -> None
7 a.recv(1) -> EAGAIN
8 a.gettimeout() -> 0.0
9 a.settimeout(None) -> None
10 a.gettimeout() -> None
11 b.send(b'x') -> 1
12 poll([(a, POLLIN), (b, POLLIN)], 0) -> [(<socket>, 1)]
13 poll([(b, POLLIN)], 0.01) -> []
14 a.ioctl(FIONREAD) -> 1
15 setdefaulttimeout(1) -> None
16 c = socket() -> <socket>
17 c.gettimeout() -> 1.0
18 getdefaulttimeout() -> 1.0
)");
}

void addWithoutTheKernel() {
  row("what is answered without asking the kernel",
      R"(a, b = socketpair()
a.settimeout(0.02)
a.recv(0)
unused = bytes(3)
d = a.dup()
a.settimeout(3)
d.gettimeout()
b.sendall(b"")
)",
      R"(1 a, b = socketpair() -> (<socket>, <socket>)
2 a.settimeout(0.02) -> None
3 a.recv(0) -> b''
5 d = a.dup() -> <socket>
6 a.settimeout(3) -> None
7 d.gettimeout() -> 0.02
8 b.sendall(b'') -> None
)");
}

void addOthers() {
  row("errors, and the program goes on",
      R"(s = socket(AF_INET, SOCK_STREAM)
s.connect(("127.0.0.1", 1))
s.connect_ex(("127.0.0.1", 1))
s.getpeername()
s.setsockopt(SOL_SOCKET, 9999, 1)
s.bind(("192.0.2.1", 0))
s.bind(("no such host.invalid", 1))
u = socket(AF_UNIX, SOCK_STREAM)
u.connect("/nonexistent/socket")
x = socketpair(AF_INET, SOCK_STREAM)
if_nametoindex("nosuchinterface")
inet_pton(AF_INET, "1.2.3")
)",
      R"(1 s = socket(AF_INET, SOCK_STREAM) -> <socket>
2 s.connect(('127.0.0.1', 1)) -> ECONNREFUSED
3 s.connect_ex(('127.0.0.1', 1)) -> 111
4 s.getpeername() -> ENOTCONN
5 s.setsockopt(SOL_SOCKET, 9999, 1) -> ENOPROTOOPT
6 s.bind(('192.0.2.1', 0)) -> EADDRNOTAVAIL
7 s.bind(('no such host.invalid', 1)) -> EAI_NONAME
8 u = socket(AF_UNIX, SOCK_STREAM) -> <socket>
9 u.connect('/nonexistent/socket') -> ENOENT
10 x = socketpair(AF_INET, SOCK_STREAM) -> EOPNOTSUPP
11 if_nametoindex('nosuchinterface') -> OSError
12 inet_pton(AF_INET, '1.2.3') -> OSError
)");
  row("options and conversions",
      R"(int = socket(AF_INET, SOCK_STREAM)
int.setsockopt(SOL_SOCKET, SO_LINGER, b"\x01\0\0\0\x05\0\0\0")
int.getsockopt(SOL_SOCKET, SO_LINGER, 8)
int.getsockopt(SOL_SOCKET, SO_TYPE)
int.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)
number = int.getsockopt(IPPROTO_TCP, TCP_NODELAY)
x = 5
htons(80)
htonl(0x7f000001)
inet_aton("127.1")
inet_ntoa(b"\x7f\0\0\x01")
inet_ntop(AF_INET6, bytes(16))
if_nametoindex("lo")
if_indextoname(1)
CMSG_LEN(4)
CMSG_SPACE(4)
)",
      R"(1 int = socket(AF_INET, SOCK_STREAM) -> <socket>
2 int.setsockopt(SOL_SOCKET, SO_LINGER, b'\x01\x00\x00\x00\x05\x00\x00\x00') -> None
3 int.getsockopt(SOL_SOCKET, SO_LINGER, 8) -> b'\x01\x00\x00\x00\x05\x00\x00\x00'
4 int.getsockopt(SOL_SOCKET, SO_TYPE) -> 1
5 int.setsockopt(IPPROTO_TCP, TCP_NODELAY, True) -> None
6 number = int.getsockopt(IPPROTO_TCP, TCP_NODELAY) -> 1
8 htons(80) -> 20480
9 htonl(2130706433) -> 16777343
10 inet_aton('127.1') -> b'\x7f\x00\x00\x01'
11 inet_ntoa(b'\x7f\x00\x00\x01') -> '127.0.0.1'
12 inet_ntop(AF_INET6, bytes(16)) -> '::'
13 if_nametoindex('lo') -> 1
14 if_indextoname(1) -> 'lo'
15 CMSG_LEN(4) -> 20
16 CMSG_SPACE(4) -> 24
)");
}

}  // namespace

void addTranslatedScripts() {
  QTest::addColumn<QByteArray>("script");
  QTest::addColumn<QByteArray>("told");
  addStreams();
  addDatagrams();
  addWaiting();
  addWithoutTheKernel();
  addOthers();
  addTranslatedLookUps();
}

QByteArray withoutPorts(const QByteArray& told) {
  static const QRegularExpression port(QStringLiteral(R"(\('(127\.0\.0\.1|::1)', [1-9]\d+)"));
  static const QRegularExpression text(QStringLiteral(R"(\('(127\.0\.0\.1|::1)', '[1-9]\d*'\))"));
  static const QRegularExpression descriptor(QStringLiteral(R"((\.fileno\(\) -> )\d+)"));
  return QString::fromUtf8(told)
      .replace(port, QStringLiteral(R"(('\1', PORT)"))
      .replace(text, QStringLiteral(R"(('\1', 'PORT'))"))
      .replace(descriptor, QStringLiteral("\\1NUMBER"))
      .toUtf8();
}

QByteArray outputOf(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  process.closeWriteChannel();
  const bool ended = process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit;
  QByteArray out = process.readAllStandardOutput();
  if (!ended || process.exitCode() != 0) out += "failed: " + process.readAllStandardError();
  return out;
}
