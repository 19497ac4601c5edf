// SessionTools: what a page of the Server or the Client panel offers under its table: sending, and beside it
// answers, files, misbehaviour, each a tab. With one tool alone no tabs are seen. Thread: gui.
//
// Object name: `prefix` + "Tools".
#pragma once

#include <QTabWidget>

namespace sockbench::ui {

class SessionTools : public QTabWidget {
  Q_OBJECT
 public:
  explicit SessionTools(const QString& prefix, QWidget* parent = nullptr);

  // Takes ownership. `title` may have a "&" for its key. A tool other than the first scrolls where the page
  // is too low for it: it does not make the tools higher than the first one is.
  void addTool(QWidget* tool, const QString& title, const QString& toolTip = {});
  void show(QWidget* tool);                              // brings it to the front
  void setRemark(QWidget* tool, const QString& remark);  // behind its title: "3 on"; empty: none
  QWidget* current() const;
};

}  // namespace sockbench::ui
