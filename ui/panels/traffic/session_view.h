// SessionView: a session as it stands, with what the kernel says of its socket. While it is in sight and the
// session open, it asks once a second; else no timer runs. Thread: gui.
// Object name: "detailsSessionTable".
#pragma once

#include <QTimer>
#include <QWidget>
#include <chrono>
#include <optional>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class DetailsTable;
class EngineBridge;

class SessionView : public QWidget {
  Q_OBJECT
 public:
  static constexpr std::chrono::milliseconds kTick{1000};

  explicit SessionView(EngineBridge* bridge, QWidget* parent = nullptr);  // the bridge outlives it

  void setSession(SessionId id);  // 0: none
  void focusTable();

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;

 private:
  void follow(const QList<SessionSnapshot>& sessions);
  void show(const std::optional<SessionSnapshot>& session);
  void updateTicks();

  EngineBridge* bridge_;
  DetailsTable* table_;
  QTimer ticks_;
  SessionId session_;
  bool open_ = false;
  bool seen_ = false;  // somebody looks
};

}  // namespace sockbench::ui
