// DnsClient beside a real name server (knotd), each answer as kdig reads it.
#include "core/resolve/dns_client.h"

#include <QRegularExpression>
#include <QTest>

#include "dns_asking.h"
#include "kdig.h"
#include "name_server.h"

using namespace sockbench;

namespace {

QString text(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

// kdig leaves out the quotes around ALPN's names; dig and we write them.
QString withoutAlpnQuotes(const KdigRecord& record) {
  QString data = record.data;
  if (record.type == QStringLiteral("HTTPS") || record.type == QStringLiteral("SVCB"))
    data.replace(QRegularExpression(QStringLiteral("alpn=\"([^ ]*)\"")), QStringLiteral("alpn=\\1"));
  return data;
}

QStringList lines(const std::vector<DnsRecord>& records) {
  QStringList lines;
  for (const DnsRecord& record : records) {
    const KdigRecord row{text(record.name), record.ttl, QStringLiteral("IN"), text(dnsTypeName(record.type)),
                         text(record.data)};
    lines.append(
        QStringLiteral("%1 %2 %3 %4").arg(row.name).arg(row.ttl).arg(row.type, withoutAlpnQuotes(row)));
  }
  lines.sort();
  return lines;
}

QStringList lines(const QList<KdigRecord>& records) {
  QStringList lines;
  for (const KdigRecord& row : records)
    lines.append(QStringLiteral("%1 %2 %3 %4").arg(row.name).arg(row.ttl).arg(row.type, row.data));
  lines.sort();
  return lines;
}

}  // namespace

class TestDnsClient : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void readsAsKdigDoes_data();
  void readsAsKdigDoes();
  void asksOverIpv6();
  void whereDigAndKdigDiffer_data();
  void whereDigAndKdigDiffer();

 private:
  DnsQuery query(const QString& name, std::uint16_t type) const {
    return {.name = name.toStdString(), .type = type, .server = fixture::loopbackServer(server_.port())};
  }

  NameServer server_;
  DnsClient client_;
};

void TestDnsClient::initTestCase() {
  if (const QString missing = NameServer::missing() + kdigMissing(); !missing.isEmpty())
    QSKIP(qPrintable(missing));
  const QString failure = server_.start();
  QVERIFY2(failure.isEmpty(), qPrintable(failure));
}

void TestDnsClient::readsAsKdigDoes_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("type");
  const auto row = [](const char* what, const char* name, const char* type) {
    QTest::newRow(what) << QString::fromUtf8(name) << QString::fromUtf8(type);
  };
  row("addresses", "www.bench.example", "A");
  row("IPv6 addresses", "www.bench.example", "AAAA");
  row("a final dot", "www.bench.example.", "A");
  row("capitals", "WWW.Bench.Example", "A");
  row("a chain of aliases", "chain1.bench.example", "A");
  row("an alias itself", "chain1.bench.example", "CNAME");
  row("mail, with addresses beside", "bench.example", "MX");
  row("texts", "text.bench.example", "TXT");
  row("a long text", "long.bench.example", "TXT");
  row("a service", "_sip._udp.bench.example", "SRV");
  row("certificate authorities", "bench.example", "CAA");
  row("naming pointers", "naptr.bench.example", "NAPTR");
  row("a pointer", "1.2.0.192.in-addr.arpa", "PTR");
  row("start of authority", "bench.example", "SOA");
  row("name servers", "bench.example", "NS");
  row("HTTPS parameters", "bench.example", "HTTPS");
  row("HTTPS alias", "alias.bench.example", "HTTPS");
  row("service parameters of each kind", "svcb.bench.example", "SVCB");
  row("a URI", "uri.bench.example", "URI");
  row("a key's fingerprint", "ssh.bench.example", "SSHFP");
  row("a certificate's", "_443._tcp.bench.example", "TLSA");
  row("host information", "hinfo.bench.example", "HINFO");
  row("an unknown type", "unknown.bench.example", "TYPE65280");
  row("an unknown type without data", "nothing.bench.example", "TYPE65281");
  row("everything", "bench.example", "ANY");
  row("no such name", "missing.bench.example", "A");
  row("no such type", "www.bench.example", "TXT");
  row("a foreign zone", "www.example.org", "A");
  row("the root", ".", "NS");
  row("a wildcard", "anything.wild.bench.example", "A");
  row("an A-label", "xn--bcher-kva.bench.example", "A");
  row("an underscore", "_under_score.bench.example", "A");
  row("escapes", "a\\.b\\032c\\(d\\@e.bench.example", "A");
  row("bytes", "bin\\000\\200.bench.example", "A");
  row("over 512 bytes", "many.bench.example", "A");
  row("over the EDNS payload", "more.bench.example", "TXT");
  row("over 4096 bytes", "huge.bench.example", "TXT");
  row("another name", "sub.dname.bench.example", "A");
  row("a delegation's key", "ds.bench.example", "DS");
  row("a zone's key", "dnskey.bench.example", "DNSKEY");
  row("a delegation", "below.ds.bench.example", "A");
  row("a responsible person", "rp.bench.example", "RP");
  row("a file system", "afsdb.bench.example", "AFSDB");
  row("denial", "nsec.bench.example", "NSEC");
  row("prefixes", "apl.bench.example", "APL");
}

void TestDnsClient::readsAsKdigDoes() {
  QFETCH(const QString, name);
  QFETCH(const QString, type);
  const KdigAnswer kdig = askKdig(name, type, server_.port());
  QVERIFY2(kdig.failure.isEmpty(), qPrintable(kdig.failure));

  const auto outcome = fixture::ask(client_, query(name, parseDnsType(type.toStdString()).value()));
  QVERIFY(outcome.has_value());
  QVERIFY2(outcome->answer.has_value(), outcome->answer ? "" : outcome->answer.error().line().c_str());
  const DnsAnswer& answer = *outcome->answer;
  QCOMPARE(text(dnsRcodeName(answer.rcode)), kdig.rcode);
  QStringList flags;
  for (const std::string& flag : answer.flags) flags.append(text(flag));
  QCOMPARE(flags, kdig.flags);
  QCOMPARE(answer.overTcp, kdig.overTcp);
  QCOMPARE(answer.wasTruncated, kdig.overTcp);
  QCOMPARE(answer.tries, kdig.overTcp ? 2 : 1);
  QCOMPARE(lines(answer.answers), lines(kdig.answers));
  QCOMPARE(lines(answer.authority), lines(kdig.authority));
  QCOMPARE(lines(answer.additional), lines(kdig.additional));
}

void TestDnsClient::asksOverIpv6() {
  if (!server_.hasIpv6()) QSKIP("this machine has no ::1");
  for (const bool tcp : {false, true}) {
    DnsQuery question = query(QStringLiteral("www.bench.example"), 1);
    question.server = SocketAddress::fromIp("::1", server_.port()).value();
    question.tcp = tcp;
    const auto outcome = fixture::ask(client_, question);
    QVERIFY(outcome && outcome->answer);
    QCOMPARE(outcome->answer->server.text(), "[::1]:" + std::to_string(server_.port()));
    QCOMPARE(outcome->answer->overTcp, tcp);
    QCOMPARE(outcome->answer->answers.size(), std::size_t(2));
  }
}

// What is written as dig has it, and kdig otherwise.
void TestDnsClient::whereDigAndKdigDiffer_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("type");
  QTest::addColumn<QString>("data");
  const auto row = [](const char* name, const char* type, const char* data) {
    QTest::newRow(type) << QString::fromUtf8(name) << QString::fromUtf8(type) << QString::fromUtf8(data);
  };
  row("loc.bench.example", "LOC", "52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m");
  row("cert.bench.example", "CERT", "PKIX 1 8 AAECAwQF");
  row("nid.bench.example", "NID", "10 14:4fff:ff20:ee64");
  row("l64.bench.example", "L64", "10 2001:db8:1140:1000");
  row("eui48.bench.example", "EUI48", "00-00-5e-00-53-2a");
  row("bench.example", "HTTPS",
      "1 . alpn=\"h2,h3\" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ech=AEX+DQBBpQ== ipv6hint=2001:db8::1");
}

void TestDnsClient::whereDigAndKdigDiffer() {
  QFETCH(const QString, name);
  QFETCH(const QString, type);
  const auto outcome = fixture::ask(client_, query(name, parseDnsType(type.toStdString()).value()));
  QVERIFY(outcome && outcome->answer && outcome->answer->answers.size() == 1);
  QTEST(text(outcome->answer->answers.front().data), "data");
}

QTEST_GUILESS_MAIN(TestDnsClient)
#include "tst_dns_client.moc"
