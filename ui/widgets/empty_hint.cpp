#include "ui/widgets/empty_hint.h"

#include <QAbstractItemView>
#include <QEvent>

namespace sockbench::ui {

EmptyHint::EmptyHint(QAbstractItemView* view) : QLabel(view->viewport()), view_(view) {
  setTextFormat(Qt::PlainText);
  setProperty("dim", true);
  setAlignment(Qt::AlignCenter);
  setWordWrap(true);
  setMargin(8);
  setAttribute(Qt::WA_TransparentForMouseEvents);
  view->viewport()->installEventFilter(this);
  setGeometry(view->viewport()->rect());
}

void EmptyHint::setHint(const QString& text) {
  if (text == this->text()) return;
  setText(text);
  view_->setAccessibleDescription(text);
}

void EmptyHint::follow(QAbstractItemModel* model) {
  if (model_) model_->disconnect(this);
  model_ = model;
  if (model) {
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
  }
  refresh();
}

void EmptyHint::refresh() {
  setVisible(!model_ || model_->rowCount() == 0);
}

bool EmptyHint::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) setGeometry(view_->viewport()->rect());
  return QLabel::eventFilter(watched, event);
}

}  // namespace sockbench::ui
