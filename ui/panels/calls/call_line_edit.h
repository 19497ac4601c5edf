// CallLineEdit: the call as one would write it, on one line, with what is wrong marked where it stands.
// Thread: gui. Object name: "callsLineEdit".
#pragma once

#include <QPlainTextEdit>

#include "ui/widgets/message_history.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {

class CallLineEdit : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit CallLineEdit(QWidget* parent = nullptr);

  void setLine(const QString& line);  // tells nobody; the same line keeps the cursor
  QString line() const;
  void mark(const Error& error);  // in the line; a wave line under what is wrong
  void clearMark();
  void remember();  // the line enters the history, which Up and Down walk through

  QStringList history() const;  // oldest first
  void setHistory(const QStringList& lines);

 signals:
  void lineEdited();     // by a person
  void runKeyPressed();  // Enter, with Ctrl or without

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void insertFromMimeData(const QMimeData* source) override;
  void changeEvent(QEvent* event) override;

 private:
  void recall(const QString& line);
  void showMark();

  MessageHistory history_;
  TextRange mark_;
};

}  // namespace sockbench::ui
