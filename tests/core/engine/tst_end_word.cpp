// The line that ends a chat.
#include <QTest>

#include "core/engine/detail/end_word.h"

using namespace sockbench;

class TestEndWord : public QObject {
  Q_OBJECT

 private slots:
  void notices_data();
  void notices();
};

void TestEndWord::notices_data() {
  QTest::addColumn<QStringList>("messages");
  QTest::addColumn<int>("found");  // index of the message that ends the chat, -1: none
  const auto row = [](const char* name, std::initializer_list<const char*> messages, int found) {
    QStringList list;
    for (const char* m : messages) list << QString::fromUtf8(m);
    QTest::newRow(name) << list << found;
  };
  row("a whole message", {"hello", "exit"}, 1);
  row("a line", {"hello\n", "exit\n"}, 1);
  row("CR LF", {"exit\r\n"}, 0);
  row("among other lines", {"a\nexit\nb\n"}, 0);
  row("split over two messages", {"a\nex", "it\n"}, 1);
  row("split before the first line has ended", {"ex", "it\n"}, 1);
  row("not yet: its line has not ended", {"a\n", "exit"}, -1);
  row("part of a longer line", {"exit now\n"}, -1);
  row("end of a longer line", {"please exit\n"}, -1);
  row("message without line ending after another", {"who are you", "exit\n"}, 1);
  row("longer word", {"exits"}, -1);
  row("other case", {"EXIT\n"}, -1);
  row("empty messages", {"", "\n", ""}, -1);
  row("after a very long line", {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxexit\n", "exit\n"}, 1);
}

void TestEndWord::notices() {
  QFETCH(QStringList, messages);
  QFETCH(int, found);
  detail::EndWord word;
  int at = -1;
  for (int i = 0; i < messages.size() && at < 0; ++i)
    if (word.feed(asBytes(messages[i].toStdString()), "exit")) at = i;
  QCOMPARE(at, found);
  detail::EndWord off;
  for (const QString& message : messages) QVERIFY(!off.feed(asBytes(message.toStdString()), ""));
}

QTEST_APPLESS_MAIN(TestEndWord)
#include "tst_end_word.moc"
