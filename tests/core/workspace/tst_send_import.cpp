// What other programs have saved: Packet Sender's file and tables, with all that may be wrong in them.
#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "core/workspace/send_import.h"

using namespace sockbench;

class TstSendImport : public QObject {
  Q_OBJECT
 private slots:
  void readsWhatPacketSenderWrites();
  void takesTextWhereItIsText_data();
  void takesTextWhereItIsText();
  void skipsAndSaysWhy_data();
  void skipsAndSaysWhy();
  void readsTables_data();
  void readsTables();
  void tellsTheKindsApart_data();
  void tellsTheKindsApart();
  void comesBackFromItsOwnTable();
  void takesInWhatFindsRoom();
  void everythingIsCountedThoughNotKept();
};

namespace {

// Items as "FOLDER/NAME form=BODY endpoint", a line each, and remarks as "LINE: TEXT".
QByteArray shown(const SendImport& import) {
  QByteArray out;
  for (const SendImport::Item& item : import.items) {
    out += QByteArray::fromStdString(item.folder + "|" + item.send.name + "|" +
                                     std::string(messageFormName(item.send.message.form)) + "|" +
                                     item.send.message.body + "|" + item.send.endpoint + "\n");
  }
  return out;
}

QByteArray remarks(const SendImport& import) {
  QByteArray out;
  for (const SendImport::Remark& remark : import.remarks)
    out += QByteArray::number(remark.line) + ": " + QByteArray::fromStdString(remark.text) + "\n";
  return out;
}

struct Packet {
  const char* name;
  const char* kind;
  const char* host;
  unsigned port;
  const char* hex;
  float repeat = 0;
};

// As Packet Sender writes it: an array of names, and a group for each of them.
QByteArray packetSenderFile(const std::vector<Packet>& packets) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("packets.ini"));
  {
    QSettings settings(path, QSettings::IniFormat);
    settings.beginWriteArray(QStringLiteral("NAMES"));
    for (qsizetype i = 0; i < std::ssize(packets); ++i) {
      settings.setArrayIndex(static_cast<int>(i));
      settings.setValue(QStringLiteral("name"), QString::fromUtf8(packets[static_cast<std::size_t>(i)].name));
    }
    settings.endArray();
    for (const Packet& packet : packets) {
      const auto set = [&](const char* key, const QVariant& value) {
        settings.setValue(QString::fromUtf8(packet.name) + QLatin1Char('/') + QLatin1String(key), value);
      };
      set("name", QString::fromUtf8(packet.name));
      set("fromIP", QStringLiteral("You"));
      set("repeat", packet.repeat);
      set("toIP", QString::fromUtf8(packet.host));
      set("port", packet.port);
      set("fromPort", 0U);
      set("tcpOrUdp", QString::fromUtf8(packet.kind));
      set("sendResponse", 0U);
      set("hexString", QString::fromUtf8(packet.hex));
      set("requestPath", QString());
      set("timestamp", QStringLiteral("Sun, 15 Jan 2023 11:43:44"));
    }
  }
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<SendImport> importOf(const QByteArray& file) {
  return importSends(std::as_bytes(std::span(file.constData(), static_cast<std::size_t>(file.size()))));
}

}  // namespace

void TstSendImport::readsWhatPacketSenderWrites() {
  const QByteArray file = packetSenderFile({
      {"zoom", "TCP", "192.168.100.88", 5678, "81 01 04 39 0d ff "},
      {"GET /index.html, please", "UDP", "::1", 9, "68 65 6C 6C 6F 0A "},
      {"\xE4\xBD\xA0\xE5\xA5\xBD; a", "tcp", "example.org", 80, "7b 7b 41 7d 7d", 0.5F},
      {"web", "HTTP GET", "example.org", 80, ""},
      {"safe", "SSL", "example.org", 443, "61"},
      {"General", "UDP", "10.0.0.1", 7, ""},
  });
  const auto import = importOf(file);
  QVERIFY(import);
  QCOMPARE(shown(*import),
           "|zoom|hex|81 01 04 39 0d ff|tcp://192.168.100.88:5678\n"
           "|GET /index.html, please|text|hello\\n|udp://[::1]:9\n"
           "|\xE4\xBD\xA0\xE5\xA5\xBD; a|text|\\{{A}}|tcp://example.org:80\n"
           "|safe|text|a|\n"
           "|General|text||udp://10.0.0.1:7\n");
  QCOMPARE(import->skipped, 1U);
  QCOMPARE(import->items[2].send.plan.count, 0U);
  QCOMPARE(import->items[2].send.plan.interval, std::chrono::nanoseconds(500'000'000));
  QVERIFY(import->items[0].send.plan.isOnce());
  const QByteArray said = remarks(*import);
  QVERIFY2(said.contains("\"web\" is an HTTP request"), said);
  QVERIFY2(said.contains("\"safe\" has no endpoint here: it went by \"SSL\""), said);
  for (const SendImport::Item& item : import->items) {
    const auto message = Message::read(item.send.message);
    QVERIFY2(message && !message->hasFields(), item.send.message.body.c_str());
  }
}

void TstSendImport::takesTextWhereItIsText_data() {
  QTest::addColumn<QByteArray>("hex");
  QTest::addColumn<QByteArray>("item");
  const auto row = [](const char* name, const char* hex, const char* item) {
    QTest::newRow(name) << QByteArray(hex) << QByteArray(item);
  };
  row("text", "61 62", "text|ab");
  row("lines", "61 0d 0a 09", "text|a\\r\\n\\t");
  row("a backslash", "5c 6e", "text|\\\\n");
  row("Chinese", "e4 bd a0", "text|\xE4\xBD\xA0");
  row("a byte that is no text", "61 00", "hex|61 00");
  row("an override of direction", "e2 80 ae 61", "hex|e2 80 ae 61");
  row("no UTF-8", "c3 28", "hex|c3 28");
  row("two braces", "7b 7b", "text|\\{{");
  row("a backslash and two braces", "5c 7b 7b", "text|\\\\\\{{");
  row("three braces", "7b 7b 7b", "text|\\x7b\\x7b\\x7b");
}

void TstSendImport::takesTextWhereItIsText() {
  QFETCH(const QByteArray, hex);
  QFETCH(const QByteArray, item);
  const auto import = importOf("[a]\nhexString=" + hex + "\n");
  QVERIFY(import);
  QCOMPARE(shown(*import), "|a|" + item + "|\n");
  const auto message = Message::read(import->items[0].send.message);
  QVERIFY(message);
  const auto bytes = message->expand({});
  QVERIFY(bytes);
  QCOMPARE(QByteArray::fromStdString(std::string(asChars(bytes->bytes))).toHex(' '), hex);
}

void TstSendImport::skipsAndSaysWhy_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<int>("items");
  QTest::addColumn<int>("skipped");
  QTest::addColumn<QByteArray>("remark");
  const auto row = [](const char* name, const char* file, int items, int skipped, const char* remark) {
    QTest::newRow(name) << QByteArray(file) << items << skipped << QByteArray(remark);
  };
  row("bytes that are none", "[a]\nhexString=zz\n[b]\nhexString=61\ntcpOrUdp=TCP\n", 1, 1, "2: \"a\": ");
  row("half a byte", "[a]\nhexString=61 6\n", 0, 1, "2: \"a\": ");
  row("a name without a packet", "[NAMES]\n1\\name=gone\nsize=1\n", 0, 1, "0: \"gone\" has no hexString");
  row("a port that is none", "[a]\nhexString=61\ntcpOrUdp=TCP\ntoIP=1.2.3.4\nport=70000\n", 1, 0,
      "2: \"a\" has no endpoint here: port 70000");
  row("a host that is none", "[a]\nhexString=61\ntcpOrUdp=UDP\ntoIP=a b\nport=7\n", 1, 0,
      "2: \"a\" has no endpoint here: ");
  row("a repeat that is none", "[a]\nhexString=61\ntcpOrUdp=TCP\nrepeat=often\n", 1, 0,
      "2: \"a\" is sent once");
  row("a repeat that never ends", "[a]\nhexString=61\ntcpOrUdp=TCP\nrepeat=1e300\n", 1, 0,
      "2: \"a\" is sent once");
  row("a repeat that is no number", "[a]\nhexString=61\ntcpOrUdp=TCP\nrepeat=nan\n", 1, 0,
      "2: \"a\" is sent once");
  row("a repeat of another kind", "[a]\nhexString=61\ntcpOrUdp=TCP\nrepeat=@Variant(\\0\\0\\0\\x2\\0)\n", 1,
      0, "2: \"a\" is sent once");
  row("a line that is nothing", "[a]\nhexString=61\ntcpOrUdp=TCP\nnonsense\n", 1, 1,
      "4: neither a section nor KEY=VALUE");
  row("a table with a wrong word", "name,form,body\na,text,x\nb,tekst,y\n", 1, 1,
      "3: form \"tekst\" is not known");
  row("a table with a wrong escape", "name,body\na,\\q\n", 0, 1, "2: ");
  row("a table with wrong bytes", "name,form,body\na,hex,zz\n", 0, 1, "2: ");
  row("a table with a wrong key", "name,body,hotkey\na,x,10\n", 0, 1, "2: hotkey \"10\" is not known");
  row("a table with another column", "name,body,colour\na,x,red\n", 1, 0,
      "1: the column \"colour\" is not known");
  row("a quote that is not closed", "name,body\na,x\nb,\"y\nc,z\n", 1, 1, "3: a quote is not closed");
  row("a file that is not UTF-8", "name,body\na,\xE9\n", 1, 0, "0: the file is not UTF-8");
}

void TstSendImport::skipsAndSaysWhy() {
  QFETCH(const QByteArray, file);
  QFETCH(const int, items);
  QFETCH(const int, skipped);
  QFETCH(const QByteArray, remark);
  const auto import = importOf(file);
  QVERIFY(import);
  QCOMPARE(std::ssize(import->items), items);
  QCOMPARE(static_cast<int>(import->skipped), skipped);
  QVERIFY2(remarks(*import).contains(remark), remarks(*import).constData());
}

void TstSendImport::readsTables_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QByteArray>("items");
  const auto row = [](const char* name, const QByteArray& file, const char* items) {
    QTest::newRow(name) << file << QByteArray(items);
  };
  row("two columns", "hello,Hello!\\n\nbye,Bye\n", "|hello|text|Hello!\\n|\n|bye|text|Bye|\n");
  row("two columns, semicolon", "hello;\"a;b\"\n", "|hello|text|a;b|\n");
  row("titles in any order", "body\tfolder\tName\thot key\nx\tA/B\tn\t3\n", "A/B|n|text|x|\n");
  row("forms and endpoints", "name,form,body,endpoint\na,hex,61 62,tcp://h:1\nb,base64,AAA=,\n",
      "|a|hex|61 62|tcp://h:1\n|b|base64|AAA=|\n");
  row("a name from the message", "name,body\n,hello\n", "|hello|text|hello|\n");
  row("a mark of UTF-8", "\xEF\xBB\xBFname,body\na,\xE4\xBD\xA0\n", "|a|text|\xE4\xBD\xA0|\n");
  row("UTF-16",
      QByteArray("\xFF\xFE"
                 "a\0,\0x\0",
                 8),
      "|a|text|x|\n");
  row("short rows", "name,body,endpoint\na,x\n", "|a|text|x|\n");
}

void TstSendImport::readsTables() {
  QFETCH(const QByteArray, file);
  const auto import = importOf(file);
  QVERIFY(import);
  QTEST(shown(*import), "items");
  QCOMPARE(import->skipped, 0U);
}

void TstSendImport::tellsTheKindsApart_data() {
  QTest::addColumn<QByteArray>("file");
  QTest::addColumn<QByteArray>("message");
  const auto row = [](const char* name, const char* file, const char* message) {
    QTest::newRow(name) << QByteArray(file) << QByteArray(message);
  };
  row("an empty file", "", "no message was found in the file");
  row("another program's settings", "[General]\nx=1\n", "no message was found in the file");
  row("three columns without titles", "a,b,c\n", "line 1: a row of titles with \"body\"");
  row("titles without a body", "\nname,folder,note\n", "line 2: a row of titles with \"body\"");
  row("a title twice", "body,body,name\n", "line 1: a row of titles");
}

void TstSendImport::tellsTheKindsApart() {
  QFETCH(const QByteArray, file);
  QFETCH(const QByteArray, message);
  const auto import = importOf(file);
  QVERIFY(!import);
  QVERIFY2(QByteArray::fromStdString(import.error().message()).startsWith(message),
           import.error().message().c_str());
}

void TstSendImport::comesBackFromItsOwnTable() {
  SavedSends sends;
  SavedSend send;
  send.name = "say \"hi\", you";
  send.message.body = "two\nlines {{counter}}";
  send.message.ending = LineEnding::crLf;
  send.message.encoding = TextEncoding::gbk;
  send.endpoint = "udp://[::1]:9";
  send.note = "\xE4\xBD\xA0";
  send.hotKey = 7;
  QVERIFY(sends.addSend(*sends.makeFolders("A/B\\/C"), 0, send));
  SavedSend hex;
  hex.name = "bytes";
  hex.message.form = MessageForm::hex;
  hex.message.body = "01 02";
  QVERIFY(sends.addSend({}, SavedSends::kAtEnd, hex));
  std::size_t lost = 9;
  const std::string table = exportCsv(sends, &lost);
  QCOMPARE(lost, 0U);
  auto import = importSends(asBytes(table));
  QVERIFY(import);
  SavedSends back;
  QCOMPARE(takeIn(*import, back), 2U);
  QVERIFY(back == sends);

  hex.plan.count = 3;
  QVERIFY(sends.addSend({}, 0, hex));
  (void)exportCsv(sends, &lost);
  QCOMPARE(lost, 1U);
}

void TstSendImport::takesInWhatFindsRoom() {
  auto import = importOf(
      "name,folder,body,hotkey\na,F,x,1\nb,1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17,x,\n"
      "c,F,x,2\nd,//,x,\n,F,,\n");
  QVERIFY(import);
  SavedSends sends;
  SavedSend first;
  first.name = "mine";
  first.hotKey = 1;
  QVERIFY(sends.addSend({}, 0, first));
  QCOMPARE(takeIn(*import, sends), 2U);
  QCOMPARE(import->skipped, 3U);
  QCOMPARE(sends.find(sends.withHotKey(1))->send.name, "mine");
  QCOMPARE(sends.find(sends.withHotKey(2))->send.name, "c");
  const QByteArray said = remarks(*import);
  QVERIFY2(said.contains("2: Alt+1 is another's") && said.contains("3: folders stand at most 16 deep") &&
               said.contains("5: a folder without a name") && said.contains("6: a name is needed"),
           said);
}

void TstSendImport::everythingIsCountedThoughNotKept() {
  QByteArray file = "name,form,body\n";
  for (int i = 0; i < 1000; ++i) file += "a,hex,zz\n";
  const auto import = importOf(file);
  QVERIFY(import);
  QCOMPARE(import->skipped, 1000U);
  QCOMPARE(import->remarks.size(), SendImport::kMostRemarks);
}

QTEST_GUILESS_MAIN(TstSendImport)
#include "tst_send_import.moc"
