#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

// The same sequences of calls in Python and in sockbench-cli calls; the script tells each difference.
class TstCallsDifferential : public QObject {
  Q_OBJECT
 private slots:
  void sequencesAnswerAsPythonDoes();
};

void TstCallsDifferential::sequencesAnswerAsPythonDoes() {
  Program python(tool("python3"), {QStringLiteral(SOCKBENCH_SCRIPT_DIFFERENTIAL), cliPath()});
  QTRY_VERIFY_WITH_TIMEOUT(!python.isRunning(), 100'000);
  QVERIFY2(python.waitForExit() == 0, (python.out() + python.err()).constData());
  QVERIFY2(python.out().endsWith(" sequences, 0 differ\n"), python.out().constData());
}

QTEST_GUILESS_MAIN(TstCallsDifferential)
#include "tst_calls_differential.moc"
