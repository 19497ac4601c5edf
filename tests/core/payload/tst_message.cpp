// Messages: each form and each field, what stands beside them, and where each mistake is shown.
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/payload/hex.h"
#include "core/payload/message/message.h"

using namespace sockbench;
using namespace std::string_view_literals;

namespace {

std::string_view view(const QByteArray& bytes) {
  return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

const Variables& variables() {
  static const Variables all{{"name", "val\xC3\xA9"}, {"empty", ""}, {"bytes", "0a 0B"}, {"quad", "SGk="}};
  return all;
}

FieldValues values() {
  FieldValues values;
  values.counter = 7;
  values.time = 1'700'000'000'123'456'789;
  values.seed = 1;
  values.peerAddress = "192.0.2.1";
  values.peerPort = 80;
  values.localAddress = "::1";
  values.localPort = 4000;
  values.variables = &variables();
  values.groups = {toBytes("whole\xFF"), toBytes("part")};
  return values;
}

Result<ExpandedMessage> expand(MessageSpec spec, const FieldValues& with = values()) {
  const auto message = Message::read(std::move(spec));
  if (!message) return std::unexpected(message.error());
  return message->expand(with);
}

MessageSpec specOf(MessageForm form, std::string_view body, TextEncoding encoding = TextEncoding::utf8,
                   LineEnding ending = LineEnding::none) {
  MessageSpec spec;
  spec.form = form;
  spec.body = body;
  spec.encoding = encoding;
  spec.ending = ending;
  return spec;
}

}  // namespace

Q_DECLARE_METATYPE(MessageSpec)

class TstMessage : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void becomes_data();
  void becomes();
  void refuses_data();
  void refuses();
  void counts_data();
  void counts();
  void drawsByItsSeed();
  void uuidIsOfVersion4();
  void takesTheTimeOfSending();
  void filesGoAsTheyAre();
  void asksForSecrets();
  void saysWhichBytesCameOfWhat();
  void everyFieldOfTheTableIsRead();
  void isBounded();

 private:
  QTemporaryDir folder_;
};

void TstMessage::initTestCase() {
  ::setenv("SOCKBENCH_TEST_WORD", "from the environment", 1);
}

void TstMessage::becomes_data() {
  QTest::addColumn<MessageSpec>("spec");
  QTest::addColumn<QByteArray>("bytes");
  const auto text = [](const char* name, std::string_view body, const QByteArray& bytes) {
    QTest::newRow(name) << specOf(MessageForm::text, body) << bytes;
  };
  const auto hex = [](const char* name, std::string_view body, const QByteArray& bytes) {
    QTest::newRow(name) << specOf(MessageForm::hex, body) << bytes;
  };
  const auto base64 = [](const char* name, std::string_view body, const QByteArray& bytes) {
    QTest::newRow(name) << specOf(MessageForm::base64, body) << bytes;
  };
  text("nothing", "", "");
  text("plain text", "PING", "PING");
  text("escapes", "a\\r\\n\\x00\\u{e9}\\\\", QByteArray("a\r\n\0\xC3\xA9\\", 7));
  text("a field", "n={{counter}};", "n=7;");
  text("blanks in the braces", "{{  counter\t}}", "7");
  text("fields side by side", "{{counter}}{{counter}}", "77");
  text("an escape before and behind", "\\t{{counter}}\\n", "\t7\n");
  text("an escaped backslash before a field", "\\\\{{counter}}", "\\7");
  text("braces by an escape", "\\{{counter}}", "{{counter}}");
  text("an escaped backslash, then braces by an escape", "\\\\\\{{x}}", "\\{{x}}");
  text("single braces", "{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}");
  text("a field in braces", "{\"a\":{{{counter}}}}", "{\"a\":{7}}");
  text("closing braces alone", "a}}b", "a}}b");
  text("a variable", "<{{name}}>", "<val\xC3\xA9>");
  text("a variable of nothing", "<{{empty}}>", "<>");
  text("the environment", "{{env SOCKBENCH_TEST_WORD}}", "from the environment");
  text("addresses", "{{peer.address}}:{{peer.port}} {{local.address}} {{local.port}}",
       "192.0.2.1:80 ::1 4000");
  text("groups go as bytes", "{{0}}/{{1}}", "whole\xFF/part");
  text("times", "{{time.iso}} {{time.unix}} {{time.unix_ms}}",
       "2023-11-14T22:13:20.123456789Z 1700000000 1700000000123");
  QTest::newRow("a line ending") << specOf(MessageForm::text, "a", TextEncoding::utf8, LineEnding::crLf)
                                 << QByteArray("a\r\n");
  QTest::newRow("a line ending in the encoding")
      << specOf(MessageForm::text, "a", TextEncoding::utf16be, LineEnding::lf) << QByteArray("\0a\0\n", 4);
  QTest::newRow("a NUL behind hex") << specOf(MessageForm::hex, "41", TextEncoding::utf8, LineEnding::nul)
                                    << QByteArray("A\0", 2);
  QTest::newRow("a field in the encoding")
      << specOf(MessageForm::text, "{{name}}", TextEncoding::latin1) << QByteArray("val\xE9");
  QTest::newRow("braces in the encoding")
      << specOf(MessageForm::text, "\\{{", TextEncoding::utf16le) << QByteArray("{\0{\0", 4);
  hex("hex", "01 0aFF", "\x01\x0A\xFF");
  hex("a variable of hex", "01 {{bytes}} ff", "\x01\x0A\x0B\xFF");
  hex("the counter as bytes", "{{counter.hex 0 1 4}}", QByteArray("\0\7", 2));
  hex("a group in hex", "01{{1}}02", "\x01part\x02");
  base64("base64", "SGVsbG8=", "Hello");
  base64("base64 in lines", "SGVs\n bG8=\n", "Hello");
  base64("base64 around a field", "SGk={{quad}}IQ==", "HiHi!");
}

void TstMessage::becomes() {
  QFETCH(MessageSpec, spec);
  QFETCH(QByteArray, bytes);
  const auto expanded = expand(spec);
  QVERIFY2(expanded.has_value(), expanded ? "" : expanded.error().line().c_str());
  QCOMPARE(toHex(expanded->bytes), toHex(asBytes(view(bytes))));
  const auto again = expand(spec);
  QVERIFY(again && again->bytes == expanded->bytes);
}

void TstMessage::refuses_data() {
  QTest::addColumn<MessageSpec>("spec");
  QTest::addColumn<int>("fault");
  QTest::addColumn<std::size_t>("offset");
  QTest::addColumn<std::size_t>("length");
  QTest::addColumn<QByteArray>("word");  // of the sentence
  const auto row = [](const char* name, MessageForm form, std::string_view body, InputFault fault,
                      std::size_t offset, std::size_t length, const char* word = "") {
    QTest::newRow(name) << specOf(form, body) << static_cast<int>(fault) << offset << length
                        << QByteArray(word);
  };
  const MessageForm text = MessageForm::text;
  row("an unknown escape behind a field", text, "{{counter}}a\\q", InputFault::badEscape, 12, 2);
  row("a field that is not closed", text, "ab{{counter", InputFault::badSyntax, 2, 2, "}}");
  row("a field of nothing", text, "a{{ }}", InputFault::badSyntax, 3, 0);
  row("an unknown field with an argument", text, "{{radnom.hex 4}}", InputFault::unknownName, 2, 10,
      "random.hex");
  row("an unknown field of ours", text, "x{{time.izo}}", InputFault::unknownName, 3, 8, "time.iso");
  row("an unknown variable", text, "x{{nmae}}", InputFault::unknownName, 1, 8, "name");
  row("no name at all", text, "{{a\"b}}", InputFault::badSyntax, 2, 3);
  row("an argument too many", text, "{{uuid 4}}", InputFault::badSyntax, 7, 1);
  row("a fourth argument", text, "{{counter 1 2 3 4}}", InputFault::badSyntax, 16, 1);
  row("no number", text, "{{counter one}}", InputFault::badSyntax, 10, 3);
  row("no bytes", text, "{{random.hex 0}}", InputFault::badSyntax, 13, 1);
  row("too many bytes", text, "{{random.hex 9999999}}", InputFault::badSyntax, 13, 7);
  row("bytes missing", text, "{{random.hex}}", InputFault::badSyntax, 12, 0, "BYTES");
  row("a name missing", text, "{{env }}", InputFault::badSyntax, 5, 0, "NAME");
  row("a group that there is not", text, "{{2}}", InputFault::unknownName, 0, 5, "group 2");
  row("an unknown word of the environment", text, "{{env SOCKBENCH_NO_SUCH}}", InputFault::unknownName, 0,
      25);
  row("hex that is none", MessageForm::hex, "01 0g", InputFault::badHex, 4, 1);
  row("half a byte before a field", MessageForm::hex, "1{{bytes}}", InputFault::badHex, 0, 1);
  row("a variable that is no hex", MessageForm::hex, "01 {{name}}", InputFault::badHex, 3, 8);
  row("an escape in hex", MessageForm::hex, "01 \\{{", InputFault::badHex, 3, 1);
  row("a character that base64 has not", MessageForm::base64, "SG!s", InputFault::badSyntax, 2, 1);
  row("base64 without its end", MessageForm::base64, "SGk", InputFault::badSyntax, 0, 3);
  QTest::newRow("a character that the encoding has not")
      << specOf(text, "{{counter}}\xE2\x82\xAC", TextEncoding::latin1)
      << static_cast<int>(InputFault::badEncoding) << std::size_t{11} << std::size_t{3}
      << QByteArray("U+20AC");
}

void TstMessage::refuses() {
  QFETCH(MessageSpec, spec);
  QFETCH(int, fault);
  QFETCH(std::size_t, offset);
  QFETCH(std::size_t, length);
  QFETCH(QByteArray, word);
  const auto expanded = expand(spec);
  QVERIFY(!expanded.has_value());
  const Error& error = expanded.error();
  QVERIFY2(error.isInput(static_cast<InputFault>(fault)), error.line().c_str());
  QCOMPARE(error.subject, spec.body);
  QVERIFY2(error.where == (TextSpan{offset, length}),
           qPrintable(QStringLiteral("%1 %2").arg(error.where->offset).arg(error.where->length)));
  QVERIFY2(error.message().contains(view(word)), error.message().c_str());
}

void TstMessage::counts_data() {
  QTest::addColumn<QByteArray>("field");
  QTest::addColumn<quint64>("counter");
  QTest::addColumn<QByteArray>("text");
  const auto row = [](const char* name, const char* field, quint64 counter, const char* text) {
    QTest::newRow(name) << QByteArray(field) << counter << QByteArray(text);
  };
  row("the first", "{{counter}}", 0, "0");
  row("from one", "{{counter 1}}", 0, "1");
  row("in tens", "{{counter 100 10}}", 3, "130");
  row("backwards", "{{counter 1 -2}}", 2, "-3");
  row("with zeros in front", "{{counter 0 1 5}}", 42, "00042");
  row("wider than its width", "{{counter 0 1 2}}", 12345, "12345");
  row("a sign is of the width", "{{counter -42 1 5}}", 0, "-0042");
  row("round at the end", "{{counter 9223372036854775807 1}}", 1, "-9223372036854775808");
  row("hexadecimal", "{{counter.hex}}", 10, "0a");
  row("hexadecimal of a width", "{{counter.hex 255 1 4}}", 1, "0100");
  row("hexadecimal below zero", "{{counter.hex -1}}", 0, "ffffffffffffffff");
}

void TstMessage::counts() {
  QFETCH(QByteArray, field);
  QFETCH(quint64, counter);
  QFETCH(QByteArray, text);
  FieldValues with;
  with.counter = counter;
  const auto expanded = expand(specOf(MessageForm::text, view(field)), with);
  QVERIFY(expanded.has_value());
  QCOMPARE(std::string(asChars(expanded->bytes)), text.toStdString());
}

void TstMessage::drawsByItsSeed() {
  FieldValues with;
  with.seed = freshSeed();
  const MessageSpec spec = specOf(MessageForm::text, "{{random.hex 16}} {{random.hex 16}}");
  const auto first = expand(spec, with);
  QVERIFY(first && first->bytes.size() == 65);
  QVERIFY(!std::ranges::equal(ByteView(first->bytes).first(32), ByteView(first->bytes).last(32)));
  QCOMPARE(expand(spec, with)->bytes, first->bytes);
  std::set<Bytes> seen{first->bytes};
  for (int i = 0; i < 100; ++i) {
    with.seed = freshSeed();
    QVERIFY(seen.insert(expand(spec, with)->bytes).second);
  }
}

void TstMessage::uuidIsOfVersion4() {
  const auto expanded = expand(specOf(MessageForm::text, "{{uuid}}"));
  QVERIFY(expanded.has_value());
  const QRegularExpression shape(
      QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
  QVERIFY(shape.match(QString::fromStdString(std::string(asChars(expanded->bytes)))).hasMatch());
}

void TstMessage::takesTheTimeOfSending() {
  const WallNanos before = wallNow();
  const auto expanded = expand(specOf(MessageForm::text, "{{time.unix_ms}}"), {});
  QVERIFY(expanded.has_value());
  const WallNanos told = std::stoll(std::string(asChars(expanded->bytes)));
  QVERIFY(told >= before / 1'000'000 && told <= wallNow() / 1'000'000);
}

void TstMessage::filesGoAsTheyAre() {
  const std::string path = folder_.filePath(QStringLiteral("a file")).toStdString();
  std::ofstream(path, std::ios::binary) << "\\n{{counter}}\xFF";
  const auto whole = expand(specOf(MessageForm::file, path, TextEncoding::utf8, LineEnding::lf));
  QVERIFY(whole.has_value());
  QCOMPARE(std::string(asChars(whole->bytes)), std::string("\\n{{counter}}\xFF\n"));
  const auto within = expand(specOf(MessageForm::hex, "01{{file " + path + "}}02"));
  QVERIFY(within.has_value());
  QCOMPARE(std::string(asChars(within->bytes)), std::string("\x01\\n{{counter}}\xFF\x02"));
  const auto missing = expand(specOf(MessageForm::text, "{{file " + path + ".none}}"));
  QVERIFY(!missing && missing.error().isErrno(ENOENT));
  QCOMPARE(missing.error().subject, path + ".none");
  const auto folder = expand(specOf(MessageForm::file, folder_.path().toStdString()));
  QVERIFY(!folder && folder.error().isErrno(EISDIR));
  const auto device = expand(specOf(MessageForm::file, "/dev/zero"));
  QVERIFY(!device && device.error().isInput(InputFault::badPath));
}

void TstMessage::asksForSecrets() {
  FieldValues with = values();
  with.secret = [](std::string_view name) -> Result<std::string> {
    if (name == "token") return "s3cret";
    if (name == "locked") return std::unexpected(Error::fromErrno(Operation::read, EACCES, "keyring"));
    return std::unexpected(
        Error::fromInput(InputFault::unknownName, std::string(name), std::nullopt, "none"));
  };
  const auto expanded = expand(specOf(MessageForm::text, "{{token}} {{name}}"), with);
  QVERIFY(expanded.has_value());
  QCOMPARE(std::string(asChars(expanded->bytes)), std::string("s3cret val\xC3\xA9"));
  const auto locked = expand(specOf(MessageForm::text, "{{locked}}"), with);
  QVERIFY(!locked && locked.error().isErrno(EACCES));
  const auto unknown = expand(specOf(MessageForm::text, "{{nmae}}"), with);
  QVERIFY(!unknown && unknown.error().message().contains("\"name\""));
}

void TstMessage::saysWhichBytesCameOfWhat() {
  using Part = ExpandedMessage::Part;
  MessageSpec spec =
      specOf(MessageForm::text, "{{counter}}-{{time.unix}}", TextEncoding::utf8, LineEnding::lf);
  Insertion length;
  length.at = {3, false};  // in the midst of the time
  Insertion sum;
  sum.what = Insertion::What::checksum;
  sum.checksum = "sum8";
  spec.insertions = {length, sum};
  const auto expanded = expand(spec);
  QVERIFY(expanded.has_value());
  const std::vector<ExpandedMessage::Span>& spans = expanded->spans;
  QCOMPARE(spans.size(), std::size_t{6});
  const auto check = [&](std::size_t i, std::size_t offset, std::size_t size, Part part, bool changes) {
    QCOMPARE(spans[i].offset, offset);
    QCOMPARE(spans[i].length, size);
    QCOMPARE(spans[i].part, part);
    QCOMPARE(spans[i].changes, changes);
  };
  check(0, 0, 1, Part::field, false);
  check(1, 2, 1, Part::field, true);
  check(2, 3, 2, Part::length, false);
  check(3, 5, 9, Part::field, true);
  check(4, 14, 1, Part::ending, false);
  check(5, 15, 1, Part::checksum, false);
  QCOMPARE(spans[0].source, (TextSpan{0, 11}));
  QCOMPARE(spans[1].source, (TextSpan{12, 13}));
  QCOMPARE(spans[3].source, (TextSpan{12, 13}));
}

void TstMessage::everyFieldOfTheTableIsRead() {
  for (const MessageField& field : messageFields()) {
    std::string body = "{{" + std::string(field.name);
    if (field.arguments == "BYTES") body += " 4";
    if (field.arguments == "NAME" || field.arguments == "PATH") body += " x";
    QVERIFY2(Message::read(specOf(MessageForm::text, body + "}}")).has_value(), body.c_str());
    QVERIFY(!field.meaning.empty() && !field.meaning.ends_with('.'));
  }
}

void TstMessage::isBounded() {
  const Variables large{{"large", std::string(std::size_t{1} << 20, 'x')}};
  FieldValues with;
  with.variables = &large;
  std::string body;
  for (int i = 0; i < 64; ++i) body += "{{large}}";
  const auto whole = expand(specOf(MessageForm::text, body), with);
  QVERIFY(whole && whole->bytes.size() == Message::kMostBytes);
  const auto beyond = expand(specOf(MessageForm::text, body + "!"), with);
  QVERIFY(!beyond && beyond.error().isInput(InputFault::tooLarge));
}

QTEST_GUILESS_MAIN(TstMessage)
#include "tst_message.moc"
