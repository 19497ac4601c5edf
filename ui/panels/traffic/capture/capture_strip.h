// CaptureStrip: what a capture is doing, in one line over the timeline: where to, how much, and how it ended.
// Hidden before the first one. Thread: gui.
//
// Object names: "captureLabel", "captureStopButton", "captureMessage", "captureDismissButton".
#pragma once

#include <QWidget>

#include "core/base/error.h"

class QLabel;
class QToolButton;

namespace sockbench::ui {

class CaptureBridge;
class InlineMessage;

class CaptureStrip : public QWidget {
  Q_OBJECT
 public:
  explicit CaptureStrip(CaptureBridge* capture, QWidget* parent = nullptr);  // the bridge outlives it

  void showRefusal(const Error& error);  // it did not even begin

 signals:
  void told();  // it says something that a person is to see

 private:
  void follow();
  void showEnd();
  QString programEnd(const QString& target, const QString& amount) const;
  void showLine(const QString& text, bool running);
  void dismiss();

  CaptureBridge* capture_;
  QWidget* line_;
  QLabel* dot_;
  QLabel* label_;
  QToolButton* stop_;
  QToolButton* dismiss_;
  InlineMessage* message_;
};

}  // namespace sockbench::ui
