// show, convert and stream: capture files on the command line.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "cli_process.h"
#include "tests/core/capture/packet_maker.h"

using namespace sockbench::test;

namespace {

std::string connectionFile() {
  PcapFile file;
  for (const std::string& packet :
       {tcp({true, 100, 0, kSyn}), tcp({false, 900, 101, kSyn | kAck}),
        tcp({true, 101, 901}, "GET /\r\nHost: x\r\n"), tcp({false, 901, 117}, "200 OK\r\nhel"),
        tcp({false, 912, 117}, "lo\r\n"), udp(true, "ask"), tcp({true, 117, 916, kAck | kFin}),
        tcp({false, 916, 118, kAck | kFin})})
    file.add(packet);
  return file.bytes();
}

// SYNs, each of another client: a session each.
std::string manySyns(std::uint32_t count) {
  PcapFile one;
  one.add(tcp({true, 100, 0, kSyn}));
  std::string bytes = one.bytes();
  const std::string packet = bytes.substr(24);
  bytes.reserve(24 + count * packet.size());
  for (std::uint32_t i = 1; i < count; ++i) {
    const std::size_t client = bytes.size() + 16 + 12;
    bytes += packet;
    bytes.replace(client, 4, Maker().u32(kClient + 256 + i).text);
  }
  return bytes;
}

// The answer to a request, with a body of `pieces` of 60,000 bytes.
std::string longAnswer(std::uint32_t pieces) {
  const std::string head =
      "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(pieces * 60000) + "\r\n\r\n";
  PcapFile file;
  file.add(tcp({true, 100, 0, kSyn}))
      .add(tcp({false, 900, 101, kSyn | kAck}))
      .add(tcp({false, 901, 101}, head));
  const std::string piece(60000, 'x');
  auto sequence = static_cast<std::uint32_t>(901 + head.size());
  for (std::uint32_t i = 0; i < pieces; ++i, sequence += 60000) file.add(tcp({false, sequence, 101}, piece));
  file.add(tcp({false, sequence, 101}, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nend"));
  return file.bytes();
}

QList<QJsonObject> objects(const QByteArray& lines) {
  QList<QJsonObject> all;
  for (const QByteArray& line : lines.split('\n'))
    if (!line.isEmpty()) all += QJsonDocument::fromJson(line).object();
  return all;
}

}  // namespace

class TestCliShow : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase();
  void showPrintsRowsAndASummary();
  void showPrintsForPeople();
  void showFilters();
  void showReadsStandardInput();
  void damagedFilesArePrintedAsFarAsTheyGo();
  void noRowOfManySessionsIsLost();
  void aSignalEndsThePrinting_data();
  void aSignalEndsThePrinting();
  void convertedFilesShowTheSame_data();
  void convertedFilesShowTheSame();
  void convertWritesTextFormats_data();
  void convertWritesTextFormats();
  void convertWritesStandardOutput();
  void convertDoesWithoutAFolderForTemporaryFiles();
  void streamGivesTheBytesOfADirection_data();
  void streamGivesTheBytesOfADirection();
  void streamPrintsBothSides();
  void streamCutsFrames();
  void ofALongFrameTheBeginningIsKept_data();
  void ofALongFrameTheBeginningIsKept();
  void wrongUsageIsTold_data();
  void wrongUsageIsTold();
  void whatTheFileSaidNoTo_data();
  void whatTheFileSaidNoTo();

 private:
  QString save(const char* name, const std::string& bytes) const {
    QFile file(folder_.filePath(QString::fromLatin1(name)));
    if (file.open(QIODevice::WriteOnly)) file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    return file.fileName();
  }
  QStringList arguments(const QString& text) const {
    QStringList all;
    for (QString word : text.split(QLatin1Char(' ')))
      all += word.replace(QStringLiteral("FILE"), path_).replace(QStringLiteral("DIR"), folder_.path());
    return all;
  }
  QTemporaryDir folder_;
  QString path_;
};

void TestCliShow::initTestCase() {
  path_ = save("connection.pcap", connectionFile());
}

void TestCliShow::showPrintsRowsAndASummary() {
  const ProgramResult got = runCli(arguments(QStringLiteral("show FILE --json")));
  QCOMPARE(got.exitCode, 0);
  const QList<QJsonObject> rows = objects(got.out);
  QStringList kinds;
  for (const QJsonObject& row : rows) kinds += row[QStringLiteral("kind")].toString();
  QCOMPARE(kinds.join(QLatin1Char(' ')),
           QStringLiteral("connecting connected out in in out half-closed closed summary"));
  QVERIFY(covers(rows[2],
                 QJsonObject{{QStringLiteral("session"), 1},
                             {QStringLiteral("length"), 16},
                             {QStringLiteral("local"), QStringLiteral("10.0.0.1:40000")},
                             {QStringLiteral("peer"), QStringLiteral("10.0.0.2:80")},
                             {QStringLiteral("time"), QStringLiteral("1970-01-01T00:00:01.000002000Z")}}));
  QVERIFY(covers(rows.last(), QJsonObject{{QStringLiteral("sessions"), 2},
                                          {QStringLiteral("records"), 8},
                                          {QStringLiteral("packets"), 8},
                                          {QStringLiteral("passed_over"), 0},
                                          {QStringLiteral("missing"), 0},
                                          {QStringLiteral("bytes_in"), 15},
                                          {QStringLiteral("bytes_out"), 19}}));
}

void TestCliShow::showPrintsForPeople() {
  const ProgramResult got = runCli(arguments(QStringLiteral("show FILE")));
  QCOMPARE(got.exitCode, 0);
  QVERIFY(got.err.isEmpty());
  QVERIFY2(got.out.contains("#1   \u2192  out         10.0.0.2:80"), got.out);
  QVERIFY2(got.out.contains("2 sessions"), got.out);
}

void TestCliShow::showFilters() {
  const ProgramResult got =
      runCli({QStringLiteral("show"), path_, QStringLiteral("--json"), QStringLiteral("--payload"),
              QStringLiteral("text"), QStringLiteral("--filter"), QStringLiteral("data contains \"200\"")});
  QCOMPARE(got.exitCode, 0);
  const QList<QJsonObject> rows = objects(got.out);
  QCOMPARE(rows.size(), 2);
  QCOMPARE(rows[0][QStringLiteral("text")].toString(), QStringLiteral("200 OK\r\nhel"));
  QCOMPARE(rows[1][QStringLiteral("records")].toInt(), 1);
}

void TestCliShow::showReadsStandardInput() {
  const ProgramResult got = runCliInShell(QStringLiteral("cat '%1' | \"$0\" show - --json").arg(path_));
  QCOMPARE(got.exitCode, 0);
  QCOMPARE(objects(got.out).size(), 9);
}

void TestCliShow::damagedFilesArePrintedAsFarAsTheyGo() {
  const std::string whole = connectionFile();
  const QString cut = save("cut.pcap", whole.substr(0, whole.size() - 5));
  const ProgramResult got = runCli({QStringLiteral("show"), cut});
  QCOMPARE(got.exitCode, 1);
  QVERIFY2(got.out.contains("half-closed") && got.out.contains("2 sessions"), got.out);
  QVERIFY2(got.err.contains("cut.pcap") && got.err.contains("behind packet 7"), got.err);
}

// More sessions than the log has room for at once.
void TestCliShow::noRowOfManySessionsIsLost() {
  const QString many = save("many.pcap", manySyns(700'000));
  const ProgramResult got = runCliInShell(
      QStringLiteral("{ \"$0\" show '%1'; echo status $? >&2; } | grep -c connecting").arg(many));
  QFile::remove(many);
  QCOMPARE(got.err, QByteArray("status 0\n"));
  QCOMPARE(got.out, QByteArray("700000\n"));
}

void TestCliShow::aSignalEndsThePrinting_data() {
  QTest::addColumn<QString>("verb");
  QTest::addColumn<QString>("signal");
  QTest::addColumn<QString>("reader");  // what it does after the signal
  QTest::addColumn<QString>("last");    // of what it then reads
  const QString readsOn = QStringLiteral("tail -n 1");
  const QString waits = QStringLiteral("tail -f /dev/null --pid $pid");
  const QString show = QStringLiteral("show many.pcap --json");
  const QString stream = QStringLiteral("stream long.pcap 1 --json");
  const QString raw = QStringLiteral("stream long.pcap 1 --direction in");
  const QString summary = QStringLiteral("{\"kind\":\"summary\"");
  QTest::newRow("show, who reads on") << show << QStringLiteral("INT") << readsOn << summary;
  QTest::newRow("show, who reads nothing") << show << QStringLiteral("INT") << waits << QString();
  QTest::newRow("show, SIGTERM") << show << QStringLiteral("TERM") << waits << QString();
  QTest::newRow("stream, who reads nothing") << stream << QStringLiteral("INT") << waits << QString();
  QTest::newRow("raw bytes, who reads nothing") << raw << QStringLiteral("INT") << waits << QString();
}

// The reader of the pipe takes a little, so that the printing has begun, sends the signal, and does as the
// row says.
void TestCliShow::aSignalEndsThePrinting() {
  QFETCH(QString, verb);
  QFETCH(QString, signal);
  QFETCH(QString, reader);
  QFETCH(QString, last);
  save("many.pcap", manySyns(50'000));
  save("long.pcap", longAnswer(100));
  const ProgramResult got = runCliInShell(
      QStringLiteral("cd '%1' && { sh -c 'echo $$ >pid; exec \"$0\" %2' \"$0\"; echo status $? >&2; } | "
                     "{ head -c 1000 >/dev/null; pid=$(cat pid); kill -%3 $pid; %4; }")
          .arg(folder_.path(), verb, signal, reader));
  QCOMPARE(got.err, QByteArray("status 0\n"));
  QVERIFY2(QString::fromUtf8(got.out).startsWith(last), got.out);
  if (!last.isEmpty()) QVERIFY(jsonLine(got.out)[QStringLiteral("records")].toInt() < 50'000);
}

void TestCliShow::convertedFilesShowTheSame_data() {
  QTest::addColumn<QString>("filter");
  QTest::newRow("all") << QString();
  QTest::newRow("some") << QStringLiteral("kind == in or kind == connected");
}

// pcap to pcapng of ours, whose records are those of the first.
void TestCliShow::convertedFilesShowTheSame() {
  QFETCH(QString, filter);
  const QString out = folder_.filePath(QStringLiteral("ours.pcapng"));
  QStringList convert{QStringLiteral("convert"), path_, out};
  QStringList show{QStringLiteral("show"), path_, QStringLiteral("--json")};
  if (!filter.isEmpty()) {
    convert += {QStringLiteral("--filter"), filter};
    show += {QStringLiteral("--filter"), filter};
  }
  const ProgramResult converted = runCli(convert);
  QVERIFY2(converted.exitCode == 0, converted.err);
  QByteArrayList expected = runCli(show).out.split('\n');
  QByteArrayList got = runCli({QStringLiteral("show"), out, QStringLiteral("--json")}).out.split('\n');
  QVERIFY(got.size() > 2);
  expected.resize(expected.size() - 2);  // the summaries differ in packets
  got.resize(got.size() - 2);
  QCOMPARE(got, expected);
}

void TestCliShow::convertWritesTextFormats_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<QString>("name");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("raw") << QStringLiteral("convert FILE DIR/x.bin") << QStringLiteral("x.bin")
                       << QByteArray("200 OK\r\nhello\r\n");
  QTest::newRow("raw, out") << QStringLiteral("convert FILE DIR/y.raw --direction out")
                            << QStringLiteral("y.raw") << QByteArray("GET /\r\nHost: x\r\nask");
}

void TestCliShow::convertWritesTextFormats() {
  QFETCH(QString, words);
  QFETCH(QString, name);
  const ProgramResult got = runCli(arguments(words));
  QVERIFY2(got.exitCode == 0, got.err);
  QFile file(folder_.filePath(name));
  QVERIFY(file.open(QIODevice::ReadOnly));
  QTEST(file.readAll(), "expected");
}

void TestCliShow::convertWritesStandardOutput() {
  const ProgramResult got = runCli(arguments(QStringLiteral("convert FILE - --format jsonl")));
  QVERIFY2(got.exitCode == 0, got.err);
  QCOMPARE(objects(got.out).size(), 8);
}

void TestCliShow::convertDoesWithoutAFolderForTemporaryFiles() {
  const ProgramResult got =
      runCliInShell(QStringLiteral("TMPDIR='%1' \"$0\" convert '%1' - --format jsonl").arg(path_));
  QVERIFY2(got.exitCode == 0, got.err);
  QCOMPARE(objects(got.out).size(), 8);
}

void TestCliShow::streamGivesTheBytesOfADirection_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<QByteArray>("expected");
  QTest::newRow("in") << QStringLiteral("stream FILE 1 --direction in") << QByteArray("200 OK\r\nhello\r\n");
  QTest::newRow("out") << QStringLiteral("stream FILE 1 --direction out")
                       << QByteArray("GET /\r\nHost: x\r\n");
  QTest::newRow("of the other session")
      << QStringLiteral("stream FILE 2 --direction out") << QByteArray("ask");
}

void TestCliShow::streamGivesTheBytesOfADirection() {
  QFETCH(QString, words);
  const ProgramResult got = runCli(arguments(words));
  QCOMPARE(got.exitCode, 0);
  QTEST(got.out, "expected");
}

void TestCliShow::streamPrintsBothSides() {
  const ProgramResult got = runCli(arguments(QStringLiteral("stream FILE 1 --json")));
  QCOMPARE(got.exitCode, 0);
  QStringList kinds;
  for (const QJsonObject& row : objects(got.out)) kinds += row[QStringLiteral("kind")].toString();
  QCOMPARE(kinds, QStringList({QStringLiteral("out"), QStringLiteral("in"), QStringLiteral("in")}));
}

void TestCliShow::streamCutsFrames() {
  const ProgramResult got =
      runCli(arguments(QStringLiteral("stream FILE 1 --framing line --json --payload text")));
  QVERIFY2(got.exitCode == 0, got.err);
  QStringList texts;
  for (const QJsonObject& frame : objects(got.out))
    texts += frame[QStringLiteral("direction")].toString() + QLatin1Char(' ') +
             frame[QStringLiteral("text")].toString();
  QCOMPARE(texts, QStringList({QStringLiteral("out GET /"), QStringLiteral("out Host: x"),
                               QStringLiteral("in 200 OK"), QStringLiteral("in hello")}));
}

void TestCliShow::ofALongFrameTheBeginningIsKept_data() {
  QTest::addColumn<std::uint32_t>("pieces");
  QTest::addColumn<QString>("payload");
  QTest::addColumn<bool>("isCut");
  QTest::newRow("short enough") << 10U << QStringLiteral("text") << false;
  QTest::newRow("longer than 64 MiB") << 1200U << QStringLiteral("text") << true;
  QTest::newRow("not asked for") << 1200U << QStringLiteral("none") << false;
}

void TestCliShow::ofALongFrameTheBeginningIsKept() {
  QFETCH(std::uint32_t, pieces);
  QFETCH(QString, payload);
  QFETCH(bool, isCut);
  const QString file = save("long.pcap", longAnswer(pieces));
  const ProgramResult got =
      runCli({QStringLiteral("stream"), file, QStringLiteral("1"), QStringLiteral("--framing"),
              QStringLiteral("http"), QStringLiteral("--payload"), payload});
  QFile::remove(file);
  QVERIFY2(got.exitCode == 0, got.err);
  const QByteArrayList lines = got.out.split('\n');
  QCOMPARE(lines.size(), 3);
  const bool isShown = payload == QStringLiteral("text");
  QCOMPARE(lines[0].contains("xxx"), isShown);
  QCOMPARE(lines[0].contains("beyond 64 MiB cut"), isCut);
  QCOMPARE(lines[1].contains("end"), isShown);
  QVERIFY(!lines[1].contains("cut"));
}

void TestCliShow::wrongUsageIsTold_data() {
  QTest::addColumn<QString>("words");
  QTest::newRow("a filter that is none") << QStringLiteral("show FILE --filter kind===");
  QTest::newRow("a form of payload that is none") << QStringLiteral("show FILE --payload shown");
  QTest::newRow("no file") << QStringLiteral("show");
  QTest::newRow("a format that is not plain") << QStringLiteral("convert FILE DIR/x.unknown");
  QTest::newRow("standard output without a format") << QStringLiteral("convert FILE -");
  QTest::newRow("a session that is no number") << QStringLiteral("stream FILE first");
  QTest::newRow("session 0") << QStringLiteral("stream FILE 0");
  QTest::newRow("a framing that is none") << QStringLiteral("stream FILE 1 --framing sliced");
  QTest::newRow("a direction that is none") << QStringLiteral("stream FILE 1 --direction up");
}

void TestCliShow::wrongUsageIsTold() {
  QFETCH(QString, words);
  const ProgramResult got = runCli(arguments(words));
  QCOMPARE(got.exitCode, 2);
  QVERIFY(got.out.isEmpty());
  QVERIFY(!got.err.isEmpty());
}

void TestCliShow::whatTheFileSaidNoTo_data() {
  QTest::addColumn<QString>("words");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("there is none") << QStringLiteral("show DIR/none --json") << QStringLiteral("ENOENT");
  QTest::newRow("a folder") << QStringLiteral("show DIR --json") << QStringLiteral("EISDIR");
  QTest::newRow("nothing comes") << QStringLiteral("show /dev/null --json") << QStringLiteral("BAD_SYNTAX");
  QTest::newRow("no such session") << QStringLiteral("stream FILE 7 --json")
                                   << QStringLiteral("UNKNOWN_NAME");
  QTest::newRow("a folder that is not there")
      << QStringLiteral("convert FILE DIR/no/x.csv --json") << QStringLiteral("ENOENT");
}

void TestCliShow::whatTheFileSaidNoTo() {
  QFETCH(QString, words);
  const ProgramResult got = runCli(arguments(words));
  QCOMPARE(got.exitCode, 1);
  const QJsonObject error = objects(got.out).last()[QStringLiteral("error")].toObject();
  QTEST(error[QStringLiteral("symbol")].toString(), "symbol");
}

QTEST_GUILESS_MAIN(TestCliShow)
#include "tst_cli_show.moc"
