#include "app/gui/tour_run.h"

#include <QApplication>
#include <QGuiApplication>
#include <QTimer>
#include <cstdio>

#include "app/gui/screenshot.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/window/main_job.h"
#include "ui/window/main_window.h"
#include "ui/window/tour.h"

namespace sockbench::gui {
namespace {

constexpr std::chrono::milliseconds kReadingPause{600};

// Nobody reads captions off-screen.
std::chrono::milliseconds pauseHere() {
  const QString platform = QGuiApplication::platformName();
  const bool unseen = platform == QLatin1String("offscreen") || platform == QLatin1String("minimal");
  return unseen ? std::chrono::milliseconds(0) : kReadingPause;
}

void print(const QString& text) {
  std::fputs(text.toUtf8().constData(), stdout);
  std::fflush(stdout);
}

}  // namespace

int runTour(const std::string& screenshot) {
  ui::EngineBridge bridge;
  ui::MainWindow window(&bridge);
  window.show();
  ui::MainJob job(&bridge, &window);
  ui::Tour tour(job.steps(), window.captions(), pauseHere());

  QObject::connect(&tour, &ui::Tour::stepHappened, &tour, [](int number, const QString& caption) {
    print(QStringLiteral("%1. %2\n").arg(number).arg(caption));
  });
  int status = 1;
  QObject::connect(&tour, &ui::Tour::finished, qApp, [&](bool everyStepHappened) {
    print(QLatin1Char('\n') + job.timeline());
    const bool saved = screenshot.empty() || saveScreenshot(window, screenshot);
    if (!everyStepHappened) {
      std::fprintf(stderr, "sockbench: the tour stopped: this did not happen: %s\n",
                   qUtf8Printable(tour.failure()));
    }
    status = everyStepHappened && saved ? 0 : 1;
    QTimer::singleShot(pauseHere() * 3, qApp, &QCoreApplication::quit);
  });
  // A window that is closed while the tour plays ends it.
  QTimer::singleShot(0, &tour, &ui::Tour::start);
  QApplication::exec();
  return status;
}

}  // namespace sockbench::gui
