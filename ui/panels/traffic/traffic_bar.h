// TrafficBar: the controls over the timeline. In a narrow window its buttons are icons, and the filter keeps
// its room. Thread: gui.
//
// Object names: "trafficOnlySessionBox", "trafficFilterEdit", "trafficFilterMenuButton", "trafficCountLabel",
// "trafficInspectButton", "trafficPauseButton", "trafficFollowButton", "trafficClearButton",
// "trafficMoreButton".
#pragma once

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;

namespace sockbench::ui {

class FilterEdit;

class TrafficBar : public QWidget {
  Q_OBJECT
 public:
  explicit TrafficBar(QWidget* parent = nullptr);

  QComboBox* onlySession() const { return onlySession_; }
  FilterEdit* filter() const { return filter_; }
  QToolButton* shelf() const { return shelf_; }  // the saved and the recent filters
  QToolButton* inspect() const { return inspect_; }
  QToolButton* pause() const { return pause_; }
  QToolButton* follow() const { return follow_; }
  QToolButton* clear() const { return clear_; }
  // The menu behind "trafficMoreButton", for what has no button; without an action the button is not shown.
  QMenu* more() const { return more_; }
  QWidget* last() const;  // in the order of the Tab key

  // `brief` is shown where there is little room.
  void setCount(const QString& text, const QString& brief);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QToolButton* makeButton(const char* name, const char* icon, const QString& text, const QString& toolTip);
  void makeSessionBox();
  void makeButtons();
  void arrange();
  void fit();

  QLabel* title_;
  QComboBox* onlySession_;
  FilterEdit* filter_;
  QToolButton* shelf_ = nullptr;
  QLabel* count_;
  QToolButton* inspect_ = nullptr;
  QToolButton* pause_ = nullptr;
  QToolButton* follow_ = nullptr;
  QToolButton* clear_ = nullptr;
  QToolButton* moreButton_ = nullptr;
  QMenu* more_;
  QString countText_;
  QString briefCount_;
};

}  // namespace sockbench::ui
