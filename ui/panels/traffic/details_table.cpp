#include "ui/panels/traffic/details_page.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>

#include "ui/models/record_details.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {
constexpr int kRowSpacing = 4;    // pixels
constexpr int kNameSpacing = 18;  // between a name and its value
}  // namespace

DetailsPage::DetailsPage(QWidget* parent) : QTableWidget(0, 2, parent) {
  setObjectName(QStringLiteral("inspectorDetailsView"));
  setAccessibleName(tr("Details of the row"));
  setEditTriggers(NoEditTriggers);
  setSelectionBehavior(SelectRows);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setTabKeyNavigation(false);
  setWordWrap(true);
  horizontalHeader()->hide();
  horizontalHeader()->setStretchLastSection(true);
  verticalHeader()->hide();
  verticalHeader()->setMinimumSectionSize(1);
}

void DetailsPage::setRow(const std::optional<LogRow>& row) {
  const QList<RecordDetail> details = row ? recordDetails(*row) : QList<RecordDetail>();
  setRowCount(0);
  setRowCount(static_cast<int>(details.size()));
  for (int i = 0; i < rowCount(); ++i) {
    auto* name = new QTableWidgetItem(details[i].name);
    name->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
    setItem(i, 0, name);
    auto* value = new QTableWidgetItem(details[i].value);
    value->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
    setItem(i, 1, value);
  }
  setColumnWidth(0, sizeHintForColumn(0) + kNameSpacing);
  paintNames();
  fitRows();
}

void DetailsPage::paintNames() {
  for (int i = 0; i < rowCount(); ++i) {
    item(i, 0)->setForeground(theme::color(theme::Role::dim));
  }
}

void DetailsPage::changeEvent(QEvent* event) {
  QTableWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) {
    paintNames();
  }
}

// A dozen rows at most, as high as their wrapped text (and not as a header's, which is hidden).
void DetailsPage::fitRows() {
  for (int i = 0; i < rowCount(); ++i) {
    setRowHeight(i, sizeHintForRow(i) + kRowSpacing);
  }
}

void DetailsPage::resizeEvent(QResizeEvent* event) {
  QTableWidget::resizeEvent(event);
  fitRows();
}

void DetailsPage::keyPressEvent(QKeyEvent* event) {
  if (!event->matches(QKeySequence::Copy)) {
    QTableWidget::keyPressEvent(event);
    return;
  }
  QStringList lines;
  for (int i = 0; i < rowCount(); ++i) {
    if (selectionModel()->isRowSelected(i)) {
      lines.append(item(i, 0)->text() + u'\t' + item(i, 1)->text());
    }
  }
  QApplication::clipboard()->setText(lines.join(u'\n'));
}

}  // namespace sockbench::ui
