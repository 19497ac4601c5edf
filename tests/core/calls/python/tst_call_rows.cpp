// The same statements in Python and on the bench: values, kinds of errors, their numbers and the kernel's
// words.
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/calls/call_bench.h"
#include "core/calls/script/call_desk.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDeadline = 120'000;  // ms

const QStringList kSetup{u"s = socket(AF_INET, SOCK_STREAM)"_s,
                         u"d = socket(AF_INET, SOCK_DGRAM)"_s,
                         u"s6 = socket(AF_INET6, SOCK_DGRAM)"_s,
                         u"u = socket(AF_UNIX, SOCK_DGRAM)"_s,
                         u"a, b = socketpair()"_s,
                         u"p, q = socketpair(AF_UNIX, SOCK_DGRAM)"_s};

struct Answer {
  QString kind;
  int number = 0;
  QString text;  // a value's repr, or the words of an error
};

QStringList rows() {
  QFile file(QStringLiteral(SOCKBENCH_CALL_ROWS));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
  QStringList rows;
  for (const QString& line : lines)
    if (!line.startsWith(u'#')) rows += line;
  return rows;
}

// What is the machine's own choice, or this side's own place.
QString withoutChance(QString text, const QString& folder) {
  static const QRegularExpression port(u"(\\('[0-9a-f.:]+', )\\d{5}"_s);
  static const QRegularExpression socket(u"<socket \\d+>"_s);
  return text.replace(port, u"\\1PORT"_s).replace(socket, u"<socket>"_s).replace(folder, u"@DIR@"_s);
}

QString withPlaces(QString row, const QString& folder, qint64 number) {
  return row.replace(u"@DIR@"_s, folder).replace(u"@PID@"_s, QString::number(number));
}

QString kindName(CallFaultKind kind) {
  const std::string_view name = callFaultKindName(kind);
  return name == "value" ? u"value-error"_s
                         : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

Answer answerOf(const Result<CallOutcome>& ended) {
  if (!ended) return {u"NameError"_s, 0, QString::fromStdString(ended.error().line())};
  if (ended->result) return {u"value"_s, 0, QString::fromStdString(ended->result->repr())};
  const CallFault& fault = ended->result.error();
  return {kindName(fault.kind), fault.number, QString::fromStdString(CallValue(fault.message).repr())};
}

Answer runOnBench(const QString& row) {
  CallDesk desk;
  Answer last;
  for (const QString& statement : kSetup + row.split(u" ;; "_s)) {
    const auto line = parseCallLine(statement.toStdString());
    last = line ? answerOf(desk.run(*line)) : Answer{u"SyntaxError"_s, 0, statement};
  }
  return last;
}

void fill(const QString& folder) {
  for (const auto& [name, bytes] : {std::pair{u"/text"_s, QByteArray("hello-world")},
                                    {u"/empty"_s, {}},
                                    {u"/large"_s, QByteArray(9'000'000, 'x')}}) {
    QFile file(folder + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
  }
}

}  // namespace

class TstCallRows : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void cleanupTestCase();
  void answersAsPython_data();
  void answersAsPython();

 private:
  QTemporaryDir theirs_;
  QTemporaryDir ours_;
  QStringList answers_;
};

void TstCallRows::initTestCase() {
  fill(theirs_.path());
  fill(ours_.path());
  QProcess version;
  version.start(u"python3"_s, {u"--version"_s});
  if (!version.waitForFinished()) QSKIP("python3 is not there");
  if (!version.readAllStandardOutput().startsWith("Python 3.11."))
    QSKIP("the rules are those of Python 3.11");
  QProcess python;
  python.start(u"python3"_s, {QStringLiteral(SOCKBENCH_CALL_ORACLE)});
  for (const QString& row : rows()) python.write(withPlaces(row, theirs_.path(), getpid()).toUtf8() + '\n');
  python.closeWriteChannel();
  QVERIFY(python.waitForFinished(kDeadline));
  answers_ = QString::fromUtf8(python.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
  QCOMPARE(python.readAllStandardError(), QByteArray());
  QCOMPARE(answers_.size(), rows().size());
}

// Some names there are no text, which Qt does not remove.
void TstCallRows::cleanupTestCase() {
  for (const QString& folder : {theirs_.path(), ours_.path()})
    std::filesystem::remove_all(folder.toStdString());
}

void TstCallRows::answersAsPython_data() {
  QTest::addColumn<QString>("row");
  QTest::addColumn<QString>("answer");
  const QStringList all = rows();
  for (qsizetype i = 0; i < all.size(); ++i)
    QTest::newRow(qPrintable(QString::number(i) + u": "_s + all[i])) << all[i] << answers_.value(i);
}

void TstCallRows::answersAsPython() {
  QFETCH(QString, row);
  QFETCH(QString, answer);
  const QStringList theirs = answer.split(u'\t');
  const Answer ours = runOnBench(withPlaces(row, ours_.path(), getpid()));
  QCOMPARE(ours.kind, theirs.value(0));
  // How it words what it refuses itself is another thing in each release.
  const QStringList refused{u"type"_s, u"overflow"_s, u"value-error"_s, u"NameError"_s};
  if (refused.contains(ours.kind)) return;
  QCOMPARE(QString::number(ours.number), theirs.size() > 2 ? theirs[1] : u"0"_s);
  QCOMPARE(withoutChance(ours.text, ours_.path()), withoutChance(theirs.last(), theirs_.path()));
}

QTEST_GUILESS_MAIN(TstCallRows)
#include "tst_call_rows.moc"
