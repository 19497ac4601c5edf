// Saved sends and the history as text: they come back the same, and what is wrong is told with its place.
#include <QTest>

#include "core/workspace/saved_sends_toml.h"

using namespace sockbench;

class TstSavedSendsToml : public QObject {
  Q_OBJECT
 private slots:
  void readsWell();
  void comesBackTheSame();
  void oneChangeIsOneLine();
  void saysWhatIsWrong_data();
  void saysWhatIsWrong();
  void unknownKeysDoNoHarm();
  void theHistoryComesBack();
};

namespace {

SavedSend sendOf(const char* name, const char* body) {
  SavedSend send;
  send.name = name;
  send.message.body = body;
  return send;
}

SavedSends sample() {
  SavedSends sends;
  SavedSend plain = sendOf("log in", "AUTH {{password}}\\r\\n");
  plain.hotKey = 1;
  plain.endpoint = "tcp://127.0.0.1:6379";
  plain.note = "two\nlines, \"quoted\" \\ and \xE4\xBD\xA0";
  (void)sends.addSend(*sends.makeFolders("Redis/A\\/B"), SavedSends::kAtEnd, plain);
  SavedSend repeated = sendOf("read", "01 03");
  repeated.message.form = MessageForm::hex;
  repeated.message.ending = LineEnding::crLf;
  Insertion crc;
  crc.what = Insertion::What::checksum;
  crc.checksum = "CRC-16/MODBUS";
  repeated.message.insertions = {crc};
  repeated.plan.count = 0;
  repeated.plan.interval = std::chrono::milliseconds(250);
  (void)sends.addSend({}, SavedSends::kAtEnd, repeated);
  (void)sends.makeFolders("Empty/Inner");
  (void)sends.addSend(*sends.makeFolders("Redis"), SavedSends::kAtEnd, sendOf("ping", "PING"));
  (void)sends.addSend({}, 0, sendOf("''' \"\"\" first", "''' \"\"\" \\n\n"));
  return sends;
}

}  // namespace

void TstSavedSendsToml::readsWell() {
  SavedSends sends;
  SavedSend send = sendOf("ping", "PING");
  send.hotKey = 2;
  (void)sends.addSend(*sends.makeFolders("Redis"), SavedSends::kAtEnd, send);
  QCOMPARE(QByteArray::fromStdString(writeSends(sends)),
           "version = 1\n\n[[sends]]\nname = \"ping\"\nfolder = \"Redis\"\nmessage = \"PING\"\nkey = 2\n");
}

void TstSavedSendsToml::comesBackTheSame() {
  const SavedSends sends = sample();
  const std::string text = writeSends(sends);
  const auto back = readSends(text, "sends.toml");
  QVERIFY2(back, back ? "" : back.error().message().c_str());
  QVERIFY(*back == sends);
  QCOMPARE(writeSends(*back), text);
  const auto empty = readSends(writeSends(SavedSends()), "sends.toml");
  QVERIFY(empty && empty->empty());
}

void TstSavedSendsToml::oneChangeIsOneLine() {
  SavedSends sends = sample();
  const QList<QByteArray> before = QByteArray::fromStdString(writeSends(sends)).split('\n');
  QVERIFY(sends.rename(sends.withHotKey(1), "log in again"));
  const QList<QByteArray> after = QByteArray::fromStdString(writeSends(sends)).split('\n');
  QCOMPARE(before.size(), after.size());
  int changed = 0;
  for (qsizetype i = 0; i < before.size(); ++i) changed += before[i] != after[i] ? 1 : 0;
  QCOMPARE(changed, 1);
}

void TstSavedSendsToml::saysWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const char* text, const char* message) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(message);
  };
  row("no TOML", "[[sends]\n", "line 1");
  row("a newer version", "version = 2\n", "line 1, column 11: it was written by a newer Sockbench");
  row("no name", "[[sends]]\nmessage = 'x'\n", "line 1");
  row("a blank name", "[[sends]]\nname = ' '\nmessage = 'x'\n",
      "line 2, column 8: \"name\": a name is needed");
  row("no message", "[[sends]]\nname = 'x'\n", "line 1");
  row("a wrong message", "[[sends]]\nname = 'x'\nmessage = { hex = 'zz' }\n", "line 3");
  row("a wrong key", "[[sends]]\nname = 'x'\nmessage = 'x'\nkey = 10\n", "line 4, column 7");
  row("a wrong folder", "[[sends]]\nname = 'x'\nmessage = 'x'\nfolder = 'a//b'\n", "line 4, column 10");
  row("a wrong plan", "[[sends]]\nname = 'x'\nmessage = 'x'\nplan = { interval = 'often' }\n", "line 4");
  row("sends that are no tables", "sends = 3\n", "line 1");
}

void TstSavedSendsToml::saysWhatIsWrong() {
  QFETCH(const QByteArray, text);
  QFETCH(const QByteArray, message);
  const auto read = readSends(text.toStdString(), "sends.toml");
  QVERIFY(!read);
  QVERIFY2(read.error().message().find(message.toStdString()) != std::string::npos,
           read.error().message().c_str());
}

void TstSavedSendsToml::unknownKeysDoNoHarm() {
  const auto read = readSends("colour = 1\n[[sends]]\nname = 'x'\nmessage = 'y'\nicon = 'z'\n", "sends.toml");
  QVERIFY(read);
  QCOMPARE(read->sendCount(), 1U);
}

void TstSavedSendsToml::theHistoryComesBack() {
  SendHistory history;
  for (const char* body : {"a", "{{secret}}"}) {
    SentMessage sent;
    sent.time = 1'700'000'000'123'456'789;
    sent.target = "tcp 127.0.0.1:9";
    sent.message.body = body;
    sent.bytes = 5;
    sent.outcome = "EPIPE";
    history.add(sent);
  }
  const auto back = readHistory(writeHistory(history), "history.toml");
  QVERIFY2(back, back ? "" : back.error().message().c_str());
  QVERIFY(back->entries() == history.entries());
}

QTEST_GUILESS_MAIN(TstSavedSendsToml)
#include "tst_saved_sends_toml.moc"
