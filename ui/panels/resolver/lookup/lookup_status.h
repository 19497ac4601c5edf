// LookupStatus: how far a look-up is, or how it ended, in one line with a bar. Thread: gui.
// Object names: "resolverStatusLabel", "resolverProgressBar".
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QProgressBar;

namespace sockbench::ui {

class LookupResults;

class LookupStatus : public QWidget {
  Q_OBJECT
 public:
  explicit LookupStatus(const LookupResults* results, QWidget* parent = nullptr);  // it outlives this

  void add(QWidget* widget);  // at the end of the line

 private:
  void follow();
  void end();
  void show(const QString& text, bool fault);

  const LookupResults* results_;
  QHBoxLayout* row_;
  QLabel* label_;
  QProgressBar* bar_;
};

}  // namespace sockbench::ui
