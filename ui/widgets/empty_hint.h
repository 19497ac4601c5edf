// EmptyHint: what will stand in a table, said dimmed in its middle as long as nothing does. Thread: gui.
#pragma once

#include <QLabel>
#include <QPointer>

class QAbstractItemModel;
class QAbstractItemView;

namespace sockbench::ui {

class EmptyHint : public QLabel {
  Q_OBJECT
 public:
  explicit EmptyHint(QAbstractItemView* view);  // its viewport becomes the parent
  void setHint(const QString& text);            // plain text
  void follow(QAbstractItemModel* model);       // the model that the view shows; none: it is empty

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void refresh();
  QAbstractItemView* view_;
  QPointer<QAbstractItemModel> model_;
};

}  // namespace sockbench::ui
