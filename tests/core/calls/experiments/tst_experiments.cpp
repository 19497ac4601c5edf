// Every experiment, run for real: what it concludes are the results, and other results conclude otherwise.
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QDir>
#include <QTest>
#include <algorithm>
#include <cerrno>
#include <set>
#include <thread>

#include "core/calls/experiments/experiment_run.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view) {
  return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString said(const ExperimentConclusion& conclusion) {
  QString all;
  for (const std::string& sentence : conclusion.sentences) all += QString::fromStdString(sentence) + u'\n';
  return all;
}

qsizetype openDescriptors() {
  return QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
}

// A busy machine may let an acknowledgement leave between two sends: then Nagle has nothing to hold.
ExperimentRun runOf(const Experiment& experiment) {
  constexpr int kTries = 5;
  ExperimentRun run;
  for (int i = 0; i < kTries; ++i) {
    run = runExperiment(experiment);
    if (run.conclusion.verdict != ExperimentVerdict::otherwise || experiment.id != "nagle") break;
  }
  return run;
}

ExperimentStep* stepOf(ExperimentRun& run, std::string_view variable) {
  const auto found = std::ranges::find_if(run.steps, [&](const ExperimentStep& step) {
    return std::ranges::find(step.line.targets, variable) != step.line.targets.end();
  });
  return found != run.steps.end() ? &*found : nullptr;
}

// The result of the call that sets `variable`, or its part of it, becomes another.
void doctor(ExperimentRun& run, std::string_view variable, CallValue value) {
  ExperimentStep* step = stepOf(run, variable);
  QVERIFY(step != nullptr);
  const auto& targets = step->line.targets;
  if (targets.size() == 1) {
    step->outcome.result = std::move(value);
    return;
  }
  CallTuple whole = *step->outcome.result->as<CallTuple>();
  whole.items[static_cast<std::size_t>(std::ranges::find(targets, variable) - targets.begin())] =
      std::move(value);
  step->outcome.result = CallValue(std::move(whole));
}

CallFault errnoFault(int number, const char* message) {
  CallFault fault;
  fault.number = number;
  fault.message = message;
  return fault;
}

// Takes every right from this thread, and so from those that it starts.
bool giveUpRights() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2] = {};
  return syscall(SYS_capset, &header, none) == 0;
}

}  // namespace

class Experiments : public QObject {
  Q_OBJECT
 private slots:
  void areWhole_data();
  void areWhole();
  void conclude_data();
  void conclude();
  void concludeFromResultsAlone_data();
  void concludeFromResultsAlone();
  void nameTheRightThatIsMissing_data();
  void nameTheRightThatIsMissing();
  void nameTheFamilyThatIsMissing();
  void tellThatTheyWereEnded();
  void leaveNothingBehind();
};

void Experiments::areWhole_data() {
  QTest::addColumn<const Experiment*>("experiment");
  for (const Experiment& experiment : experiments())
    QTest::newRow(text(experiment.id).toLatin1()) << &experiment;
}

void Experiments::areWhole() {
  QFETCH(const Experiment*, experiment);
  QCOMPARE(findExperiment(experiment->id), experiment);
  QCOMPARE(std::ranges::count(experiments(), experiment->title, &Experiment::title), 1);
  QVERIFY(!experiment->title.empty() && experiment->lookFor.ends_with('.'));
  const auto script = parseCallScript(experiment->script);
  QVERIFY2(script, qPrintable(script ? QString() : QString::fromStdString(script.error().message())));
  std::set<std::string> targets;
  for (const CallLine& line : *script) targets.insert(line.targets.begin(), line.targets.end());
  for (const std::string_view name : experiment->mayFail)
    QVERIFY2(targets.contains(std::string(name)), qPrintable(text(name)));
}

void Experiments::conclude_data() {
  QTest::addColumn<QByteArray>("id");
  QTest::addColumn<QStringList>("facts");
  const auto row = [](const char* id, const QStringList& facts) {
    QTest::newRow(id) << QByteArray(id) << facts;
  };
  row("handshake", {u"from CLOSE to ESTABLISHED"_s, u"let 2 finished connections"_s, u"timed out"_s,
                    u"SYN_SENT"_s, u"its state was ESTABLISHED"_s});
  row("nonblocking-connect", {u"115, which is EINPROGRESS"_s, u"POLLOUT"_s, u"111, which is ECONNREFUSED"_s});
  row("dual-stack", {u"::ffff:127.0.0.1"_s, u"as ::1"_s, u"ECONNREFUSED"_s});
  row("half-close",
      {u"b'question'"_s, u"b'', the end"_s, u"FIN_WAIT"_s, u"CLOSE_WAIT"_s, u"b'answer'"_s, u"EPIPE"_s});
  row("time-wait", {u"EADDRINUSE"_s, u"bind succeeded"_s});
  row("reset", {u"ECONNRESET"_s, u"at once"_s, u"EADDRINUSE"_s});
  row("nagle", {u"3 of the bytes were held back"_s, u"in 2 segments"_s, u"b'bcd'"_s, u"in 4 segments"_s});
  row("peek", {u"b'hello' and b'hello'"_s, u"12 bytes"_s, u"7 bytes"_s, u"b', world'"_s});
  row("urgent", {u"POLLPRI"_s, u"b'before'"_s, u"told 1"_s, u"b'!'"_s, u"EINVAL"_s, u"b'after'"_s});
  row("udp-truncation", {u"b'0123'"_s, u"b'second'"_s, u"MSG_TRUNC"_s, u"the length 10"_s});
  row("connected-udp", {u"answered 7"_s, u"ECONNREFUSED"_s, u"timed out"_s});
  row("reuseport", {u"EADDRINUSE"_s, u"Of 5 datagrams"_s, u"same socket"_s});
  row("unix-descriptor", {u"b'one' and b'two'"_s, u"b'take this'"_s, u"b'still there?'"_s});
  row("seqpacket", {u"b'one' and b'three'"_s, u"b'onethree'"_s, u"MSG_TRUNC"_s, u"b'next'"_s, u"read b''"_s});
  row("raw-icmp", {u"20 bytes"_s, u"from 127.0.0.1"_s, u"the echo reply"_s, u"identifier 21314"_s});
  row("ip-hdrincl", {u"TTL 42"_s, u"from 127.83.66.7"_s, u"total length 25"_s});
}

void Experiments::conclude() {
  QFETCH(QByteArray, id);
  QFETCH(QStringList, facts);
  const Experiment* experiment = findExperiment(id.toStdString());
  QVERIFY(experiment != nullptr);
  const ExperimentRun run = runOf(*experiment);
  if (run.conclusion.verdict == ExperimentVerdict::notPossible && !experiment->needs.empty())
    QSKIP(qPrintable(said(run.conclusion)));
  QVERIFY2(run.conclusion.verdict == ExperimentVerdict::asExpected, qPrintable(said(run.conclusion)));
  for (const QString& fact : facts)
    QVERIFY2(said(run.conclusion).contains(fact), qPrintable(fact + u" in:\n"_s + said(run.conclusion)));
}

void Experiments::concludeFromResultsAlone_data() {
  QTest::addColumn<QByteArray>("id");
  QTest::addColumn<QByteArray>("variable");
  QTest::addColumn<CallValue>("value");
  QTest::addColumn<QString>("fact");
  const auto row = [](const char* id, const char* variable, CallValue value, const QString& fact) {
    QTest::newRow((QByteArray(id) + ", another " + variable).constData())
        << QByteArray(id) << QByteArray(variable) << std::move(value) << fact;
  };
  row("handshake", "after", toBytes("\x02"), u"from CLOSE to SYN_SENT"_s);
  row("handshake", "full", {}, u"succeeded all the same"_s);
  row("handshake", "late", toBytes("\x02"), u"its state was SYN_SENT, "_s);
  row("nonblocking-connect", "begun", 0, u"answered 0, which is success"_s);
  row("nonblocking-connect", "refused", 110, u"110, which is ETIMEDOUT"_s);
  row("dual-stack", "answer", {}, u"taken all the same"_s);
  row("half-close", "end", toBytes("x"), u"b'x', not the end"_s);
  row("half-close", "serving", toBytes("\x01"), u"the server's ESTABLISHED"_s);
  row("half-close", "late", 4, u"could still send, too"_s);
  row("time-wait", "without", {}, u"could be bound at once"_s);
  row("reset", "reset", toBytes(""), u"recv answered b''"_s);
  row("reset", "later", {}, u"at once, too"_s);
  row("nagle", "unsent", 0, u", 0 of the bytes were held back"_s);
  row("nagle", "gathered", toBytes("\x01"), u"does not count them"_s);
  row("peek", "again", toBytes("other"), u"b'hello' and b'other'"_s);
  row("peek", "left", 12, u"told 12 bytes then"_s);
  row("urgent", "told", CallList(), u"did not tell of urgent data"_s);
  row("urgent", "mark", 0, u"SIOCATMARK told 0."_s);
  row("udp-truncation", "length", 4, u"the length 4"_s);
  row("udp-truncation", "flags", 0, u"with the flags 0"_s);
  row("connected-udp", "answer", toBytes("yes"), u"recv answered b'yes'."_s);
  row("reuseport", "without", {}, u"answered None"_s);
  row("unix-descriptor", "heard", toBytes(""), u"that arrived: b''"_s);
  row("seqpacket", "joined", toBytes("one"), u"came as b'one'"_s);
  row("raw-icmp", "packet", toBytes("nothing"), u"no IPv4 packet"_s);
  row("ip-hdrincl", "packet", Bytes(25, std::byte{0x45}), u"not as they were written"_s);
}

void Experiments::concludeFromResultsAlone() {
  QFETCH(QByteArray, id);
  QFETCH(QByteArray, variable);
  QFETCH(CallValue, value);
  QFETCH(QString, fact);
  const Experiment* experiment = findExperiment(id.toStdString());
  ExperimentRun run = runOf(*experiment);
  if (run.conclusion.verdict == ExperimentVerdict::notPossible && !experiment->needs.empty())
    QSKIP(qPrintable(said(run.conclusion)));
  QVERIFY2(!said(run.conclusion).contains(fact), qPrintable(said(run.conclusion)));
  doctor(run, variable.toStdString(), value);
  const ExperimentConclusion other = concludeExperiment(*experiment, run.steps);
  QVERIFY2(other.verdict == ExperimentVerdict::otherwise, qPrintable(said(other)));
  QVERIFY2(said(other).contains(fact), qPrintable(said(other)));
}

void Experiments::nameTheRightThatIsMissing_data() {
  QTest::addColumn<QByteArray>("id");
  for (const Experiment& experiment : experiments()) {
    if (experiment.needs == "CAP_NET_RAW")
      QTest::newRow(text(experiment.id).toLatin1()) << text(experiment.id).toLatin1();
  }
}

void Experiments::nameTheRightThatIsMissing() {
  QFETCH(QByteArray, id);
  ExperimentRun run;
  bool without = false;
  std::thread([&] {
    without = giveUpRights();
    run = runExperiment(*findExperiment(id.toStdString()));
  }).join();
  QVERIFY(without);
  const QString why = said(run.conclusion);
  QCOMPARE(run.conclusion.verdict, ExperimentVerdict::notPossible);
  QVERIFY2(why.startsWith(u"Line 1, r = socket(AF_INET, SOCK_RAW, "_s), qPrintable(why));
  for (const QString& fact : {u"EPERM"_s, u"CAP_NET_RAW"_s, u"sudo setcap cap_net_raw+ep"_s})
    QVERIFY2(why.contains(fact), qPrintable(why));
  QCOMPARE(run.steps.size(), 1U);
}

void Experiments::nameTheFamilyThatIsMissing() {
  const Experiment& experiment = *findExperiment("dual-stack");
  ExperimentRun run = runExperiment(experiment);
  run.steps.resize(1);
  run.steps.front().outcome.result =
      std::unexpected(errnoFault(EAFNOSUPPORT, "Address family not supported by protocol"));
  const ExperimentConclusion conclusion = concludeExperiment(experiment, run.steps);
  QCOMPARE(conclusion.verdict, ExperimentVerdict::notPossible);
  QVERIFY2(said(conclusion).contains(u"socket(AF_INET6, SOCK_STREAM), failed with EAFNOSUPPORT"_s),
           qPrintable(said(conclusion)));
}

void Experiments::tellThatTheyWereEnded() {
  const Experiment& experiment = *findExperiment("peek");
  ExperimentRun run = runExperiment(experiment);
  run.steps.resize(3);
  const ExperimentConclusion conclusion = concludeExperiment(experiment, run.steps);
  QCOMPARE(conclusion.verdict, ExperimentVerdict::otherwise);
  QVERIFY2(said(conclusion).contains(u"after 3 of 16 lines"_s), qPrintable(said(conclusion)));
}

void Experiments::leaveNothingBehind() {
  const qsizetype before = openDescriptors();
  for (const Experiment& experiment : experiments()) {
    runExperiment(experiment);
    QVERIFY2(openDescriptors() == before, qPrintable(text(experiment.id)));
  }
}

QTEST_GUILESS_MAIN(Experiments)
#include "tst_experiments.moc"
