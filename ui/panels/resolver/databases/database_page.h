// DatabasePage: one of the system's tables, services or protocols, searchable as a whole, with the exact
// answer of the C library to what was typed. Thread: gui.
#pragma once

#include <functional>

#include "core/base/error.h"
#include "ui/panels/panel.h"
#include "ui/panels/resolver/grouped_rows_model.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;
class QSortFilterProxyModel;
class QTableView;

namespace sockbench::ui {

class DatabasePage : public Panel {
  Q_OBJECT
 public:
  // What the page asks; the functions may block and are called on other threads.
  struct Source {
    QString name;   // "resolverService": begins the names of the page's parts
    QString title;  // of the edit, for assistive tools
    QString placeholder;
    QStringList columns;
    QList<int> numbers;       // columns of numbers; the first is what an entry is known by
    QList<int> names;         // columns of names, one or several with commas
    QList<int> widths;        // of the first columns, in characters
    QStringList protocols;    // to choose from; empty: no such choice
    int protocolColumn = -1;  // of the table, that the choice filters
    std::function<QList<TextRow>()> all;
    std::function<Result<TextRow>(QString text, QString protocol)> find;
    std::function<QString(const TextRow&)> words;  // the answer in a sentence
    // What is to be said of a number besides, or of what was typed and is unknown. "" : nothing.
    std::function<QString(const QString& number)> note;
  };

  explicit DatabasePage(Source source, QWidget* parent = nullptr);

  void act() override;  // reads the table again
  void cancel() override {}
  void focusFirst() override;
  void saveState(QSettings& settings) const override;
  void restoreState(QSettings& settings) override;

 protected:
  void showEvent(QShowEvent* event) override;  // reads the table the first time

 private:
  void arrange();
  void ask();
  void showAnswer(const QString& asked, const Result<TextRow>& answer);
  QString protocol() const;

  Source source_;
  GroupedRowsModel* model_;
  QSortFilterProxyModel* shown_;
  QLineEdit* edit_;
  QComboBox* protocolBox_;
  QLabel* answer_;
  QTableView* table_;
  bool read_ = false;
};

// The two pages of the Resolver.
DatabasePage* makeServicePage(QWidget* parent);
DatabasePage* makeProtocolPage(QWidget* parent);

}  // namespace sockbench::ui
