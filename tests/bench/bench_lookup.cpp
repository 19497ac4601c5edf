// bench_lookup: what the window feels of a look-up of many names.
//
// The real look-up page, a thousand names and then ten thousand, each answered with six addresses by a
// getaddrinfo that stands before the C library's and takes no time: how late the event loop is, and how long
// the whole takes.
#include <dlfcn.h>
#include <netdb.h>

#include <QApplication>
#include <QEventLoop>
#include <QPlainTextEdit>
#include <QTimer>
#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

#include "contest.h"
#include "lag_meter.h"
#include "loopback.h"
#include "report.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/panels/resolver/lookup/lookup_page.h"
#include "ui/widgets/theme.h"

namespace {

using namespace bench;
using namespace sockbench;
using std::chrono::milliseconds;

constexpr std::string_view kEnding = ".bench.test";

bool isBenchName(const char* host) {
  return host != nullptr && std::string_view(host).ends_with(kEnding);
}

addrinfo* numericAnswer(const char* address, const char* service, const addrinfo* hints,
                        decltype(&::getaddrinfo) real) {
  addrinfo asked = *hints;
  asked.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  return real(address, service, &asked, &found) == 0 ? found : nullptr;
}

}  // namespace

// Stand before the C library's.
extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints, addrinfo** found) {
  static const auto real = reinterpret_cast<decltype(&::getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  if (!isBenchName(host)) return real(host, service, hints, found);
  *found = numericAnswer("192.0.2.1", service, hints, real);
  if (*found == nullptr) return EAI_NONAME;
  addrinfo* last = *found;
  while (last->ai_next != nullptr) last = last->ai_next;
  last->ai_next = numericAnswer("2001:db8::1", service, hints, real);
  return 0;
}

extern "C" int gethostbyname2_r(const char*, int, hostent*, char*, std::size_t, hostent** found, int* error) {
  *found = nullptr;
  *error = HOST_NOT_FOUND;
  return 0;
}

namespace {

void runFor(milliseconds time) {
  QEventLoop loop;
  QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
  loop.exec();
}

QString names(int count) {
  QString text;
  for (int i = 0; i < count; ++i)
    text += QStringLiteral("host-%1").arg(i) + QLatin1String(kEnding) + QLatin1Char('\n');
  return text;
}

void measure(const Report& report, int count) {
  ui::EngineBridge bridge;
  ui::LookupPage page(&bridge);
  page.resize(1200, 700);
  page.show();
  page.findChild<QPlainTextEdit*>(QStringLiteral("resolverHostEdit"))->setPlainText(names(count));
  runFor(milliseconds(500));
  LagMeter meter;
  const auto start = Clock::now();
  QEventLoop loop;
  QObject::connect(&page, &ui::LookupPage::finished, &loop, &QEventLoop::quit);
  page.act();
  loop.exec();
  const double seconds = secondsSince(start);
  const std::string what = std::to_string(count) + " names: ";
  report.add({.what = what + "event-loop lag, 99th percentile",
              .unit = "ms",
              .ours = {meter.percentile(0.99)},
              .target = valueAtMost(16)});
  report.add({.what = what + "event-loop lag, longest",
              .unit = "ms",
              .ours = {meter.percentile(1)},
              .target = valueAtMost(100)});
  report.add({.what = what + "until all is shown", .unit = "ms", .ours = {seconds * 1000}});
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  QApplication application(argc, argv);
  ui::theme::apply(application, ui::theme::Mode::light);
  const Report report("lookup");
  measure(report, 1'000);
  if (!options.quick) measure(report, 10'000);
  report.note("platform of the window: " + QGuiApplication::platformName().toStdString());
}
