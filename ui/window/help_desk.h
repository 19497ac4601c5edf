// HelpDesk: opens Help at the page that is wanted: that of what has the focus, or the one that a widget asks
// for (HelpWanted). The window of Help is made when it is first wanted. Thread: gui.
#pragma once

#include <QObject>
#include <memory>

#include "core/base/ids.h"

class QSettings;
class QWidget;

namespace sockbench::ui {

class EngineBridge;
class HelpWindow;

class HelpDesk : public QObject {
  Q_OBJECT
 public:
  HelpDesk(EngineBridge* bridge, QWidget* window);  // both outlive it; `window`'s widgets may ask
  ~HelpDesk() override;

  void open(const QString& page);  // brings it to the front; see HelpWindow::showPage
  void openForFocus();
  void setSession(SessionId id);                      // whose diagram is drawn
  HelpWindow* window() const { return help_.get(); }  // null before it was first wanted

  // Where the window of Help stood. `settings` outlives this.
  void remember(QSettings* settings);
  void saveState();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  EngineBridge* bridge_;
  QWidget* window_;
  std::unique_ptr<HelpWindow> help_;
  QSettings* settings_ = nullptr;
  SessionId session_;
};

}  // namespace sockbench::ui
