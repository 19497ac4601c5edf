// FieldCompletion: offers the fields of a message, and the variables there are, once "{{" has been typed.
// Thread: gui.
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>

class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace sockbench::ui {

class FieldCompletion : public QObject {
  Q_OBJECT
 public:
  // `edit` owns it. Object name of the list: "fieldOffers".
  explicit FieldCompletion(QPlainTextEdit* edit);

  void setVariables(std::function<QStringList()> variables) { variables_ = std::move(variables); }
  void offer();  // after typing: opens the list where a field's name is being typed, else closes it
  bool isOpen() const;

 private:
  void insertOffer(const QString& name);

  QPlainTextEdit* edit_;
  QCompleter* completer_;
  QStandardItemModel* offers_;
  std::function<QStringList()> variables_;
  int typed_ = 0;  // characters of the name so far
};

}  // namespace sockbench::ui
