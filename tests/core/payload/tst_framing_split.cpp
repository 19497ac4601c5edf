// Random streams, good ones, broken ones and garbage: however they are split, the frames are the same and
// cover them. HTTP answers are cut where python3's http.client ends them.
#include <QProcess>
#include <QTest>
#include <random>

#include "framing_property.h"

using namespace sockbench;

namespace {

constexpr std::array kSpecs{"line",     "delimiter:0d0a", "delimiter:616162", "length:1",   "length:2:le:-2",
                            "length:4", "length:8:le",    "fixed:7",          "gap:1s",     "cobs",
                            "slip",     "http",           "dns-tcp",          "json-lines", "modbus-tcp"};

// What the kinds look for, so that random streams are full of it.
constexpr std::array<std::string_view, 26> kPieces{"\r\n",
                                                   "\n",
                                                   "aab",
                                                   "\0\0",
                                                   "\0\3abc",
                                                   "\xC0",
                                                   "\xDB\xDC",
                                                   "\xDB",
                                                   "\3ab",
                                                   "GET / HTTP/1.1\r\n",
                                                   "HTTP/1.1 200 OK\r\n",
                                                   "Content-Length: 3\r\n",
                                                   "Transfer-Encoding: chunked\r\n",
                                                   "\r\n\r\n",
                                                   "3\r\nabc\r\n",
                                                   "0\r\n\r\n",
                                                   "{\"a\":[1,2]}\n",
                                                   "[",
                                                   "\"\\u00",
                                                   "}",
                                                   "true",
                                                   "-1.5e3 ",
                                                   std::string_view("\0\1\0\0\0\2\1\3", 8),
                                                   std::string_view("\0\2\0\0\0\6\1\3\0\0\0\1", 12),
                                                   "x",
                                                   "\xFF"};

Bytes randomStream(std::mt19937_64& random) {
  std::string stream;
  for (std::uint64_t count = random() % 30; count-- > 0;) {
    stream += kPieces.at(random() % kPieces.size());
    if (random() % 8 == 0) stream += static_cast<char>(random() & 0xFF);
  }
  return toBytes(stream);
}

// Answers one behind the other, and the offset behind each as http.client has read it.
constexpr const char* kHttpOracle = R"(
import http.client, io, random
random.seed(8)
class Source:
    def __init__(self, data): self.file = io.BytesIO(data)
    def makefile(self, mode): return self.file
def body(): return bytes(random.choice(b'abc\r\n0 ') for _ in range(random.randrange(40)))
def answer():
    kind = random.randrange(4)
    if kind == 0: return b'HTTP/1.1 204 No Content\r\nX: y\r\n\r\n'
    if kind == 1:
        b = body()
        return b'HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n' % len(b) + b
    text = b'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n'
    for b in (body() for _ in range(random.randrange(5))):
        if b: text += b'%x;n=v\r\n' % len(b) + b + b'\r\n'
    return text + b'0\r\n' + random.choice([b'', b'T: v\r\n']) + b'\r\n'
for _ in range(100):
    data = b''.join(answer() for _ in range(1 + random.randrange(6)))
    at, ends = 0, []
    while at < len(data):
        source = Source(data[at:])
        response = http.client.HTTPResponse(source)
        source.file.close = lambda: None
        response.begin()
        response.read()
        at += source.file.tell()
        ends.append(str(at))
    print(data.hex(), *ends)
)";

}  // namespace

class TstFramingSplit : public QObject {
  Q_OBJECT
 private slots:
  void splitsChangeNothing_data();
  void splitsChangeNothing();
  void httpEndsWherePythonEndsIt();
};

void TstFramingSplit::splitsChangeNothing_data() {
  QTest::addColumn<QByteArray>("spec");
  for (const char* spec : kSpecs) QTest::newRow(spec) << QByteArray(spec);
}

void TstFramingSplit::splitsChangeNothing() {
  QFETCH(QByteArray, spec);
  const FramingSpec framing = *FramingSpec::parse(spec.toStdString());
  std::mt19937_64 random(1);
  for (int turn = 0; turn < 1500; ++turn) {
    const Bytes stream = randomStream(random);
    const std::string fault =
        test::framingFault(framing, stream, {1, random() % 4, random() % 20, 1 + random() % 3});
    QVERIFY2(fault.empty(), fault.c_str());
    QCOMPARE(test::framingFault(framing, stream, {1}), std::string());
  }
}

void TstFramingSplit::httpEndsWherePythonEndsIt() {
  QProcess python;
  python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromLatin1(kHttpOracle)});
  if (!python.waitForStarted()) QSKIP("needs python3");
  QVERIFY(python.waitForFinished(60'000));
  QVERIFY2(python.exitCode() == 0, python.readAllStandardError());
  const QByteArrayList lines = python.readAllStandardOutput().trimmed().split('\n');
  QCOMPARE(lines.size(), 100);
  for (const QByteArray& line : lines) {
    QByteArrayList ends = line.split(' ');
    const std::string stream = QByteArray::fromHex(ends.takeFirst()).toStdString();
    QByteArrayList ours;
    for (const Frame& frame :
         test::frameInPieces({.kind = FramingKind::http1}, asBytes(stream), {5}).frames) {
      QVERIFY(frame.complete && frame.fault.empty());
      ours << QByteArray::number(static_cast<qulonglong>(frame.offset + frame.length));
    }
    QCOMPARE(ours, ends);
  }
}

QTEST_GUILESS_MAIN(TstFramingSplit)
#include "tst_framing_split.moc"
