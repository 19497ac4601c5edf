#include <QTest>

#include "core/calls/script/call_script.h"
#include "translated_scripts.h"

using namespace sockbench;

namespace {

ScriptProgram translated(const QByteArray& script) {
  return scriptAsPython(parseCallScript(script.toStdString()).value_or(CallScript()));
}

QByteArray runPython(const std::string& program) {
  return outputOf(QStringLiteral("python3"), {QStringLiteral("-c"), QString::fromStdString(program)});
}

}  // namespace

class TstCallPython : public QObject {
  Q_OBJECT
 private slots:
  void doesTheSame_data() { addTranslatedScripts(); }
  void doesTheSame();
  void defineConstantsThatPythonLacks();
  void tellsWhatItLeavesOut();
  void keepsComments();
};

void TstCallPython::doesTheSame() {
  QFETCH(QByteArray, script);
  QFETCH(QByteArray, told);
  const ScriptProgram program = translated(script);
  QVERIFY(program.leftOut.empty());
  QCOMPARE(withoutPorts(runPython(program.text)).split('\n'), told.split('\n'));
}

void TstCallPython::defineConstantsThatPythonLacks() {
  const ScriptProgram program = translated("s = socket()\ns.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1)\n");
  QCOMPARE(runPython(program.text),
           QByteArray("1 s = socket() -> <socket>\n2 s.setsockopt(SOL_SOCKET, SO_TIMESTAMPNS, 1) -> None\n"));
}

void TstCallPython::tellsWhatItLeavesOut() {
  const ScriptProgram program = translated("a, b = socketpair()\na.frobnicate(1)\na.send(b'x')\n");
  QCOMPARE(program.leftOut, std::vector<std::string>{"line 2: Python has no frobnicate"});
  QVERIFY(program.text.find("# line 2: Python has no frobnicate: a.frobnicate(1)") != std::string::npos);
  QVERIFY(runPython(program.text).endsWith("3 a.send(b'x') -> 1\n"));
}

void TstCallPython::keepsComments() {
  const ScriptProgram program = translated("# the first line\ngethostname()\n");
  QVERIFY(program.text.find("\n# the first line\nwith _call(2") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstCallPython)
#include "tst_call_python.moc"
