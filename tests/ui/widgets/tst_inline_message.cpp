#include <QLabel>
#include <QTest>

#include "ui/widgets/inline_message.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestInlineMessage : public QObject {
  Q_OBJECT
 private slots:
  void hiddenWhileEmpty() {
    InlineMessage message;
    QVERIFY(message.isHidden());
    QVERIFY(message.text().isEmpty());
  }

  void errorShowsSymbolMessageAndHint() {
    InlineMessage message;
    const Error error = Error::fromErrno(Operation::connect, ECONNREFUSED, "tcp://127.0.0.1:9");
    message.showError(error);
    QVERIFY(!message.isHidden());
    QVERIFY(message.text().contains(QStringLiteral("ECONNREFUSED")));
    QVERIFY(message.text().contains(QStringLiteral("Connection refused")));
    QVERIFY(!error.hint().empty());
    QVERIFY(message.text().contains(QString::fromStdString(error.hint())));
    QCOMPARE(message.accessibleName(), message.text());
    message.clear();
    QVERIFY(message.isHidden());
    QVERIFY(message.text().isEmpty());
  }

  void tonesReplaceOneAnother() {
    InlineMessage message;
    message.showWarning(QStringLiteral("careful"));
    QCOMPARE(message.property("messageTone").toString(), QStringLiteral("warning"));
    message.showNote(QStringLiteral("by the way"));
    QCOMPARE(message.property("messageTone").toString(), QStringLiteral("note"));
    QCOMPARE(message.text(), QStringLiteral("by the way"));
  }

  void hostileTextStaysText() {
    InlineMessage message;
    message.showError(Error::fromInput(InputFault::badHost, "x", TextSpan{}, "<b>bad</b>\x1b[31m \u202e"));
    for (const QLabel* label : message.findChildren<QLabel*>()) QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(message.text().contains(QStringLiteral("<b>bad</b>\u241b[31m <U+202E>")));
  }
};

QTEST_MAIN(TestInlineMessage)
#include "tst_inline_message.moc"
