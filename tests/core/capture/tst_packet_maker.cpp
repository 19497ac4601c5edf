// The packets that rows become: their checksums, lengths, numbers and comments, read by hand and by tshark.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <functional>

#include "tests/core/capture/block_walk.h"
#include "tests/core/capture/tshark.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

using Telling = std::function<void(TrafficWriter&)>;

// RFC 1071, byte by byte as the RFC has it: 0xFFFF over what includes a right checksum.
unsigned plainSum(std::string_view bytes, unsigned sum = 0) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += static_cast<unsigned>(static_cast<unsigned char>(bytes[i])) << (i % 2 == 0 ? 8 : 0);
  while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
  return sum;
}

// What is wrong with an IP packet's lengths and checksums; empty: nothing.
std::string faultOf(const std::string& packet, std::size_t originalLength) {
  const bool isV4 = (packet[0] >> 4 & 0xF) == 4;
  const std::size_t header = isV4 ? 20 : 40;
  const auto at = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(packet[i])}; };
  const std::size_t total = isV4 ? at(2) << 8 | at(3) : 40 + (at(4) << 8 | at(5));
  if (total != originalLength) return "the length";
  if (isV4 && plainSum(packet.substr(0, 20)) != 0xFFFF) return "the header's checksum";
  if (packet.size() < originalLength) return {};
  const std::string addresses = packet.substr(isV4 ? 12 : 8, isV4 ? 8 : 32);
  const std::string transport = packet.substr(header);
  const auto length = static_cast<unsigned>(transport.size());
  const auto protocol = static_cast<unsigned>(at(isV4 ? 9 : 6));
  const unsigned sum =
      plainSum(transport, plainSum(addresses) + (length >> 16) + (length & 0xFFFF) + protocol);
  return sum == 0xFFFF ? "" : "the checksum of what it carries";
}

struct Told {
  std::shared_ptr<TrafficLog> log = TrafficLog::create();
  std::string file;
  explicit Told(const Telling& tell) {
    tell(*log->makeWriter());
    file = captured(*log);
  }
};

void conversation(ToldSession session, RecordKind begin) {
  session.event(begin)
      .out("GET / HTTP/1.0\r\n\r\n")
      .in(bytesOf(1))
      .in(bytesOf(200'001, 7))
      .event(RecordKind::option, Party::none, "TCP_NODELAY=1")
      .event(RecordKind::option, Party::none, "TCP_CORK=1")
      .out(bytesOf(65535, 9))
      .in("!", kRecordUrgent)
      .event(RecordKind::halfClosed, Party::peer)
      .out("rest")
      .event(RecordKind::closed, Party::peer);
}

}  // namespace

Q_DECLARE_METATYPE(Telling)

class TestPacketMaker : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void nothingIsWrong_data();
  void nothingIsWrong();
  void followedBytesAreTheRows_data();
  void followedBytesAreTheRows();
  void bothEndsOfAConnectionAreOneStream();
  void aSecondConnectionIsAnotherStream();
  void truncatedDatagramKeepsItsLength();
  void commentsSayTheRecord();
  void textsCannotForge();
  void peoplesCommentsStandFirst();
  void largePayloadIsSplit();
  void lostRowsAreSaid();

 private:
  QString write(const std::string& file);
  QTemporaryDir folder_;
};

void TestPacketMaker::initTestCase() {
  QVERIFY(folder_.isValid());
}

QString TestPacketMaker::write(const std::string& file) {
  const QString path = folder_.filePath(QStringLiteral("f.pcapng"));
  QFile out(path);
  if (!out.open(QIODevice::WriteOnly)) return {};
  out.write(file.data(), static_cast<qint64>(file.size()));
  return path;
}

void TestPacketMaker::nothingIsWrong_data() {
  QTest::addColumn<Telling>("tell");
  const auto add = [](const char* name, Telling tell) { QTest::newRow(name) << tell; };
  add("TCP client over IPv4", [](TrafficWriter& w) {
    conversation({w, 2, "127.0.0.1:40000", "127.0.0.1:40080"}, RecordKind::connected);
  });
  add("TCP server over IPv6", [](TrafficWriter& w) {
    conversation({w, 2, "[::1]:40080", "[::1]:40000"}, RecordKind::accepted);
  });
  add("IPv4 mapped into IPv6", [](TrafficWriter& w) {
    conversation({w, 2, "[::ffff:127.0.0.1]:40080", "[::ffff:127.0.0.1]:40000"}, RecordKind::accepted);
  });
  add("two sessions side by side", [](TrafficWriter& w) {
    ToldSession a(w, 2, "127.0.0.1:1000", "127.0.0.1:40080");
    ToldSession b(w, 3, "127.0.0.1:1001", "127.0.0.1:40080");
    a.event(RecordKind::connected);
    b.event(RecordKind::connected);
    for (int i = 0; i < 50; ++i) {
      a.out(bytesOf(100)).in(bytesOf(3000));
      b.in(bytesOf(70'000));
    }
    a.event(RecordKind::closed, Party::us);
    b.event(RecordKind::reset, Party::peer);
  });
  add("begun before the capture", [](TrafficWriter& w) {
    ToldSession(w, 2, "127.0.0.1:1000", "127.0.0.1:40080")
        .in(bytesOf(100'000))
        .out(bytesOf(100))
        .event(RecordKind::option, Party::none, "x")
        .event(RecordKind::option, Party::none, "x")
        .event(RecordKind::halfClosed, Party::us)
        .event(RecordKind::closed, Party::us);
  });
  add("events alone", [](TrafficWriter& w) {
    ToldSession(w, 1, "127.0.0.1:40080", "").event(RecordKind::listening).event(RecordKind::paused);
    ToldSession(w, 2, "", "127.0.0.1:9")
        .event(RecordKind::connecting)
        .error(Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9"))
        .event(RecordKind::closed, Party::us);
    ToldSession(w, 0, "", "").error(Error::fromErrno(Operation::open, ENOENT, "/x"));
  });
  add("many megabytes one way", [](TrafficWriter& w) {
    ToldSession session(w, 2, "127.0.0.1:1000", "127.0.0.1:40080");
    session.event(RecordKind::connected);
    for (int i = 0; i < 80; ++i) session.in(bytesOf(65536, static_cast<unsigned>(i)));
    session.event(RecordKind::closed, Party::us);
  });
  for (const std::size_t length : {65479, 65480, 65481, 65535, 65536, 131072, 1 << 20}) {
    QTest::addRow("a first flight of %zu bytes", length) << Telling([length](TrafficWriter& w) {
      ToldSession(w, 2, "127.0.0.1:1000", "127.0.0.1:40080")
          .event(RecordKind::connected)
          .out(bytesOf(length))
          .in(bytesOf(length))
          .event(RecordKind::closed, Party::us);
    });
  }
  add("UDP over IPv4, empty to largest", [](TrafficWriter& w) {
    ToldSession session(w, 2, "127.0.0.1:1000", "127.0.0.1:40053", Transport::udp);
    session.event(RecordKind::accepted);
    for (const std::size_t length : {0, 1, 2, 3, 1472, 65507})
      session.in(bytesOf(length)).out(bytesOf(length));
    session.event(RecordKind::closed, Party::us);
  });
  add("UDP over IPv6, empty to largest", [](TrafficWriter& w) {
    ToldSession session(w, 2, "[::1]:1000", "[::1]:40053", Transport::udp);
    for (const std::size_t length : {0, 1, 2, 3, 1472, 65527})
      session.in(bytesOf(length)).out(bytesOf(length));
  });
  add("UNIX sockets", [](TrafficWriter& w) {
    ToldSession(w, 2, "unix:", "unix:/tmp/s", Transport::unixStream)
        .event(RecordKind::connected)
        .out("hello")
        .in(bytesOf(200'000))
        .event(RecordKind::closed, Party::us);
    ToldSession(w, 3, "unix:@abstract", "unix:", Transport::unixDatagram).in("").in("x");
    ToldSession(w, 4, "unix:/tmp/s", "unix:", Transport::unixSeqpacket).in(bytesOf(70'000));
  });
}

void TestPacketMaker::nothingIsWrong() {
  QFETCH(Telling, tell);
  const Told told(tell);
  const WalkedFile file = walkBlocks(told.file);
  QCOMPARE(file.complaint, "");
  QCOMPARE(file.left, 0U);
  QCOMPARE(file.links, (std::vector<std::uint16_t>{101, 252}));
  for (const WalkedPacket& packet : file.packets) {
    QVERIFY(!packet.comments.empty());
    QVERIFY(packet.time > 1'700'000'000'000'000'000U);
    if (packet.interface == 0) QCOMPARE(faultOf(packet.data, packet.originalLength), "");
  }
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  QCOMPARE(tsharkObjections(write(told.file)), "");
}

void TestPacketMaker::followedBytesAreTheRows_data() {
  QTest::addColumn<QString>("local");
  QTest::addColumn<QString>("peer");
  QTest::addColumn<bool>("begins");
  QTest::newRow("IPv4") << "127.0.0.1:1000"
                        << "127.0.0.1:40080" << true;
  QTest::newRow("IPv6") << "[::1]:1000"
                        << "[2001:db8::1]:40080" << true;
  QTest::newRow("mapped") << "[::ffff:10.0.0.1]:1000"
                          << "[::ffff:10.0.0.2]:40080" << true;
  QTest::newRow("begun before the capture") << "127.0.0.1:1000"
                                            << "127.0.0.1:40080" << false;
}

void TestPacketMaker::followedBytesAreTheRows() {
  QFETCH(QString, local);
  QFETCH(QString, peer);
  QFETCH(bool, begins);
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  QByteArray sent;
  QByteArray received;
  const Told told([&](TrafficWriter& w) {
    ToldSession session(w, 2, local.toStdString(), peer.toStdString());
    if (begins) session.event(RecordKind::connected);
    for (const std::size_t length : {1, 5, 65535, 3, 65536, 300'000, 2, 1 << 20}) {
      const std::string bytes = bytesOf(length, static_cast<unsigned>(length));
      session.out(bytes).in(bytes.substr(0, bytes.size() / 2 + 1)).out("x");
      sent += QByteArray::fromStdString(bytes) + 'x';
      received += QByteArray::fromStdString(bytes.substr(0, bytes.size() / 2 + 1));
    }
    session.event(RecordKind::closed, Party::peer);
  });
  const FollowedStream stream = followStream(write(told.file), 0);
  QCOMPARE(stream.first.size(), sent.size());
  QVERIFY(stream.first == sent);
  QCOMPARE(stream.second.size(), received.size());
  QVERIFY(stream.second == received);
}

// A client and a server in one program tell the same connection twice.
void TestPacketMaker::bothEndsOfAConnectionAreOneStream() {
  const Told told([](TrafficWriter& w) {
    ToldSession client(w, 2, "127.0.0.1:1000", "127.0.0.1:40080");
    ToldSession server(w, 3, "127.0.0.1:40080", "127.0.0.1:1000");
    client.event(RecordKind::connected);
    server.event(RecordKind::accepted);
    client.out("question");
    server.in("question").out("answer");
    client.in("answer").event(RecordKind::closed, Party::us);
    server.event(RecordKind::closed, Party::peer);
  });
  for (const WalkedPacket& packet : walkBlocks(told.file).packets)
    QCOMPARE(packet.interface, valueOf(packet, "s") == "2" ? 0U : 1U);
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  const QString path = write(told.file);
  QCOMPARE(tsharkObjections(path), "");
  QCOMPARE(followStream(path, 0).first, "question");
  QCOMPARE(followStream(path, 0).second, "answer");
}

void TestPacketMaker::aSecondConnectionIsAnotherStream() {
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  const Told told([](TrafficWriter& w) {
    ToldSession(w, 2, "127.0.0.1:1000", "127.0.0.1:40080")
        .event(RecordKind::connected)
        .out("first")
        .event(RecordKind::closed, Party::us);
    ToldSession(w, 3, "127.0.0.1:1000", "127.0.0.1:40080")
        .event(RecordKind::connected)
        .out("second")
        .event(RecordKind::closed, Party::us);
  });
  const QString path = write(told.file);
  QCOMPARE(followStream(path, 0).first, "first");
  QCOMPARE(followStream(path, 1).first, "second");
}

void TestPacketMaker::truncatedDatagramKeepsItsLength() {
  const Told told([](TrafficWriter& w) {
    ToldSession(w, 2, "127.0.0.1:1000", "127.0.0.1:40053", Transport::udp)
        .in("cut", kRecordTruncated, 1400)
        .in("cut", kRecordTruncated, 0);
  });
  const WalkedFile file = walkBlocks(told.file);
  QCOMPARE(file.packets.size(), 2U);
  QCOMPARE(file.packets[0].originalLength, 1428U);
  QCOMPARE(file.packets[0].data.size(), 31U);
  QCOMPARE(file.packets[1].originalLength, 31U);
  QCOMPARE(valueOf(file.packets[0], "v"), "1400");
  if (const QString missing = tsharkMissing(); !missing.isEmpty()) QSKIP(qPrintable(missing));
  QCOMPARE(tsharkObjections(write(told.file)), "");
}

void TestPacketMaker::commentsSayTheRecord() {
  const Told told([](TrafficWriter& w) {
    ToldSession(w, 7, "", "[fe80::1]:9", Transport::tcp)
        .error(Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://[fe80::1]:9"));
    ToldSession(w, 8, "unix:@a b", "unix:/tmp/s\n", Transport::unixStream).in("x");
    ToldSession(w, 9, "127.0.0.1:1", "127.0.0.1:2").event(RecordKind::reset, Party::peer);
  });
  const WalkedFile file = walkBlocks(told.file);
  QCOMPARE(file.packets.size(), 3U);
  const WalkedPacket& error = file.packets[0];
  QCOMPARE(valueOf(error, "k"), "error");
  QCOMPARE(valueOf(error, "s"), "7");
  QCOMPARE(valueOf(error, "tr"), "tcp");
  QCOMPARE(valueOf(error, "l"), "none");
  QVERIFY(valueOf(error, "r").starts_with("raw:"));
  QCOMPARE(valueOf(error, "eo"), "connect");
  QCOMPARE(valueOf(error, "ed"), "errno");
  QCOMPARE(valueOf(error, "ec"), "111");
  QCOMPARE(valueOf(error, "es"), "tcp://[fe80::1]:9");
  QVERIFY(error.comments.back().starts_with("#7 error: connect tcp://[fe80::1]:9: ECONNREFUSED"));
  QCOMPARE(valueOf(file.packets[1], "l"), "unix:%00a%20b");
  QCOMPARE(valueOf(file.packets[1], "r"), "unix:/tmp/s%0A");
  QCOMPARE(valueOf(file.packets[2], "by"), "peer");
  QCOMPARE(valueOf(file.packets[2], "l"), "");
  QCOMPARE(file.packets[2].flags, 1U);
}

void TestPacketMaker::textsCannotForge() {
  const std::string evil = "x\nsockbench:1 k=in s=99\n\x1b[31m\xff k=out";
  const Told told([&](TrafficWriter& w) {
    ToldSession(w, 1, "127.0.0.1:1", "").event(RecordKind::option, Party::none, evil);
  });
  const WalkedFile file = walkBlocks(told.file);
  QCOMPARE(file.packets.size(), 1U);
  const std::string& comment = file.packets[0].comments.back();
  QCOMPARE(std::ranges::count(comment, '\n'), 1);
  QCOMPARE(valueOf(file.packets[0], "k"), "option");
  QCOMPARE(valueOf(file.packets[0], "s"), "1");
  QCOMPARE(valueOf(file.packets[0], "t"), "x%0Asockbench:1%20k%3Din%20s%3D99%0A%1B[31m%FF%20k%3Dout");
  QVERIFY(comment.find('\x1b') == std::string::npos);
}

void TestPacketMaker::peoplesCommentsStandFirst() {
  const Told told([](TrafficWriter& w) { ToldSession(w, 1, "127.0.0.1:1", "127.0.0.1:2").in("a").in("b"); });
  told.log->notes().setComment(1, "look, k=in here");
  told.log->notes().setMarked(1, true);
  const WalkedFile file = walkBlocks(captured(*told.log));
  QCOMPARE(file.packets.size(), 2U);
  QCOMPARE(file.packets[0].comments.size(), 1U);
  QCOMPARE(file.packets[1].comments.size(), 2U);
  QCOMPARE(file.packets[1].comments[0], "look, k=in here");
  QCOMPARE(valueOf(file.packets[1], "note"), "look,%20k%3Din%20here");
  QCOMPARE(valueOf(file.packets[1], "mark"), "1");
}

void TestPacketMaker::largePayloadIsSplit() {
  const Told told([](TrafficWriter& w) {
    ToldSession(w, 1, "127.0.0.1:1", "127.0.0.1:2").in(bytesOf(150'000));
    ToldSession(w, 2, "unix:", "unix:/x", Transport::unixStream).in(bytesOf(150'000));
  });
  std::vector<std::string> parts;
  for (const WalkedPacket& packet : walkBlocks(told.file).packets)
    if (!valueOf(packet, "k").empty()) parts.push_back(valueOf(packet, "part"));
  QCOMPARE(parts, (std::vector<std::string>{"1/3", "2/3", "3/3", "1/3", "2/3", "3/3"}));
}

void TestPacketMaker::lostRowsAreSaid() {
  std::string bytes;
  synth::PacketMaker maker(bytes);
  QCOMPARE(maker.addLost(12, 5), 1U);
  const WalkedFile file = walkBlocks(bytes);
  QCOMPARE(file.packets.size(), 1U);
  QCOMPARE(file.packets[0].dropCount, 12U);
  QVERIFY(file.packets[0].comments[0].starts_with("12 records were evicted"));
}

QTEST_GUILESS_MAIN(TestPacketMaker)
#include "tst_packet_maker.moc"
