#include <QTest>

#include "core/automation/answers/answer_desk.h"
#include "core/automation/answers/rule_agent.h"
#include "tests/core/automation/fake_session.h"

using namespace sockbench;
using sockbench::test::FakeSession;

namespace {

using When = AnswerRule::When;
using Kind = SessionStep::Kind;

SessionStep sendStep(const char* body) {
  SessionStep step;
  step.message.body = body;
  return step;
}

SessionStep step(Kind kind, std::chrono::nanoseconds time = {}, const char* pattern = "") {
  SessionStep made;
  made.kind = kind;
  made.time = time;
  made.pattern.text = pattern;
  return made;
}

AnswerRule rule(const char* name, When when, std::vector<SessionStep> steps) {
  AnswerRule made;
  made.name = name;
  made.when = when;
  made.steps = std::move(steps);
  return made;
}

AnswerRule matching(const char* name, const char* pattern, std::vector<SessionStep> steps,
                    PatternSpec::Kind kind = PatternSpec::Kind::text) {
  AnswerRule made = rule(name, When::matches, std::move(steps));
  made.pattern.text = pattern;
  made.pattern.kind = kind;
  return made;
}

AnswerRule asLast(AnswerRule rule) {
  rule.last = true;
  return rule;
}

// A desk, its agent, and a session that it acts in.
struct Bench {
  explicit Bench(AnswerBook book, Transport transport = Transport::tcp)
      : session(transport), desk(AnswerDesk::make(std::move(book))), agent(desk->newAgent()) {
    agent->attached(session);
  }
  explicit Bench(std::vector<AnswerRule> rules, Transport transport = Transport::tcp)
      : Bench(AnswerBook{.rules = std::move(rules), .sequences = {}}, transport) {}
  ~Bench() { agent->detached(); }

  void receive(std::string_view text) { agent->received(session, asBytes(text), 0); }
  void receiveAll(const std::vector<std::string>& pieces) {
    for (const std::string& piece : pieces) receive(piece);
  }
  bool waitFor(const std::function<bool()>& condition) {
    return QTest::qWaitFor(
        [&] {
          session.runTimer(*agent);
          return condition();
        },
        20'000);
  }

  FakeSession session;
  std::shared_ptr<AnswerDesk> desk;
  std::shared_ptr<SessionAgent> agent;
};

AnswerRule nth(std::uint64_t count, bool every) {
  AnswerRule made = rule("nth", When::nth, {sendStep("n")});
  made.count = count;
  made.every = every;
  return made;
}

AnswerRule length(std::size_t least, std::size_t most) {
  AnswerRule made = rule("length", When::length, {sendStep("L")});
  made.least = least;
  made.most = most;
  return made;
}

using Pieces = std::vector<std::string>;
using Rules = std::vector<AnswerRule>;

}  // namespace

Q_DECLARE_METATYPE(Transport)
Q_DECLARE_METATYPE(Rules)
Q_DECLARE_METATYPE(Pieces)

class TestRuleAgent : public QObject {
  Q_OBJECT
 private slots:
  void answers_data();
  void answers();
  void acts();
  void waitsBetweenSteps();
  void keepsSilence();
  void runsASequenceThatExpects();
  void givesUpWhatDoesNotCome();
  void restsBeyondItsBound();
  void stopsForGood();
  void countsManyHitsInFewRows();
  void takesUpAnotherBook();
  void saysWhatIsWrongWithARule_data();
  void saysWhatIsWrongWithARule();
  void doesNotBeginTooMany();
};

void TestRuleAgent::answers_data() {
  QTest::addColumn<Transport>("transport");
  QTest::addColumn<Rules>("rules");
  QTest::addColumn<Pieces>("received");
  QTest::addColumn<QByteArray>("sent");
  const auto tcp = Transport::tcp;
  const auto udp = Transport::udp;
  const auto regex = PatternSpec::Kind::regex;

  QTest::newRow("any: each receive") << tcp << Rules{rule("a", When::any, {sendStep("x")})}
                                     << Pieces{"1", "22"} << QByteArray("xx");
  QTest::newRow("any gives back what came") << tcp << Rules{rule("a", When::any, {sendStep("<{{0}}>")})}
                                            << Pieces{"1", "22"} << QByteArray("<1><22>");
  QTest::newRow("connected") << tcp << Rules{rule("a", When::connected, {sendStep("hello")})} << Pieces{}
                             << QByteArray("hello");
  QTest::newRow("text in one receive")
      << tcp << Rules{matching("a", "PING", {sendStep("PONG")})} << Pieces{"a PING b"} << QByteArray("PONG");
  QTest::newRow("text over three receives") << tcp << Rules{matching("a", "PING", {sendStep("PONG")})}
                                            << Pieces{"P", "IN", "G"} << QByteArray("PONG");
  QTest::newRow("each match of a stream")
      << tcp << Rules{matching("a", "ab", {sendStep(".")})} << Pieces{"ababxa", "b"} << QByteArray("...");
  QTest::newRow("matches do not overlap")
      << tcp << Rules{matching("a", "aa", {sendStep(".")})} << Pieces{"aaa", "a"} << QByteArray("..");
  QTest::newRow("text does not span datagrams") << udp << Rules{matching("a", "PING", {sendStep("PONG")})}
                                                << Pieces{"PI", "NG", "PING PING"} << QByteArray("PONG");
  QTest::newRow("an empty datagram is a receive")
      << udp << Rules{rule("a", When::any, {sendStep("x")})} << Pieces{""} << QByteArray("x");
  QTest::newRow("pipelined commands in their order")
      << tcp << Rules{matching("u", "USER", {sendStep("u")}), matching("p", "PASS", {sendStep("p")})}
      << Pieces{"PASS USER PA", "SS USER"} << QByteArray("pupu");
  QTest::newRow("groups of an expression")
      << tcp << Rules{matching("a", R"(USER (\w+)\r\n)", {sendStep("hi {{1}}!")}, regex)}
      << Pieces{"USER al", "ice\r\n"} << QByteArray("hi alice!");
  QTest::newRow("^ is where the last match ended")
      << tcp << Rules{matching("a", "^x;", {sendStep("y")}, regex)} << Pieces{"x;x", ";zx;"}
      << QByteArray("yy");
  QTest::newRow("hex with wildcards")
      << tcp << Rules{matching("a", "01 ?? 03", {sendStep("h")}, PatternSpec::Kind::hex)}
      << Pieces{"\x01", "\x07\x03"} << QByteArray("h");
  QTest::newRow("an expression that matches nothing")
      << tcp << Rules{matching("a", "x*", {sendStep("-")}, regex)} << Pieces{"ab"} << QByteArray("---");
  QTest::newRow("several rules, in order")
      << tcp << Rules{matching("a", "k", {sendStep("1")}), matching("b", "k", {sendStep("2")})} << Pieces{"k"}
      << QByteArray("12");
  QTest::newRow("nothing after the last one")
      << tcp << Rules{asLast(matching("a", "k", {sendStep("1")})), rule("b", When::any, {sendStep("2")})}
      << Pieces{"k", "z"} << QByteArray("12");
  QTest::newRow("a last one hides what it has matched alone")
      << tcp
      << Rules{asLast(matching("a", "A", {sendStep("1")})), matching("b", "[AB]", {sendStep("2")}, regex)}
      << Pieces{"BAB"} << QByteArray("212");
  QTest::newRow("length") << tcp << Rules{length(2, 3)} << Pieces{"1", "22", "333", "4444"}
                          << QByteArray("LL");
  QTest::newRow("the second receive")
      << tcp << Rules{nth(2, false)} << Pieces{"a", "b", "c", "d"} << QByteArray("n");
  QTest::newRow("each second receive")
      << tcp << Rules{nth(2, true)} << Pieces{"a", "b", "c", "d"} << QByteArray("nn");
  AnswerRule off = rule("a", When::any, {sendStep("x")});
  off.enabled = false;
  QTest::newRow("one that is off") << tcp << Rules{off} << Pieces{"a"} << QByteArray("");
  QTest::newRow("a stream's old bytes are let go")
      << tcp << Rules{matching("a", "a.*b", {sendStep("x")}, regex)}
      << Pieces{"a", std::string(Heard::kMostKept, '-'), "b"} << QByteArray("");
}

void TestRuleAgent::answers() {
  QFETCH(const Transport, transport);
  QFETCH(const Rules, rules);
  QFETCH(const Pieces, received);
  Bench bench(rules, transport);
  bench.receiveAll(received);
  QTEST(QByteArray::fromStdString(bench.session.all()), "sent");
}

void TestRuleAgent::acts() {
  Bench bench({matching("bye", "QUIT",
                        {sendStep("221"), step(Kind::stopReading), step(Kind::halfClose), step(Kind::close),
                         step(Kind::reset), step(Kind::resumeReading)})});
  bench.receive("QUIT");
  QCOMPARE(bench.session.acts, "stop half-close close reset read ");
  QCOMPARE(bench.session.notes.front(),
           "rule \"bye\" matched, sent 3 bytes, reads no more, closes our side, closes, resets, reads again");
  QCOMPARE(bench.desk->book()->hits(0), 1U);
}

void TestRuleAgent::waitsBetweenSteps() {
  using namespace std::chrono_literals;
  Bench bench({rule("a", When::any, {sendStep("1"), step(Kind::wait, 5ms), sendStep("2")})});
  bench.receive("x");
  QCOMPARE(bench.session.all(), "1");
  QVERIFY(bench.session.wake.has_value());
  QVERIFY(bench.waitFor([&] { return bench.session.all() == "12"; }));
  QVERIFY(bench.session.wasNoted("rule \"a\" matched, sent 1 byte, waits 5ms"));
  QVERIFY(bench.session.wasNoted("rule \"a\", sent 1 byte"));
}

void TestRuleAgent::keepsSilence() {
  AnswerRule silence = rule("quiet", When::silence, {sendStep("?")});
  silence.time = std::chrono::milliseconds(5);
  Bench bench({silence});
  QVERIFY(bench.waitFor([&] { return bench.session.all() == "?"; }));
  QVERIFY(!bench.session.wake);  // once a silence
  bench.receive("x");
  QVERIFY(bench.waitFor([&] { return bench.session.all() == "??"; }));
}

void TestRuleAgent::runsASequenceThatExpects() {
  SessionStep run = step(Kind::run);
  run.name = "login";
  const Sequence login{"login",
                       {sendStep("name?"), step(Kind::expect, std::chrono::hours(1), "\\n"),
                        sendStep("word?"), step(Kind::expect, std::chrono::hours(1), "\\n"), sendStep("in")}};
  Bench bench(AnswerBook{.rules = {matching("hi", "HELO", {run}), matching("x", "HELO", {sendStep("!")})},
                         .sequences = {login}});
  bench.receive("HELO");
  QCOMPARE(bench.session.all(), "name?");
  bench.receiveAll({"HEL", "O\nse", "cret\nHELO"});
  QCOMPARE(bench.session.all(), "name?word?inname?");
}

void TestRuleAgent::givesUpWhatDoesNotCome() {
  SessionStep run = step(Kind::run);
  run.name = "s";
  const Sequence sequence{"s", {step(Kind::expect, std::chrono::milliseconds(2), "never"), sendStep("x")}};
  Bench bench(AnswerBook{.rules = {rule("a", When::connected, {run})}, .sequences = {sequence}});
  QVERIFY(bench.waitFor([&] { return bench.session.wasNoted("rule \"a\" gives up: ETIMEDOUT"); }));
  QCOMPARE(bench.session.all(), "");
}

void TestRuleAgent::restsBeyondItsBound() {
  AnswerBook book{.rules = {rule("a", When::any, {sendStep("x")})}, .sequences = {}};
  book.mostPerSecond = 3;
  Bench bench(book);
  for (int i = 0; i < 10; ++i) bench.receive("y");
  QCOMPARE(bench.session.all(), "xxx");
  QVERIFY(bench.session.wasNoted("more than 3 answers in a second (1 of 5): RATE_LIMIT"));
  QVERIFY(bench.waitFor([&] { return bench.session.wasNoted("7 receives were passed over"); }));
  bench.receive("y");
  QCOMPARE(bench.session.all(), "xxxx");
}

void TestRuleAgent::stopsForGood() {
  AnswerBook book{.rules = {rule("a", When::any, {sendStep("x")})}, .sequences = {}};
  book.mostPerSecond = 1;
  book.mostPauses = 2;
  Bench bench(book);
  QVERIFY(bench.waitFor([&] {
    bench.receive("y");
    return bench.session.wasNoted("the rules of this session stop");
  }));
  const std::size_t answers = bench.session.sent.size();
  bench.receive("y");
  QCOMPARE(bench.session.sent.size(), answers);
  QVERIFY(bench.desk->setBook(book).empty());
  bench.receive("y");
  QCOMPARE(bench.session.sent.size(), answers + 1);  // another book begins anew
}

void TestRuleAgent::countsManyHitsInFewRows() {
  AnswerBook book{.rules = {rule("a", When::any, {sendStep("x")})}, .sequences = {}};
  book.mostPerSecond = 0;
  Bench bench(book);
  for (int i = 0; i < 1000; ++i) bench.receive("y");
  QCOMPARE(bench.session.sent.size(), std::size_t{1000});
  QCOMPARE(bench.desk->book()->hits(0), 1000U);
  // Each hit is in a row by itself or in a sum.
  const auto told = [&] {
    std::uint64_t hits = 0;
    for (const std::string& note : bench.session.notes) {
      const auto more = note.find("matched ");
      hits += more == std::string::npos ? 1 : std::stoull(note.substr(more + 8));
    }
    return hits;
  };
  QVERIFY(bench.waitFor([&] { return told() == 1000; }));
  QVERIFY(bench.session.notes.size() < 500);
}

void TestRuleAgent::takesUpAnotherBook() {
  Bench bench(Rules{matching("a", "x", {sendStep("1")})});
  bench.receive("x");
  QVERIFY(bench.desk->setBook({.rules = {matching("a", "x", {sendStep("2")})}, .sequences = {}}).empty());
  bench.receive("x");
  QCOMPARE(bench.session.all(), "12");
  QCOMPARE(bench.desk->book()->hits(0), 2U);  // of the same name
  QCOMPARE(bench.desk->sessions(), std::size_t{1});

  AnswerRule silence = rule("quiet", When::silence, {sendStep("?")});
  silence.time = std::chrono::milliseconds(1);
  bench.desk->setBook({.rules = {silence}, .sequences = {}});
  for (const auto& [id, errand] : bench.desk->errands()) errand->attached(bench.session);
  QVERIFY(bench.waitFor([&] { return bench.session.all() == "12?"; }));
}

void TestRuleAgent::saysWhatIsWrongWithARule_data() {
  QTest::addColumn<Rules>("rules");
  QTest::addColumn<QString>("symbol");
  QTest::addColumn<int>("step");
  SessionStep run = step(Kind::run);
  run.name = "nowhere";
  const auto regex = PatternSpec::Kind::regex;
  QTest::newRow("an expression") << Rules{matching("a", "(", {}, regex)} << QStringLiteral("BAD_SYNTAX")
                                 << -1;
  QTest::newRow("an escape") << Rules{matching("a", "\\q", {})} << QStringLiteral("BAD_ESCAPE") << -1;
  QTest::newRow("no receive has the number 0") << Rules{nth(0, false)} << QStringLiteral("BAD_SYNTAX") << -1;
  QTest::newRow("a message") << Rules{rule("a", When::any, {step(Kind::close), sendStep("\\q")})}
                             << QStringLiteral("BAD_ESCAPE") << 1;
  QTest::newRow("a sequence that is not there")
      << Rules{rule("a", When::any, {run})} << QStringLiteral("BAD_SYNTAX") << 0;
  QTest::newRow("an expect") << Rules{rule("a", When::any, {step(Kind::expect)})}
                             << QStringLiteral("BAD_SYNTAX") << 0;
}

void TestRuleAgent::saysWhatIsWrongWithARule() {
  QFETCH(Rules, rules);
  QFETCH(const int, step);
  rules.push_back(rule("good", When::any, {sendStep("ok")}));
  Bench bench(Rules{});
  const auto faults = bench.desk->setBook({.rules = rules, .sequences = {}});
  QCOMPARE(faults.size(), std::size_t{1});
  QCOMPARE(faults[0].rule, std::size_t{0});
  QCOMPARE(faults[0].step ? static_cast<int>(*faults[0].step) : -1, step);
  QTEST(QString::fromStdString(faults[0].error.symbol()), "symbol");
  bench.receive("x");
  QCOMPARE(bench.session.all(), "ok");  // the others go on
}

void TestRuleAgent::doesNotBeginTooMany() {
  AnswerBook book{.rules = {rule("a", When::any, {step(Kind::wait, std::chrono::hours(1)), sendStep("x")})},
                  .sequences = {}};
  book.mostPerSecond = 0;
  Bench bench(book);
  for (std::size_t i = 0; i < RuleAgent::kMostWaiting; ++i) bench.receive("y");
  QVERIFY(!bench.session.wasNoted("QUEUE_FULL"));
  bench.receive("y");
  QVERIFY(bench.session.wasNoted(
      "no more than 1000 answers of a session wait; those beyond are given up: QUEUE_FULL"));
}

QTEST_GUILESS_MAIN(TestRuleAgent)
#include "tst_rule_agent.moc"
