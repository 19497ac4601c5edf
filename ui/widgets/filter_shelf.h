// FilterShelf: the saved and the recent filters, in a small window that opens under the filter's line and
// closes when one is taken. Saving, renaming and removing happen in it. Thread: gui.
//
// Object names: "trafficFilterShelf", "trafficFilterList", "trafficFilterNameEdit",
// "trafficFilterSaveButton", "trafficFilterRenameButton", "trafficFilterRemoveButton".
#pragma once

#include <QFrame>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace sockbench::ui {

class FilterStore;

class FilterShelf : public QFrame {
  Q_OBJECT
 public:
  FilterShelf(FilterStore* store, QWidget* parent);  // the store outlives it

  // `current`: what "Save" saves; empty or unreadable text (`canSave` false) cannot be saved.
  void open(const QString& current, bool canSave);

 signals:
  void chosen(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void connectParts();
  void fill();
  void selectFirst();
  void addHeading(const QString& text);
  QTreeWidgetItem* addFilter(const QString& name, const QString& text);
  void take(QTreeWidgetItem* item);
  void save();
  void rename(const QString& from, const QString& to);
  void removeCurrent();
  void updateButtons();
  QString currentName() const;  // of the saved one that is selected; else empty

  FilterStore* store_;
  QTreeWidget* list_;
  QLineEdit* name_;
  QPushButton* save_;
  QPushButton* rename_;
  QPushButton* remove_;
  QLabel* note_;  // why a name was not taken
  QString current_;
  bool canSave_ = false;
  bool filling_ = false;
};

}  // namespace sockbench::ui
