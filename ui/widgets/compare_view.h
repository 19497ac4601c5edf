// CompareView: two pieces of bytes side by side, what differs marked in both, scrolled and selected in step.
// Thread: gui.
//
// Alt+Down and Alt+Up go from difference to difference. What is compared is worked out off this thread.
// Object names: `prefix` + "LeftHexView", "RightHexView", "LeftTitle", "RightTitle", "Summary",
// "PreviousButton", "NextButton", "ShiftSpin".
#pragma once

#include <QWidget>
#include <array>
#include <atomic>
#include <memory>
#include <optional>

#include "core/traffic/traffic_log.h"
#include "ui/models/byte_comparison.h"

class QSpinBox;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;
class HexView;

class CompareView : public QWidget {
  Q_OBJECT
 public:
  CompareView(const QString& prefix, QWidget* parent = nullptr);
  ~CompareView() override;

  struct Side {
    QString title;  // plain text, safe to show
    PinnedBytes bytes;
  };
  void setSides(const Side& left, const Side& right);  // held until the next call; the shift goes back to 0

  void setNothing(const QString& why);  // there is nothing to compare

  // Byte p of the left stands beside byte p + shift of the right.
  void setShift(int shift);
  void goToDifference(bool forward);  // from the cursor on; around the end

  bool isComparing() const { return running_ != nullptr; }
  const ByteComparison& found() const { return found_; }

 signals:
  void compared();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Pane {
    ElidedLabel* title;
    HexView* view;
  };
  QWidget* makeBar(const QString& prefix);
  Pane makePane(const QString& prefix, const QString& title, QWidget* parent);
  QToolButton* makeButton(const QString& name, const QString& text, const QString& toolTip, bool forward);
  qsizetype lengthOf(const Pane& pane) const;
  void compare();
  void take(const ByteComparison& found);
  void align();
  void evenOut();
  void follow(bool left);
  void leaveDifference();
  std::size_t nextFromCursor(bool forward) const;
  void mark();
  QString summary() const;

  std::array<Pane, 2> panes_{};
  ElidedLabel* summary_;
  QToolButton* previous_;
  QToolButton* next_;
  QSpinBox* shift_;
  ByteComparison found_;
  std::optional<std::size_t> current_;  // of found_.ranges
  std::shared_ptr<std::atomic_bool> running_;
  bool following_ = false;  // one side selects what the other has
  bool going_ = false;      // to a difference, which stays the current one
};

}  // namespace sockbench::ui
