// Addresses of every family, from Python's form to the kernel's and back, also where this kernel lacks them.
#include <linux/can.h>
#include <linux/tipc.h>
#include <sys/socket.h>

#include <QTest>

#include "core/calls/call_names.h"
#include "core/calls/python/address.h"
#include "core/calls/script/call_script.h"
#include "core/calls/script/script_values.h"
#include "test_context.h"

using namespace sockbench;
using fixture::TestContext;
using namespace Qt::StringLiterals;

namespace {

CallValue valueOf(const QString& text) {
  const auto line = parseCallLine("x = " + text.toStdString()).value();
  const auto named = [](std::string_view name) -> std::optional<CallValue> {
    if (const auto number = numberOf(name)) return CallValue(*number);
    return std::nullopt;
  };
  return expressionValue(line.value, named).value();
}

SocketAddress lastRead;

CallValue readAndWrite(PythonCall& call) {
  lastRead = addressAt(call, 0);
  return addressValue(call, lastRead);
}

constexpr CallRow kRow{CallTarget::socketMethod, "bind", readAndWrite, 1, 1};

// The address at the other end of the kernel's form, or the kind of the fault and its words.
QString thereAndBack(int family, int protocol, const QString& address) {
  TestContext bench;
  const CallHandle handle =
      bench.add(Socket::open(AF_INET, SOCK_DGRAM).value(), family, SOCK_DGRAM, protocol);
  LastStep lastStep;
  const CallRequest request{.name = "bind", .on = handle, .args = {valueOf(address)}, .keywords = {}};
  try {
    PythonCall call(bench, request, kRow, lastStep);
    return QString::fromStdString(readAndWrite(call).repr());
  } catch (const RaisedFault& raised) {
    const std::string_view kind = callFaultKindName(raised.fault.kind);
    return QString::fromUtf8(kind.data(), static_cast<qsizetype>(kind.size())) + u": "_s +
           QString::fromStdString(raised.fault.message);
  }
}

}  // namespace

class TstCallAddresses : public QObject {
  Q_OBJECT
 private slots:
  void goThereAndBack_data();
  void goThereAndBack();
  void bytesOfTheNetwork();
  void anUnknownFamilyShowsItsBytes();
};

void TstCallAddresses::goThereAndBack_data() {
  QTest::addColumn<int>("family");
  QTest::addColumn<int>("protocol");
  QTest::addColumn<QString>("address");
  QTest::addColumn<QString>("back");
  const auto row = [](const char* name, int family, int protocol, const char* address, const char* back) {
    QTest::newRow(name) << family << protocol << QString::fromUtf8(address) << QString::fromUtf8(back);
  };
  row("IPv4", AF_INET, 0, "('127.0.0.1', 80)", "('127.0.0.1', 80)");
  row("IPv6 is four", AF_INET6, 0, "('::1', 80)", "('::1', 80, 0, 0)");
  row("IPv6 with flow and scope", AF_INET6, 0, "('fe80::1', 80, 7, 1)", "('fe80::1', 80, 7, 1)");
  row("path", AF_UNIX, 0, "'/tmp/x'", "'/tmp/x'");
  row("unnamed", AF_UNIX, 0, "b''", "''");
  row("abstract", AF_UNIX, 0, "b'\\0a\\xff'", "b'\\x00a\\xff'");
  row("path that is no text", AF_UNIX, 0, "b'/\\xff'", "'/\\udcff'");
  row("netlink", AF_NETLINK, 0, "(-1, 3)", "(4294967295, 3)");
  row("interface", AF_PACKET, 0, "('lo', 0x0800, 1, 2, b'123456')", "('lo', 2048, 1, 2, b'123456')");
  row("interface alone", AF_PACKET, 0, "('lo', 3)", "('lo', 3, 0, 0, b'')");
  row("vsock", AF_VSOCK, 0, "(2, 5000)", "(2, 5000)");
  row("QIPCRTR", AF_QIPCRTR, 0, "(1, 2)", "(1, 2)");
  row("TIPC name", AF_TIPC, 0, "(TIPC_ADDR_NAME, 18888, 17, 0)", "(2, 18888, 17, 17, 2)");
  row("TIPC range", AF_TIPC, 0, "(TIPC_ADDR_NAMESEQ, 18888, 1, 99, TIPC_NODE_SCOPE)", "(1, 18888, 1, 99, 3)");
  row("TIPC socket", AF_TIPC, 0, "(TIPC_ADDR_ID, 5, 6, 0)", "(3, 5, 6, 0, 2)");
  row("TIPC of no kind", AF_TIPC, 0, "(9, 1, 2, 3)", "type: Invalid address type");
  row("TIPC too short", AF_TIPC, 0, "(1, 2)",
      "type: AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])");
  row("CAN", AF_CAN, CAN_RAW, "('lo',)", "('lo',)");
  row("CAN on all", AF_CAN, CAN_RAW, "('',)", "('',)");
  row("CAN by bytes", AF_CAN, CAN_BCM, "(b'lo',)", "('lo',)");
  row("CAN with a long name", AF_CAN, CAN_RAW, "('0123456789abcdef',)", "os: AF_CAN interface name too long");
  row("CAN without a device", AF_CAN, CAN_RAW, "('nosuch0',)", "os: No such device");
  row("CAN with a NUL", AF_CAN, CAN_RAW, "('l\\0o',)", "value: embedded null byte");
  row("CAN with too much", AF_CAN, CAN_RAW, "('lo', 1)",
      "type: AF_CAN address must be a tuple (interface, )");
  row("CAN as text", AF_CAN, CAN_RAW, "'lo'", "type: bind(): AF_CAN address must be tuple, not str");
  row("ISO-TP", AF_CAN, CAN_ISOTP, "('lo', 0x123, 0x80000456)", "('lo', 291, 2147484758)");
  row("ISO-TP too short", AF_CAN, CAN_ISOTP, "('lo', 1)",
      "type: AF_CAN address must be a tuple (interface, rx_addr, tx_addr)");
  row("J1939", AF_CAN, CAN_J1939, "('lo', 18446744073709551615, 0x3ffff, 0xff)",
      "('lo', 18446744073709551615, 262143, 255)");
  row("J1939 with a float", AF_CAN, CAN_J1939, "('lo', 1.5, 0, 0)",
      "type: 'float' object cannot be interpreted as an integer");
  row("CAN of another protocol", AF_CAN, 99, "('lo',)", "os: bind(): unsupported CAN protocol");
  row("algorithm", AF_ALG, 0, "('hash', 'sha256')", "('hash', 'sha256', 0, 0)");
  row("algorithm with features", AF_ALG, 0, "('aead', 'gcm(aes)', 1, 65537)", "('aead', 'gcm(aes)', 1, 1)");
  row("algorithm of a long type", AF_ALG, 0, "('0123456789abcd', 'x')", "value: AF_ALG type too long.");
  row("algorithm of bytes", AF_ALG, 0, "(b'hash', 'sha256')", "type: must be str, not bytes");
  row("another family", AF_APPLETALK, 0, "('x', 1)", "os: bind(): bad family");
}

void TstCallAddresses::goThereAndBack() {
  QFETCH(int, family);
  QFETCH(int, protocol);
  QFETCH(QString, address);
  QFETCH(QString, back);
  QCOMPARE(thereAndBack(family, protocol, address), back);
}

// What another machine would see.
void TstCallAddresses::bytesOfTheNetwork() {
  thereAndBack(AF_INET, 0, u"('1.2.3.4', 0x1234)"_s);
  const std::array<std::uint8_t, 8> wanted{AF_INET, 0, 0x12, 0x34, 1, 2, 3, 4};
  QVERIFY(std::memcmp(lastRead.data(), wanted.data(), wanted.size()) == 0);
}

void TstCallAddresses::anUnknownFamilyShowsItsBytes() {
  sockaddr raw{};
  raw.sa_family = AF_APPLETALK;
  raw.sa_data[0] = 'x';
  QCOMPARE(QString::fromStdString(plainAddressValue(SocketAddress::fromRaw(&raw, sizeof raw)).repr()),
           u"(5, b'x\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00')"_s);
}

QTEST_GUILESS_MAIN(TstCallAddresses)
#include "tst_call_addresses.moc"
