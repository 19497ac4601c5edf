// HexPane: a HexView, and a line under it that says where the cursor is and how much is selected, and takes
// an offset to go to (Ctrl+G). Thread: gui.
//
// Object names: `prefix` + "HexView", "HexStatus", "GoToButton", "GoToEdit",
// "CopyButton".
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace sockbench::ui {

class ElidedLabel;
class HexView;
class InlineMessage;

class HexPane : public QWidget {
  Q_OBJECT
 public:
  // `title` is what assistive tools call the bytes.
  HexPane(const QString& prefix, const QString& title, QWidget* parent = nullptr);

  HexView* view() const { return view_; }
  QWidget* bar() const { return bar_; }  // the line: another place may take it
  void setBarWidth(int pixels);          // what it may take there: the status gives way
  void askOffset();                      // opens the field and puts the cursor into it

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void makeBar(const QString& prefix);
  void showStatus();
  void fitStatus();
  void goTo();
  void closeField();

  HexView* view_;
  InlineMessage* message_;  // why bytes were not saved
  QWidget* bar_ = nullptr;
  int barWidth_ = QWIDGETSIZE_MAX;
  ElidedLabel* status_;
  QToolButton* button_;
  QToolButton* copy_;
  QLineEdit* field_;
};

// "Byte 18 (0x12) of 1,448", "Bytes 18-22 (0x12-0x16): 5 of 1,448", or how many there are.
QString hexStatusText(const HexView& view);

}  // namespace sockbench::ui
