#include "ui/widgets/traffic_empty_hint.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/models/traffic_model.h"

namespace sockbench::ui {
namespace {

QString whyEmpty(const TrafficModel& model) {
  if (model.isSearching()) return TrafficEmptyHint::tr("Looking through the rows\u2026");
  if (model.filter() == nullptr)
    return model.onlySession() ? TrafficEmptyHint::tr("Nothing of this session yet.")
                               : TrafficEmptyHint::tr("Nothing yet. What the sockets do will stand here.");
  return model.onlySession() ? TrafficEmptyHint::tr("No row of this session passes the filter.")
                             : TrafficEmptyHint::tr("No row passes this filter.");
}

}  // namespace

TrafficEmptyHint::TrafficEmptyHint(QTableView* table)
    : QWidget(table->viewport()),
      table_(table),
      label_(new QLabel(this)),
      clear_(new QPushButton(tr("Clear the filter"), this)) {
  setFont(QApplication::font());  // the table's is for bytes
  label_->setTextFormat(Qt::PlainText);
  label_->setProperty("dim", true);
  label_->setAlignment(Qt::AlignCenter);
  label_->setWordWrap(true);
  clear_->setObjectName(QStringLiteral("trafficClearFilterButton"));
  clear_->setAccessibleName(tr("Clear the filter and show all rows"));
  connect(clear_, &QPushButton::clicked, this, &TrafficEmptyHint::filterClearRequested);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 2, 16, 2);
  column->setSpacing(6);
  column->addStretch(1);
  column->addWidget(label_);
  column->addWidget(clear_, 0, Qt::AlignHCenter);
  column->addStretch(1);
  table->viewport()->installEventFilter(this);
  setGeometry(table->viewport()->rect());
  hide();
}

void TrafficEmptyHint::showFor(const TrafficModel& model) {
  const bool empty = model.rowCount() == 0;
  setVisible(empty);
  if (!empty) return;
  const QString text = whyEmpty(model);
  clear_->setVisible(model.filter() != nullptr && !model.isSearching());
  if (text == label_->text()) return;
  label_->setText(text);
  table_->setAccessibleDescription(text);
}

bool TrafficEmptyHint::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) setGeometry(table_->viewport()->rect());
  return QWidget::eventFilter(watched, event);
}

}  // namespace sockbench::ui
