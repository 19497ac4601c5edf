// The registry: whole, with names, errors and constants that exist, and the parameters that Python documents.
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <cctype>
#include <cstring>
#include <set>

#include "core/calls/call_names.h"
#include "core/calls/call_registry.h"
#include "core/calls/python/python_call.h"
#include "core/calls/script/call_script.h"

using namespace sockbench;
using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view view) {
  return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

bool isErrno(std::string_view symbol) {
  constexpr int kBeyondEvery = 200;
  for (int number = 1; number < kBeyondEvery; ++number) {
    const char* name = strerrorname_np(number);
    if (name != nullptr && symbol == name) return true;
  }
  return false;
}

bool isErrorSymbol(std::string_view symbol) {
  static const std::set<std::string_view> kHostErrors{"HOST_NOT_FOUND", "TRY_AGAIN", "NO_RECOVERY",
                                                      "NO_DATA"};
  return kHostErrors.contains(symbol) || isErrno(symbol) ||
         (symbol.starts_with("EAI_") && numberOf(symbol).has_value());
}

// What Python's own first line of help says of a call: how many parameters must be given, how many may.
struct Signature {
  std::size_t needed = 0;
  std::size_t optional = 0;
};

Signature ofRegistry(const CallInfo& call) {
  Signature counted;
  for (const CallParameter& parameter : call.parameters)
    ++(parameter.defaultText.empty() ? counted.needed : counted.optional);
  return counted;
}

constexpr auto kSignatures = R"python(
import inspect, re, socket
for owner, target in ((socket.socket, "method"), (socket, "function")):
    for name in dir(owner):
        call = getattr(owner, name)
        if name.startswith("_") or not callable(call) or isinstance(call, type): continue
        try:
            parameters = [p for p in inspect.signature(call).parameters.values() if p.name != "self"]
            needed = sum(p.default is p.empty for p in parameters)
            print(target, name, needed, len(parameters) - needed)
            continue
        except ValueError:
            pass
        found = re.match(name + r"\((.*?)\)(?: |$|\n)", call.__doc__ or "")
        if not found: continue
        depth = needed = optional = 0
        for word in re.findall(r"[\[\]]|[^\[\], ][^\[\],]*", found[1]):
            if word == "[": depth += 1
            elif word == "]": depth -= 1
            elif depth: optional += 1
            else: needed += 1
        print(target, name, needed, optional)
)python";

}  // namespace

class CallRegistryTest : public QObject {
  Q_OBJECT
 private slots:
  void namesAreUnique();
  void findsEachCall();
  void everyCall_data();
  void everyCall();
  void hasWhatIsPromised_data();
  void hasWhatIsPromised();
  void takesAsManyParametersAsPython();
  void everyCallHasABodyAndEveryBodyACall();
};

void CallRegistryTest::namesAreUnique() {
  std::set<std::pair<CallTarget, std::string_view>> seen;
  for (const CallInfo& call : callRegistry())
    QVERIFY2(seen.emplace(call.target, call.name).second, qPrintable(text(call.name)));
}

void CallRegistryTest::findsEachCall() {
  for (const CallInfo& call : callRegistry()) QCOMPARE(findCall(call.target, call.name), &call);
  QCOMPARE(findCall(CallTarget::function, "bind"), nullptr);
  QCOMPARE(findCall(CallTarget::socketMethod, "getaddrinfo"), nullptr);
  QCOMPARE(findCall(CallTarget::function, ""), nullptr);
}

void CallRegistryTest::everyCall_data() {
  QTest::addColumn<const CallInfo*>("call");
  for (const CallInfo& call : callRegistry()) QTest::newRow(text(call.name).toLatin1()) << &call;
}

void CallRegistryTest::everyCall() {
  QFETCH(const CallInfo*, call);
  static const std::set<std::string_view> kLesson{"Make",    "Name", "Connect", "Send",   "Receive",
                                                  "Options", "Wait", "Look up", "Convert"};
  QVERIFY(kLesson.contains(call->group));
  static const QRegularExpression pages(u"^\\w+\\([237]\\)(, \\w+\\([237]\\))*$"_s);
  QVERIFY2(pages.match(text(call->manPage)).hasMatch(), qPrintable(text(call->manPage)));
  for (const auto sentence : {call->summary, call->returns})
    QVERIFY2(sentence.ends_with('.') && std::islower(sentence.front()) == 0, qPrintable(text(sentence)));

  std::set<std::string_view> names;
  for (const CallParameter& parameter : call->parameters) {
    QVERIFY(names.insert(parameter.name).second);
    QVERIFY2(parameter.meaning.ends_with('.'), qPrintable(text(parameter.name)));
    if (parameter.names != NameGroup::none) QVERIFY(!namesOf(parameter.names).empty());
    if (parameter.defaultText.empty()) continue;
    const auto line = parseCallLine("x = " + std::string(parameter.defaultText));
    QVERIFY2(line, qPrintable(text(parameter.defaultText)));
    if (line->value.kind == CallExpression::Kind::name) QVERIFY(numberOf(line->value.name));
  }
  std::set<std::string_view> symbols;
  for (const CallErrorNote& error : call->errors) {
    QVERIFY2(symbols.insert(error.symbol).second, qPrintable(u"twice: "_s + text(error.symbol)));
    QVERIFY2(isErrorSymbol(error.symbol), qPrintable(text(error.symbol)));
    QVERIFY2(error.meaning.ends_with('.'), qPrintable(text(error.symbol)));
  }
}

void CallRegistryTest::hasWhatIsPromised_data() {
  QTest::addColumn<CallTarget>("target");
  QTest::addColumn<QByteArrayList>("names");
  QTest::newRow("methods")
      << CallTarget::socketMethod
      << QByteArray(
             "dup bind listen accept accept4 connect connect_ex close detach shutdown fileno "
             "getpeername getsockname getsockopt setsockopt setblocking getblocking settimeout "
             "gettimeout send sendall sendto sendmsg sendfile recv recvfrom recv_into "
             "recvfrom_into recvmsg ioctl")
             .split(' ');
  QTest::newRow("functions")
      << CallTarget::function
      << QByteArray(
             "socket socketpair fromfd send_fds recv_fds getdefaulttimeout setdefaulttimeout poll inet_aton "
             "inet_ntoa "
             "inet_pton "
             "inet_ntop getaddrinfo getnameinfo gethostbyname gethostbyname_ex gethostbyaddr getservbyname "
             "getservbyport getprotobyname getprotobynumber gethostname if_nameindex if_nametoindex "
             "if_indextoname htons htonl ntohs ntohl CMSG_LEN CMSG_SPACE")
             .split(' ');
}

void CallRegistryTest::hasWhatIsPromised() {
  QFETCH(CallTarget, target);
  QFETCH(QByteArrayList, names);
  for (const QByteArray& name : names)
    QVERIFY2(findCall(target, name.toStdString()) != nullptr, name.constData());
}

void CallRegistryTest::takesAsManyParametersAsPython() {
  QProcess python;
  python.start(u"python3"_s, {u"-c"_s, QString::fromLatin1(kSignatures)});
  if (!python.waitForStarted()) QSKIP("python3 is not installed");
  QVERIFY(python.waitForFinished());
  // Its help names one of three forms; the last has a length besides.
  const std::set<std::string> kOtherForms{"setsockopt"};
  int compared = 0;
  for (const QByteArray& line : python.readAllStandardOutput().split('\n')) {
    const auto words = line.split(' ');
    if (words.size() != 4 || kOtherForms.contains(words[1].toStdString())) continue;
    const auto target = words[0] == "method" ? CallTarget::socketMethod : CallTarget::function;
    const CallInfo* call = findCall(target, words[1].toStdString());
    if (call == nullptr) continue;
    QVERIFY2(!call->extension, line.constData());
    const auto [needed, optional] = ofRegistry(*call);
    QVERIFY2(words[2].toULongLong() == needed && words[3].toULongLong() == optional, line.constData());
    ++compared;
  }
  QVERIFY2(compared > 45, qPrintable(QString::number(compared)));
}

void CallRegistryTest::everyCallHasABodyAndEveryBodyACall() {
  for (const CallInfo& call : callRegistry()) {
    const CallRow* row = findCallRow(call.target, call.name);
    QVERIFY2(row != nullptr && row->body != nullptr, qPrintable(text(call.name)));
    const auto [needed, optional] = ofRegistry(call);
    QVERIFY2(row->most == needed + optional, qPrintable(text(call.name)));
    if (call.name != "sendto") QVERIFY2(row->least == needed, qPrintable(text(call.name)));
  }
  for (const CallRow& row : callRows())
    QVERIFY2(findCall(row.target, row.name) != nullptr, qPrintable(text(row.name)));
}

QTEST_GUILESS_MAIN(CallRegistryTest)
#include "tst_call_registry.moc"
