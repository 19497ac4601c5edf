// StateBadge: a session's state as a dot and words, never colour alone. Thread: gui.
#pragma once

#include <QString>
#include <QWidget>

#include "core/engine/session_snapshot.h"

class QLabel;

namespace sockbench::ui {

class ElidedLabel;

// The state in translated words: "half-closed (by the peer)", "closed (by us)", "failed (ECONNREFUSED)".
QString stateText(const SessionSnapshot& session);

class StateBadge : public QWidget {
  Q_OBJECT
 public:
  // `labelName` is the object name of the QLabel with the words ("clientStateLabel").
  explicit StateBadge(const QString& labelName, QWidget* parent = nullptr);
  void setIdle(const QString& remark = {});
  // The words, then `remark` dimmed ("fd 14 · 2 connections"). `words` empty: stateText().
  void setSession(const SessionSnapshot& session, const QString& remark = {}, const QString& words = {});

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void recolor();

  QWidget* dot_ = nullptr;
  QLabel* state_ = nullptr;
  ElidedLabel* remark_ = nullptr;
  SessionState shown_ = SessionState::idle;
};

}  // namespace sockbench::ui
