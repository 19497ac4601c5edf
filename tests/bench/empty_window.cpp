// bench_empty_window: the least that a Qt window can be; what the start of sockbench is measured beside.
#include <QApplication>
#include <QMainWindow>

#include "app/gui/first_paint.h"

int main(int argc, char** argv) {
  const QApplication application(argc, argv);
  QMainWindow window;
  window.resize(1200, 800);
  sockbench::gui::exitAfterPaint(window);
  window.show();
  return QApplication::exec();
}
