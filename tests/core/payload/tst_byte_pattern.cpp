#include <QTest>
#include <random>

#include "core/payload/byte_pattern.h"

using namespace sockbench;

namespace {

constexpr std::size_t kNone = ~std::size_t{0};

std::string_view view(const QByteArray& bytes) {
  return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Where `needle` begins, by comparing it everywhere.
std::vector<std::size_t> everyPlace(std::string_view bytes, std::string_view needle, bool caseSensitive) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at + needle.size() <= bytes.size(); ++at) {
    const bool same = std::ranges::equal(bytes.substr(at, needle.size()), needle, [&](char a, char b) {
      return caseSensitive ? a == b : lower(a) == lower(b);
    });
    if (same) places.push_back(at);
  }
  return places;
}

}  // namespace

class TstBytePattern : public QObject {
  Q_OBJECT
 private slots:
  void finds_data();
  void finds();
  void refuses_data();
  void refuses();
  void encodings_data();
  void encodings();
  void findsWhatComparingFinds_data();
  void findsWhatComparingFinds();
  void walksOverRegexMatches();
  void lastOfARegexIsTheLastOfAll();
  void bytesBeforeAreContext();
  void oneBytePerCharacter();
  void startsBehindTheEnd();
  void tellsItsGroups_data();
  void tellsItsGroups();
  void lengthIsOfTextAndHex();
};

void TstBytePattern::finds_data() {
  QTest::addColumn<int>("kind");
  QTest::addColumn<QByteArray>("pattern");
  QTest::addColumn<bool>("caseSensitive");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<std::size_t>("offset");
  QTest::addColumn<std::size_t>("length");
  const auto row = [](const char* name, PatternKind kind, const QByteArray& pattern, bool caseSensitive,
                      const QByteArray& bytes, std::size_t offset, std::size_t length = 0) {
    QTest::newRow(name) << static_cast<int>(kind) << pattern << caseSensitive << bytes << offset << length;
  };
  const PatternKind text = PatternKind::text;
  const PatternKind hex = PatternKind::hex;
  const PatternKind regex = PatternKind::regex;
  const std::size_t one = 1;
  row("text at the beginning", text, "GET", true, "GET / GET", 0, 3);
  row("text at the end", text, "end", true, "the end", 4, 3);
  row("another case is other text", text, "get", true, "GET /", kNone);
  row("either case", text, "gEt", false, "a GeT /", 2, 3);
  row("letters only have a case", text, "[{", false, "{[ [{", 3, 2);
  row("an escape of a line's end", text, "a\\r\\nb", true, "xa\r\nb", 1, 4);
  row("a byte that is written as an escape has no case", text, "\\x41b", false, "aB AB", 3, 2);
  row("text longer than the bytes", text, "long", false, "lon", kNone);
  const QByteArray longText = QByteArray("ab").repeated(40);
  row("a long text", text, longText + "c", true, "x" + longText + longText + "c", 81, 81);
  row("a long text of either case", text, longText + "c", false, "x" + longText + longText + "C", 81, 81);
  row("no byte at all", text, "a", true, "", kNone);
  row("hexadecimal bytes", hex, "0d:0a", false, "a\r\nb", 1, 2);
  row("hexadecimal bytes have no case", hex, "41", false, "aA", 1, 1);
  row("any byte", hex, "61 ?? 63", false, "ab a\nc", 3, 3);
  row("any digit behind", hex, "4?", false, "\x3f\x50\x4f", 2, 1);
  row("any digit before", hex, "?f", false, "\xf0\x5f", 1, 1);
  row("any digit of a byte above 127", hex, "f?", false, "\x7f\xf3", 1, 1);
  row("bytes that mean something in expressions", hex, "2e2a??5b", false, "x.*y[", 1, 4);
  row("no such digit", hex, "4?", false, "\x3f\x50", kNone);
  row("an expression", regex, "(?i)host: .*", true, "x\r\nHost: a\r\n", 3, 8);
  row("an expression in either case", regex, "host", false, "HOST", 0, 4);
  row("an expression in one case", regex, "host", true, "HOST", kNone);
  row("a dot stops before a new line", regex, "a.b", true, "a\nb", kNone);
  row("a dot that does not", regex, "(?s)a.b", true, "a\nb", 0, 3);
  row("a byte above 127", regex, "\\xff+", true, "\xfe\xff\xff", one, 2);
  row("a NUL", regex, "a\\x00b", true, QByteArray("a\0b", 3), 0, 3);
  row("an empty match", regex, "x*", true, "abc", 0, 0);
  row("an empty match of no bytes", regex, "^$", true, "", 0, 0);
}

void TstBytePattern::finds() {
  QFETCH(int, kind);
  QFETCH(QByteArray, pattern);
  QFETCH(bool, caseSensitive);
  QFETCH(QByteArray, bytes);
  QFETCH(std::size_t, offset);
  QFETCH(std::size_t, length);
  const auto made =
      BytePattern::make(static_cast<PatternKind>(kind), view(pattern), TextEncoding::utf8, caseSensitive);
  QVERIFY2(made.has_value(), made ? "" : made.error().line().c_str());
  const auto match = made->find(asBytes(view(bytes)));
  QCOMPARE(match.has_value(), offset != kNone);
  QCOMPARE(made->isIn(asBytes(view(bytes))), offset != kNone);
  if (!match) return;
  QCOMPARE(match->offset, offset);
  QCOMPARE(match->length, length);
}

void TstBytePattern::refuses_data() {
  QTest::addColumn<int>("kind");
  QTest::addColumn<QByteArray>("pattern");
  QTest::addColumn<int>("fault");
  QTest::addColumn<std::size_t>("offset");
  QTest::addColumn<std::size_t>("length");
  const auto row = [](const char* name, PatternKind kind, const QByteArray& pattern, InputFault fault,
                      std::size_t offset, std::size_t length) {
    QTest::newRow(name) << static_cast<int>(kind) << pattern << static_cast<int>(fault) << offset << length;
  };
  const PatternKind regex = PatternKind::regex;
  row("no text", PatternKind::text, "", InputFault::badSyntax, 0, 0);
  row("an unknown escape", PatternKind::text, "ab\\q", InputFault::badEscape, 2, 2);
  row("bytes that are not UTF-8", PatternKind::text, "a\xff", InputFault::badEncoding, 1, 1);
  row("no hexadecimal byte", PatternKind::hex, " : ", InputFault::badSyntax, 0, 3);
  row("half of any byte", PatternKind::hex, "41 ?", InputFault::badHex, 3, 1);
  row("half a byte", PatternKind::hex, "41 4", InputFault::badHex, 3, 1);
  row("no expression", regex, "", InputFault::badSyntax, 0, 0);
  row("nothing to repeat", regex, "ab|*c", InputFault::badSyntax, 3, 1);
  row("repeated twice", regex, "a\\*\\*b**", InputFault::badSyntax, 6, 2);
  row("a class from the end to the beginning", regex, "\\[z-a][z-a]", InputFault::badSyntax, 7, 3);
  row("an unknown escape of RE2", regex, "\\\\8\\8", InputFault::badSyntax, 3, 2);
  row("a parenthesis that is never closed", regex, "(abc", InputFault::badSyntax, 0, 4);
  row("a lone backslash at the end", regex, "ab\\", InputFault::badSyntax, 2, 1);
  row("a back-reference, which RE2 does not have", regex, "(a)\\1", InputFault::badSyntax, 3, 2);
  row("more repetitions than RE2 allows", regex, "((a{100}){100}){100}", InputFault::badSyntax, 9, 5);
  const QByteArray unit = "([a-z]x){1000}";
  row("more than its memory holds", regex, unit.repeated(500), InputFault::badSyntax, 0, 7000);
  row("more states than can be searched for", regex, unit.repeated(10), InputFault::badSyntax, 0, 140);
}

void TstBytePattern::refuses() {
  QFETCH(int, kind);
  QFETCH(QByteArray, pattern);
  QFETCH(int, fault);
  QFETCH(std::size_t, offset);
  QFETCH(std::size_t, length);
  const auto made =
      BytePattern::make(static_cast<PatternKind>(kind), view(pattern), TextEncoding::utf8, true);
  QVERIFY(!made.has_value());
  const Error& error = made.error();
  QCOMPARE(error.symbol(), Error::fromInput(static_cast<InputFault>(fault), {}, {}, {}).symbol());
  QCOMPARE(error.subject, std::string(view(pattern)));
  QVERIFY(!error.message().empty());
  QVERIFY(error.where.has_value());
  QCOMPARE(error.where->offset, offset);
  QCOMPARE(error.where->length, length);
}

void TstBytePattern::encodings_data() {
  QTest::addColumn<int>("encoding");
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<std::size_t>("offset");
  const auto row = [](const char* name, TextEncoding encoding, const QByteArray& text,
                      const QByteArray& bytes, std::size_t offset) {
    QTest::newRow(name) << static_cast<int>(encoding) << text << bytes << offset;
  };
  const QByteArray middle = "\xE4\xB8\xAD";
  row("UTF-8", TextEncoding::utf8, middle + "a", "x" + middle + "A", 1);
  row("Latin-1", TextEncoding::latin1,
      "\xC3\xA9"
      "a",
      "x\xE9"
      "A",
      1);
  row("UTF-16LE", TextEncoding::utf16le, "ab", QByteArray("xxA\0B\0", 6), 2);
  row("UTF-16BE", TextEncoding::utf16be, "ab", QByteArray("x\0A\0b", 5), 1);
  // U+4100 has the byte of an A, U+6100 that of an a.
  row("the half of a character has no case", TextEncoding::utf16be, "\xE4\x84\x80", QByteArray("\x61\0", 2),
      kNone);
  row("GBK", TextEncoding::gbk, middle, "a\xD6\xD0", 1);
  // U+4E02 is 0x8140 in GBK, U+4E04 is 0x8141: the second byte is that of an A.
  row("the second byte of a GBK character has no case", TextEncoding::gbk, "\xE4\xB8\x84", "\x81\x61", kNone);
}

void TstBytePattern::encodings() {
  QFETCH(int, encoding);
  QFETCH(QByteArray, text);
  QFETCH(QByteArray, bytes);
  QFETCH(std::size_t, offset);
  const auto made = BytePattern::fromText(view(text), static_cast<TextEncoding>(encoding), false);
  QVERIFY(made.has_value());
  const auto match = made->find(asBytes(view(bytes)));
  QCOMPARE(match ? match->offset : kNone, offset);
}

void TstBytePattern::findsWhatComparingFinds_data() {
  QTest::addColumn<bool>("caseSensitive");
  QTest::newRow("one case") << true;
  QTest::newRow("either case") << false;
}

// Every length of haystack around the size of a block, with few different letters so that near misses abound.
void TstBytePattern::findsWhatComparingFinds() {
  QFETCH(bool, caseSensitive);
  std::mt19937 random(7);
  const auto word = [&](std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += "aAbB@`"[random() % 6];
    return text;
  };
  for (int i = 0; i < 20000; ++i) {
    const std::string bytes = word(random() % 70);
    const std::string needle = word(1 + random() % 6);
    const auto pattern = BytePattern::fromText(needle, TextEncoding::utf8, caseSensitive);
    QVERIFY(pattern.has_value());
    const std::vector<std::size_t> places = everyPlace(bytes, needle, caseSensitive);
    QCOMPARE(pattern->isIn(asBytes(bytes)), !places.empty());
    const std::size_t from = random() % 70;
    const auto next = std::ranges::lower_bound(places, from);
    const auto found = pattern->find(asBytes(bytes), from);
    QCOMPARE(found ? found->offset : kNone, next == places.end() ? kNone : *next);
    const auto last = pattern->findLast(asBytes(bytes), from);
    QCOMPARE(last ? last->offset : kNone, next == places.begin() ? kNone : *std::prev(next));
    QCOMPARE(pattern->literalLength(), std::optional(needle.size()));
  }
}

void TstBytePattern::walksOverRegexMatches() {
  const auto pattern = BytePattern::fromRegex("[0-9]+");
  QVERIFY(pattern.has_value());
  QCOMPARE(pattern->literalLength(), std::nullopt);
  const ByteView bytes = asBytes("a12b345c");
  QCOMPARE(pattern->find(bytes, 0), (BytePattern::Match{1, 2}));
  QCOMPARE(pattern->find(bytes, 3), (BytePattern::Match{4, 3}));
  QCOMPARE(pattern->find(bytes, 7), std::nullopt);
  QCOMPARE(pattern->findLast(bytes, 8), (BytePattern::Match{6, 1}));
  QCOMPARE(pattern->findLast(bytes, 5), (BytePattern::Match{4, 3}));
  QCOMPARE(pattern->findLast(bytes, 4), (BytePattern::Match{2, 1}));
  QCOMPARE(pattern->findLast(bytes, 1), std::nullopt);
}

void TstBytePattern::lastOfARegexIsTheLastOfAll() {
  const auto pattern = BytePattern::fromRegex("ab?c|b+");
  QVERIFY(pattern.has_value());
  std::mt19937 random(9);
  for (int i = 0; i < 3000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 30; n > 0; --n) bytes += "abcxyz"[random() % 6];
    const std::size_t before = random() % 32;
    std::optional<BytePattern::Match> last;
    for (std::size_t at = 0; at < before; ++at) {
      const auto match = pattern->find(asBytes(bytes), at);
      if (match && match->offset < before) last = match;
    }
    QCOMPARE(pattern->findLast(asBytes(bytes), before), last);
  }
}

void TstBytePattern::bytesBeforeAreContext() {
  const ByteView bytes = asBytes("ab ab");
  QCOMPARE(BytePattern::fromRegex("^ab")->find(bytes, 1), std::nullopt);
  QCOMPARE(BytePattern::fromRegex("\\bb")->find(bytes, 1), std::nullopt);
  QCOMPARE(BytePattern::fromRegex("(?m)^c")->find(asBytes("ab\ncd"), 3), (BytePattern::Match{3, 1}));
}

void TstBytePattern::oneBytePerCharacter() {
  // A dot is one byte, also of a longer UTF-8 character.
  QCOMPARE(BytePattern::fromRegex("^.$")->isIn(asBytes("\xE4\xB8\xAD")), false);
  QCOMPARE(BytePattern::fromRegex("^...$")->isIn(asBytes("\xE4\xB8\xAD")), true);
  QCOMPARE(BytePattern::fromRegex("\xE4\xB8\xAD")->find(asBytes("a\xE4\xB8\xAD")),
           (BytePattern::Match{1, 3}));
}

void TstBytePattern::startsBehindTheEnd() {
  for (const PatternKind kind : {PatternKind::text, PatternKind::regex}) {
    const auto pattern = BytePattern::make(kind, "a", TextEncoding::utf8, true);
    QVERIFY(pattern.has_value());
    QCOMPARE(pattern->find(asBytes("aaa"), 3), std::nullopt);
    QCOMPARE(pattern->find(asBytes("aaa"), 4), std::nullopt);
    QCOMPARE(pattern->findLast(asBytes("aaa"), 1000), (BytePattern::Match{2, 1}));
    QCOMPARE(pattern->findLast(asBytes("aaa"), 0), std::nullopt);
    QCOMPARE(pattern->findLast(ByteView(), 5), std::nullopt);
  }
  const auto nothing = BytePattern::fromRegex("x*");
  QCOMPARE(nothing->find(asBytes("ab"), 2), (BytePattern::Match{2, 0}));
  QCOMPARE(nothing->findLast(asBytes("ab"), 3), (BytePattern::Match{2, 0}));
}

void TstBytePattern::tellsItsGroups_data() {
  QTest::addColumn<int>("kind");
  QTest::addColumn<QByteArray>("pattern");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QByteArrayList>("groups");
  const auto row = [](const char* name, PatternKind kind, const QByteArray& pattern, const QByteArray& bytes,
                      const QByteArrayList& groups) {
    QTest::newRow(name) << static_cast<int>(kind) << pattern << bytes << groups;
  };
  row("no match", PatternKind::regex, "a(b)", "ac", {});
  row("text is one group", PatternKind::text, "b", "abc", {"b"});
  row("hex is one group", PatternKind::hex, "6?", "abc", {"a"});
  row("groups in their order", PatternKind::regex, "(\\w+) (\\d+)", "- GET 12", {"GET 12", "GET", "12"});
  row("a group that took no part is empty", PatternKind::regex, "a(x)?(b)", "ab", {"ab", "", "b"});
  row("bytes above 127", PatternKind::regex, "\xfe(.)", "\xfe\xff", {"\xfe\xff", "\xff"});
}

void TstBytePattern::tellsItsGroups() {
  QFETCH(int, kind);
  QFETCH(QByteArray, pattern);
  QFETCH(QByteArray, bytes);
  QFETCH(QByteArrayList, groups);
  const auto made =
      BytePattern::make(static_cast<PatternKind>(kind), view(pattern), TextEncoding::utf8, true);
  QVERIFY(made.has_value());
  QByteArrayList told;
  for (const BytePattern::Match& group : made->findGroups(asBytes(view(bytes))))
    told.append(bytes.mid(static_cast<qsizetype>(group.offset), static_cast<qsizetype>(group.length)));
  QCOMPARE(told, groups);
  QVERIFY(made->findGroups(asBytes(view(bytes)), static_cast<std::size_t>(bytes.size()) + 1).empty());
}

void TstBytePattern::lengthIsOfTextAndHex() {
  QCOMPARE(BytePattern::fromHex("41 ?? 4?")->literalLength(), std::optional<std::size_t>(3));
  QCOMPARE(BytePattern::fromText("ab", TextEncoding::utf16le, false)->literalLength(),
           std::optional<std::size_t>(4));
  QCOMPARE(BytePattern::fromRegex("abc")->literalLength(), std::nullopt);
}

QTEST_GUILESS_MAIN(TstBytePattern)
#include "tst_byte_pattern.moc"
