#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <string_view>

#include "core/capture/pipe_program.h"

using namespace sockbench;

class TstPipeProgram : public QObject {
  Q_OBJECT
 private slots:
  void readsWhatWeWrite();
  void seesTheEndOfItsInputWhenItIsGivenUp();
  void tellsHowItEnded_data();
  void tellsHowItEnded();
  void refuses_data();
  void refuses();
};

namespace {

std::unique_ptr<PipeProgram> started(std::vector<std::string> command) {
  Result<std::unique_ptr<PipeProgram>> program = PipeProgram::start(std::move(command));
  return program ? *std::move(program) : nullptr;
}

std::vector<std::string> shell(const QString& script) {
  return {"sh", "-c", script.toStdString()};
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

void TstPipeProgram::readsWhatWeWrite() {
  QTemporaryDir folder;
  const QString copy = folder.filePath(QStringLiteral("copy"));
  const auto program = started(shell(QStringLiteral("cat > '%1'").arg(copy)));
  QVERIFY(program);
  const int descriptor = program->takeDescriptor();
  QVERIFY(descriptor >= 0);
  QCOMPARE(program->takeDescriptor(), -1);
  constexpr std::string_view text = "one\0two";
  QCOMPARE(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  QVERIFY(!program->ended());
  ::close(descriptor);
  program->waitUntilEnded();
  QCOMPARE(program->ended()->status, 0);
  QCOMPARE(contents(copy), QByteArray(text.data(), static_cast<qsizetype>(text.size())));
}

void TstPipeProgram::seesTheEndOfItsInputWhenItIsGivenUp() {
  QTemporaryDir folder;
  const QString mark = folder.filePath(QStringLiteral("mark"));
  auto program = started(shell(QStringLiteral("cat; echo over > '%1'").arg(mark)));
  QVERIFY(program);
  program.reset();
  QTRY_COMPARE(contents(mark), QByteArray("over\n"));
}

void TstPipeProgram::tellsHowItEnded_data() {
  QTest::addColumn<QString>("script");
  QTest::addColumn<int>("status");
  QTest::addColumn<int>("signal");
  QTest::newRow("with a status") << "exit 3" << 3 << 0;
  QTest::newRow("by a signal") << "kill -TERM $$" << 0 << SIGTERM;
}

void TstPipeProgram::tellsHowItEnded() {
  QFETCH(const QString, script);
  const auto program = started(shell(script));
  QVERIFY(program);
  program->waitUntilEnded();
  QTEST(program->ended()->status, "status");
  QTEST(program->ended()->signal, "signal");
}

void TstPipeProgram::refuses_data() {
  QTest::addColumn<QString>("program");
  QTest::addColumn<QString>("symbol");
  QTest::newRow("a program that is not there") << "no-such-program-of-ours"
                                               << "ENOENT";
  QTest::newRow("a folder") << "/tmp"
                            << "EACCES";
  QTest::newRow("no name") << ""
                           << "BAD_SYNTAX";
}

void TstPipeProgram::refuses() {
  QFETCH(const QString, program);
  const auto answer = PipeProgram::start({program.toStdString()});
  QVERIFY(!answer);
  QTEST(QString::fromStdString(answer.error().symbol()), "symbol");
}

QTEST_GUILESS_MAIN(TstPipeProgram)
#include "tst_pipe_program.moc"
