// Good files with bytes changed, cut and repeated: they are read or refused with a sentence, whatever they
// say.
#include <QTest>
#include <random>

#include "tests/core/capture/imported.h"
#include "tests/core/capture/packet_maker.h"

using namespace sockbench;
using namespace sockbench::test;

namespace {

constexpr LogLimits kTiny{.budgetBytes = 64 << 10, .blockBytes = 512, .chunkRecords = 64};

std::string ownComment(std::string_view keys) {
  return "a connection was made\nsockbench:1 " + std::string(keys);
}

std::string goodPcapng() {
  const PcapngFile plain;
  const auto comment = [&](std::string_view keys) { return plain.option(1, ownComment(keys)); };
  const std::string pdu = Maker().u16(12).u16(4).raw("data").u16(0).u16(0).raw("payload").text;
  PcapngFile file;
  file.interface(101, plain.option(9, "\x09")).interface(252).interface(1);
  file.enhanced(tcp({true, 100, 0, kSyn})).enhanced(tcp({false, 900, 101, kSyn | kAck}));
  file.enhanced(tcp({true, 105, 901}, "out of order")).enhanced(tcp({true, 101, 901}, "abcd"));
  file.enhanced(ethernet(udp(true, "hello")), 5, 2).simple(udp(false, "simple"));
  file.enhanced(ipv4(std::string(40, 'f'), {.protocol = 17, .fragment = 0x2000}));
  file.enhanced(tcp({true, 1, 1}, "mine"), 9, 0, comment("k=out s=3 f=4 v=17 m=1 note=%41%42 mark=1"));
  file.enhanced(
      pdu, 9, 1,
      comment("k=error s=3 tr=unix l=unix:/tmp/x r=none t=why eo=connect ed=errno ec=111 es=x ew=1:2"));
  file.enhanced(pdu, 9, 1, comment("k=in s=4 p=3 part=1/2 tr=tcp ot=raw l=raw:02001234567890ab r=none"));
  return file.enhanced(tcp({true, 104, 0, kFin | kAck})).enhanced(tcp({false, 901, 0, kRst})).bytes();
}

std::string goodPcap() {
  PcapFile file(113);
  const std::string head = std::string(14, '\0') + Maker().u16(0x0800).text;
  file.add(head + tcp({true, 100, 0, kSyn})).add(head + tcp({true, 101, 0, kUrg | kAck, 2}, "abcd"));
  return file.add(head + udp(true, "hello"), 500)
      .add(head + ipv4("xx", {.protocol = 17, .fragment = 7}))
      .bytes();
}

}  // namespace

class TestCaptureReadHostile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void changedFilesAreReadOrRefused_data();
  void changedFilesAreReadOrRefused();
  void everyPrefixIsReadOrRefused_data();
  void everyPrefixIsReadOrRefused();
};

void TestCaptureReadHostile::changedFilesAreReadOrRefused_data() {
  QTest::addColumn<QByteArray>("good");
  QTest::newRow("pcapng") << QByteArray::fromStdString(goodPcapng());
  QTest::newRow("pcap") << QByteArray::fromStdString(goodPcap());
}

void TestCaptureReadHostile::changedFilesAreReadOrRefused() {
  QFETCH(QByteArray, good);
  QVERIFY(!importBytes(good.toStdString(), kTiny).status.error);
  std::mt19937 random(1);
  for (int round = 0; round < 400; ++round) {
    std::string bytes = good.toStdString();
    const std::size_t changes = 1 + random() % 4;
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = 4 + random() % (bytes.size() - 4);
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes[at] = random() % 2 == 0 ? '\xFF' : '\0';
          break;
        case 2:
          bytes.erase(at, 1 + random() % 8);
          break;
        default:
          bytes.insert(at, bytes.substr(random() % at, 1 + random() % 64));
      }
    }
    const Imported got = importBytes(bytes, kTiny);
    QVERIFY(!got.status.reading);
    if (got.status.error) QVERIFY(!got.status.error->message().empty());
  }
}

void TestCaptureReadHostile::everyPrefixIsReadOrRefused_data() {
  changedFilesAreReadOrRefused_data();
}

void TestCaptureReadHostile::everyPrefixIsReadOrRefused() {
  QFETCH(QByteArray, good);
  std::size_t before = 0;
  for (qsizetype length = 0; length <= good.size(); ++length) {
    const Imported got = importBytes(good.first(length).toStdString(), kTiny);
    QVERIFY(!got.status.reading);
    QVERIFY(got.status.packets >= before);
    before = got.status.packets;
  }
}

QTEST_GUILESS_MAIN(TestCaptureReadHostile)
#include "tst_capture_read_hostile.moc"
