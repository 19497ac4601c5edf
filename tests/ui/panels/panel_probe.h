// What a person sees of a panel of pages: the visible widget of a name.
#pragma once

#include <QApplication>
#include <QTest>
#include <QWidget>

namespace sockbench::ui {

template <class T>
T* visible(const QWidget& root, const char* name) {
  for (T* widget : root.findChildren<T*>(QString::fromLatin1(name))) {
    if (widget->isVisible()) return widget;
  }
  return nullptr;
}

inline bool isMarkedWrong(const QWidget* field) {
  return field && field->property("invalid").toBool();
}

// The offscreen platform activates no window by itself, and without one nothing has the focus.
inline void showActive(QWidget& panel, QSize size = {1053, 420}) {
  panel.resize(size);
  panel.show();
  panel.activateWindow();
  QVERIFY(QTest::qWaitForWindowExposed(&panel));
}

}  // namespace sockbench::ui
