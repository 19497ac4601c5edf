// What an address says, compared with Python's ipaddress and socket modules over more than a hundred thousand
// texts. Where they differ, a table tells why; each of its rows is checked as well.
#include <QProcess>
#include <QVersionNumber>
#include <QtTest>
#include <functional>

#include "address_texts.h"
#include "core/resolve/address_facts.h"
#include "core/resolve/ip_notation.h"
#include "core/resolve/reverse_pointer.h"

using namespace sockbench;

namespace {

// In the order of the oracle's fields, its flags taken apart.
const QByteArrayList kFacts{
    "inet_pton",       "version",     "packed",        "integer",       "text",        "exploded",
    "reverse pointer", "zone",        "is_multicast",  "is_private",    "is_global",   "is_unspecified",
    "is_reserved",     "is_loopback", "is_link_local", "is_site_local", "ipv4_mapped", "sixtofour",
    "teredo",          "inet_ntop",   "prefix",        "num_addresses", "overlaps",    "contains",
    "network",         "broadcast",   "netmask",       "hostmask",      "first host",  "last host",
    "subnet"};
constexpr qsizetype kFlags = 8;  // the place of the first flag
constexpr qsizetype kFlagCount = 7;
constexpr qsizetype kNetwork = 20;  // the place of the first fact of a network

using Answer = QByteArrayList;  // by kFacts; shorter without a network; empty: refused

struct Case {
  QByteArray text;
  std::optional<AddressFacts> facts;  // nullopt: we refuse it
  Answer ours;
  Answer python;
  QByteArray socketPacked;  // socket.inet_pton of the address alone
};

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray textOf(const std::optional<IpNumber>& address) {
  return address ? bytes(address->text()) : QByteArray();
}

QByteArray packedOf(const std::optional<IpNumber>& address) {
  return address ? bytes(packedHex(*address)) : QByteArray();
}

QByteArray flag(bool set) {
  return set ? "1" : "0";
}

// Everything that RFC 4291 leaves to later: what lies in no other row of the address space, nor in the two
// special blocks beyond 4000::/3. In IPv4 it is class E.
bool isReserved(IpNumber address) {
  if (address.isIpv4()) return addressClassOf(address)->letter == 'E';
  for (const char* used : {"2000::/3", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"}) {
    const Result<AddressFacts> block = inspectAddress(used);
    if (block->network->contains(address)) return false;
  }
  return true;
}

Answer flagsOf(const AddressFacts& facts) {
  const std::string_view scope = facts.block->scope;
  return {flag(facts.multicast.has_value()),
          flag(facts.globallyReachable == RegistryAnswer::no),
          flag(facts.globallyReachable == RegistryAnswer::yes),
          flag(facts.number.value == 0),
          flag(isReserved(facts.number)),
          flag(scope == "loopback"),
          flag(scope == "link-local")};
}

Answer addressAnswer(const AddressFacts& facts) {
  const IpNumber& number = facts.number;
  const EmbeddedAddresses& found = facts.embedded;
  const QByteArray packed = packedOf(number);
  Answer answer{packed,
                number.isIpv4() ? "4" : "6",
                packed,
                bytes(decimalText(number.value)),
                bytes(number.text()),
                bytes(explodedText(number)),
                bytes(reverseName(number)),
                bytes(facts.zone)};
  answer += flagsOf(facts);
  answer += flag(facts.block->name.starts_with("Site-Local"));
  answer += textOf(found.ipv4Mapped);
  answer += textOf(found.sixToFour);
  answer += found.teredo ? textOf(found.teredo->server) + ' ' + textOf(found.teredo->client) : QByteArray();
  answer += bytes(number.text());
  return answer;
}

Answer networkAnswer(const IpNetwork& network, const std::optional<IpNetwork>& before) {
  const int longer = std::min(network.first().bits, network.prefix() + 3);
  const Uint128 number = std::min<Uint128>(network.lastSubnet(longer), 5);
  return {QByteArray::number(network.prefix()),
          bytes(network.addressesText()),
          flag(before && network.overlaps(*before)),
          flag(before && network.contains(before->first())),
          packedOf(network.first()),
          packedOf(network.broadcast()),
          packedOf(network.netmask()),
          packedOf(network.wildcard()),
          packedOf(network.firstHost()),
          packedOf(network.lastHost()),
          packedOf(network.subnet(longer, number).first())};
}

// The hexadecimal groups that Python 3.11 prints where inet_ntop(3) prints dots.
QByteArray withoutDots(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const auto ipv4 = IpNumber::fromText(text.substr(colon + 1));
  if (colon == std::string_view::npos || !ipv4) return bytes(text);
  const auto value = static_cast<std::uint32_t>(ipv4->value);
  QByteArray low = QByteArray::number(value & 0xFFFF, 16);
  // A high group of zero belongs to the zeros before it.
  const QByteArray start = bytes(text.substr(0, colon + 1));
  return value >> 16 == 0 ? start + "0:" + low : start + QByteArray::number(value >> 16, 16) + ':' + low;
}

struct Exception {
  QByteArray fact;
  QByteArray example;
  QByteArray reason;
  std::function<bool(const AddressFacts&)> covers;
  std::function<QByteArrayList(const AddressFacts&)> python;  // what it may answer there
};

// The smallest block of the registry that holds the address, and is_private and is_global of Python 3.11 as
// it first was, and as its later corrections (which Debian has) made it.
struct BlockException {
  const char* block;
  const char* example;
  const char* first;
  const char* corrected;
  const char* reason;
};

constexpr const char* kShared =
    "ipaddress takes shared addresses for neither; by the registry they are not global";
constexpr const char* kNotKnown = "a row of the registry that ipaddress does not know, or did not at first";
constexpr const char* kWhole = "ipaddress takes the whole block around it, or did at first";
constexpr const char* kNoAnswer = "the registry has N/A, or the block is no unicast: neither yes nor no";

constexpr std::array kBlockExceptions{
    BlockException{"100.64.0.0/10", "100.64.0.1", "00", "00", kShared},
    BlockException{"192.0.0.0/24", "192.0.0.11", "01", "10", kNotKnown},
    BlockException{"192.0.0.8/32", "192.0.0.8", "01", "10", kNotKnown},
    BlockException{"192.88.99.0/24", "192.88.99.1", "01", "01", kNoAnswer},
    BlockException{"192.88.99.2/32", "192.88.99.2", "01", "01", kNotKnown},
    BlockException{"224.0.0.0/4", "224.0.0.1", "01", "01", kNoAnswer},
    BlockException{"64:ff9b:1::/48", "64:ff9b:1::1", "01", "10", kNotKnown},
    BlockException{"100:0:0:1::/64", "100:0:0:1::1", "01", "01", kNotKnown},
    BlockException{"2001::/32", "2001::1", "10", "10", kNoAnswer},
    BlockException{"2001:1::1/128", "2001:1::1", "10", "01", kWhole},
    BlockException{"2001:1::2/128", "2001:1::2", "10", "01", kWhole},
    BlockException{"2001:1::3/128", "2001:1::3", "10", "10", kWhole},
    BlockException{"2001:3::/32", "2001:3::1", "10", "01", kWhole},
    BlockException{"2001:4:112::/48", "2001:4:112::1", "10", "01", kWhole},
    BlockException{"2001:10::/28", "2001:10::1", "10", "10", kNoAnswer},
    BlockException{"2001:20::/28", "2001:20::1", "10", "01", kWhole},
    BlockException{"2001:30::/28", "2001:30::1", "10", "01", kWhole},
    BlockException{"2002::/16", "2002::1", "01", "10", kNoAnswer},
    BlockException{"3fff::/20", "3fff::1", "01", "01", kNotKnown},
    BlockException{"5f00::/16", "5f00::1", "01", "01", kNotKnown},
    BlockException{"::/0", "4000::1", "01", "01", kNoAnswer},
    BlockException{"fec0::/10", "fec0::1", "01", "01", kNoAnswer},
    BlockException{"ff00::/8", "ff02::1", "01", "01", kNoAnswer},
};

constexpr std::array kReachability{"is_private", "is_global"};

std::vector<Exception> blockExceptions() {
  std::vector<Exception> all;
  for (const BlockException& row : kBlockExceptions) {
    for (std::size_t which = 0; which < kReachability.size(); ++which) {
      all.push_back(
          {kReachability.at(which), row.example, row.reason,
           [&row](const AddressFacts& facts) { return facts.block->network.text() == row.block; },
           [&row, which](const AddressFacts&) {
             return QByteArrayList{QByteArray(1, row.first[which]), QByteArray(1, row.corrected[which])};
           }});
    }
  }
  return all;
}

bool isMapped(const AddressFacts& facts) {
  return facts.embedded.ipv4Mapped.has_value();
}

// What Python may say of the IPv4 address inside: is_private and is_global, "01" and the like.
QByteArrayList innerAnswers(const AddressFacts& facts) {
  const AddressFacts inner = addressFacts({*facts.embedded.ipv4Mapped, {}, {}});
  const auto known = std::ranges::find_if(
      kBlockExceptions, [&](const BlockException& row) { return inner.block->network.text() == row.block; });
  if (known != kBlockExceptions.end()) return {known->first, known->corrected};
  return {inner.globallyReachable == RegistryAnswer::no ? "10" : "01"};
}

// Of an IPv4-mapped address, ipaddress answers for the IPv4 address inside; at first, what is not private was
// global.
std::vector<Exception> mappedExceptions() {
  const char* reason = "the registry answers for the mapping, ipaddress for the IPv4 address inside";
  const auto isPrivate = [](const AddressFacts& facts) {
    QByteArrayList answers;
    for (const QByteArray& inner : innerAnswers(facts)) answers << inner.first(1);
    return answers;
  };
  const auto isGlobal = [](const AddressFacts& facts) {
    QByteArrayList answers;
    for (const QByteArray& inner : innerAnswers(facts))
      answers << inner.last(1) << flag(inner.first(1) == "0");
    return answers;
  };
  return {{"is_private", "::ffff:8.8.8.8", reason, isMapped, isPrivate},
          {"is_global", "::ffff:8.8.8.8", reason, isMapped, isGlobal}};
}

std::vector<Exception> otherExceptions() {
  const auto lastAddress = [](const AddressFacts& facts) {
    return QByteArrayList{packedOf(facts.network->last())};
  };
  const auto fewAddresses = [](const AddressFacts& facts) {
    return facts.number.isIpv4() && facts.network->prefix() >= 31;
  };
  const auto isIpv6 = [](const AddressFacts& facts) { return !facts.number.isIpv4(); };
  const auto dots = [](const AddressFacts& facts) {
    return facts.embedded.ipv4Mapped.has_value() || facts.embedded.ipv4Compatible.has_value();
  };
  return {
      {"broadcast", "10.0.0.0/31", "RFC 3021: a link of two addresses has no broadcast", fewAddresses,
       lastAddress},
      {"broadcast", "2001:db8::/64", "IPv6 has no broadcast (RFC 4291, section 2)", isIpv6, lastAddress},
      {"text", "::ffff:192.0.2.1", "RFC 5952, section 5: an IPv4 address inside is written with dots", dots,
       [](const AddressFacts& facts) { return QByteArrayList{withoutDots(facts.number.text())}; }},
  };
}

const std::vector<Exception>& exceptions() {
  static const std::vector<Exception> all = [] {
    std::vector<Exception> list = blockExceptions();
    for (auto* more : {mappedExceptions, otherExceptions}) {
      for (Exception& exception : more()) list.push_back(std::move(exception));
    }
    return list;
  }();
  return all;
}

// Texts that ipaddress takes and we do not.
bool isRefusedWithReason(const QByteArray& text) {
  const qsizetype percent = text.indexOf('%');
  const QByteArray zone = percent < 0 ? QByteArray() : text.mid(percent + 1).split('/').first();
  // No interface can be named so (dev_valid_name() in Linux), and a blank that was copied along is a fault.
  return std::ranges::any_of(zone, [](char c) { return c <= ' ' && c >= 0; });
}

}  // namespace

class TestAddressOracle : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void acceptsTheSameTexts();
  void readsAsSocketDoes();
  void agrees_data();
  void agrees();
  void eachExceptionIsTrue_data();
  void eachExceptionIsTrue();
  void garbageIsRefusedOrRead();

 private:
  void ask(const std::vector<std::string>& texts);
  void addAnswers(const QByteArray& output);

  QList<Case> cases_;
  QVersionNumber python_;
};

void TestAddressOracle::initTestCase() {
  std::vector<std::string> texts = test::edgeTexts();
  const auto add = [&](std::vector<std::string> more) {
    texts.insert(texts.end(), more.begin(), more.end());
  };
  add(test::ipv4Texts(25'000));
  add(test::ipv6Texts(35'000));
  add(test::brokenTexts(25'000));
  for (const Exception& exception : exceptions()) texts.push_back(exception.example.toStdString());
  QCOMPARE_GE(texts.size(), 100'000U);
  ask(texts);
}

void TestAddressOracle::ask(const std::vector<std::string>& texts) {
  QProcess oracle;
  oracle.start(QStringLiteral("python3"), {QStringLiteral(SOCKBENCH_ADDRESS_ORACLE)});
  if (!oracle.waitForStarted()) QSKIP("needs python3");
  std::optional<IpNetwork> before;
  for (const std::string& text : texts) {
    Case& one = cases_.emplaceBack(
        Case{.text = bytes(text), .facts = {}, .ours = {}, .python = {}, .socketPacked = {}});
    oracle.write(one.text + '\n');
    if (const Result<AddressFacts> facts = inspectAddress(text)) one.facts = *facts;
    if (!one.facts) continue;
    one.ours = addressAnswer(*one.facts);
    if (one.facts->network) one.ours += networkAnswer(*one.facts->network, before);
    if (one.facts->network) before = one.facts->network;
  }
  oracle.closeWriteChannel();
  QVERIFY(oracle.waitForFinished(100'000));
  QVERIFY2(oracle.exitCode() == 0, oracle.readAllStandardError());
  addAnswers(oracle.readAllStandardOutput());
}

void TestAddressOracle::addAnswers(const QByteArray& output) {
  const QByteArrayList lines = output.split('\n');
  QCOMPARE(lines.size(), cases_.size() + 2);  // the version, and nothing behind the last one
  python_ = QVersionNumber::fromString(QString::fromLatin1(lines[0]));
  for (qsizetype i = 0; i < cases_.size(); ++i) {
    Answer fields = lines[i + 1].split('\t');
    Case& one = cases_[i];
    if (fields[0] == "refused") {
      one.socketPacked = fields.value(1);
      continue;
    }
    one.socketPacked = fields[0];
    const QByteArray flags = fields.takeAt(kFlags);
    QCOMPARE(flags.size(), kFlagCount);
    for (qsizetype f = 0; f < kFlagCount; ++f) fields.insert(kFlags + f, flags.mid(f, 1));
    one.python = fields;
  }
}

void TestAddressOracle::acceptsTheSameTexts() {
  QByteArrayList wrong;
  qsizetype refused = 0;
  for (const Case& one : std::as_const(cases_)) {
    refused += one.facts ? 0 : 1;
    const bool same = one.facts.has_value() == !one.python.isEmpty();
    if (!same && !(one.facts == std::nullopt && isRefusedWithReason(one.text))) wrong << one.text;
  }
  QVERIFY2(wrong.isEmpty(), wrong.mid(0, 20).join('\n'));
  QCOMPARE_GE(refused, 10'000);  // the broken texts are broken
}

void TestAddressOracle::readsAsSocketDoes() {
  QByteArrayList wrong;
  for (const Case& one : std::as_const(cases_)) {
    const QByteArray address = one.text.split('/').first().split('%').first();
    const std::optional<IpNumber> read = IpNumber::fromText(address.toStdString());
    if (packedOf(read) != one.socketPacked) wrong << one.text;
  }
  QVERIFY2(wrong.isEmpty(), wrong.mid(0, 20).join('\n'));
}

void TestAddressOracle::agrees_data() {
  QTest::addColumn<int>("place");
  for (qsizetype i = 0; i < kFacts.size(); ++i) QTest::newRow(kFacts[i].constData()) << static_cast<int>(i);
}

void TestAddressOracle::agrees() {
  QFETCH(int, place);
  const QByteArray fact = kFacts[place];
  qsizetype compared = 0;
  QByteArrayList wrong;
  for (const Case& one : std::as_const(cases_)) {
    if (!one.facts || place >= one.python.size() || place >= one.ours.size()) continue;
    ++compared;
    const QByteArray& theirs = one.python[place];
    if (one.ours[place] == theirs) continue;
    const auto allowed = std::ranges::any_of(exceptions(), [&](const Exception& e) {
      return e.fact == fact && e.covers(*one.facts) && e.python(*one.facts).contains(theirs);
    });
    // From 3.13 on every flag of a mapped address is that of the IPv4 address inside, and its full form ends
    // in dots.
    const bool isInner = fact == "exploded" || (place >= kFlags && place < kFlags + kFlagCount);
    const bool inner = isMapped(*one.facts) && python_ >= QVersionNumber(3, 13) && isInner;
    if (!allowed && !inner) wrong << one.text + ": ours " + one.ours[place] + ", Python's " + theirs;
  }
  QVERIFY2(wrong.isEmpty(), wrong.mid(0, 20).join('\n'));
  QCOMPARE_GE(compared, place < kNetwork ? 60'000 : 50'000);
}

void TestAddressOracle::eachExceptionIsTrue_data() {
  QTest::addColumn<int>("number");
  for (std::size_t i = 0; i < exceptions().size(); ++i) {
    const Exception& e = exceptions()[i];
    QTest::addRow("%s of %s: %s", e.fact.constData(), e.example.constData(), e.reason.constData())
        << static_cast<int>(i);
  }
}

// The examples are the last texts.
void TestAddressOracle::eachExceptionIsTrue() {
  QFETCH(int, number);
  const Exception& exception = exceptions()[static_cast<std::size_t>(number)];
  const Case& one = cases_[cases_.size() - static_cast<qsizetype>(exceptions().size()) + number];
  QCOMPARE(one.text, exception.example);
  QVERIFY(exception.covers(*one.facts));
  const qsizetype place = kFacts.indexOf(exception.fact);
  const QByteArray& theirs = one.python[place];
  // A later Python may have come to agree.
  const bool agrees = python_ >= QVersionNumber(3, 12) && theirs == one.ours[place];
  QVERIFY2(agrees || exception.python(*one.facts).contains(theirs), theirs);
}

void TestAddressOracle::garbageIsRefusedOrRead() {
  for (const std::string& text : test::garbageTexts(50'000)) {
    const Result<AddressText> parsed = parseAddressText(text);
    if (parsed) {
      // What was read is written so that it reads the same.
      std::string again = parsed->address.text() + (parsed->zone.empty() ? "" : '%' + parsed->zone);
      if (parsed->prefix) again += '/' + std::to_string(*parsed->prefix);
      QVERIFY2(parseAddressText(again) == parsed, again.c_str());
      continue;
    }
    const Error& error = parsed.error();
    QVERIFY(error.subject == text && error.where);
    QVERIFY(error.where->offset + error.where->length <= text.size());
    QVERIFY(!error.message().empty() && !error.hint().empty());
  }
}

QTEST_GUILESS_MAIN(TestAddressOracle)
#include "tst_address_oracle.moc"
