// A person at the window: keys and clicks on its widgets, found by their object names.
#pragma once

#include <QApplication>
#include <QInputMethodEvent>
#include <QTest>
#include <vector>

#include "ui/bridge/engine_bridge.h"
#include "ui/window/main_window.h"
#include "ui/window/visible_child.h"

namespace sockbench::ui {

class WindowDriver {
 public:
  explicit WindowDriver(QWidget* window) : window_(window) {}

  template <class Kind = QWidget>
  Kind* find(const char* name) const {
    return visibleChild<Kind>(window_, QString::fromLatin1(name));
  }

  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
    QWidget* focus = window_->focusWidget();
    QTest::keyClick(focus != nullptr ? focus : window_, key, modifiers);
  }

  // Over what stood there. False: no such field.
  bool type(const char* name, const QString& text) const {
    QWidget* edit = find(name);
    if (edit == nullptr) return false;
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    const bool isAscii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 128; });
    if (isAscii) {
      QTest::keyClicks(edit, text);
    } else {
      QInputMethodEvent event;  // what an input method does
      event.setCommitString(text);
      QApplication::sendEvent(edit, &event);
    }
    return true;
  }

  bool click(const char* name) const {
    QWidget* button = find(name);
    if (button == nullptr || !button->isEnabled()) return false;
    QTest::mouseClick(button, Qt::LeftButton);
    return true;
  }

 private:
  QWidget* window_;
};

// The sessions of one role, by id.
inline std::vector<SessionSnapshot> sessionsOf(const EngineBridge& bridge, SessionRole role) {
  std::vector<SessionSnapshot> found;
  for (const SessionSnapshot& session : bridge.snapshots()) {
    if (session.role == role) found.push_back(session);
  }
  return found;
}

// The newest of a role, or an empty one.
inline SessionSnapshot newest(const EngineBridge& bridge, SessionRole role) {
  const auto sessions = sessionsOf(bridge, role);
  return sessions.empty() ? SessionSnapshot{} : sessions.back();
}

}  // namespace sockbench::ui
