// PageTabs: pages of which one is seen, under a strip of closable tabs and a "+". Each tab carries a state's
// dot and a short title. Thread: gui.
//
// Object names are `prefix` + "PageTabs" (the QTabBar) and "NewPageButton".
#pragma once

#include <QWidget>

#include "core/engine/session_snapshot.h"

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace sockbench::ui {

class PageTabs : public QWidget {
  Q_OBJECT
 public:
  explicit PageTabs(const QString& prefix, QWidget* parent = nullptr);

  void addPage(QWidget* page);     // takes ownership; does not show it
  void removePage(QWidget* page);  // gives ownership back to the caller
  // Title of `page`; everything is plain text. A "&" stands for itself.
  void setTitle(QWidget* page, const QString& title, SessionState state, const QString& toolTip);

  int count() const;
  QWidget* page(int index) const;  // nullptr when there is none
  QWidget* current() const;
  void setCurrent(QWidget* page);
  void setNewPageText(const QString& toolTip);

 signals:
  void currentChanged(QWidget* page);
  void closeRequested(QWidget* page);
  void newPageRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void refreshDots();
  QTabBar* bar_;
  QStackedWidget* stack_;
  QToolButton* newPage_;
};

// A dot as states are drawn: filled while a session is open, a ring otherwise, in the colour of the state.
QIcon stateDot(SessionState state, qreal devicePixelRatio);

}  // namespace sockbench::ui
