// ScenarioPanel: any number of scenarios, each a page. Thread: gui.
// Object names: those of PageTabs with "scenario", "openScenarioDialog", of the menu "recentScenarioAction".
#pragma once

#include <QStringList>

#include "ui/bridge/engine_bridge.h"
#include "ui/panels/panel.h"

class QMenu;

namespace sockbench::ui {

class PageTabs;
class ScenarioPage;

class ScenarioPanel : public Panel {
  Q_OBJECT
 public:
  static constexpr qsizetype kMostRecent = 10;

  explicit ScenarioPanel(EngineBridge* bridge, QWidget* parent = nullptr);

  void act() override;
  void cancel() override;
  void focusFirst() override;
  int heightWanted() const override { return kHeight; }
  void saveState(QSettings& settings) const override;  // the pages' files, and texts that are not saved
  void restoreState(QSettings& settings) override;     // runs nothing

  const QStringList& recent() const { return recent_; }  // the last one first

 public slots:
  // On a page of its own, or the one that has this file already. It runs nothing.
  void openScenario(const QString& path);
  void newScenario(const QByteArray& text);  // on a page of its own, not saved yet; and shows it
  void askWhich();

 protected:
  void showEvent(QShowEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  static constexpr int kHeight = 470;  // pixels in a window of the usual height

  ScenarioPage* pageAt(int index) const;
  ScenarioPage* currentPage() const;
  ScenarioPage* frontPage();  // the current one, made with the first template if there is none
  ScenarioPage* addPage();
  ScenarioPage* freshPage();  // the current one when nothing was done with it, else a new one; shown
  void closePage(QWidget* page);
  void showTitle(ScenarioPage* page);
  void note(const QString& path);
  void fillRecent(QMenu* menu);

  EngineBridge* bridge_;
  PageTabs* tabs_;
  QStringList recent_;
  const ScenarioPage* warned_ = nullptr;  // its next close throws its changes away
};

}  // namespace sockbench::ui
