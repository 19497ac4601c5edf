#include <arpa/inet.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/calls/call_names.h"
#include "core/calls/script/call_script.h"
#include "translated_scripts.h"

using namespace sockbench;

namespace {

ScriptProgram translated(const QByteArray& script) {
  return scriptAsC(parseCallScript(script.toStdString()).value_or(CallScript()));
}

// What the compiler says, or what the program prints.
QByteArray compileAndRun(const std::string& program) {
  const QTemporaryDir folder;
  QFile source(folder.filePath(QStringLiteral("calls.c")));
  if (!source.open(QIODevice::WriteOnly)) return "failed: no file";
  source.write(program.data(), static_cast<qint64>(program.size()));
  source.close();
  const QString binary = folder.filePath(QStringLiteral("calls"));
  const QByteArray said = outputOf(QStringLiteral("cc"), {QStringLiteral("-Wall"), QStringLiteral("-Werror"),
                                                          QStringLiteral("-o"), binary, source.fileName()});
  return said.isEmpty() ? outputOf(binary, {}) : said;
}

}  // namespace

class TstCallC : public QObject {
  Q_OBJECT
 private slots:
  void doesTheSame_data() { addTranslatedScripts(); }
  void doesTheSame();
  void tellsWhatPythonTells();
  void tellsWhatItLeavesOut_data();
  void tellsWhatItLeavesOut();
  void leavesOutWhatDependsOnIt();
  void hasOnlyTheHelpersThatItCalls();
  void knowsEveryConstant();
};

void TstCallC::doesTheSame() {
  QFETCH(QByteArray, script);
  QFETCH(QByteArray, told);
  const ScriptProgram program = translated(script);
  QVERIFY2(program.leftOut.empty(), program.leftOut.empty() ? "" : program.leftOut.front().c_str());
  QCOMPARE(withoutPorts(compileAndRun(program.text)).split('\n'), told.split('\n'));
}

// Of this machine, and where Python has checks of its own.
void TstCallC::tellsWhatPythonTells() {
  const QByteArray script = R"(getaddrinfo("localhost", "http")
getaddrinfo("localhost", None, flags=AI_CANONNAME)
getaddrinfo(None, 80)
gethostbyname("localhost")
gethostbyname_ex("localhost")
gethostbyaddr("127.0.0.1")
gethostname()
getservbyname("http", "tcp")
getservbyport(80)
getservbyport(53, "udp")
getprotobyname("icmp")
getnameinfo(("127.0.0.1", 80), 0)
if_nameindex()
a, b = socketpair()
a.sendfile("/proc/version")
a.close()
a.sendfile("/bin/sh")
to = socket(AF_INET, SOCK_DGRAM)
to.sendto(b"x", ("127.0.0.1", 9))
)";
  const ScriptProgram program = translated(script);
  QVERIFY2(program.leftOut.empty(), program.leftOut.empty() ? "" : program.leftOut.front().c_str());
  const ScriptProgram python = scriptAsPython(parseCallScript(script.toStdString()).value_or(CallScript()));
  const QByteArray told =
      outputOf(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromStdString(python.text)});
  QCOMPARE(compileAndRun(program.text).split('\n'), told.split('\n'));
  QCOMPARE(told.count('\n'), 19);
}

void TstCallC::tellsWhatItLeavesOut_data() {
  QTest::addColumn<QByteArray>("line");
  QTest::newRow("a call that it does not know") << QByteArray("frobnicate('localhost', 80)");
  QTest::newRow("a port that Python refuses") << QByteArray("s.bind(('127.0.0.1', 65536))");
  QTest::newRow("a number beyond an int") << QByteArray("s.listen(1 | 99999999999)\ns.listen(99999999999)");
  QTest::newRow("an address of another form") << QByteArray("s.bind(5)");
  QTest::newRow("too many arguments") << QByteArray("s.listen(1, 2)");
  QTest::newRow("text for bytes") << QByteArray("s.send('text')");
  QTest::newRow("a time below 0") << QByteArray("s.settimeout(-1)");
  QTest::newRow("a size below 0") << QByteArray("s.recv(-1)");
  QTest::newRow("a name of an argument") << QByteArray("s.recv(bufsize=1)");
  QTest::newRow("IPv4 with more than a port") << QByteArray("s.bind(('127.0.0.1', 0, 0))");
  QTest::newRow("for ever as a number") << QByteArray("s.settimeout(1e999)");
  QTest::newRow("a time too long for poll") << QByteArray("s.settimeout(2147483.648)");
  QTest::newRow("a host that IDNA refuses") << QByteArray("gethostbyname('a..b')");
  QTest::newRow("a host beyond ASCII") << QByteArray("getaddrinfo('b\u00fccher.invalid', 80)");
  QTest::newRow("a null character in a host") << QByteArray("gethostbyname('a\\0b')");
  QTest::newRow("a port beyond 16 bits") << QByteArray("getservbyport(65536)");
  QTest::newRow("IPv4 with flow information") << QByteArray("getnameinfo(('127.0.0.1', 0, 0), 0)");
  QTest::newRow("a list that is kept") << QByteArray("names = if_nameindex()");
  QTest::newRow("a count of none") << QByteArray("s.sendfile('/etc/hosts', 0, 0)");
  QTest::newRow("a name without a value") << QByteArray("nothing.recv(1)");
  QTest::newRow("an end of a comment in it") << QByteArray("s.frobnicate('*/ */')");
}

void TstCallC::tellsWhatItLeavesOut() {
  QFETCH(QByteArray, line);
  const QByteArray last = line.mid(line.lastIndexOf('\n') + 1);
  const ScriptProgram program = translated("s = socket()\n" + last + "\nhtons(80)\n");
  QCOMPARE(program.leftOut.size(), 1U);
  QVERIFY2(program.leftOut.front().starts_with("line 2: not translated to C: "),
           program.leftOut.front().c_str());
  QCOMPARE(compileAndRun(program.text), QByteArray("1 s = socket() -> <socket>\n3 htons(80) -> 20480\n"));
}

void TstCallC::leavesOutWhatDependsOnIt() {
  const ScriptProgram program =
      translated("info = gethostbyaddr('::1')\ns = socket(info[0][0])\ns.close()\n");
  QCOMPARE(program.leftOut.size(), 3U);
  QCOMPARE(compileAndRun(program.text), QByteArray());
}

void TstCallC::hasOnlyTheHelpersThatItCalls() {
  const ScriptProgram program = translated("htons(80)\n");
  QVERIFY(program.text.find("plain(long number)") != std::string::npos);
  QVERIFY(program.text.find("internet_address") == std::string::npos);
  QVERIFY(program.text.find("timed_out") == std::string::npos);
}

// Each group is a program of its own: each constant with its number, or the compiler says which it does not
// know.
void TstCallC::knowsEveryConstant() {
  for (auto group = static_cast<int>(NameGroup::family); group <= static_cast<int>(NameGroup::other);
       ++group) {
    QByteArray script;
    QByteArray told;
    int line = 0;
    for (const NamedNumber& row : namesOf(static_cast<NameGroup>(group))) {
      if (row.number < 0 || row.number > INT32_MAX) continue;
      const QByteArray call =
          "htonl(" + QByteArray(row.name.data(), static_cast<qsizetype>(row.name.size())) + ")";
      script += call + '\n';
      told += QByteArray::number(++line) + ' ' + call + " -> " +
              QByteArray::number(htonl(static_cast<std::uint32_t>(row.number))) + '\n';
    }
    const ScriptProgram program = translated(script);
    QVERIFY2(program.leftOut.empty(), program.leftOut.empty() ? "" : program.leftOut.front().c_str());
    QCOMPARE(compileAndRun(program.text).split('\n'), told.split('\n'));
  }
}

QTEST_GUILESS_MAIN(TstCallC)
#include "tst_call_c.moc"
