// Variables in a table: names that can be, values that are kept elsewhere under a mask.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

#include "ui/models/variables_model.h"

using namespace sockbench;
using namespace sockbench::ui;
using Kind = VariableSpec::Kind;

class TestVariablesModel : public QObject {
  Q_OBJECT

 private slots:
  void editsInPlace() {
    VariablesModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changed(&model, &VariablesModel::changed);
    QCOMPARE(model.add(), 0);
    QCOMPARE(model.add(), 1);
    QVERIFY(model.variables()[0].name != model.variables()[1].name);
    QVERIFY(model.setData(model.index(1, VariablesModel::name), QStringLiteral(" token "), Qt::EditRole));
    QVERIFY(
        model.setData(model.index(1, VariablesModel::kind), static_cast<int>(Kind::keyring), Qt::EditRole));
    QVERIFY(model.setData(model.index(1, VariablesModel::value), QStringLiteral("staging"), Qt::EditRole));
    QVERIFY((model.variables()[1] == VariableSpec{"token", Kind::keyring, "staging"}));
    QCOMPARE(changed.size(), 5);
    model.remove(0);
    QCOMPARE(model.rowCount(), 1);
  }

  void refusesNames_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("of another") << QStringLiteral("other");
    QTest::newRow("empty") << QString();
    QTest::newRow("with a blank") << QStringLiteral("a b");
    QTest::newRow("that closes a field") << QStringLiteral("a}}");
  }
  void refusesNames() {
    QFETCH(QString, name);
    VariablesModel model;
    model.setVariables({{"one", Kind::plain, "1"}, {"other", Kind::plain, "2"}});
    QSignalSpy refused(&model, &VariablesModel::refused);
    QVERIFY(!model.setData(model.index(0, VariablesModel::name), name, Qt::EditRole));
    QCOMPARE(refused.size(), 1);
    QCOMPARE(model.variables()[0].name, std::string("one"));
  }

  void whatIsKeptElsewhereIsNotShown() {
    qputenv("SOCKBENCH_TEST_SECRET", "s3cret");
    VariablesModel model;
    model.setVariables({{"token", Kind::environment, "SOCKBENCH_TEST_SECRET"}});
    for (int column = 0; column < model.columnCount(); ++column) {
      for (const int role : {Qt::DisplayRole, Qt::EditRole, Qt::ToolTipRole})
        QVERIFY(!model.index(0, column).data(role).toString().contains(QLatin1String("s3cret")));
    }
    QVERIFY(model.index(0, VariablesModel::value).data().toString().contains(QChar(0x2022)));
  }

  void messagesHaveThem() {
    qputenv("SOCKBENCH_TEST_SECRET", "s3cret");
    VariablesModel model;
    QVERIFY(!model.fieldValues().secret);
    model.setVariables({{"token", Kind::environment, "SOCKBENCH_TEST_SECRET"}, {"user", Kind::plain, "ann"}});
    const FieldValues values = model.fieldValues();
    QCOMPARE(values.variables->at("user"), std::string("ann"));
    QVERIFY(!values.variables->contains("token"));
    QCOMPARE(values.secret("token").value(), std::string("s3cret"));
  }
};

QTEST_GUILESS_MAIN(TestVariablesModel)
#include "tst_variables_model.moc"
