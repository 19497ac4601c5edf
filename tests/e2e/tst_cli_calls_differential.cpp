// The same sequences of calls in python3 and in sockbench-cli calls --stdio: results and errors are the same.
#include <QRegularExpression>
#include <QTest>

#include "live_program.h"

using namespace sockbench::test;

class TstCliCallsDifferential : public QObject {
  Q_OBJECT
 private slots:
  void answersAsPythonDoes();
};

void TstCliCallsDifferential::answersAsPythonDoes() {
  constexpr int kDeadline = 300'000;
  constexpr int kLeastSequences = 150;
  const QString python = tool("python3");
  if (python.isEmpty()) QSKIP("python3 is not installed");
  Program script(python, {QStringLiteral(SOCKBENCH_CALLS_DIFFERENTIAL), cliPath()});
  QTRY_VERIFY_WITH_TIMEOUT(!script.isRunning(), kDeadline);
  QVERIFY2(script.waitForExit() == 0, (script.out() + script.err()).constData());
  const auto told = QRegularExpression(QStringLiteral("(\\d+) sequences, (\\d+) calls, 0 differences"))
                        .match(QString::fromUtf8(script.out()));
  QVERIFY2(told.hasMatch(), script.out().constData());
  QVERIFY(told.captured(1).toInt() >= kLeastSequences);
}

QTEST_GUILESS_MAIN(TstCliCallsDifferential)
#include "tst_cli_calls_differential.moc"
