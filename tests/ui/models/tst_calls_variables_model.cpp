// CallsVariablesModel: variables, what is known of a socket, and its options.
#include "ui/models/calls_variables_model.h"

#include <sys/socket.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "core/net/socket_options.h"
#include "ui/models/calls_socket_text.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

CallVariable socketNamed(const std::string& name, std::uint64_t handle, int descriptor) {
  CallSocketFacts facts;
  facts.handle = CallHandle{handle};
  facts.descriptor = descriptor;
  facts.family = AF_INET;
  facts.type = SOCK_STREAM;
  facts.local = SocketAddress::fromIpv4(0x7f000001, 8000);
  facts.kernelState = "LISTEN";
  return {name, CallValue(CallHandle{handle}), facts};
}

QList<OptionReading> someOptions() {
  const OptionInfo* reuse = findSocketOption("SO_REUSEADDR");
  const OptionInfo* type = findSocketOption("TCP_NODELAY");
  return {{reuse, std::nullopt, std::string("1")},
          {type, std::nullopt, std::unexpected(Error::fromErrno(Operation::getsockopt, ENOPROTOOPT))}};
}

struct Tree {
  CallsVariablesModel model;
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

  QModelIndex options(int row) const {
    const QModelIndex variable = model.index(row, 0);
    return model.index(model.rowCount(variable) - 1, 0, variable);
  }
  QString value(const QModelIndex& index) const {
    return index.siblingAtColumn(CallsVariablesModel::Value).data().toString();
  }
};

}  // namespace

class CallsVariablesModelTest : public QObject {
  Q_OBJECT
 private slots:
  void valuesAndSockets();
  void aChangeKeepsPlacesAndOptions();
  void aNameThatGetsAnotherValue();
  void whatIsForgottenGoes();
  void optionsStandUnderTheirSocket();
  void timeoutsInWords_data();
  void timeoutsInWords();
};

void CallsVariablesModelTest::valuesAndSockets() {
  Tree tree;
  tree.model.setVariables({socketNamed("s", 1, 14), {"data", CallValue(toBytes("hi")), std::nullopt}});
  QCOMPARE(tree.model.rowCount(), 2);
  QCOMPARE(tree.value(tree.model.index(0, 0)),
           QStringLiteral("fd 14 · 127.0.0.1:8000 · LISTEN · AF_INET SOCK_STREAM"));
  QCOMPARE(tree.value(tree.model.index(1, 0)), QStringLiteral("b'hi'"));
  QCOMPARE(tree.model.rowCount(tree.model.index(1, 0)), 0);
  QVERIFY(tree.model.rowCount(tree.model.index(0, 0)) > 8);
  QVERIFY(tree.model.isOptions(tree.options(0)));
  QVERIFY(tree.model.hasChildren(tree.options(0)));
}

void CallsVariablesModelTest::aChangeKeepsPlacesAndOptions() {
  Tree tree;
  tree.model.setVariables({socketNamed("s", 1, 14)});
  tree.model.setOptions(CallHandle{1}, someOptions());
  const QPersistentModelIndex options = tree.options(0);
  CallVariable closed = socketNamed("s", 1, -1);
  tree.model.setVariables({closed, socketNamed("c", 2, 15)});
  QVERIFY(options.isValid());
  QCOMPARE(tree.model.rowCount(options), 2);
  QCOMPARE(tree.value(tree.model.index(0, 0)), QStringLiteral("closed"));
  QCOMPARE(tree.model.rowCount(), 2);
}

void CallsVariablesModelTest::aNameThatGetsAnotherValue() {
  Tree tree;
  tree.model.setVariables({socketNamed("x", 1, 14)});
  tree.model.setOptions(CallHandle{1}, someOptions());
  tree.model.setVariables({{"x", CallValue(7), std::nullopt}});
  QCOMPARE(tree.model.rowCount(tree.model.index(0, 0)), 0);
  tree.model.setVariables({socketNamed("x", 2, 15)});
  QVERIFY(tree.model.rowCount(tree.model.index(0, 0)) > 8);
  QCOMPARE(tree.model.rowCount(tree.options(0)), 0);
}

void CallsVariablesModelTest::whatIsForgottenGoes() {
  Tree tree;
  tree.model.setVariables({socketNamed("a", 1, 14), socketNamed("b", 2, 15), {"c", CallValue(1), {}}});
  tree.model.setVariables({socketNamed("a", 1, 14), {"c", CallValue(1), {}}});
  QCOMPARE(tree.model.rowCount(), 2);
  QCOMPARE(tree.model.index(1, 0).data().toString(), QStringLiteral("c"));
  tree.model.setVariables({});
  QCOMPARE(tree.model.rowCount(), 0);
}

void CallsVariablesModelTest::optionsStandUnderTheirSocket() {
  Tree tree;
  tree.model.setVariables({socketNamed("s", 1, 14), socketNamed("also", 1, 14)});
  QVERIFY(tree.model.openedOptions().isEmpty());
  tree.model.setOptions(CallHandle{1}, someOptions());
  for (const int row : {0, 1}) {
    const QModelIndex options = tree.options(row);
    QCOMPARE(tree.model.rowCount(options), 2);
    QCOMPARE(tree.value(tree.model.index(0, 0, options)), QStringLiteral("on"));
    const QModelIndex refused = tree.model.index(1, CallsVariablesModel::Value, options);
    QVERIFY(refused.data().toString().startsWith(QStringLiteral("ENOPROTOOPT")));
    QVERIFY(refused.data(CallsVariablesModel::FaultRole).toBool());
  }
  QVERIFY(tree.model.openedOptions().contains(CallHandle{1}));
  tree.model.setOptions(CallHandle{1}, {});  // it was closed
  QCOMPARE(tree.model.rowCount(tree.options(0)), 0);
}

void CallsVariablesModelTest::timeoutsInWords_data() {
  QTest::addColumn<Timeout>("timeout");
  QTest::addColumn<QString>("words");
  QTest::newRow("for ever") << Timeout() << QStringLiteral("None: it waits for ever");
  QTest::newRow("never") << Timeout(std::chrono::nanoseconds(0)) << QStringLiteral("0: it never waits");
  QTest::newRow("a while") << Timeout(std::chrono::milliseconds(2500)) << QStringLiteral("2.5 s");
}

void CallsVariablesModelTest::timeoutsInWords() {
  QFETCH(Timeout, timeout);
  QTEST(timeoutText(timeout), "words");
}

QTEST_GUILESS_MAIN(CallsVariablesModelTest)
#include "tst_calls_variables_model.moc"
