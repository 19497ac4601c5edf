// InsertionBar: the lengths and checksums of a message as a line of buttons, each of which opens its form.
// Hidden while there is none. Thread: gui.
//
// Object names: `prefix` + "InsertionBar" (this), "InsertionButton0", "InsertionButton1" ...
#pragma once

#include <QWidget>
#include <vector>

#include "core/payload/message/message.h"

class QToolButton;

namespace sockbench::ui {

class InsertionBar : public QWidget {
  Q_OBJECT
 public:
  explicit InsertionBar(const QString& prefix, QWidget* parent = nullptr);

  const std::vector<Insertion>& insertions() const { return insertions_; }
  void setInsertions(const std::vector<Insertion>& insertions);
  // Behind the others, with the form opened.
  void add(const Insertion& insertion);

 signals:
  void changed();  // by the person

 private:
  void showAll();
  void open(std::size_t index);

  QString prefix_;
  std::vector<Insertion> insertions_;
  std::vector<QToolButton*> buttons_;
};

}  // namespace sockbench::ui
