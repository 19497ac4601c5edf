// SideSplit: what was found, and beside it tabs about it. Each tab has a share of the width of its own: a
// waterfall wants more room than a list of names. A person moves the border for the tab in front.
// Thread: gui.
#pragma once

#include <QHash>
#include <QSplitter>

class QSettings;
class QTabWidget;

namespace sockbench::ui {

class SideSplit : public QSplitter {
  Q_OBJECT
 public:
  // Takes both. Share of a tab without one of its own: 40 %.
  SideSplit(QWidget* main, QTabWidget* side, QWidget* parent = nullptr);

  void setShare(const QWidget* tab, int percent);  // of the side, 10-90
  int share() const;                               // of the tab in front

  void saveState(QSettings& settings) const;  // the shares, by the tabs' order
  void restoreState(QSettings& settings);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void apply();
  void keep();

  QTabWidget* side_;
  QHash<int, int> shares_;  // by the tab's index
};

}  // namespace sockbench::ui
