// sockbench-cli dns as a user meets it: a real name server's rows as kdig reads them, errors, exit status.
#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QUdpSocket>
#include <QtTest>

#include "cli_process.h"
#include "kdig.h"
#include "name_server.h"

class TestCliDns : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void rowsAreKdigs_data();
  void rowsAreKdigs();
  void keysAreThoseOfTheContract();
  void answersInTheOrderAsked();
  void namesStandInBothForms();
  void asksForAnAddress();
  void choosesTheTransport_data();
  void choosesTheTransport();
  void printsATable_data();
  void printsATable();
  void saysNo_data();
  void saysNo();
  void oneErrorLeavesTheOthersAlone();
  void wrongCommandLine_data();
  void wrongCommandLine();
  void signalEndsAQuestionThatHangs();

 private:
  QStringList asking(const QString& text) const {
    return QStringList{QStringLiteral("dns")} + text.split(u' ', Qt::SkipEmptyParts) +
           QStringList{QStringLiteral("--server"), server_.address()};
  }
  QJsonObject ask(const QString& text) const {
    return jsonLine(runCli(asking(text) + QStringList{QStringLiteral("--json")}).out);
  }

  NameServer server_;
};

namespace {

QByteArray show(const ProgramResult& result) {
  return "exit " + QByteArray::number(result.exitCode) + "\nout: " + result.out + "\nerr: " + result.err;
}

QStringList rows(const QJsonValue& section) {
  QStringList rows;
  for (const QJsonValue& value : section.toArray()) {
    const QJsonObject row = value.toObject();
    rows.append(QStringLiteral("%1 %2 %3 %4")
                    .arg(row[u"name"].toString())
                    .arg(row[u"ttl"].toInt())
                    .arg(row[u"type"].toString(), row[u"data"].toString()));
  }
  rows.sort();
  return rows;
}

QStringList rows(const QList<KdigRecord>& section) {
  QStringList rows;
  for (const KdigRecord& row : section)
    rows.append(QStringLiteral("%1 %2 %3 %4").arg(row.name).arg(row.ttl).arg(row.type, row.data));
  rows.sort();
  return rows;
}

QList<QJsonObject> jsonLines(const QByteArray& out) {
  QList<QJsonObject> objects;
  for (const QByteArray& line : out.split('\n')) {
    if (!line.isEmpty()) objects.append(QJsonDocument::fromJson(line).object());
  }
  return objects;
}

}  // namespace

void TestCliDns::initTestCase() {
  if (const QString missing = NameServer::missing() + kdigMissing(); !missing.isEmpty())
    QSKIP(qPrintable(missing));
  const QString failure = server_.start();
  QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestCliDns::rowsAreKdigs_data() {
  QTest::addColumn<QString>("question");
  for (const char* question : {"www.bench.example A",
                               "www.bench.example AAAA",
                               "chain1.bench.example A",
                               "bench.example MX",
                               "text.bench.example TXT",
                               "long.bench.example TXT",
                               "_sip._udp.bench.example SRV",
                               "bench.example CAA",
                               "naptr.bench.example NAPTR",
                               "1.2.0.192.in-addr.arpa PTR",
                               "bench.example SOA",
                               "bench.example NS",
                               "uri.bench.example URI",
                               "ssh.bench.example SSHFP",
                               "_443._tcp.bench.example TLSA",
                               "hinfo.bench.example HINFO",
                               "unknown.bench.example TYPE65280",
                               "missing.bench.example A",
                               "www.bench.example TXT",
                               "many.bench.example A",
                               "more.bench.example TXT",
                               "huge.bench.example TXT"})
    QTest::newRow(question) << QString::fromUtf8(question);
}

void TestCliDns::rowsAreKdigs() {
  QFETCH(const QString, question);
  const QStringList parts = question.split(u' ');
  const KdigAnswer kdig = askKdig(parts[0], parts[1], server_.port());
  QVERIFY2(kdig.failure.isEmpty(), qPrintable(kdig.failure));
  const ProgramResult result = runCli(asking(question) + QStringList{QStringLiteral("--json")});
  const QJsonObject answer = jsonLine(result.out);
  QVERIFY2(result.exitCode == 0 && !answer.isEmpty(), show(result));
  QCOMPARE(answer[u"rcode"].toString(), kdig.rcode);
  QCOMPARE(answer[u"flags"].toVariant().toStringList(), kdig.flags);
  QCOMPARE(answer[u"transport"].toString(), kdig.overTcp ? QStringLiteral("tcp") : QStringLiteral("udp"));
  QCOMPARE(rows(answer[u"answers"]), rows(kdig.answers));
  QCOMPARE(rows(answer[u"authority"]), rows(kdig.authority));
  QCOMPARE(rows(answer[u"additional"]), rows(kdig.additional));
}

void TestCliDns::keysAreThoseOfTheContract() {
  const QJsonObject answer = ask(QStringLiteral("bench.example MX"));
  QCOMPARE(answer[u"server"].toString(), server_.address());
  QVERIFY(answer[u"elapsed_ms"].toDouble(-1) > 0);
  for (const char* list : {"flags", "answers", "authority", "additional"})
    QVERIFY2(answer[QLatin1String(list)].isArray(), list);
  const QJsonObject row = answer[u"answers"].toArray().first().toObject();
  QVERIFY(row[u"name"].isString() && row[u"type"].isString() && row[u"ttl"].isDouble() &&
          row[u"data"].isString());
}

void TestCliDns::answersInTheOrderAsked() {
  const ProgramResult result =
      runCli(asking(QStringLiteral("www.bench.example huge TXT")) + QStringList{QStringLiteral("--json")});
  QCOMPARE(result.exitCode, 2);  // no type has this name
  const ProgramResult several = runCli(asking(QStringLiteral("huge.bench.example TXT a MX type65280")) +
                                       QStringList{QStringLiteral("--json")});
  QCOMPARE(several.exitCode, 0);
  QStringList types;
  for (const QJsonObject& answer : jsonLines(several.out)) types.append(answer[u"type"].toString());
  QCOMPARE(types, QStringList({QStringLiteral("TXT"), QStringLiteral("A"), QStringLiteral("MX"),
                               QStringLiteral("TYPE65280")}));
}

void TestCliDns::namesStandInBothForms() {
  const QJsonObject answer = ask(QStringLiteral("bücher.bench.example"));
  QCOMPARE(answer[u"name"].toString(), QStringLiteral("bücher.bench.example"));
  QCOMPARE(answer[u"ascii_name"].toString(), QStringLiteral("xn--bcher-kva.bench.example."));
  QCOMPARE(answer[u"unicode_name"].toString(), QStringLiteral("bücher.bench.example."));
  QCOMPARE(rows(answer[u"answers"]),
           QStringList{QStringLiteral("xn--bcher-kva.bench.example. 300 A 192.0.2.7")});
  const ProgramResult table = runCli(asking(QStringLiteral("xn--strae-oqa.bench.example")));
  QVERIFY2(table.out.startsWith("xn--strae-oqa.bench.example. A (straße.bench.example.)\n"), show(table));
}

void TestCliDns::asksForAnAddress() {
  const QJsonObject answer = ask(QStringLiteral("-x 192.0.2.1"));
  QCOMPARE(answer[u"type"].toString(), QStringLiteral("PTR"));
  QCOMPARE(rows(answer[u"answers"]),
           QStringList{QStringLiteral("1.2.0.192.in-addr.arpa. 300 PTR www.bench.example.")});
  const QJsonObject six = ask(QStringLiteral("-x 2001:db8::1"));
  QCOMPARE(six[u"ascii_name"].toString(),
           QStringLiteral("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."));
}

void TestCliDns::choosesTheTransport_data() {
  QTest::addColumn<QString>("question");
  QTest::addColumn<QString>("transport");
  QTest::addColumn<bool>("truncated");
  QTest::addColumn<int>("tries");
  QTest::newRow("UDP") << "www.bench.example"
                       << "udp" << false << 1;
  QTest::newRow("TCP asked for") << "www.bench.example --tcp"
                                 << "tcp" << false << 1;
  QTest::newRow("TCP after truncation") << "huge.bench.example TXT"
                                        << "tcp" << true << 2;
  QTest::newRow("over 512 bytes with EDNS") << "many.bench.example"
                                            << "udp" << false << 1;
  QTest::newRow("over 512 bytes without") << "many.bench.example --no-edns"
                                          << "tcp" << true << 2;
}

void TestCliDns::choosesTheTransport() {
  QFETCH(const QString, question);
  const QJsonObject answer = ask(question);
  QTEST(answer[u"transport"].toString(), "transport");
  QTEST(answer[u"truncated"].toBool(), "truncated");
  QTEST(answer[u"tries"].toInt(), "tries");
  QVERIFY(!answer[u"answers"].toArray().isEmpty());
}

void TestCliDns::printsATable_data() {
  QTest::addColumn<QString>("question");
  QTest::addColumn<QString>("expected");
  QTest::newRow("sections")
      << "bench.example MX"
      << "bench\\.example\\. MX\n"
         "NOERROR; flags AA RD\n"
         "127\\.0\\.0\\.1:\\d+ by UDP; \\d+\\.\\d{3} ms, 117 bytes\n"
         "SECTION     NAME                  TTL  TYPE  DATA\n"
         "answer      bench\\.example\\.        300  MX    10 mail\\.bench\\.example\\.\n"
         "answer      bench\\.example\\.        300  MX    20 mail2\\.bench\\.example\\.\n"
         "additional  mail\\.bench\\.example\\.   300  A     192\\.0\\.2\\.25\n"
         "additional  mail2\\.bench\\.example\\.  300  A     192\\.0\\.2\\.26\n";
  QTest::newRow("no such name") << "missing.bench.example --no-recursion"
                                << "missing\\.bench\\.example\\. A\n"
                                   "NXDOMAIN: there is no such name; flags AA\n[^\n]*\n"
                                   "SECTION [^\n]*\nauthority  bench\\.example\\.[^\n]*\n";
  QTest::newRow("no such type") << "www.bench.example URI"
                                << "www\\.bench\\.example\\. URI\nNOERROR; flags AA RD\n[^\n]*\n"
                                   "no record of this type\nSECTION [^\n]*\nauthority [^\n]*\n";
  QTest::newRow("after truncation")
      << "more.bench.example TXT"
      << "[^\n]*\n[^\n]*\n127\\.0\\.0\\.1:\\d+ by TCP, since the answer by UDP was truncated; 2 questions "
         "sent; .*";
  QTest::newRow("two types") << "www.bench.example A AAAA"
                             << "www\\.bench\\.example\\. A\n.*\n\nwww\\.bench\\.example\\. AAAA\n.*";
}

void TestCliDns::printsATable() {
  QFETCH(const QString, question);
  QFETCH(const QString, expected);
  const ProgramResult result = runCli(asking(question));
  QCOMPARE(result.exitCode, 0);
  const QRegularExpression pattern(QRegularExpression::anchoredPattern(expected),
                                   QRegularExpression::DotMatchesEverythingOption);
  QVERIFY2(pattern.match(QString::fromUtf8(result.out)).hasMatch(), show(result));
}

void TestCliDns::saysNo_data() {
  QTest::addColumn<QString>("arguments");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<QString>("domain");
  QTest::newRow("nobody listens") << "a.example --server 127.0.0.1:1"
                                  << "DNS_UNREACHABLE"
                                  << "dns";
  QTest::newRow("an empty label") << "a..example --server 127.0.0.1:1"
                                  << "BAD_HOST"
                                  << "input";
  QTest::newRow("a label of 64 bytes")
      << QString(64, u'a') + QStringLiteral(".example --server 127.0.0.1:1") << "BAD_HOST"
      << "input";
}

void TestCliDns::saysNo() {
  QFETCH(const QString, arguments);
  const QStringList words = QStringList{QStringLiteral("dns")} + arguments.split(u' ');
  const ProgramResult json = runCli(words + QStringList{QStringLiteral("--json")});
  QCOMPARE(json.exitCode, 1);
  const QJsonObject error = jsonLine(json.out)[u"error"].toObject();
  QTEST(error[u"symbol"].toString(), "symbol");
  QTEST(error[u"domain"].toString(), "domain");
  QCOMPARE(error[u"op"].toString(), QStringLiteral("dns"));
  QVERIFY(!error[u"hint"].toString().isEmpty());
  const ProgramResult text = runCli(words);
  QCOMPARE(text.exitCode, 1);
  QCOMPARE(text.out, QByteArray());
  QVERIFY2(text.err.contains(error[u"symbol"].toString().toUtf8()), show(text));
}

// A server that answers one type and is silent on the other.
void TestCliDns::oneErrorLeavesTheOthersAlone() {
  QUdpSocket server;
  QVERIFY(server.bind(QHostAddress::LocalHost));
  QProcess process;
  process.start(QStringLiteral(SOCKBENCH_CLI),
                {QStringLiteral("dns"), QStringLiteral("a.example"), QStringLiteral("MX"),
                 QStringLiteral("A"), QStringLiteral("--timeout"), QStringLiteral("3"),
                 QStringLiteral("--retries"), QStringLiteral("0"), QStringLiteral("--json"),
                 QStringLiteral("--server"), QStringLiteral("127.0.0.1:%1").arg(server.localPort())});
  for (int heard = 0; heard < 2; ++heard) {
    QVERIFY(server.hasPendingDatagrams() || server.waitForReadyRead(30'000));
    QByteArray question(1500, '\0');
    QHostAddress from;
    quint16 port = 0;
    question.resize(server.readDatagram(question.data(), question.size(), &from, &port));
    if (question[24] != 1) continue;  // the type's low byte, behind a.example
    question[2] = static_cast<char>(0x80);
    question[3] = 3;
    question.resize(27);
    question[11] = 0;  // its OPT is gone
    server.writeDatagram(question, from, port);
  }
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitCode(), 1);
  const QList<QJsonObject> lines = jsonLines(process.readAllStandardOutput());
  QCOMPARE(lines.size(), 2);
  QCOMPARE(lines[0][u"error"].toObject()[u"symbol"].toString(), QStringLiteral("DNS_TIMEOUT"));
  QCOMPARE(lines[1][u"rcode"].toString(), QStringLiteral("NXDOMAIN"));
}

void TestCliDns::wrongCommandLine_data() {
  QTest::addColumn<QString>("arguments");
  for (const char* arguments :
       {"", "a.example NOTYPE", "a.example TYPE65536", "a.example AXFR", "a.example A --server dns.example",
        "a.example --server 127.0.0.1:0", "a.example --server 127.0.0.1:65536", "a.example --server 127.1",
        "a.example --server [::1", "a.example --server [::1]53", "a.example --retries 11",
        "a.example --retries -1", "a.example --timeout 0", "-x localhost", "-x 127.0.0.1 PTR"})
    QTest::newRow(arguments) << QString::fromUtf8(arguments);
}

void TestCliDns::wrongCommandLine() {
  QFETCH(const QString, arguments);
  const ProgramResult result =
      runCli(QStringList{QStringLiteral("dns")} + arguments.split(u' ', Qt::SkipEmptyParts));
  QVERIFY2(result.exitCode == 2 && result.out.isEmpty() && result.err.count('\n') == 1, show(result));
}

void TestCliDns::signalEndsAQuestionThatHangs() {
  QUdpSocket silent;
  QVERIFY(silent.bind(QHostAddress::LocalHost));
  QProcess process;
  process.start(QStringLiteral(SOCKBENCH_CLI),
                {QStringLiteral("dns"), QStringLiteral("a.example"), QStringLiteral("--timeout"),
                 QStringLiteral("3600"), QStringLiteral("--server"),
                 QStringLiteral("127.0.0.1:%1").arg(silent.localPort())});
  QVERIFY(silent.waitForReadyRead(30'000));
  ::kill(static_cast<pid_t>(process.processId()), SIGINT);
  QVERIFY(process.waitForFinished(30'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestCliDns)
#include "tst_cli_dns.moc"
