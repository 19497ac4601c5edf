// Files made by hand: every link type and block, and what becomes of TCP and UDP in them.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <atomic>
#include <future>
#include <limits>

#include "tests/core/capture/imported.h"
#include "tests/core/capture/packet_maker.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

// A handshake, "hello" and "world!", and both FINs.
std::vector<std::string> connection() {
  return {
      tcp({true, 100, 0, kSyn}),
      tcp({false, 900, 101, kSyn | kAck}),
      tcp({true, 101, 901, kAck}),
      tcp({true, 101, 901, kAck}, "hello"),
      tcp({false, 901, 106, kAck}, "world!"),
      tcp({true, 106, 907, kAck | kFin}),
      tcp({false, 907, 107, kAck | kFin}),
      tcp({true, 107, 908, kAck}),
  };
}

constexpr const char* kConnectionStory = "connecting connected out:5 in:6 half-closed/us closed/peer";

std::string pcapOf(const std::vector<std::string>& packets) {
  PcapFile file;
  for (const std::string& packet : packets) file.add(packet);
  return file.bytes();
}

std::string fragment(std::string_view datagram, std::size_t from, std::size_t count, unsigned id = 7) {
  const bool more = from + count < datagram.size();
  const auto place = static_cast<unsigned>(from / 8 | (more ? 0x2000U : 0U));
  return ipv4(datagram.substr(from, count), {.protocol = 17, .id = id, .fragment = place});
}

std::string ipv6Fragment(std::string_view datagram, std::size_t from, std::size_t count) {
  const bool more = from + count < datagram.size();
  Maker head;
  head.u8(17).u8(0).u16(static_cast<unsigned>(from | (more ? 1U : 0U))).u32(7);
  return ipv6(head.raw(datagram.substr(from, count)).text, true, 44);
}

}  // namespace

class TestCaptureRead : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aConnectionBecomesASession();
  void packetsBecomeRows_data();
  void packetsBecomeRows();
  void linkTypesAreUnderstood_data();
  void linkTypesAreUnderstood();
  void formsOfTheFileAreUnderstood_data();
  void formsOfTheFileAreUnderstood();
  void timesAreRead_data();
  void timesAreRead();
  void damagedFilesAreToldWithThePlace_data();
  void damagedFilesAreToldWithThePlace();
  void openSaysWhatIsWrong();
  void rowsAppearWhileAPipeIsOpen();
  void aPipeThatNobodyWritesToIsGivenUp();
  void aReaderMayHoldItUp();
};

void TestCaptureRead::aConnectionBecomesASession() {
  const Imported got = importBytes(pcapOf(connection()));
  QVERIFY(!got.status.error);
  QCOMPARE(got.story(), QByteArray(kConnectionStory));
  QCOMPARE(got.stream(RecordKind::out), "hello");
  QCOMPARE(got.stream(RecordKind::in), "world!");
  QCOMPARE(got.sessions.size(), 1U);
  const CapturedSession& session = got.sessions.front();
  QCOMPARE(session.id.value, 1U);
  QVERIFY(!session.parent);
  QCOMPARE(session.flow->local.text(), "10.0.0.1:40000");
  QCOMPARE(session.flow->peer.text(), "10.0.0.2:80");
  QCOMPARE(session.bytesOut, 5U);
  QCOMPARE(session.bytesIn, 6U);
  QCOMPARE(session.missing, 0U);
  QCOMPARE(got.rows[1].record.value, 1000U);  // nanoseconds from SYN to SYN-ACK
  QCOMPARE(got.rows[2].record.time, 1'000'003'000);
  QVERIFY((got.rows[2].record.flags & kRecordKernelTime) != 0);
  QCOMPARE(got.rows[2].record.direction, Direction::out);
  QCOMPARE(got.status.packets, 8U);
  QCOMPARE(got.status.passedOver, 0U);
  QVERIFY(!got.status.ours);
  QCOMPARE(got.status.bytesRead, got.status.bytesAll);
}

void TestCaptureRead::packetsBecomeRows_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QByteArray>("story");
  QTest::addColumn<qulonglong>("passedOver");
  const auto row = [](const char* name, const std::string& file, const char* story,
                      qulonglong passedOver = 0) {
    QTest::newRow(name) << QByteArray::fromStdString(file) << QByteArray(story) << passedOver;
  };
  const std::string datagram = udpDatagram(true, std::string(3000, 'x'));
  row("refused", pcapOf({tcp({true, 100, 0, kSyn}), tcp({false, 0, 101, kRst | kAck})}), "connecting error");
  row("reset by the peer",
      pcapOf({tcp({true, 100, 0, kSyn}), tcp({false, 900, 101, kSyn | kAck}), tcp({false, 901, 101, kRst})}),
      "connecting connected reset/peer");
  row("reset by us, told once",
      pcapOf({tcp({true, 100, 1, kAck}, "a"), tcp({true, 101, 0, kRst}), tcp({true, 101, 0, kRst})}),
      "out:1 reset/us");
  row("a SYN that was repeated", pcapOf({tcp({true, 100, 0, kSyn}), tcp({true, 100, 0, kSyn})}),
      "connecting");
  row("data in the SYN",
      pcapOf(
          {tcp({true, 100, 0, kSyn}, "ab"), tcp({false, 900, 103, kSyn | kAck}), tcp({true, 103, 901}, "c")}),
      "connecting out:2 connected out:1");
  row("begins with the answer to the SYN",
      pcapOf({tcp({false, 900, 101, kSyn | kAck}), tcp({true, 101, 901}, "abc")}), "connected out:3");
  row("begins in the middle: the lower port serves",
      pcapOf({tcp({false, 900, 100}, "abc"), tcp({true, 100, 903}, "d")}), "in:3 out:1");
  row("the ends once more, as another connection",
      pcapOf({tcp({true, 100, 0, kSyn}), tcp({true, 101, 0, kRst}), tcp({true, 500, 0, kSyn}),
              tcp({true, 501, 1}, "ab")}),
      "connecting reset/us connecting out:2");
  row("urgent", pcapOf({tcp({true, 100, 0, kSyn}), tcp({true, 101, 0, kAck | kUrg, 3}, "ab!c")}),
      "connecting out:2 out:1! out:1");
  row("bytes that the capture does not hold", pcapOf({tcp({true, 100, 0, kSyn}), tcp({true, 105, 0}, "ab")}),
      "connecting dropped:4 out:2");
  row("a datagram and its answer", pcapOf({udp(true, "abc"), udp(false, "de"), udp(true, "")}),
      "out:3 in:2 out:0");
  row("cut by the capture",
      PcapFile()
          .add(udp(true, "abcdef").substr(0, 31), 34)
          .add(tcp({true, 100, 0, kSyn}))
          .add(tcp({true, 101, 0}, "abcdef").substr(0, 42), 46)
          .bytes(),
      "out:3<6 connecting out:2<6");
  row("cut within the headers", PcapFile().add(udp(true, "abcdef").substr(0, 24), 34).bytes(), "", 1);
  row("padding behind the datagram", pcapOf({udp(true, "abc") + std::string(15, '\0')}), "out:3");
  row("UDP that says it is longer than IP", pcapOf({ipv4(udpDatagram(true, "abc", 60), {.protocol = 17})}),
      "out:3<52");
  row("UDP of a length that cannot be", pcapOf({ipv4(udpDatagram(true, "abc", 3), {.protocol = 17})}), "", 1);
  row("IP that says it is longer than the packet",
      pcapOf({ipv4(udpDatagram(true, "abc"), {.protocol = 17, .length = 60})}), "out:3");
  row("IP that says it is shorter than its header",
      pcapOf({ipv4(udpDatagram(true, "abc"), {.protocol = 17, .length = 12})}), "", 1);
  row("IP without a length: the card was to cut it",
      pcapOf({ipv4(udpDatagram(true, "abc"), {.protocol = 17, .length = 0})}), "out:3");
  row("IP with options",
      pcapOf({ipv4(udpDatagram(true, "abc"), {.protocol = 17, .options = std::string(8, '\1')})}), "out:3");
  row("ICMP", pcapOf({ipv4("xxxxxxxx", {.protocol = 1})}), "", 1);
  row("fragments",
      pcapOf({fragment(datagram, 0, 1480), fragment(datagram, 1480, 1480), fragment(datagram, 2960, 48)}),
      "out:3000");
  row("fragments in any order, one twice",
      pcapOf({fragment(datagram, 2960, 48), fragment(datagram, 0, 1480), fragment(datagram, 0, 1480),
              fragment(datagram, 1480, 1480)}),
      "out:3000");
  row("fragments that overlap",
      pcapOf({fragment(datagram, 0, 1480), fragment(datagram, 2000, 1008), fragment(datagram, 1000, 1480)}),
      "out:3000");
  row("fragments of two datagrams",
      pcapOf({fragment(datagram, 0, 1480, 1), fragment(datagram, 0, 1480, 2),
              fragment(datagram, 1480, 1528, 1), fragment(datagram, 1480, 1528, 2)}),
      "out:3000 out:3000");
  row("a fragment is missing", pcapOf({fragment(datagram, 0, 1480), fragment(datagram, 2960, 48)}), "", 2);
  row("a last fragment that is not the last",
      pcapOf({fragment(datagram, 2000, 800),
              ipv4(datagram.substr(8, 40), {.protocol = 17, .id = 7, .fragment = 1})}),
      "", 2);
  row("fragments of IPv6", pcapOf({ipv6Fragment(datagram, 0, 1440), ipv6Fragment(datagram, 1440, 1568)}),
      "out:3000");
  const std::string hopByHop =
      Maker().u8(60).u8(0).raw(std::string(6, '\0')).u8(17).u8(1).raw(std::string(14, '\0')).text;
  row("IPv6 with headers in between", pcapOf({ipv6(hopByHop + udpDatagram(true, "abc"), true, 0)}), "out:3");
  row("IPv6 with a header that lies",
      pcapOf({ipv6(Maker().u8(17).u8(200).raw(std::string(6, '\0')).text, true, 0)}), "", 1);
  row("TCP with a header that lies", pcapOf({ipv4(std::string(12, '\0') + "\xF0" + std::string(9, '\0'))}),
      "", 1);
  row("TCP in IPv6", pcapOf({ipv6(tcpSegment({true, 100, 0, kSyn})), ipv6(tcpSegment({true, 101, 0}, "ab"))}),
      "connecting out:2");
}

void TestCaptureRead::packetsBecomeRows() {
  QFETCH(QByteArray, file);
  QFETCH(qulonglong, passedOver);
  const Imported got = importBytes(file.toStdString());
  QVERIFY(!got.status.error);
  QTEST(got.story(), "story");
  QCOMPARE(got.status.passedOver, passedOver);
}

void TestCaptureRead::linkTypesAreUnderstood_data() {
  QTest::addColumn<unsigned>("linkType");
  QTest::addColumn<QByteArray>("packet");
  const auto row = [](const char* name, unsigned type, const std::string& packet) {
    QTest::newRow(name) << type << QByteArray::fromStdString(packet);
  };
  const std::string v4 = udp(true, "abc");
  const std::string v6 = ipv6(udpDatagram(true, "abc"), true, 17);
  row("Ethernet", 1, ethernet(v4));
  row("Ethernet, IPv6", 1, ethernet(v6, 0x86DD));
  row("Ethernet with a VLAN", 1, ethernet(Maker().u16(5).u16(0x0800).raw(v4).text, 0x8100));
  row("Ethernet with two VLANs", 1,
      ethernet(Maker().u16(5).u16(0x8100).u16(6).u16(0x86DD).raw(v6).text, 0x88A8));
  row("PPPoE", 1, ethernet(Maker().u32(0x11000001).u16(0).u16(0x0021).raw(v4).text, 0x8864));
  row("raw", 101, v4);
  row("raw, IPv6", 101, v6);
  row("IPv4", 228, v4);
  row("IPv6", 229, v6);
  row("loopback, little end first", 0, std::string("\2\0\0\0", 4) + v4);
  row("loopback, big end first", 0, std::string("\0\0\0\x1E", 4) + v6);
  row("OpenBSD's loopback", 108, std::string("\0\0\0\2", 4) + v4);
  row("PPP", 9, Maker().u16(0xFF03).u16(0x0021).raw(v4).text);
  row("PPP without its address", 9, Maker().u16(0x0057).raw(v6).text);
  row("PPP in HDLC", 50, Maker().u16(0xFF03).u16(0x0021).raw(v4).text);
  row("Cisco's HDLC", 50, Maker().u16(0x0F00).u16(0x0800).raw(v4).text);
  row("cooked", 113, std::string(14, '\0') + Maker().u16(0x0800).raw(v4).text);
  row("cooked, second version", 276, Maker().u16(0x86DD).raw(std::string(18, '\0')).raw(v6).text);
}

void TestCaptureRead::linkTypesAreUnderstood() {
  QFETCH(unsigned, linkType);
  QFETCH(QByteArray, packet);
  PcapFile pcap(linkType);
  const Imported classic = importBytes(pcap.add(packet.toStdString()).bytes());
  QCOMPARE(classic.story(), QByteArray("out:3"));
  const Imported next = importBytes(PcapngFile().interface(linkType).enhanced(packet.toStdString()).bytes());
  QCOMPARE(next.story(), QByteArray("out:3"));
  QCOMPARE(next.stream(RecordKind::out), "abc");
}

void TestCaptureRead::formsOfTheFileAreUnderstood_data() {
  QTest::addColumn<QByteArray>("file");
  const auto row = [](const char* name, const std::string& file) {
    QTest::newRow(name) << QByteArray::fromStdString(file);
  };
  const std::string packet = udp(true, "abc");
  for (const bool little : {true, false}) {
    for (const bool nanos : {false, true}) {
      PcapFile file(101, little, nanos);
      row(qPrintable(QStringLiteral("pcap %1 %2").arg(little).arg(nanos)),
          file.add(packet).add(packet).bytes());
    }
    row(little ? "pcapng, little end first" : "pcapng, big end first",
        PcapngFile(little).interface(101).enhanced(packet).enhanced(packet).bytes());
  }
  row("simple blocks", PcapngFile().interface(101).simple(packet).simple(packet).bytes());
  row("obsolete blocks", PcapngFile().interface(101).obsolete(packet).obsolete(packet).bytes());
  row("two sections, both orders", PcapngFile()
                                       .interface(101)
                                       .enhanced(packet)
                                       .section(false)
                                       .interface(1)
                                       .enhanced(ethernet(packet))
                                       .bytes());
  row("two interfaces of two kinds",
      PcapngFile().interface(1).interface(101).enhanced(ethernet(packet)).enhanced(packet, 1, 1).bytes());
  row("blocks of other kinds between", PcapngFile()
                                           .interface(101)
                                           .block(4, "xxxx")
                                           .enhanced(packet)
                                           .block(5, "xxxxxxxxxxxx")
                                           .block(0x0BAD, "")
                                           .block(77, "any")
                                           .enhanced(packet)
                                           .bytes());
  const PcapngFile options;
  row("options that are not known",
      PcapngFile()
          .interface(101, options.option(2, "eth0") + options.option(999, "x") + options.option(0, ""))
          .enhanced(packet, 1, 0, options.option(2, "\1\0\0\0") + options.option(1, "a remark"))
          .enhanced(packet)
          .bytes());
  row("options that lie about their length", PcapngFile()
                                                 .interface(101)
                                                 .enhanced(packet, 1, 0,
                                                           options.option(1, "a").substr(0, 2) + "\xFF\xFF"
                                                                                                 "abcd")
                                                 .enhanced(packet)
                                                 .bytes());
}

void TestCaptureRead::formsOfTheFileAreUnderstood() {
  QFETCH(QByteArray, file);
  const Imported got = importBytes(file.toStdString());
  QVERIFY2(!got.status.error, got.status.error ? got.status.error->line().c_str() : "");
  QCOMPARE(got.story(), QByteArray("out:3 out:3"));
  QCOMPARE(got.status.passedOver, 0U);
}

void TestCaptureRead::timesAreRead_data() {
  QTest::addColumn<QByteArray>("options");
  QTest::addColumn<qulonglong>("stamp");
  QTest::addColumn<qlonglong>("time");
  const PcapngFile file;
  const auto resolution = [&](unsigned n) {
    return QByteArray::fromStdString(file.option(9, std::string(1, static_cast<char>(n))));
  };
  const auto offset = [&](std::int64_t n) {
    return QByteArray::fromStdString(file.option(14, file.make().u64(static_cast<std::uint64_t>(n)).text));
  };
  QTest::newRow("microseconds when nothing is said") << QByteArray() << 1'000'001ULL << 1'000'001'000LL;
  QTest::newRow("nanoseconds") << resolution(9) << 1'700'000'000'123'456'789ULL
                               << 1'700'000'000'123'456'789LL;
  QTest::newRow("seconds") << resolution(0) << 1'700'000'000ULL << 1'700'000'000'000'000'000LL;
  QTest::newRow("picoseconds") << resolution(12) << 1'234'567'890'123'456ULL << 1'234'567'890'123LL;
  QTest::newRow("2^-20 s") << resolution(0x94) << (5ULL << 20 | 1ULL << 19) << 5'500'000'000LL;
  QTest::newRow("2^-63 s") << resolution(0xBF) << (1ULL << 63 | 1ULL << 62) << 1'500'000'000LL;
  QTest::newRow("2^-127 s") << resolution(0xFF) << ~0ULL << 1LL;
  QTest::newRow("an offset") << resolution(9) + offset(100) << 5ULL << 100'000'000'005LL;
  QTest::newRow("an offset back") << resolution(9) + offset(-1) << 3'000'000'000ULL << 2'000'000'000LL;
  QTest::newRow("before 1970") << resolution(9) + offset(-100) << 5ULL << 1LL;
  QTest::newRow("beyond what 64 bits tell")
      << resolution(0) << ~0ULL << std::numeric_limits<qlonglong>::max();
  QTest::newRow("zero") << QByteArray() << 0ULL << 1LL;
}

void TestCaptureRead::timesAreRead() {
  QFETCH(QByteArray, options);
  QFETCH(qulonglong, stamp);
  PcapngFile file;
  file.interface(101, options.toStdString()).enhanced(udp(true, "abc"), stamp).simple(udp(true, "d"));
  const Imported got = importBytes(file.bytes());
  QCOMPARE(got.rows.size(), 2U);
  QTEST(static_cast<qlonglong>(got.rows[0].record.time), "time");
  QCOMPARE(got.rows[1].record.time, got.rows[0].record.time);  // a simple packet has none of its own
}

void TestCaptureRead::damagedFilesAreToldWithThePlace_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QByteArray>("words");
  QTest::addColumn<qulonglong>("rows");
  QTest::addColumn<qulonglong>("passedOver");
  const auto row = [](const char* name, const std::string& file, const char* words, qulonglong rows = 1,
                      qulonglong passedOver = 0) {
    QTest::newRow(name) << QByteArray::fromStdString(file) << QByteArray(words) << rows << passedOver;
  };
  const std::string packet = udp(true, "abc");
  const std::string good = PcapngFile().interface(101).enhanced(packet).bytes();
  const std::string two = PcapngFile().interface(101).enhanced(packet).enhanced(packet).bytes();
  std::string unequal = two;
  unequal[unequal.size() - 4] ^= 4;
  row("cut in mid-block", two.substr(0, two.size() - 1),
      "at byte 112: the file ends within a block, after 63 of its 64 bytes");
  row("cut behind a block's beginning", two.substr(0, good.size() + 5),
      "at byte 112: the file ends within a block, after 5 bytes of it");
  row("two lengths that differ", unequal, "at byte 112: a block's two lengths differ: 64 and 68");
  row("a length that cannot be", good + Maker{.text = {}, .little = true}.u32(6).u32(13).u32(13).text,
      "at byte 112: a block of 13 bytes, which no block can have");
  row("an enormous block", good + Maker{.text = {}, .little = true}.u32(6).u32(0x40000000).u32(0).text,
      "at byte 112: a block of 1073741824 bytes; the most that is read is 16777216");
  row("a section of another version", good + PcapngFile().bytes().replace(12, 1, "\2"),
      "at byte 112: version 2 of pcapng, where 1 is known");
  row("a section without a byte order", good + PcapngFile().bytes().replace(8, 1, "\2"),
      "at byte 112: a section header without a byte order");
  row("an interface that is not described",
      PcapngFile().interface(101).enhanced(packet).enhanced(packet, 1, 3).bytes(), "", 1, 1);
  row("a packet longer than its block",
      PcapngFile()
          .interface(101)
          .enhanced(packet)
          .block(6, Maker{.text = {}, .little = true}.u32(0).u64(0).u32(999).u32(999).raw("abcd").text)
          .bytes(),
      "", 1, 1);
  row("a block without room for its fields",
      PcapngFile().interface(101).enhanced(packet).block(6, "abcd").block(3, "").block(2, "abcd").bytes(), "",
      1, 3);
  row("pcap cut in mid-packet", PcapFile().add(packet).add(packet).bytes().substr(0, 100),
      "behind packet 1: truncated dump file");
  row("pcap of another version", PcapFile().bytes().replace(4, 1, "\7"),
      "unsupported pcap savefile version 7.4", 0);
}

void TestCaptureRead::damagedFilesAreToldWithThePlace() {
  QFETCH(QByteArray, file);
  QFETCH(QByteArray, words);
  QFETCH(qulonglong, rows);
  QFETCH(qulonglong, passedOver);
  const Imported got = importBytes(file.toStdString());
  const QByteArray told =
      got.status.error ? QByteArray::fromStdString(got.status.error->message()) : QByteArray();
  QVERIFY2(words.isEmpty() ? told.isEmpty() : told.startsWith(words), told.constData());
  QCOMPARE(got.rows.size(), rows);
  QCOMPARE(got.status.passedOver, passedOver);
  QVERIFY(!got.status.reading);
}

void TestCaptureRead::openSaysWhatIsWrong() {
  QTemporaryDir folder;
  QVERIFY(importPath(folder.filePath(QStringLiteral("none"))).status.error->isErrno(ENOENT));
  QVERIFY(importPath(folder.path()).status.error->isErrno(EISDIR));
  QVERIFY(importBytes("").status.error->isInput(InputFault::badSyntax));
  QVERIFY(importBytes("GET / HTTP/1.1\r\n").status.error->isInput(InputFault::badSyntax));
}

void TestCaptureRead::rowsAppearWhileAPipeIsOpen() {
  std::array<int, 2> ends{};
  QCOMPARE(::pipe(ends.data()), 0);
  CaptureFileSettings settings{.path = "a pipe", .descriptor = ends[0]};
  const auto file = CaptureFile::open(std::move(settings));
  QVERIFY(file.has_value());
  const std::string bytes = PcapngFile().interface(101).enhanced(udp(true, "abc")).bytes();
  QCOMPARE(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  QTRY_COMPARE((*file)->log().end(), 1U);
  QVERIFY((*file)->status().reading);
  QCOMPARE((*file)->status().bytesAll, 0U);
  ::close(ends[1]);
  (*file)->waitUntilRead();
  QVERIFY(!(*file)->status().error);
}

void TestCaptureRead::aPipeThatNobodyWritesToIsGivenUp() {
  QTemporaryDir folder;
  const std::string path = folder.filePath(QStringLiteral("pipe")).toStdString();
  QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
  auto file = CaptureFile::open({.path = path});
  QVERIFY(file.has_value());
  file->reset();  // returns
}

void TestCaptureRead::aReaderMayHoldItUp() {
  QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("many"));
  PcapFile many;
  for (int i = 0; i < 5000; ++i) many.add(udp(true, "abc"));
  QFile out(path);
  QVERIFY(out.open(QIODevice::WriteOnly));
  out.write(many.bytes().data(), static_cast<qint64>(many.bytes().size()));
  out.close();
  std::promise<void> goOn;
  CaptureFileSettings settings{.path = path.toStdString()};
  std::atomic<std::uint64_t> calls = 0;
  settings.pace = [&, waits = goOn.get_future().share()](const std::stop_token&) {
    ++calls;
    waits.wait();
  };
  const auto file = CaptureFile::open(std::move(settings));
  QTRY_COMPARE(calls.load(), 1U);
  QVERIFY((*file)->log().end() > 0);
  QVERIFY((*file)->log().end() < 5000);
  goOn.set_value();
  (*file)->waitUntilRead();
  QCOMPARE((*file)->log().end(), 5000U);
}

QTEST_GUILESS_MAIN(TestCaptureRead)
#include "tst_capture_read.moc"
