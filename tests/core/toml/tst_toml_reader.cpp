// TomlReader: values of each type, what is said of wrong ones and where, and keys that nobody knows.
#include <QtTest>

#include "core/net/endpoint.h"
#include "core/toml/toml_reader.h"

using namespace sockbench;
using namespace std::chrono_literals;

namespace {

enum class Rig { sloop, ketch, schooner };

struct Ship {
  std::string name;
  std::uint8_t masts = 1;
  std::uint64_t tons = 0;
  double length = 0;
  bool afloat = true;
  std::chrono::nanoseconds patience{5s};
  Rig rig = Rig::sloop;
  Endpoint harbour;
  std::vector<std::string> flags;
  std::vector<std::string> crew;
  std::string captain;
  std::vector<std::string> holds;
};

Ship readShip(TomlReader& in) {
  Ship ship;
  ship.name = in.text("name");
  ship.masts = in.integer<std::uint8_t>("masts", 1, 1, 7);
  ship.tons = in.integer("tons", ship.tons);
  ship.length = in.real("length", 10, 0, 500);
  ship.afloat = in.flag("afloat", true);
  ship.patience = in.duration("patience", 5s);
  ship.rig = in.word<Rig>("rig", Rig::sloop,
                          {{"sloop", Rig::sloop}, {"ketch", Rig::ketch}, {"schooner", Rig::schooner}});
  ship.harbour = in.parsed<Endpoint>("harbour", {}, &Endpoint::parse);
  ship.flags = in.texts("flags");
  in.eachTable("crew", [&](TomlReader& one) { ship.crew.push_back(one.text("name")); });
  in.table("captain", [&](TomlReader& one) { ship.captain = one.text("name", "nobody"); });
  in.table("holds", [&](TomlReader& all) {
    all.eachNamedTable([&](const std::string& name, TomlReader& hold) {
      ship.holds.push_back(name + ':' + std::to_string(hold.requiredInteger<int>("tons")));
    });
  });
  return ship;
}

Result<Ship> shipFromText(std::string_view text, UnknownKeys unknown = UnknownKeys::refused) {
  const auto tree = readToml(text, "ship.toml");
  if (!tree) return std::unexpected(tree.error());
  TomlReader in(*tree, "ship.toml", unknown);
  Ship ship = readShip(in);
  return in.finish(std::move(ship));
}

}  // namespace

class TestTomlReader : public QObject {
  Q_OBJECT

 private slots:
  void readsEveryType() {
    const auto ship = shipFromText(
        "name = 'Ann'\nmasts = 3\ntons = 900\nlength = 40\nafloat = false\npatience = '1.5s'\nrig = 'ketch'\n"
        "harbour = 'tcp://127.0.0.1:9'\nflags = ['a', 'b']\n[[crew]]\nname = 'x'\n[[crew]]\nname = 'y'\n"
        "[captain]\nname = 'Z'\n[holds.fore]\ntons = 1\n[holds.aft]\ntons = 2\n");
    QVERIFY2(ship, ship ? "" : ship.error().line().c_str());
    QCOMPARE(ship->name, std::string("Ann"));
    QCOMPARE(int{ship->masts}, 3);
    QCOMPARE(ship->tons, std::uint64_t{900});
    QCOMPARE(ship->length, 40.0);
    QVERIFY(!ship->afloat);
    QVERIFY(ship->patience == 1500ms);
    QVERIFY(ship->rig == Rig::ketch);
    QCOMPARE(ship->harbour.text(), std::string("tcp://127.0.0.1:9"));
    QVERIFY((ship->flags == std::vector<std::string>{"a", "b"}));
    QVERIFY((ship->crew == std::vector<std::string>{"x", "y"}));
    QCOMPARE(ship->captain, std::string("Z"));
    QVERIFY((ship->holds == std::vector<std::string>{"fore:1", "aft:2"}));
  }

  void whatIsLeftOutHasItsDefault() {
    const auto ship = shipFromText("name = 'Ann'");
    QVERIFY(ship);
    QVERIFY(ship->patience == 5s && ship->afloat && ship->masts == 1 && ship->crew.empty());
    QCOMPARE(ship->length, 10.0);
  }

  void saysWhatIsWrong_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const char* text, const char* said) {
      QTest::newRow(name) << QByteArray(text) << QByteArray(said);
    };
    row("a key is missing", "masts = 1", "line 1, column 1: \"name\" is missing");
    row("a key is missing in a table", "name = 'A'\n[[crew]]\n", "line 2, column 1: \"name\" is missing");
    row("a number instead of text", "name = 1", "line 1, column 8: \"name\" must be text, not an integer");
    row("text instead of a flag", "name = 'A'\nafloat = 'yes'",
        "line 2, column 10: \"afloat\" must be true or false, not a string");
    row("too many", "name = 'A'\nmasts = 8", "line 2, column 9: \"masts\" must be from 1 to 7, not 8");
    row("negative", "name = 'A'\ntons = -1", "line 2, column 8: \"tons\" must be at least 0, not -1");
    row("a real number out of its bounds", "name = 'A'\nlength = 500.5",
        "line 2, column 10: \"length\" must be from 0 to 500");
    row("not a number at all", "name = 'A'\nlength = nan",
        "line 2, column 10: \"length\" must be from 0 to 500");
    row("a time without its unit", "name = 'A'\npatience = '5'",
        "line 2, column 12: \"patience\": a length of time needs a unit: ns, us, ms, s, m or h");
    row("a time as a number", "name = 'A'\npatience = 5",
        "line 2, column 12: \"patience\" must be a length of time as text, as in \"100ms\", not an integer");
    row("a word with a slip", "name = 'A'\nrig = 'ketsh'",
        "line 2, column 7: \"rig\" cannot be \"ketsh\"; did you mean \"ketch\"?");
    row("a word far from all", "name = 'A'\nrig = 'submarine boat'",
        "line 2, column 7: \"rig\" cannot be \"submarine boat\"; there is sloop, ketch, schooner");
    row("what another parser refuses", "name = 'A'\nharbour = 'tcp://127.0.0.1:70000'",
        "line 2, column 11: \"harbour\": port 70000 is above 65535");
    row("an element of another type", "name = 'A'\nflags = ['a', 3]",
        "line 2, column 15: \"flags\" must hold text, not integer");
    row("a table instead of an array", "name = 'A'\n[crew]\nname = 'x'",
        "line 2, column 1: \"crew\" must be an array, not a table");
    row("an array of others", "name = 'A'\ncrew = [1]",
        "line 2, column 9: \"crew\" must hold tables, not integer");
    row("a key that nobody knows", "name = 'A'\nmats = 3",
        "line 2, column 8: unknown key \"mats\"; did you mean \"masts\"?");
    row("an unknown key in a table", "name = 'A'\n[captain]\nnaem = 'x'",
        "line 3, column 8: unknown key \"naem\"; did you mean \"name\"?");
    row("the first of several", "name = 1\nmasts = 99",
        "line 1, column 8: \"name\" must be text, not an integer");
    row("a name that hides", "name = 'A'\n\"na\u202Eme\" = 1",
        "line 2, column 13: unknown key \"na\uFFFDme\"; did you mean \"name\"?");
  }
  void saysWhatIsWrong() {
    QFETCH(QByteArray, text);
    const auto ship = shipFromText(text.toStdString());
    QVERIFY(!ship);
    QTEST(QByteArray::fromStdString(ship.error().message()), "said");
    QCOMPARE(ship.error().subject, std::string("ship.toml"));
  }

  void unknownKeysMayStay() {
    const auto ship = shipFromText("name = 'A'\nsail = 3\n[captain]\nhat = 1\n", UnknownKeys::left);
    QVERIFY(ship);
    QCOMPARE(ship->captain, std::string("nobody"));
  }

  void tellsTheKeysThatNobodyAskedFor() {
    const TomlTable tree = *readToml("a = 1\nb = 2\nc = 3", "t");
    TomlReader in(tree, "t", UnknownKeys::left);
    QVERIFY(in.has("b"));
    QVERIFY((in.unknownKeys() == std::vector<std::string_view>{"a", "c"}));
  }
};

QTEST_GUILESS_MAIN(TestTomlReader)
#include "tst_toml_reader.moc"
