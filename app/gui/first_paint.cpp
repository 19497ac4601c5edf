#include "app/gui/first_paint.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <cstdio>

namespace sockbench::gui {
namespace {

class FirstPaint : public QObject {
 public:
  explicit FirstPaint(QWidget& window) : QObject(&window), window_(window) {
    QCoreApplication::instance()->installEventFilter(this);
  }

  bool eventFilter(QObject* watched, QEvent* event) override {
    const auto* widget = event->type() == QEvent::Paint ? qobject_cast<QWidget*>(watched) : nullptr;
    if (widget && widget->window() == &window_ && !painted_) {
      painted_ = true;
      // The rest of the window is painted, and all of it shown, before the loop comes to this.
      QTimer::singleShot(0, this, [] {
        std::puts("painted");
        std::fflush(stdout);
        QCoreApplication::quit();
      });
    }
    return false;
  }

 private:
  QWidget& window_;
  bool painted_ = false;
};

}  // namespace

void exitAfterPaint(QWidget& window) {
  new FirstPaint(window);
}

}  // namespace sockbench::gui
