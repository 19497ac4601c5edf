#include "ui/window/memory_dialog.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

const QString kBudget = QStringLiteral("memory/budgetMiB");
const QString kSpill = QStringLiteral("memory/spillGB");  // 0: off
const QString kFolder = QStringLiteral("memory/folder");
constexpr int kMostBudget = 1 << 20;  // MiB
constexpr int kMostSpill = 10'000;    // GB
constexpr int kUsualSpill = 8;
constexpr std::uint64_t kGigabyte = 1'000'000'000;
constexpr std::chrono::milliseconds kTick{500};

}  // namespace

MemoryDialog::MemoryDialog(std::shared_ptr<TrafficLog> log, QSettings* settings, QWidget* parent)
    : QDialog(parent),
      log_(std::move(log)),
      settings_(settings),
      budget_(named(new QSpinBox(this), "memoryBudgetSpin", tr("Memory for traffic"))),
      spill_(named(new QCheckBox(tr("Let what memory cannot hold go to &disk"), this), "memorySpillCheck",
                   tr("Let what memory cannot hold go to disk"))),
      limit_(named(new QSpinBox(this), "memorySpillSpin", tr("Disk for traffic"))),
      folder_(named(new QLineEdit(this), "memoryFolderEdit", tr("Folder"))),
      status_(new QLabel(this)),
      message_(new InlineMessage(this)),
      ticks_(this) {
  setObjectName(QStringLiteral("memoryDialog"));
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Memory and disk"));
  build();
  tell();
  resize(520, sizeHint().height());
}

void MemoryDialog::build() {
  const SpillStatus now = log_->spillStatus();
  budget_->setRange(kLeastBudget, kMostBudget);
  budget_->setSuffix(tr(" MiB"));
  budget_->setKeyboardTracking(false);
  budget_->setValue(static_cast<int>(log_->budget() >> 20));
  spill_->setChecked(now.limit > 0);
  limit_->setRange(1, kMostSpill);
  limit_->setSuffix(tr(" GB"));
  limit_->setKeyboardTracking(false);
  limit_->setValue(now.limit > 0 ? static_cast<int>(now.limit / kGigabyte) : kUsualSpill);
  folder_->setText(toQString(now.folder));
  folder_->setPlaceholderText(tr("The system's folder for temporary files"));
  status_->setObjectName(QStringLiteral("memoryStatusLabel"));
  status_->setTextFormat(Qt::PlainText);
  status_->setWordWrap(true);
  status_->setProperty("dim", true);
  message_->setObjectName(QStringLiteral("memoryMessage"));
  auto* form = new QFormLayout;
  form->addRow(tr("&Memory for traffic"), budget_);
  form->addRow(spill_);
  form->addRow(tr("&At most"), limit_);
  form->addRow(tr("In the &folder"), folder_);
  form->addRow(status_);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(message_);
  column->addStretch(1);
  ticks_.setInterval(kTick);
  connect(&ticks_, &QTimer::timeout, this, &MemoryDialog::tell);
  connect(budget_, &QSpinBox::valueChanged, this, &MemoryDialog::applyBudget);
  connect(spill_, &QCheckBox::toggled, this, &MemoryDialog::applySpill);
  connect(limit_, &QSpinBox::valueChanged, this, &MemoryDialog::applySpill);
  connect(folder_, &QLineEdit::editingFinished, this, &MemoryDialog::applySpill);
}

void MemoryDialog::restore(TrafficLog& log, const QSettings& settings) {
  const int budget = settings.value(kBudget).toInt();
  const int spill = settings.value(kSpill).toInt();
  if (budget >= kLeastBudget) log.setBudget(static_cast<std::size_t>(std::min(budget, kMostBudget)) << 20);
  if (spill > 0) {
    log.setSpill(static_cast<std::uint64_t>(std::min(spill, kMostSpill)) * kGigabyte,
                 toUtf8(settings.value(kFolder).toString()));
  }
}

void MemoryDialog::applyBudget() {
  log_->setBudget(static_cast<std::size_t>(budget_->value()) << 20);
  if (settings_ != nullptr) settings_->setValue(kBudget, budget_->value());
  tell();
}

void MemoryDialog::applySpill() {
  const int gigabytes = spill_->isChecked() ? limit_->value() : 0;
  const SpillStatus now = log_->spillStatus();
  const auto bytes = static_cast<std::uint64_t>(gigabytes) * kGigabyte;
  const bool same = now.limit == bytes && (bytes == 0 || toQString(now.folder) == folder_->text());
  if (!same || now.error) log_->setSpill(bytes, toUtf8(folder_->text()));
  if (settings_ != nullptr) {
    settings_->setValue(kSpill, gigabytes);
    settings_->setValue(kFolder, folder_->text());
  }
  tell();
}

void MemoryDialog::tell() {
  limit_->setEnabled(spill_->isChecked());
  folder_->setEnabled(spill_->isChecked());
  const SpillStatus now = log_->spillStatus();
  const std::uint64_t rows = log_->end() - log_->first();
  QString text = tr("%1 record(s), %2 of memory in use, %3 evicted.", nullptr, pluralNumber(rows))
                     .arg(formatCount(rows), formatBytes(log_->bytesUsed()), formatCount(log_->evicted()));
  if (now.limit > 0) {
    text += QLatin1Char(' ') + tr("On disk: %1 record(s), %2.", nullptr, pluralNumber(now.rows))
                                   .arg(formatCount(now.rows), formatBytes(now.bytes));
  }
  status_->setText(text);
  if (now.error) {
    message_->showError(*now.error);
  } else if (spill_->isChecked()) {
    message_->showNote(tr("The files go with the window: they are no captures."),
                       tr("Who receives faster than the disk writes is slowed, not forgotten."));
  } else {
    message_->clear();
  }
}

void MemoryDialog::showEvent(QShowEvent* event) {
  QDialog::showEvent(event);
  ticks_.start();
}

void MemoryDialog::hideEvent(QHideEvent* event) {
  QDialog::hideEvent(event);
  ticks_.stop();
}

}  // namespace sockbench::ui
