// PageBook: the pages of a panel under one row of tabs. A page is made when it comes to the front for the
// first time, so that a window opens without paying for what nobody looks at. Thread: gui.
#pragma once

#include <QList>
#include <QTabWidget>
#include <functional>

#include "ui/panels/panel.h"

class QSettings;

namespace sockbench::ui {

class PageBook : public QTabWidget {
  Q_OBJECT
 public:
  explicit PageBook(QWidget* parent = nullptr);

  // `make` is called once. `name` is the page's object name and the group of its settings.
  void add(const QString& name, const QString& title, std::function<Panel*()> make);

  Panel* page(int index);  // made if it has not been yet; nullptr where there is none
  Panel* current() { return page(currentIndex()); }
  Panel* bring(
      const QString& name);  // to the front, and answers it; nullptr where there is none of that name

  // Of the pages that have been made. One that has something to remember is made by restoreState().
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 private:
  struct Entry {
    QString name;
    std::function<Panel*()> make;
    Panel* panel = nullptr;
  };

  QList<Entry> entries_;
};

}  // namespace sockbench::ui
