// PagesPanel: a panel of any number of SessionPages. The first is made when it is needed: when the panel is
// shown or told to do something. Closing a page closes what is open on it. Thread: gui.
#pragma once

#include <QList>
#include <QSet>
#include <functional>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/panel.h"
#include "ui/panels/session_page.h"

namespace sockbench::ui {

class PageTabs;

class PagesPanel : public Panel {
  Q_OBJECT
 public:
  // `prefix` begins the object names: "server", "client".
  PagesPanel(EngineBridge* bridge, const QString& prefix, QWidget* parent);

  void act() override;
  void cancel() override;
  void focusFirst() override;
  void saveState(QSettings& settings) const override;  // the inputs of each page
  // Replaces the pages; one on which something is open stays. Starts nothing.
  void restoreState(QSettings& settings) override;
  void makeFirstPage();  // if there is none yet

  bool ownsSession(SessionId id) const;
  void showSession(SessionId id);  // its page, and its row there; unknown ids change nothing
  // What the fields of messages stand for, in every page; refreshFields(): that has changed.
  void setFieldSource(std::function<FieldValues()> source);
  void refreshFields();
  int pageCount() const;
  SessionPage* currentPage() const;  // nullptr before the first

 signals:
  void sessionSelected(sockbench::SessionId id);
  void detailsRequested(sockbench::SessionId id);
  void optionsRequested(sockbench::SessionId id);
  void sentByHand(const sockbench::SentMessage& sent);
  void saveRequested(const sockbench::MessageSpec& message);  // what stands in a composer

 public slots:
  void addNewPage();  // and shows it

 protected:
  virtual SessionPage* makePage() = 0;
  EngineBridge* bridge() const { return bridge_; }
  SessionPage* idlePage();   // the current one when nothing is open on it, else a new one; shown
  SessionPage* freshPage();  // the current one when it was never used, else a new one; shown
  void setNewPageText(const QString& text);
  void showEvent(QShowEvent* event) override;

 private:
  SessionPage* pageAt(int index) const;
  SessionPage* frontPage();  // the current one, made if there is none
  SessionPage* pageOf(SessionId id) const;
  SessionPage* addPage();
  void closePage(QWidget* page);
  void showTitle(SessionPage* page);
  void forgetClosed(const QList<SessionSnapshot>& sessions);

  EngineBridge* bridge_;
  PageTabs* tabs_;
  std::function<FieldValues()> fieldSource_;
  QSet<quint32> leaving_;  // sessions of closed pages, forgotten once they have ended
};

}  // namespace sockbench::ui
