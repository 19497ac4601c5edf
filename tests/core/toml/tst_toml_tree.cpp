// TOML as a tree: what is read and where it stands, what is refused and where, and that whatever is written
// reads back as the same tree.
#include <QtTest>
#include <limits>
#include <random>

#include "core/base/unicode.h"
#include "core/toml/toml_tree.h"

using namespace sockbench;

namespace {

// Trees of every kind of value, with keys and texts that are hard to write.
class TreeMaker {
 public:
  explicit TreeMaker(unsigned seed) : random_(seed) {}

  TomlTable table(int depth) {
    TomlTable made;
    made.setInline(below(3) == 0);
    for (int i = below(5); i > 0; --i) made.set(text(4), value(depth + 1));
    return made;
  }

 private:
  int below(int bound) { return std::uniform_int_distribution(0, bound - 1)(random_); }

  std::string text(int longest) {
    static constexpr std::u32string_view odd =
        U"\"\"\"'''\\\\ "
        U"\t\n\n\r\b\f\0\x01\x7f#=[]{}.,aZ09_-\u00e4\u4e2d\u202e\u200d\ufeff\u2028\uffff\U0001F600"
        U"\U0010FFFF";
    std::string made;
    for (int i = below(longest * 3); i > 0; --i)
      appendUtf8(made, odd[static_cast<std::size_t>(below(static_cast<int>(odd.size())))]);
    return made;
  }

  double real() {
    static constexpr std::array all{0.0,
                                    -0.0,
                                    0.1,
                                    1e300,
                                    -1e-300,
                                    3.0,
                                    std::numeric_limits<double>::denorm_min(),
                                    std::numeric_limits<double>::max(),
                                    std::numeric_limits<double>::infinity(),
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::quiet_NaN()};
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }

  TomlValue value(int depth) {
    switch (below(depth > 5 ? 6 : 9)) {
      case 0:
        return below(2) == 0;
      case 1:
        return below(2) == 0 ? std::numeric_limits<std::int64_t>::min() + below(2)
                             : std::numeric_limits<std::int64_t>::max() - below(100);
      case 2:
        return real();
      case 3:
        return TomlTime{below(2) == 0 ? "1979-05-27T07:32:00.999999-07:00" : "07:32:00"};
      case 4:
      case 5:
        return text(10);
      case 6: {
        TomlArray made;
        for (int i = below(4); i > 0; --i) made.push_back(value(depth + 1));
        return made;
      }
      case 7: {
        TomlArray made;
        for (int i = below(4); i > 0; --i) made.emplace_back(table(depth + 1));
        return made;
      }
      default:
        return table(depth);
    }
  }

  std::mt19937 random_;
};

TomlTable read(std::string_view text) {
  auto tree = readToml(text, "test.toml");
  if (!tree) qFatal("%s", tree.error().line().c_str());
  return *std::move(tree);
}

QByteArray rewritten(std::string_view text) {
  return QByteArray::fromStdString(writeToml(read(text)));
}

std::string nested(int levels) {
  return "a = " + std::string(static_cast<std::size_t>(levels), '[') +
         std::string(static_cast<std::size_t>(levels), ']');
}

std::string dotted(int levels) {
  std::string key = "a";
  for (int i = 1; i < levels; ++i) key += ".a";
  return key;
}

}  // namespace

class TestTomlTree : public QObject {
  Q_OBJECT

 private slots:
  void keepsTheOrderOfKeys() {
    const TomlTable tree = read("z = 1\na = 2\n[m.inner]\nx = 1\n[b]\ny.q = 1\ny.c = 2\n[m]\nk = 3\n");
    QByteArray keys;
    for (const auto& [key, value] : tree.entries()) keys += QByteArray::fromStdString(key) + ' ';
    QCOMPARE(keys, QByteArray("z a m b "));
    const auto& y = std::get<TomlTable>(std::get<TomlTable>(tree.find("b")->data).find("y")->data);
    QCOMPARE(y.entries().front().first, std::string("q"));
  }

  void tellsWhereAValueStands() {
    const TomlTable tree = read(
        "\xEF\xBB\xBF# first\n\"\xC3\xA4\" = 1\n"
        "\"\xE4\xB8\xAD\" = [\"\xE4\xB8\xAD\", 7]\n[t]\nx = true\n");
    const auto placeOf = [](const TomlValue& value) {
      return std::pair(value.place.line, value.place.column);
    };
    const TomlValue& array = *tree.find("\xE4\xB8\xAD");
    QCOMPARE(placeOf(*tree.find("\xC3\xA4")), std::pair(2u, 8u));
    QCOMPARE(placeOf(array), std::pair(3u, 9u));
    QCOMPARE(placeOf(std::get<TomlArray>(array.data)[1]), std::pair(3u, 17u));
    QCOMPARE(placeOf(*tree.find("t")), std::pair(4u, 1u));
  }

  void readsEveryKind() {
    const TomlTable tree = read(
        "b = true\ni = 0xff\nf = 1e3\ns = '''\nx'''\nd = 1979-05-27 07:32:00Z # then\n"
        "a = [1, 'x', {k = 07:32:00}]\nn = nan\nm = -inf\n");
    QCOMPARE(tree.find("i")->data, TomlValue(std::int64_t{255}).data);
    QCOMPARE(tree.find("s")->data, TomlValue("x").data);
    QCOMPARE(std::get<TomlTime>(tree.find("d")->data).text, std::string("1979-05-27 07:32:00Z"));
    const auto& inner = std::get<TomlTable>(std::get<TomlArray>(tree.find("a")->data)[2].data);
    QCOMPARE(std::get<TomlTime>(inner.find("k")->data).text, std::string("07:32:00"));
    QVERIFY(*tree.find("n") == TomlValue(std::numeric_limits<double>::quiet_NaN()));
    QVERIFY(tree == tree);
  }

  void refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("no value") << QByteArray("a = 1\nb = \n") << 2 << 5;
    QTest::newRow("a key twice") << QByteArray("a = 1\na = 2\n") << 2 << 1;
    QTest::newRow("text that is not closed") << QByteArray("a = 1\n\nb = \"x\n") << 3 << 7;
    QTest::newRow("behind letters of several bytes") << QByteArray("\"\xE4\xB8\xAD\" = ?\n") << 1 << 9;
    QTest::newRow("a byte that is not UTF-8") << QByteArray("a = 1\nb = \"x\xFFy\"\n") << 2 << 7;
    QTest::newRow("a surrogate as UTF-8") << QByteArray("# \xED\xA0\x80\n") << 1 << 3;
    QTest::newRow("arrays too deep") << QByteArray::fromStdString(nested(kDeepestToml + 1)) << 1
                                     << 5 + kDeepestToml;
    QTest::newRow("arrays far too deep")
        << QByteArray::fromStdString(nested(200'000)) << 1 << 5 + kDeepestToml;
    QTest::newRow("a key of too many parts")
        << QByteArray::fromStdString("[" + dotted(500'000) + "]\nb = 1") << 1 << 2 + 2 * kDeepestToml;
    QTest::newRow("a header twice") << QByteArray("[a]\n[b]\n[a]\n") << 3 << 2;
    QTest::newRow("a table that was a value") << QByteArray("a = 1\n[a.b]\n") << 2 << 2;
    QTest::newRow("an array's element of a table") << QByteArray("[a]\n[[a]]\n") << 2 << 3;
    QTest::newRow("dots into a table with a header") << QByteArray("[a.b]\n[a]\nb.c = 1\n") << 3 << 1;
    QTest::newRow("an inline table is closed") << QByteArray("a = {}\n[a.b]\n") << 2 << 2;
    QTest::newRow("a comma at the end of a table") << QByteArray("a = {b = 1,}\n") << 1 << 12;
    QTest::newRow("two values in a line") << QByteArray("a = 1 b = 2\n") << 1 << 7;
    QTest::newRow("a zero in front") << QByteArray("a = 012\n") << 1 << 5;
    QTest::newRow("two underscores") << QByteArray("a = 1__2\n") << 1 << 5;
    QTest::newRow("beyond 64 bits") << QByteArray("a = 9223372036854775808\n") << 1 << 5;
    QTest::newRow("a day that is not") << QByteArray("a = 2023-02-29\n") << 1 << 5;
    QTest::newRow("an hour that is not") << QByteArray("a = 24:00:00\n") << 1 << 5;
    QTest::newRow("a surrogate as an escape") << QByteArray("a = \"\\uD800\"\n") << 1 << 6;
    QTest::newRow("an unknown escape") << QByteArray("a = \"\\x41\"\n") << 1 << 6;
    QTest::newRow("a control in text") << QByteArray("a = \"x\x01\"\n") << 1 << 7;
    QTest::newRow("a control in a comment") << QByteArray("# x\x1b[31m\n") << 1 << 4;
    QTest::newRow("a word without quotes") << QByteArray("a = hello\n") << 1 << 5;
    QTest::newRow("cut off in the middle") << QByteArray("[servers]\nname = \"x\"\nport = [1, 2") << 3 << 8;
  }
  void refuses() {
    QFETCH(QByteArray, text);
    const auto tree = readToml(text.toStdString(), "f.toml");
    QVERIFY(!tree);
    const Error& error = tree.error();
    QVERIFY(error.isInput(InputFault::badSyntax));
    QCOMPARE(error.subject, std::string("f.toml"));
    const auto place = tomlErrorPlace(error);
    QVERIFY2(place, error.line().c_str());
    QTEST(static_cast<int>(place->line), "line");
    QTEST(static_cast<int>(place->column), "column");
  }

  void refusesWhatIsTooLarge() {
    const auto tree = readToml(std::string(kMostTomlBytes + 1, '\n'), "f.toml");
    QVERIFY(!tree && tree.error().isInput(InputFault::tooLarge));
  }

  void reachesTheDeepest() {
    const TomlTable tree = read(nested(kDeepestToml));
    QCOMPARE(read(writeToml(tree)), tree);
  }

  void writesForAReader_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain values") << QByteArray("a = 1\nb = true\nc = 1.5\nd = \"x\"\ne = 07:32:00\n");
    QTest::newRow("sections") << QByteArray("a = 1\n\n[s]\nb = 2\n\n[s.t]\nc = 3\n\n[u]\n");
    QTest::newRow("arrays of tables")
        << QByteArray("[[s]]\na = 1\n\n[[s.t]]\n\n[[s.t]]\nb = 1\n\n[[s]]\na = 2\n");
    QTest::newRow("a section of sections alone") << QByteArray("[a.b]\nx = 1\n\n[a.c]\ny = 1\n");
    QTest::newRow("inline tables") << QByteArray("a = { b = 1, c = \"x\" }\nd = {}\n");
    QTest::newRow("steps, a line each")
        << QByteArray("steps = [\n  { send = \"PING\" },\n  { expect = \"PONG\" },\n]\n");
    QTest::newRow("backslashes as they are") << QByteArray("body = 'PING\\r\\n'\n");
    QTest::newRow("several lines") << QByteArray("body = \"\"\"\none\ntwo \"quoted\" and \\\\ so\n\"\"\"\n");
    QTest::newRow("a short line's end is written out") << QByteArray("body = \"PING\\n\"\n");
    QTest::newRow("what hides is escaped") << QByteArray("a = \"x\\u202Ey\"\n");
    QTest::newRow("odd keys") << QByteArray("\"a b\" = 1\n\"\" = 2\n\n[\"x.y\"]\nz = 1\n");
  }
  void writesForAReader() {
    QFETCH(QByteArray, text);
    QCOMPARE(rewritten(text.toStdString()), text);
  }

  void aValueBehindATableStaysBehindIt() {
    TomlTable inner;
    inner.set("b", std::int64_t{1});
    TomlTable tree;
    tree.set("a", inner);
    tree.set("c", std::int64_t{2});
    QCOMPARE(writeToml(tree), std::string("a = { b = 1 }\nc = 2\n"));
    QCOMPARE(read(writeToml(tree)), tree);
  }

  void whatIsNotUtf8IsReplaced() {
    TomlTable tree;
    tree.set("a", std::string("x\xFF\ny\xC3"));
    QCOMPARE(read(writeToml(tree)).find("a")->data, TomlValue("x\uFFFD\ny\uFFFD").data);
  }

  void anyTreeReadsBackAsItself() {
    for (unsigned seed = 0; seed < 3000; ++seed) {
      TomlTable tree = TreeMaker(seed).table(0);
      const std::string text = writeToml(tree);
      const auto again = readToml(text, "made");
      QVERIFY2(again,
               (std::to_string(seed) + ": " + (again ? "" : again.error().line()) + "\n" + text).c_str());
      QVERIFY2(*again == tree, (std::to_string(seed) + "\n" + text + "\n---\n" + writeToml(*again)).c_str());
      QCOMPARE(writeToml(*again), text);
    }
  }

  void errorsNameTheirPlace() {
    const Error error = tomlError("a.toml", {3, 7}, "wrong");
    QCOMPARE(error.line(), std::string("parse a.toml: BAD_SYNTAX, line 3, column 7: wrong"));
    QCOMPARE(tomlErrorPlace(error).value().column, 7u);
    QVERIFY(!tomlErrorPlace(tomlError("a.toml", {}, "wrong")));
    QCOMPARE(tomlQuoted("a\u202Eb\n"), std::string("\"a\uFFFDb\uFFFD\""));
    QCOMPARE(tomlQuoted(std::string(100, 'x')), '"' + std::string(60, 'x') + "\u2026\"");
  }
};

QTEST_GUILESS_MAIN(TestTomlTree)
#include "tst_toml_tree.moc"
