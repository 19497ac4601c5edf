// Variables: their text form, and secrets that are asked for when they are wanted and nowhere written.
#include <QTemporaryDir>
#include <QtTest>

#include "core/automation/variables/secrets.h"

using namespace sockbench;
using Kind = VariableSpec::Kind;

namespace {

Result<std::vector<VariableSpec>> read(std::string_view text) {
  const auto tree = readToml(text, "v.toml");
  if (!tree) return std::unexpected(tree.error());
  TomlReader in(*tree, "v.toml", UnknownKeys::refused);
  auto variables = readVariables(in);
  return in.finish(std::move(variables));
}

}  // namespace

class TestVariables : public QObject {
  Q_OBJECT

 private slots:
  void init() { path_ = qgetenv("PATH"); }
  void cleanup() { qputenv("PATH", path_); }

  void readBackAsTheyWere() {
    const std::vector<VariableSpec> variables{{"user", Kind::plain, "ann\n\"x\""},
                                              {"token", Kind::environment, "TOKEN"},
                                              {"pass.word", Kind::keyring, "staging key"},
                                              {"none", Kind::plain, ""}};
    const std::string text = writeToml(toToml(variables));
    QVERIFY(text.contains("token = { env = \"TOKEN\" }"));
    const auto again = read(text);
    QVERIFY2(again, again ? "" : again.error().line().c_str());
    QVERIFY(*again == variables);
    QCOMPARE(plainVariables(variables).size(), std::size_t{2});
  }

  void refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("a number") << QByteArray("a = 1")
                              << QByteArray("line 1, column 5: \"a\" must be text, not an integer");
    QTest::newRow("both") << QByteArray("a = { env = 'A', keyring = 'B' }")
                          << QByteArray(
                                 "line 1, column 5: \"a\" needs either env = \"NAME\" or keyring = \"NAME\"");
    QTest::newRow("a slip")
        << QByteArray("a = { keyrign = 'B' }")
        << QByteArray("line 1, column 5: \"a\" needs either env = \"NAME\" or keyring = \"NAME\"");
    QTest::newRow("a name with a blank")
        << QByteArray("'a b' = 'x'")
        << QByteArray("line 1, column 9: \"a b\": a variable's name has letters, digits, _, - and . alone");
    QTest::newRow("an empty name") << QByteArray("a = { env = '' }")
                                   << QByteArray("line 1, column 5: \"a\" refers to an empty name");
  }
  void refuses() {
    QFETCH(QByteArray, text);
    const auto variables = read(text.toStdString());
    QVERIFY(!variables);
    QTEST(QByteArray::fromStdString(variables.error().message()), "said");
  }

  void anEnvironmentVariableIsAskedForWhenItIsWanted() {
    const auto secrets = secretsOf({{"token", Kind::environment, "SOCKBENCH_TEST_TOKEN"}});
    qunsetenv("SOCKBENCH_TEST_TOKEN");
    const auto none = secrets("token");
    QVERIFY(!none && none.error().isInput(InputFault::unknownName));
    qputenv("SOCKBENCH_TEST_TOKEN", "s3cret");
    QCOMPARE(secrets("token").value(), std::string("s3cret"));
    qunsetenv("SOCKBENCH_TEST_TOKEN");
    QCOMPARE(secrets("token").value(), std::string("s3cret"));
    const auto other = secrets("other");
    QVERIFY(!other && other.error().isInput(InputFault::unknownName));
  }

  // A secret-tool of the test's own stands in front of PATH.
  void theKeyringIsAskedBySecretTool_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("symbol");
    QTest::newRow("it has the secret")
        << QByteArray("printf '%s|' \"$@\"") << QByteArray("lookup|application|sockbench|variable|my $(key)|")
        << QByteArray();
    QTest::newRow("it has none") << QByteArray("exit 1") << QByteArray() << QByteArray("UNKNOWN_NAME");
    QTest::newRow("it reaches no keyring")
        << QByteArray("echo no bus >&2; exit 1") << QByteArray() << QByteArray("NOT_OPEN");
    QTest::newRow("it never ends") << QByteArray("exec sleep 600") << QByteArray() << QByteArray("ETIMEDOUT");
    QTest::newRow("it never ends talking")
        << QByteArray("exec yes") << QByteArray() << QByteArray("TOO_LARGE");
    QTest::newRow("it closes its output and goes on")
        << QByteArray("exec >&- 2>&-; exec sleep 600") << QByteArray() << QByteArray("ETIMEDOUT");
  }
  void theKeyringIsAskedBySecretTool() {
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, symbol);
    const QTemporaryDir folder;
    QFile tool(folder.filePath(QStringLiteral("secret-tool")));
    QVERIFY(tool.open(QIODevice::WriteOnly));
    tool.write("#!/bin/sh\n" + script + "\n");
    tool.close();
    QVERIFY(tool.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("PATH", folder.path().toLocal8Bit() + ':' + path_);
    const bool waits = symbol == "ETIMEDOUT";
    const auto limit = waits ? std::chrono::milliseconds(200) : std::chrono::seconds(30);
    const auto value = lookUpSecret({"password", Kind::keyring, "my $(key)"}, limit);
    QCOMPARE(value ? QByteArray() : QByteArray::fromStdString(value.error().symbol()), symbol);
    if (value) QTEST(QByteArray::fromStdString(*value), "value");
  }

  void aMissingSecretToolIsSaid() {
    const QTemporaryDir empty;
    qputenv("PATH", empty.path().toLocal8Bit());
    const auto value = lookUpSecret({"password", Kind::keyring, "k"});
    QVERIFY(!value);
    QVERIFY2(value.error().message().contains("libsecret-tools"), value.error().line().c_str());
  }

  void aNameIsNoOption() {
    const auto value = lookUpSecret({"password", Kind::keyring, "--help"});
    QVERIFY(!value && value.error().isInput(InputFault::badSyntax));
  }

 private:
  QByteArray path_;
};

QTEST_GUILESS_MAIN(TestVariables)
#include "tst_variables.moc"
