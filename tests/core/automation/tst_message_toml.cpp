// Messages in TOML: both ways, and where each mistake is told.
#include <QTest>

#include "core/automation/message_toml.h"
#include "core/payload/message/insertion_text.h"

using namespace sockbench;

namespace {

Result<MessageSpec> readSend(const QByteArray& text) {
  const auto table = readToml(text.toStdString(), "test.toml");
  if (!table) return std::unexpected(table.error());
  TomlReader in(*table, "test.toml", UnknownKeys::refused);
  MessageSpec message = messageAt(in, "send");
  return in.finish(std::move(message));
}

}  // namespace

class TstMessageToml : public QObject {
  Q_OBJECT
 private slots:
  void reads_data();
  void reads();
  void readsBackTheSame_data();
  void readsBackTheSame();
  void tellsWhatIsWrong_data();
  void tellsWhatIsWrong();
};

void TstMessageToml::reads_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("bytes");  // of the message, in hexadecimal
  const auto row = [](const char* name, const char* text, const char* bytes) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(bytes);
  };
  row("text alone", "send = \"PING\\r\\n\"", "50494e470d0a");
  row("its own escapes in single quotes", "send = '\\x00{{counter}}'", "0030");
  row("hex", "send = { hex = \"01 02\" }", "0102");
  row("base64", "send = { base64 = \"AQID\" }", "010203");
  row("an encoding and an ending", "send = { text = \"a\", encoding = \"UTF-16LE\", ending = \"lf\" }",
      "61000a00");
  row("insertions", "send = { hex = \"aabb\", insert = [{ length = 1 }, { checksum = \"sum8:0..end\" }] }",
      "02aabb67");
  row("insertions as tables of their own",
      "[send]\nhex = \"aabb\"\n[[send.insert]]\nlength = \"2@0:little\"\n[[send.insert]]\nchecksum = "
      "\"xor\"\n",
      "0200aabb13");
  row("a CRC of one's own",
      "send = { text = \"123456789\", insert = "
      "[{ checksum = \"crc(16,0x1021,0xffff,false,false,0)@0:0..0\" }] }",
      "ffff313233343536373839");
}

void TstMessageToml::reads() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, bytes);
  const auto spec = readSend(text);
  QVERIFY2(spec.has_value(), spec ? "" : spec.error().line().c_str());
  const auto expanded = Message::read(*spec)->expand({});
  QVERIFY2(expanded.has_value(), expanded ? "" : expanded.error().line().c_str());
  QCOMPARE(QByteArray::fromStdString(std::string(asChars(expanded->bytes))).toHex(), bytes);
}

void TstMessageToml::readsBackTheSame_data() {
  QTest::addColumn<QByteArray>("body");
  QTest::addColumn<int>("form");
  QTest::addColumn<int>("ending");
  QTest::addColumn<QByteArray>("insertion");
  const auto row = [](const char* name, MessageForm form, const char* body, LineEnding ending = {},
                      const char* insertion = "") {
    QTest::newRow(name) << QByteArray(body) << static_cast<int>(form) << static_cast<int>(ending)
                        << QByteArray(insertion);
  };
  row("nothing", MessageForm::text, "");
  row("text of lines", MessageForm::text, "a\nb\r\n\"quoted\" '''\\n{{counter}}");
  row("hex with an ending", MessageForm::hex, "01 02", LineEnding::nul);
  row("base64", MessageForm::base64, "AQID");
  row("a file", MessageForm::file, "/a path/with \"quotes\"");
  row("a length", MessageForm::text, "x", LineEnding::crLf, "4@end-2:1..end-3:little:add=-6");
  row("a checksum", MessageForm::text, "x", LineEnding::none, "xor@end-2:1..end-3:hex:front");
  row("a CRC", MessageForm::text, "x", LineEnding::none, "crc(8,0x7,0x0,true,false,0xff):decimal");
}

void TstMessageToml::readsBackTheSame() {
  QFETCH(QByteArray, body);
  QFETCH(int, form);
  QFETCH(int, ending);
  QFETCH(QByteArray, insertion);
  MessageSpec spec;
  spec.body = body.toStdString();
  spec.form = static_cast<MessageForm>(form);
  spec.ending = static_cast<LineEnding>(ending);
  spec.encoding = form == 1 ? TextEncoding::gbk : TextEncoding::utf8;
  if (!insertion.isEmpty()) {
    const bool isLength = insertion.at(0) >= '0' && insertion.at(0) <= '9';
    spec.insertions.push_back(*(isLength ? readLengthInsertion(insertion.toStdString())
                                         : readChecksumInsertion(insertion.toStdString())));
  }
  TomlTable document;
  document.set("send", toToml(spec));
  const auto again = readSend(QByteArray::fromStdString(writeToml(document)));
  QVERIFY2(again.has_value(), again ? "" : again.error().line().c_str());
  QCOMPARE(*again, spec);
  document.set("send", toTomlTable(spec));
  QCOMPARE(*readSend(QByteArray::fromStdString(writeToml(document))), spec);
}

void TstMessageToml::tellsWhatIsWrong_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("word");
  const auto row = [](const char* name, const char* text, const char* word) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(word);
  };
  row("no form", "send = { ending = \"lf\" }", "text, hex, base64 and file");
  row("two forms", "send = { hex = \"01\", text = \"a\" }", "text, hex, base64 and file");
  row("an unknown key", "send = { text = \"a\", endnig = \"lf\" }", "ending");
  row("an unknown ending", "send = { text = \"a\", ending = \"crfl\" }", "crlf");
  row("an unknown encoding", "send = { text = \"a\", encoding = \"UTF-9\" }", "UTF-8");
  row("hex that is none", "send = { hex = \"0x\" }", "digits");
  row("a field that is not closed", "send = \"{{counter\"", "closed");
  row("an insertion of nothing", "send = { text = \"a\", insert = [{}] }", "length and checksum");
  row("a length of nine bytes", "send = { text = \"a\", insert = [{ length = 9 }] }", "8");
  row("a place that is none", "send = { text = \"a\", insert = [{ length = \"2@middle\" }] }", "place");
  row("a checksum that there is not", "send = { text = \"a\", insert = [{ checksum = \"modbuss\" }] }",
      "MODBUS");
  row("no text", "send = 4", "must be text");
}

void TstMessageToml::tellsWhatIsWrong() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, word);
  const auto spec = readSend(text);
  QVERIFY(!spec.has_value());
  const std::string line = spec.error().line();
  QVERIFY2(line.contains("line 1, column") && line.contains(word.toStdString()), line.c_str());
}

QTEST_GUILESS_MAIN(TstMessageToml)
#include "tst_message_toml.moc"
