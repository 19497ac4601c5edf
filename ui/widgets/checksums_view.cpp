#include "ui/widgets/checksums_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/models/checksums_model.h"
#include "ui/models/crc_text.h"
#include "ui/models/format.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/table_style.h"

namespace sockbench::ui {
namespace {

constexpr int kNameCharacters = 22;

}  // namespace

ChecksumsView::ChecksumsView(const QString& prefix, QWidget* parent)
    : QWidget(parent),
      model_(new ChecksumsModel(this)),
      filter_(new ChecksumsFilter(this)),
      table_(new QTableView(this)) {
  filter_->setSourceModel(model_);
  makeTable(prefix);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(makeBar(prefix));
  column->addWidget(table_, 1);
  column->addWidget(makeCrcLine(prefix));
  connect(model_, &ChecksumsModel::progressed, this, &ChecksumsView::showProgress);
  connect(model_, &ChecksumsModel::done, this, [this] { showProgress(-1); });
  connect(&crcRun_, &ChecksumRun::finished, this,
          [this](const QList<Bytes>& values) { crcValue_->setText(toQString(toHex(values.first()))); });
  showProgress(-1);
}

void ChecksumsView::makeTable(const QString& prefix) {
  styleTable(table_, prefix + QStringLiteral("ChecksumsTable"), tr("Checksums"));
  table_->setProperty("framed", false);
  table_->setModel(filter_);
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->horizontalHeader()->setStretchLastSection(true);
  setColumnWidths(table_, {kNameCharacters});
  table_->setContextMenuPolicy(Qt::CustomContextMenu);
  table_->installEventFilter(this);
  connect(table_, &QTableView::customContextMenuRequested, this, &ChecksumsView::openMenu);
  connect(table_, &QTableView::activated, this, [this] {
    if (const int row = currentRow(); row >= 0) copyValue(model_->value(row));
  });
}

QWidget* ChecksumsView::makeBar(const QString& prefix) {
  auto* bar = new QWidget(this);
  filterEdit_ = new QLineEdit(bar);
  filterEdit_->setObjectName(prefix + QStringLiteral("ChecksumsFilterEdit"));
  filterEdit_->setAccessibleName(tr("Filter of the checksums"));
  filterEdit_->setPlaceholderText(tr("Name, or a value in hexadecimal"));
  filterEdit_->setClearButtonEnabled(true);
  connect(filterEdit_, &QLineEdit::textChanged, filter_, &ChecksumsFilter::setText);
  progress_ = new QLabel(bar);
  progress_->setObjectName(prefix + QStringLiteral("ChecksumsProgress"));
  progress_->setProperty("dim", true);
  cancel_ = new QToolButton(bar);
  cancel_->setObjectName(prefix + QStringLiteral("ChecksumsCancelButton"));
  cancel_->setText(tr("Cancel"));
  cancel_->setAccessibleName(tr("Stop calculating"));
  connect(cancel_, &QToolButton::clicked, model_, &ChecksumsModel::cancel);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(filterEdit_, 1);
  row->addWidget(progress_);
  row->addWidget(cancel_);
  return bar;
}

QWidget* ChecksumsView::makeCrcLine(const QString& prefix) {
  auto* line = new QWidget(this);
  crcEdit_ = new QLineEdit(line);
  crcEdit_->setObjectName(prefix + QStringLiteral("CrcEdit"));
  crcEdit_->setAccessibleName(tr("A CRC of your own"));
  crcEdit_->setPlaceholderText(tr("A CRC of your own: width=16 poly=0x8005 init=0xffff refin=true\u2026"));
  crcEdit_->setClearButtonEnabled(true);
  crcValue_ = new ElidedLabel(line);
  crcValue_->setObjectName(prefix + QStringLiteral("CrcValue"));
  crcValue_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  crcValue_->hide();
  connect(crcEdit_, &QLineEdit::textChanged, this, &ChecksumsView::calculateCrc);
  auto* column = new QVBoxLayout(line);
  column->setContentsMargins(8, 0, 8, 4);
  column->setSpacing(2);
  column->addWidget(crcEdit_);
  column->addWidget(crcValue_);
  return line;
}

void ChecksumsView::setBytes(const PinnedBytes& bytes) {
  model_->setBytes(bytes);
  calculateCrc();
}

void ChecksumsView::showProgress(int percent) {
  progress_->setVisible(percent >= 0);
  cancel_->setVisible(percent >= 0);
  progress_->setText(tr("%1 %").arg(percent));
}

void ChecksumsView::calculateCrc() {
  crcRun_.cancel();
  clearWrong(crcEdit_);
  const QString text = crcEdit_->text().trimmed();
  crcValue_->setVisible(!text.isEmpty());
  crcValue_->clear();
  if (text.isEmpty()) return;
  const auto crc = parseCrcText(text);
  if (!crc) {
    markWrong(crcEdit_);
    return crcValue_->setText(crc.error());
  }
  std::vector<std::unique_ptr<Checksum>> sums;
  if (auto sum = makeCrc(*crc)) sums.push_back(std::move(*sum));
  crcRun_.start(model_->bytes(), std::move(sums));
  if (crcRun_.isRunning()) crcValue_->setText(tr("Calculating\u2026"));
}

QString ChecksumsView::crcText() const {
  return crcEdit_->text();
}

void ChecksumsView::setCrcText(const QString& text) {
  crcEdit_->setText(text);
}

int ChecksumsView::currentRow() const {
  const QModelIndex index = filter_->mapToSource(table_->currentIndex());
  return index.isValid() ? index.row() : -1;
}

void ChecksumsView::copyValue(const QString& value) {
  if (!value.isEmpty()) QApplication::clipboard()->setText(value);
}

void ChecksumsView::openMenu(const QPoint& place) {
  const int row = currentRow();
  QMenu menu(this);
  const auto add = [&](const char* name, const QString& text, bool enabled, auto act) {
    QAction* action = menu.addAction(text, this, act);
    action->setObjectName(QString::fromLatin1(name));
    action->setEnabled(enabled);
  };
  const QString value = row >= 0 ? model_->value(row) : QString();
  add("checksumCopyValueAction", tr("Copy &value"), !value.isEmpty(), [=, this] { copyValue(value); });
  add("checksumCopyRowsAction", tr("Copy &names and values"), row >= 0, [this] { copySelection(table_); });
  menu.addSeparator();
  const bool crc = row >= 0 && ChecksumsModel::info(row).crc.has_value();
  add("checksumUseCrcAction", tr("&Change its parameters below"), crc, [=, this] {
    setCrcText(sockbench::ui::crcText(*ChecksumsModel::info(row).crc));
    crcEdit_->setFocus(Qt::OtherFocusReason);
  });
  menu.exec(table_->viewport()->mapToGlobal(place));
}

bool ChecksumsView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
    copySelection(table_);
    return true;
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace sockbench::ui
