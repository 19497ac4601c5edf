// What an address says by itself: class, block, multicast, and the addresses inside it.
#include <QtTest>

#include "core/resolve/address_facts.h"
#include "core/resolve/address_report.h"
#include "core/resolve/reverse_pointer.h"

using namespace sockbench;

class TestAddressFacts : public QObject {
  Q_OBJECT

 private slots:
  void classes_data();
  void classes();
  void classOfIpv6();
  void blocks_data();
  void blocks();
  void tableIsWellFormed();
  void multicast_data();
  void multicast();
  void multicastBlocksHaveNoGap();
  void inside_data();
  void inside();
  void reversePointers();
  void reportHasOnlyWhatApplies_data();
  void reportHasOnlyWhatApplies();
};

namespace {

QByteArray bytes(std::string_view text) {
  return {text.data(), static_cast<qsizetype>(text.size())};
}

AddressFacts factsOf(const QByteArray& text) {
  return inspectAddress(text.toStdString()).value();
}

QByteArray textOf(const std::optional<IpNumber>& address) {
  return address ? bytes(address->text()) : QByteArray();
}

}  // namespace

void TestAddressFacts::classes_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<char>("letter");
  QTest::addColumn<quint32>("networks");
  QTest::addColumn<quint32>("hosts");
  const auto row = [](const char* address, char letter, quint32 networks, quint32 hosts) {
    QTest::newRow(address) << QByteArray(address) << letter << networks << hosts;
  };
  row("0.0.0.0", 'A', 128, 16777214);
  row("127.255.255.255", 'A', 128, 16777214);
  row("128.0.0.0", 'B', 16384, 65534);
  row("191.255.255.255", 'B', 16384, 65534);
  row("192.0.0.0", 'C', 2097152, 254);
  row("223.255.255.255", 'C', 2097152, 254);
  row("224.0.0.0", 'D', 0, 0);
  row("239.255.255.255", 'D', 0, 0);
  row("240.0.0.0", 'E', 0, 0);
  row("255.255.255.255", 'E', 0, 0);
}

void TestAddressFacts::classes() {
  QFETCH(QByteArray, address);
  QFETCH(char, letter);
  QFETCH(quint32, networks);
  QFETCH(quint32, hosts);
  const AddressFacts facts = factsOf(address);
  QVERIFY(facts.addressClass != nullptr);
  const AddressClass& found = *facts.addressClass;
  QCOMPARE(found.letter, letter);
  QCOMPARE(found.networks, networks);
  QCOMPARE(found.hosts, hosts);
  QVERIFY(facts.number.value >= found.first && facts.number.value <= found.last);
}

void TestAddressFacts::classOfIpv6() {
  QVERIFY(factsOf("::1").addressClass == nullptr);
}

void TestAddressFacts::blocks_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArray>("block");
  QTest::addColumn<QByteArray>("defined");
  QTest::addColumn<QByteArray>("reachable");
  const auto row = [](const char* address, const char* block, const char* defined, const char* reachable) {
    QTest::newRow(address) << QByteArray(address) << QByteArray(block) << QByteArray(defined)
                           << QByteArray(reachable);
  };
  row("8.8.8.8", "0.0.0.0/0", "RFC 7249", "yes");
  row("192.168.1.1", "192.168.0.0/16", "RFC 1918", "no");
  row("192.0.0.8", "192.0.0.8/32", "RFC 7600", "no");
  row("192.0.0.7", "192.0.0.0/29", "RFC 7335", "no");
  row("192.0.0.9", "192.0.0.9/32", "RFC 7723", "yes");
  row("192.0.0.11", "192.0.0.0/24", "RFC 6890, section 2.1", "no");
  row("192.88.99.1", "192.88.99.0/24", "RFC 7526", "not applicable");
  row("224.0.0.1", "224.0.0.0/4", "RFC 5771", "not applicable");
  row("2001::1", "2001::/32", "RFC 4380, RFC 8190", "not applicable");
  row("2001:5::1", "2001::/23", "RFC 2928", "no");
  row("2001:db8::1", "2001:db8::/32", "RFC 3849", "no");
  row("2a00::1", "2000::/3", "RFC 4291, section 2.5.4", "yes");
  row("4000::1", "::/0", "RFC 4291, section 4", "not applicable");
  row("::ffff:8.8.8.8", "::ffff:0.0.0.0/96", "RFC 4291", "no");
}

void TestAddressFacts::blocks() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArray, block);
  QFETCH(QByteArray, defined);
  QFETCH(QByteArray, reachable);
  const AddressFacts facts = factsOf(address);
  QCOMPARE(bytes(facts.block->network.text()), block);
  QCOMPARE(bytes(facts.block->defined), defined);
  QCOMPARE(bytes(registryAnswerText(facts.globallyReachable)), reachable);
}

void TestAddressFacts::tableIsWellFormed() {
  const std::vector<AddressBlock>& blocks = addressBlocks();
  const QByteArrayList words{"global",    "private",     "loopback",     "link-local",
                             "multicast", "unspecified", "broadcast",    "documentation",
                             "shared",    "reserved",    "unique-local", "benchmarking"};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const AddressBlock& block = blocks[i];
    QVERIFY2(words.contains(bytes(block.scope)), block.network.text().c_str());
    QVERIFY(!block.name.empty() && block.defined.starts_with("RFC "));
    QVERIFY(!addressRegistryName(block.registry).empty());
    if (i == 0) continue;
    // Sorted, each once, outer before inner: blocks that overlap are nested.
    const AddressBlock& before = blocks[i - 1];
    QVERIFY2(before.network.first() < block.network.first() || before.network.contains(block.network),
             block.network.text().c_str());
    QVERIFY(before.network != block.network);
  }
}

void TestAddressFacts::multicast_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArrayList>("expected");  // scope, block, group, mac
  const auto row = [](const char* address, QByteArrayList expected) {
    QTest::newRow(address) << QByteArray(address) << expected;
  };
  row("224.0.0.1",
      {"link-local", "Local Network Control Block", "All Systems on this Subnet", "01:00:5e:00:00:01"});
  row("224.0.1.1", {"global", "Internetwork Control Block", "NTP", "01:00:5e:00:01:01"});
  row("232.129.2.3", {"global", "Source-Specific Multicast Block", "", "01:00:5e:01:02:03"});
  row("233.252.0.7", {"global", "Documentation (MCAST-TEST-NET)", "", "01:00:5e:7c:00:07"});
  row("239.255.255.250", {"local", "Organization-Local Scope", "SSDP", "01:00:5e:7f:ff:fa"});
  row("239.192.0.1", {"organization-local", "Organization-Local Scope", "", "01:00:5e:40:00:01"});
  row("239.195.255.255", {"organization-local", "Organization-Local Scope", "", "01:00:5e:43:ff:ff"});
  row("239.196.0.0", {"admin-scoped", "Organization-Local Scope", "", "01:00:5e:44:00:00"});
  row("ff01::1", {"interface-local", "", "All Nodes", "33:33:00:00:00:01"});
  row("ff02::fb", {"link-local", "", "mDNS", "33:33:00:00:00:fb"});
  row("ff03::1", {"realm-local", "", "All Nodes", "33:33:00:00:00:01"});
  row("ff04::1", {"admin-local", "", "All Nodes", "33:33:00:00:00:01"});
  row("ff05::1:3", {"site-local", "", "LLMNR", "33:33:00:01:00:03"});
  row("ff06::", {"unassigned", "", "", "33:33:00:00:00:00"});
  row("ff08::", {"organization-local", "", "", "33:33:00:00:00:00"});
  row("ff1e::1", {"global", "", "", "33:33:00:00:00:01"});
  row("ff0f::", {"reserved", "", "", "33:33:00:00:00:00"});
  row("ff00::", {"reserved", "", "", "33:33:00:00:00:00"});
  row("ff02::1:ff33:4455", {"link-local", "", "", "33:33:ff:33:44:55"});
  row("223.255.255.255", {});
  row("fe80::1", {});
}

void TestAddressFacts::multicast() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArrayList, expected);
  const std::optional<MulticastFacts> found = factsOf(address).multicast;
  QCOMPARE(found.has_value(), !expected.isEmpty());
  if (!found) return;
  QCOMPARE(QByteArrayList({bytes(found->scope), bytes(found->block), bytes(found->group), bytes(found->mac)}),
           expected);
  QCOMPARE(found->flags.has_value(), address.startsWith("ff"));
  if (found->flags) QCOMPARE(found->flags->transient, address.startsWith("ff1"));
}

void TestAddressFacts::multicastBlocksHaveNoGap() {
  std::uint32_t next = 0xE0000000;
  for (const MulticastBlock& block : multicastBlocks()) {
    QCOMPARE(block.first, next);
    QVERIFY(block.last >= block.first);
    next = block.last + 1;
  }
  QCOMPARE(next, 0xF0000000U);
}

void TestAddressFacts::inside_data() {
  QTest::addColumn<QByteArray>("address");
  QTest::addColumn<QByteArray>("kind");
  QTest::addColumn<QByteArray>("expected");  // "": it has none
  const auto row = [](const char* name, const char* address, const char* kind, const char* expected) {
    QTest::newRow(name) << QByteArray(address) << QByteArray(kind) << QByteArray(expected);
  };
  row("IPv4-mapped", "::ffff:192.0.2.1", "mapped", "192.0.2.1");
  row("not mapped", "::fffe:192.0.2.1", "mapped", "");
  row("IPv4-compatible", "::192.0.2.1", "compatible", "192.0.2.1");
  row("loopback is not compatible", "::1", "compatible", "");
  row("unspecified is not compatible", "::", "compatible", "");
  row("6to4", "2002:c000:201::1", "6to4", "192.0.2.1");
  row("Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "teredo", "65.54.227.120 0x8000 192.0.2.45:40000");
  row("not Teredo", "2001:1:4136:e378:8000:63bf:3fff:fdd2", "teredo", "");
  row("NAT64, the well-known prefix", "64:ff9b::192.0.2.33", "nat64", "/96 192.0.2.33;");
  row("NAT64, a local prefix of 48 bits", "64:ff9b:1:c000:2:2100::", "nat64",
      "/48 192.0.2.33;/56 0.2.33.0;/64 2.33.0.0;/96 0.0.0.0;");
  row("NAT64, a local prefix of 56 bits", "64:ff9b:1:aac0:0:221::", "nat64",
      "/56 192.0.2.33;/64 0.2.33.0;/96 0.0.0.0;");
  row("NAT64, a local prefix of 64 bits", "64:ff9b:1:aabb:c0:2:2100:0", "nat64",
      "/64 192.0.2.33;/96 33.0.0.0;");
  row("NAT64, a local prefix of 96 bits", "64:ff9b:1::192.0.2.33", "nat64", "/96 192.0.2.33;");
  row("not NAT64", "64:ff9b:2::192.0.2.33", "nat64", "");
  row("ISATAP, a private address", "fe80::5efe:10.0.0.1", "isatap", "10.0.0.1");
  row("ISATAP, a global address", "2001:db8::200:5efe:192.0.2.1", "isatap", "192.0.2.1");
  row("not ISATAP", "2001:db8::100:5efe:192.0.2.1", "isatap", "");
  row("EUI-64", "fe80::211:22ff:fe33:4455", "mac", "00:11:22:33:44:55");
  row("EUI-64 of a local MAC", "2001:db8::11:22ff:fe33:4455", "mac", "02:11:22:33:44:55");
  row("a random identifier", "fe80::211:22ff:ff33:4455", "mac", "");
  row("a prefix that begins with 000", "::211:22ff:fe33:4455", "mac", "");
  row("a multicast group has no MAC inside", "ff02::211:22ff:fe33:4455", "mac", "");
  row("solicited-node", "2001:db8::12:3456:789a", "solicited", "ff02::1:ff56:789a");
  row("of a multicast group: none", "ff02::1", "solicited", "");
  row("of no address: none", "::", "solicited", "");
  row("IPv4 has nothing inside", "192.0.2.1", "mapped", "");
}

void TestAddressFacts::inside() {
  QFETCH(QByteArray, address);
  QFETCH(QByteArray, kind);
  QFETCH(QByteArray, expected);
  const EmbeddedAddresses found = factsOf(address).embedded;
  QHash<QByteArray, QByteArray> all{
      {"mapped", textOf(found.ipv4Mapped)},   {"compatible", textOf(found.ipv4Compatible)},
      {"6to4", textOf(found.sixToFour)},      {"isatap", textOf(found.isatap)},
      {"mac", bytes(found.mac.value_or(""))}, {"solicited", textOf(found.solicitedNode)}};
  if (found.teredo) {
    all["teredo"] = textOf(found.teredo->server) + " 0x" + QByteArray::number(found.teredo->flags, 16) + ' ' +
                    textOf(found.teredo->client) + ':' + QByteArray::number(found.teredo->port);
  }
  for (const TranslatedIpv4& reading : found.nat64) {
    all["nat64"] += '/' + QByteArray::number(reading.prefix) + ' ' + textOf(reading.address) + ';';
  }
  QCOMPARE(all.value(kind), expected);
}

void TestAddressFacts::reversePointers() {
  QCOMPARE(bytes(reversePointer(*SocketAddress::fromIp("127.0.0.1", 80))),
           QByteArray("1.0.0.127.in-addr.arpa."));
  QCOMPARE(bytes(reversePointer(*SocketAddress::fromIp("2001:db8::1", 0))),
           QByteArray("1.") + QByteArray("0.").repeated(23) + "8.b.d.0.1.0.0.2.ip6.arpa.");
  QVERIFY(reversePointer(SocketAddress()).empty());
}

void TestAddressFacts::reportHasOnlyWhatApplies_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArrayList>("groups");
  QTest::newRow("IPv4") << QByteArray("192.0.2.1") << QByteArrayList{"Forms", "Purpose"};
  QTest::newRow("IPv4 in a network") << QByteArray("192.0.2.1/24")
                                     << QByteArrayList{"Forms", "Purpose", "Network"};
  QTest::newRow("IPv4 group") << QByteArray("224.0.0.1") << QByteArrayList{"Forms", "Purpose", "Multicast"};
  QTest::newRow("IPv6") << QByteArray("::ffff:1.2.3.4/96")
                        << QByteArrayList{"Forms", "Purpose", "Network", "Inside"};
}

void TestAddressFacts::reportHasOnlyWhatApplies() {
  QFETCH(QByteArray, text);
  QFETCH(QByteArrayList, groups);
  QByteArrayList titles;
  for (const AddressReportGroup& group : addressReport(factsOf(text))) {
    titles << bytes(group.title);
    for (const AddressReportRow& row : group.rows) {
      QVERIFY(!row.name.empty() && !row.value.empty() && !row.meaning.empty());
      QVERIFY2(!row.meaning.ends_with('.'), row.meaning.data());
    }
  }
  QCOMPARE(titles, groups);
}

QTEST_APPLESS_MAIN(TestAddressFacts)
#include "tst_address_facts.moc"
