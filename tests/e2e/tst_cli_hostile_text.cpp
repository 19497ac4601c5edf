// What peers and names say to harm a terminal, or whoever reads the JSON, comes out of sockbench-cli
// harmless.
#include <QJsonDocument>
#include <QStringDecoder>
#include <QTest>

#include "cli_process.h"
#include "live_program.h"

using namespace sockbench::test;

namespace {

constexpr int kBulkMebibytes = 256;
// The log's budget, and what the program needs besides.
constexpr int kMostResidentMebibytes = 256 + 150;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // which multiplies memory and time
#else
constexpr bool kSanitized = false;
#endif

QString s(const char* text) {
  return QString::fromUtf8(text);
}

// The first character that is not to be on a terminal; "" if there is none.
QString harmIn(const QByteArray& output) {
  QStringDecoder utf8(QStringDecoder::Utf8);
  const QString text = utf8(output);
  if (utf8.hasError()) return s("bytes that are not UTF-8");
  for (const char32_t c : text.toUcs4()) {
    const QChar::Category kind = QChar::category(c);
    const bool moves = kind == QChar::Other_Control || kind == QChar::Other_Format ||
                       kind == QChar::Separator_Line || kind == QChar::Separator_Paragraph;
    if (moves && c != U'\n') return s("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
  }
  return {};
}

}  // namespace

class TstCliHostileText : public QObject {
  Q_OBJECT
 private slots:
  void peersSayWhatTheyLike_data();
  void peersSayWhatTheyLike();
  void aQuarterGibibyteWithoutANewLine_data();
  void aQuarterGibibyteWithoutANewLine();
  void namesAreShownHarmlessly_data();
  void namesAreShownHarmlessly();

 private:
  static QByteArray judged(const QStringList& arguments, int limitMs);
};

// What the script that plays the peer, and reads all that the program says, has found.
QByteArray TstCliHostileText::judged(const QStringList& arguments, int limitMs) {
  Program script(tool("python3"), QStringList{s(SOCKBENCH_HOSTILE_TEXT)} + arguments);
  if (!QTest::qWaitFor([&] { return !script.isRunning(); }, limitMs)) return "it did not end";
  QTest::qWait(0);
  return script.out().trimmed() + script.err();
}

void TstCliHostileText::peersSayWhatTheyLike_data() {
  QTest::addColumn<QStringList>("how");
  for (const char* transport : {"tcp", "udp", "unix", "unix-dgram", "unix-seqpacket"})
    for (const char* form : {"text", "hex", "none"})
      for (const char* reader : {"human", "json"})
        QTest::addRow("%s, payload as %s, for a %s reader", transport, form, reader)
            << QStringList{s(transport), s(form), s(reader)};
}

void TstCliHostileText::peersSayWhatTheyLike() {
  QFETCH(QStringList, how);
  QCOMPARE(judged(QStringList{s("says"), cliPath()} + how, kDeadlineMs), QByteArray("harmless"));
}

void TstCliHostileText::aQuarterGibibyteWithoutANewLine_data() {
  QTest::addColumn<QStringList>("how");
  QTest::newRow("as text") << QStringList{s("text"), s("human")};
  QTest::newRow("without payload") << QStringList{s("none"), s("human")};
  QTest::newRow("as hex in JSON") << QStringList{s("hex"), s("json")};
  QTest::newRow("as text in JSON") << QStringList{s("text"), s("json")};
}

void TstCliHostileText::aQuarterGibibyteWithoutANewLine() {
  QFETCH(QStringList, how);
  const int mebibytes = kSanitized ? kBulkMebibytes / 8 : kBulkMebibytes;
  const int most = kSanitized ? 1 << 20 : kMostResidentMebibytes;
  how << QString::number(mebibytes) << QString::number(most);
  QCOMPARE(judged(QStringList{s("bulk"), cliPath()} + how, 5 * kDeadlineMs), QByteArray("harmless"));
}

void TstCliHostileText::namesAreShownHarmlessly_data() {
  QTest::addColumn<QString>("arguments");
  QTest::addColumn<int>("exitCode");
  QTest::newRow("path to connect to") << s("connect unix:/nowhere/\"$bad\"") << 1;
  QTest::newRow("path to listen on") << s("listen unix:/nowhere/\"$bad\"") << 1;
  QTest::newRow("abstract name") << s("connect unix:@\"$bad\"") << 1;
  QTest::newRow("host") << s("connect tcp://\"$bad\":80") << 2;
  QTest::newRow("port") << s("connect tcp://127.0.0.1:\"$bad\"") << 2;
  QTest::newRow("transport") << s("connect \"$bad\"://127.0.0.1:80") << 2;
  QTest::newRow("file to send") << s("connect tcp://127.0.0.1:9 --send-file /nowhere/\"$bad\"") << 1;
  QTest::newRow("file to write") << s("listen tcp://127.0.0.1:0 --for 0.1 --output /nowhere/\"$bad\"") << 1;
  QTest::newRow("option") << s("listen tcp://127.0.0.1:0 --option \"$bad\"=1") << 2;
  QTest::newRow("value of an option") << s("listen tcp://127.0.0.1:0 --option TCP_NODELAY=\"$bad\"") << 2;
  QTest::newRow("hex") << s("connect tcp://127.0.0.1:9 --send-hex \"$bad\"") << 2;
  QTest::newRow("escapes") << s("connect tcp://127.0.0.1:9 --send '\\q'\"$bad\"") << 2;
  QTest::newRow("flag") << s("listen --\"$bad\"") << 2;
  QTest::newRow("verb") << s("\"$bad\"") << 2;
  QTest::newRow("name to look up") << s("resolve \"$bad\"") << 1;
  QTest::newRow("service") << s("service \"$bad\"") << 1;
  QTest::newRow("name of a host") << s("hostinfo \"$bad\"") << 1;
}

// ESC and OSC 52, BEL, C1 as a byte and as a character, a bidi override, a line separator, a new line, DEL,
// and what is not UTF-8.
void TstCliHostileText::namesAreShownHarmlessly() {
  QFETCH(QString, arguments);
  QFETCH(int, exitCode);
  const QString bad =
      s("bad=$(printf 'x\\033[2J\\033]52;c;eA==\\007\\233\\302\\233\\342\\200\\256y\\342\\200\\250z"
        "\\nn\\177\\355\\240\\200\\300\\257')\n");
  for (const char* json : {"", "--json "}) {
    const ProgramResult done = runCliInShell(bad + s("\"$0\" ") + s(json) + arguments);
    QCOMPARE(done.exitCode, exitCode);
    QCOMPARE(harmIn(done.out), QString());
    QCOMPARE(harmIn(done.err), QString());
    QVERIFY(!done.out.isEmpty() || !done.err.isEmpty());
    if (*json == 0) continue;
    for (const QByteArray& line : done.out.split('\n'))
      QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line.constData());
  }
}

QTEST_GUILESS_MAIN(TstCliHostileText)
#include "tst_cli_hostile_text.moc"
