// Beside other people's programs: libpcap reads the same packets, Wireshark's tools write what is read.
#include <fcntl.h>
#include <pcap/pcap.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>
#include <algorithm>
#include <array>
#include <random>

#include "core/capture/read/byte_source.h"
#include "core/capture/read/packet_source.h"
#include "tests/core/capture/imported.h"
#include "tests/core/capture/packet_maker.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

constexpr int kDeadlineMs = 20000;

// Empty: it is not installed.
QString toolPath(const char* name) {
  return QStandardPaths::findExecutable(QString::fromLatin1(name));
}

bool run(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  return process.waitForFinished(kDeadlineMs) && process.exitCode() == 0;
}

QString save(const QTemporaryDir& folder, const char* name, const std::string& bytes) {
  QFile file(folder.filePath(QString::fromLatin1(name)));
  if (file.open(QIODevice::WriteOnly)) file.write(bytes.data(), static_cast<qint64>(bytes.size()));
  return file.fileName();
}

QByteArray describe(WallNanos time, std::uint64_t real, ByteView bytes) {
  return QByteArray::number(qlonglong(time)) + ' ' + QByteArray::number(qulonglong(real)) + ' ' +
         QByteArray(asChars(bytes).data(), qsizetype(bytes.size())).toHex();
}

QByteArrayList ourPackets(const QString& path) {
  QByteArrayList packets;
  const int file = ::open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC);
  ByteSource source(file, path.toStdString(), false);
  const auto opened = openPacketSource(source);
  if (!opened) return {"not opened"};
  CapturedPacket packet;
  Result<bool> more = (*opened)->next(packet);
  for (; more && *more; more = (*opened)->next(packet))
    packets += describe(packet.time, packet.realLength, packet.bytes);
  if (!more) packets += "error";
  return packets;
}

QByteArrayList libpcapPackets(const QString& path) {
  std::array<char, PCAP_ERRBUF_SIZE> problem{};
  pcap_t* pcap = ::pcap_open_offline_with_tstamp_precision(path.toLocal8Bit().constData(),
                                                           PCAP_TSTAMP_PRECISION_NANO, problem.data());
  if (pcap == nullptr) return {problem.data()};
  QByteArrayList packets;
  pcap_pkthdr* header = nullptr;
  const u_char* bytes = nullptr;
  int got = 0;
  while ((got = ::pcap_next_ex(pcap, &header, &bytes)) == 1)
    packets += describe(WallNanos{header->ts.tv_sec} * 1'000'000'000 + header->ts.tv_usec, header->len,
                        std::as_bytes(std::span(bytes, header->caplen)));
  if (got == PCAP_ERROR) packets += "error";
  ::pcap_close(pcap);
  return packets;
}

// A file that libpcap takes: interfaces of one link type (and not several of raw IP, which it refuses by
// mistake).
std::string someFile(std::mt19937& random) {
  PcapngFile file(random() % 2 == 0);
  constexpr std::array<int, 5> kResolutions{-1, 6, 9, 3, 0x8A};
  const int resolution = kResolutions.at(random() % kResolutions.size());
  const std::size_t interfaces = 1 + random() % 3;
  for (std::size_t i = 0; i < interfaces; ++i) {
    std::string options;
    if (resolution >= 0) options = file.option(9, std::string(1, static_cast<char>(resolution)));
    if (random() % 2 == 0) options += file.option(2, "name") + file.option(0, "");
    file.interface(1, options);
  }
  for (std::size_t count = random() % 30; count > 0; --count) {
    const std::string packet = ethernet(udp(random() % 2 == 0, std::string(random() % 200, 'x')));
    const std::uint64_t stamp = 1'000'000'000 + random();
    switch (random() % 4) {
      case 0:
        file.block(random() % 2 == 0 ? 4 : 0x0BAD, std::string(random() % 50, 'n'));
        break;
      case 1:
        file.obsolete(packet, stamp);
        break;
      default:
        file.enhanced(packet, stamp, static_cast<unsigned>(random() % interfaces),
                      random() % 2 == 0 ? file.option(1, "a remark") : std::string(),
                      packet.size() + random() % 9);
    }
  }
  return file.bytes();
}

// Two connections, of which one's bytes are out of order.
std::vector<std::string> packets() {
  return {tcp({true, 100, 0, kSyn}),
          tcp({false, 900, 101, kSyn | kAck}),
          tcp({true, 106, 901}, "world"),
          tcp({true, 101, 901}, "hello"),
          tcp({false, 901, 111}, "answer"),
          udp(true, "ask"),
          udp(false, "told"),
          tcp({true, 111, 907, kAck | kFin}),
          tcp({false, 907, 112, kAck | kFin})};
}

constexpr const char* kStory = "connecting connected out:5 out:5 in:6 out:3 in:4 half-closed/us closed/peer";

}  // namespace

class TestCaptureReadTools : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void libpcapReadsTheSamePackets_data();
  void libpcapReadsTheSamePackets();
  void editcapsFormatsAreRead_data();
  void editcapsFormatsAreRead();
  void mergecapsMixtureOfLinkTypesIsRead();
  void reordercapPutsPacketsInOrder();
  void whatDumpcapSawIsWhatWasSent();
};

void TestCaptureReadTools::libpcapReadsTheSamePackets_data() {
  QTest::addColumn<unsigned>("seed");
  for (unsigned seed = 1; seed <= 100; ++seed) QTest::addRow("seed %u", seed) << seed;
}

void TestCaptureReadTools::libpcapReadsTheSamePackets() {
  QFETCH(unsigned, seed);
  std::mt19937 random(seed);
  const QTemporaryDir folder;
  const QString path = save(folder, "file", someFile(random));
  QCOMPARE(ourPackets(path), libpcapPackets(path));
}

void TestCaptureReadTools::editcapsFormatsAreRead_data() {
  QTest::addColumn<QString>("format");
  for (const char* format : {"pcap", "nsecpcap", "modpcap", "pcapng"})
    QTest::newRow(format) << QString::fromLatin1(format);
}

void TestCaptureReadTools::editcapsFormatsAreRead() {
  QFETCH(QString, format);
  const QString editcap = toolPath("editcap");
  if (editcap.isEmpty()) QSKIP("editcap is not installed");
  const QTemporaryDir folder;
  PcapFile pcap;
  for (const std::string& packet : packets()) pcap.add(packet);
  const QString in = save(folder, "in", pcap.bytes());
  const QString out = folder.filePath(QStringLiteral("out"));
  QVERIFY(run(editcap, {QStringLiteral("-F"), format, in, out}));
  const Imported got = importPath(out);
  QVERIFY(!got.status.error);
  QCOMPARE(got.story(), QByteArray(kStory));
  QCOMPARE(got.stream(RecordKind::out), "helloworld");
}

void TestCaptureReadTools::mergecapsMixtureOfLinkTypesIsRead() {
  const QString mergecap = toolPath("mergecap");
  if (mergecap.isEmpty()) QSKIP("mergecap is not installed");
  const QTemporaryDir folder;
  PcapFile raw;
  PcapFile framed(1);
  for (const std::string& packet : packets()) raw.add(packet);
  framed.add(ethernet(ipv6(udpDatagram(true, "six"), true, 17), 0x86DD));
  const QString out = folder.filePath(QStringLiteral("out"));
  QVERIFY(run(mergecap, {QStringLiteral("-a"), QStringLiteral("-w"), out, save(folder, "raw", raw.bytes()),
                         save(folder, "framed", framed.bytes())}));
  const Imported got = importPath(out);
  QVERIFY(!got.status.error);
  QCOMPARE(got.story(), QByteArray(kStory) + " out:3");
  QCOMPARE(got.sessions.size(), 3U);
}

void TestCaptureReadTools::reordercapPutsPacketsInOrder() {
  const QString reordercap = toolPath("reordercap");
  if (reordercap.isEmpty()) QSKIP("reordercap is not installed");
  const QTemporaryDir folder;
  std::vector<std::string> all = packets();
  PcapngFile shuffled;
  shuffled.interface(101);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t place = (i * 4 + 2) % all.size();
    shuffled.enhanced(all[place], 1'000'000 + place);
  }
  const QString out = folder.filePath(QStringLiteral("out"));
  QVERIFY(run(reordercap, {save(folder, "in", shuffled.bytes()), out}));
  QCOMPARE(importPath(out).story(), QByteArray(kStory));
}

// Real packets of the loopback interface, with whatever the kernel makes of segments and acknowledgements.
void TestCaptureReadTools::whatDumpcapSawIsWhatWasSent() {
  const QString dumpcap = toolPath("dumpcap");
  if (dumpcap.isEmpty()) QSKIP("dumpcap is not installed");
  QTcpServer server;
  QVERIFY(server.listen(QHostAddress::LocalHost));
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("lo"));
  QProcess capture;
  capture.start(dumpcap,
                {QStringLiteral("-q"), QStringLiteral("-i"), QStringLiteral("lo"), QStringLiteral("-w"), path,
                 QStringLiteral("-f"), QStringLiteral("port %1").arg(server.serverPort())});
  QVERIFY(capture.waitForStarted(kDeadlineMs));
  // It captures once it has seen a datagram.
  QUdpSocket probe;
  QElapsedTimer timer;
  timer.start();
  while (capture.state() == QProcess::Running && importPath(path).rows.empty() &&
         timer.elapsed() < kDeadlineMs) {
    probe.writeDatagram("?", QHostAddress::LocalHost, server.serverPort());
    capture.waitForFinished(50);
  }
  if (capture.state() != QProcess::Running) QSKIP("dumpcap may not capture here");
  QTcpSocket client;
  client.connectToHost(QHostAddress::LocalHost, server.serverPort());
  QVERIFY(client.waitForConnected(kDeadlineMs));
  QVERIFY(server.waitForNewConnection(kDeadlineMs));
  QTcpSocket* accepted = server.nextPendingConnection();
  QByteArray sent(300000, '\0');
  for (qsizetype i = 0; i < sent.size(); ++i) sent[i] = static_cast<char>(i * i >> 7);
  client.write(sent);
  QByteArray received;
  QTRY_VERIFY_WITH_TIMEOUT((received += accepted->readAll()).size() == sent.size(), kDeadlineMs);
  accepted->write(sent.left(100000));
  QByteArray answer;
  QTRY_VERIFY_WITH_TIMEOUT((answer += client.readAll()).size() == 100000, kDeadlineMs);
  const quint16 clientPort = client.localPort();
  client.disconnectFromHost();
  QTRY_VERIFY_WITH_TIMEOUT(accepted->state() == QAbstractSocket::UnconnectedState, kDeadlineMs);
  QTRY_VERIFY_WITH_TIMEOUT(importPath(path).story().contains("closed/peer"), kDeadlineMs);
  capture.terminate();
  QVERIFY(capture.waitForFinished(kDeadlineMs));
  const Imported got = importPath(path);
  QVERIFY(!got.status.error);
  const auto session = std::ranges::find_if(got.sessions, [&](const CapturedSession& s) {
    return s.flow->transport == Transport::tcp && s.flow->local.port() == clientPort;
  });
  QVERIFY(session != got.sessions.end());
  QCOMPARE(session->missing, 0U);
  QVERIFY(got.stream(RecordKind::out, session->id.value) == sent);
  QVERIFY(got.stream(RecordKind::in, session->id.value) == sent.left(100000));
}

QTEST_GUILESS_MAIN(TestCaptureReadTools)
#include "tst_capture_read_tools.moc"
