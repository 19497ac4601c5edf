// sockbench-cli options, and options of every kind on a command line.
#include <QJsonArray>
#include <QTest>

#include "cli_process.h"

using namespace Qt::StringLiterals;

class TestCliOptions : public QObject {
  Q_OBJECT
 private slots:
  void listsThemAsJson();
  void listsThemForPeople();
  void optionsOfEveryKindAreTaken();
  void theNearestNameIsOffered();
};

void TestCliOptions::listsThemAsJson() {
  const ProgramResult result = runCli({u"options"_s, u"--json"_s});
  QCOMPARE(result.exitCode, 0);
  const QJsonArray options = jsonLine(result.out).value("options"_L1).toArray();
  QVERIFY(options.size() > 100);
  for (const QJsonValue& option : options) {
    QVERIFY(option["meaning"_L1].toString().endsWith(u'.'));
    if (option["name"_L1] != "IP_TTL"_L1) continue;
    QVERIFY(covers(option, QJsonObject{{u"level"_s, u"IPPROTO_IP"_s},
                                       {u"number"_s, 2},
                                       {u"kind"_s, u"integer"_s},
                                       {u"min"_s, 1},
                                       {u"max"_s, 255},
                                       {u"choices"_s, QJsonArray{u"default"_s}},
                                       {u"unit"_s, QString()},
                                       {u"readable"_s, true},
                                       {u"writable"_s, true}}));
    return;
  }
  QFAIL("IP_TTL is missing");
}

void TestCliOptions::listsThemForPeople() {
  const ProgramResult result = runCli({u"options"_s});
  QCOMPARE(result.exitCode, 0);
  QVERIFY(result.out.startsWith("NAME"));
  QVERIFY(result.out.contains("\nTCP_NODELAY "));
  QVERIFY(result.out.contains("dont|want|do|probe|interface|omit\n"));
}

void TestCliOptions::optionsOfEveryKindAreTaken() {
  const QStringList settings{u"IP_MTU_DISCOVER=do"_s, u"SO_TIMESTAMPING=rx-software|software"_s,
                             u"SO_MAX_PACING_RATE=unlimited"_s, u"IP_MULTICAST_IF=127.0.0.1"_s,
                             u"IP_ADD_SOURCE_MEMBERSHIP=239.1.1.1,127.0.0.1,127.0.0.2"_s};
  QStringList arguments{u"listen"_s, u"udp://127.0.0.1:0"_s, u"--for"_s, u"0.05"_s, u"--json"_s};
  for (const QString& setting : settings) arguments << u"--option"_s << setting;
  const ProgramResult result = runCli(arguments);
  QCOMPARE(result.exitCode, 0);
  for (const QString& setting : settings) QVERIFY2(result.out.contains(setting.toUtf8()), result.out);
}

void TestCliOptions::theNearestNameIsOffered() {
  const ProgramResult result = runCli({u"listen"_s, u"udp://127.0.0.1:0"_s, u"--option"_s, u"IP_TL=5"_s});
  QCOMPARE(result.exitCode, 2);
  QVERIFY2(result.err.contains("write IP_TTL"), result.err);
}

QTEST_GUILESS_MAIN(TestCliOptions)
#include "tst_cli_options.moc"
