// `sockbench`: the window.
#include <QApplication>
#include <QSettings>
#include <QTimer>
#include <cstdio>

#include "app/gui/first_paint.h"
#include "app/gui/options.h"
#include "app/gui/quiet_platform.h"
#include "app/gui/screenshot.h"
#include "app/gui/stop_signals.h"
#include "app/gui/tour_run.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/widgets/english_plurals.h"
#include "ui/window/instance_link.h"
#include "ui/window/main_window.h"

namespace {

using namespace sockbench;

bool hasDisplay() {
  return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
         !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

// Without a display Qt would abort. The tour needs no eye; anything else is told why it cannot be.
bool makeDisplay(const gui::Options& options, bool platformGiven) {
  if (hasDisplay() || platformGiven) return true;
  if (options.tour) {
    std::fputs("sockbench: no display (DISPLAY and WAYLAND_DISPLAY are empty); playing off-screen\n", stderr);
    return qputenv("QT_QPA_PLATFORM", "offscreen");
  }
  std::fputs(
      "sockbench: no display: DISPLAY and WAYLAND_DISPLAY are empty. The tour plays without one: "
      "sockbench --tour --screenshot FILE\n",
      stderr);
  return false;
}

QString displayName() {
  return QGuiApplication::platformName() + QLatin1Char('|') + qEnvironmentVariable("DISPLAY") +
         QLatin1Char('|') + qEnvironmentVariable("WAYLAND_DISPLAY");
}

// True when a running window took the endpoints, or else from now on others may hand over theirs to this one.
bool handedOver(ui::InstanceLink& link, const gui::Options& options) {
  using HandOver = ui::InstanceLink::HandOver;
  if (!options.newWindow && link.handOver(options.endpoints) == HandOver::taken) return true;
  // Of two that start together, the slower one finds the other listening here.
  return !link.serve() && !options.newWindow && link.handOver(options.endpoints) == HandOver::taken;
}

int runWindow(const gui::Options& options, QSettings& settings) {
  ui::InstanceLink link(options.screenshot.empty() ? ui::InstanceLink::placeFor(displayName()) : QString());
  if (handedOver(link, options)) return 0;

  ui::EngineBridge bridge;
  // While the window is put together no style sheet holds: each widget that is given a parent would be
  // polished anew, with all that is in it.
  const QString styleSheet = qApp->styleSheet();
  qApp->setStyleSheet({});
  ui::MainWindow window(&bridge);
  qApp->setStyleSheet(styleSheet);
  window.remember(&settings);
  QObject::connect(&link, &ui::InstanceLink::requested, &window, [&window](const ui::LaunchRequest& request) {
    window.open(request);
    window.raiseToFront();
  });
  gui::StopSignals stop;
  QObject::connect(&stop, &gui::StopSignals::requested, &window, [&window] {
    window.closeAtOnce();
    QApplication::closeAllWindows();
  });
  if (options.exitAfterPaint) gui::exitAfterPaint(window);
  window.show();
  window.open(options.endpoints);

  int status = 0;
  if (!options.screenshot.empty()) {
    // What the sockets were asked for has been done and painted by then.
    QTimer::singleShot(std::chrono::seconds(1), &window, [&] {
      status = gui::saveScreenshot(window, options.screenshot) ? 0 : 1;
      QCoreApplication::quit();
    });
  }
  const int result = QApplication::exec();
  return result != 0 ? result : status;
}

}  // namespace

int main(int argc, char** argv) {
  const auto parsed = gui::parseOptions(argc, argv);
  if (const int* status = std::get_if<int>(&parsed)) return *status;
  const auto& options = std::get<gui::Options>(parsed);
  if (!makeDisplay(options, gui::namesPlatform(argc, argv))) return 1;

  gui::quietPlatform();
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("Sockbench"));
  QCoreApplication::setApplicationName(QStringLiteral("sockbench"));
  QCoreApplication::setApplicationVersion(QStringLiteral(SOCKBENCH_VERSION));
  QGuiApplication::setDesktopFileName(QStringLiteral("org.sockbench.Sockbench"));
  ui::EnglishPlurals plurals;
  QCoreApplication::installTranslator(&plurals);
  QSettings settings;
  const auto fallback = options.tour ? ui::theme::Mode::light : ui::MainWindow::rememberedTheme(settings);
  ui::theme::apply(application, options.theme.value_or(fallback));
  return options.tour ? gui::runTour(options.screenshot) : runWindow(options, settings);
}
