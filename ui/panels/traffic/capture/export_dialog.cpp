#include "ui/panels/traffic/capture/export_dialog.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <cerrno>
#include <utility>

#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

struct Form {
  ExportFormat format;
  const char* suffix;
  QString title;
  QString about;
};

QList<Form> forms() {
  return {
      {ExportFormat::pcapng, "pcapng", ExportDialog::tr("pcapng: packets, for Wireshark and Sockbench"),
       ExportDialog::tr("TCP and UDP with headers made up around the very bytes; events, marks and comments "
                        "as comments of packets. Sockbench opens it as it was.")},
      {ExportFormat::jsonLines, "jsonl", ExportDialog::tr("JSON Lines: a record a line, for programs"),
       ExportDialog::tr("What sockbench-cli --json prints; bytes in hexadecimal.")},
      {ExportFormat::csv, "csv", ExportDialog::tr("CSV: a record a line, for spreadsheets"),
       ExportDialog::tr("UTF-8, with a line of titles (RFC 4180).")},
      {ExportFormat::text, "txt", ExportDialog::tr("Text: to be read"),
       ExportDialog::tr("A line a record, and a hex dump of its bytes.")},
      {ExportFormat::raw, "bin", ExportDialog::tr("Raw bytes of one direction"),
       ExportDialog::tr("The bytes alone, one record behind another, with nothing in between.")},
  };
}

}  // namespace

ExportDialog::ExportDialog(ExportChoice choice, QWidget* parent)
    : QDialog(parent),
      choice_(std::move(choice)),
      job_(this),
      which_(new QButtonGroup(this)),
      format_(new QComboBox(this)),
      about_(new QLabel(this)),
      directionLabel_(new QLabel(tr("&Direction"), this)),
      direction_(new QComboBox(this)),
      path_(new QLineEdit(this)),
      browse_(new QPushButton(tr("&Browse\u2026"), this)),
      progress_(new QProgressBar(this)),
      message_(new InlineMessage(this)),
      start_(new QPushButton(tr("&Export"), this)),
      cancel_(new QPushButton(tr("Close"), this)) {
  setObjectName(QStringLiteral("exportDialog"));
  setWindowTitle(tr("Export records"));
  setAttribute(Qt::WA_DeleteOnClose);
  for (const Form& form : forms()) format_->addItem(form.title, static_cast<int>(form.format));
  format_->setObjectName(QStringLiteral("exportFormatBox"));
  about_->setProperty("dim", true);
  about_->setWordWrap(true);
  about_->setMinimumHeight(2 * about_->fontMetrics().lineSpacing());
  direction_->setObjectName(QStringLiteral("exportDirectionBox"));
  direction_->addItem(tr("Received"), static_cast<int>(Direction::in));
  direction_->addItem(tr("Sent"), static_cast<int>(Direction::out));
  directionLabel_->setBuddy(direction_);
  progress_->setObjectName(QStringLiteral("exportProgress"));
  progress_->setRange(0, 1000);
  message_->setObjectName(QStringLiteral("exportMessage"));
  start_->setObjectName(QStringLiteral("exportStartButton"));
  start_->setProperty("primary", true);
  start_->setDefault(true);
  cancel_->setObjectName(QStringLiteral("exportCancelButton"));
  auto* form = new QFormLayout;
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Records"), makeWhich());
  form->addRow(tr("&Form"), format_);
  form->addRow(QString(), about_);
  form->addRow(directionLabel_, direction_);
  form->addRow(tr("F&ile"), makeWhere());
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(progress_, 1);
  buttons->addStretch(0);
  buttons->addWidget(start_);
  buttons->addWidget(cancel_);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(message_);
  column->addStretch(1);
  column->addLayout(buttons);
  connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::changeFormat);
  connect(browse_, &QPushButton::clicked, this, &ExportDialog::browse);
  connect(start_, &QPushButton::clicked, this, &ExportDialog::start);
  connect(cancel_, &QPushButton::clicked, this, &ExportDialog::reject);
  connect(&job_, &ExportJob::progressed, this,
          [this](double share) { progress_->setValue(static_cast<int>(share * 1000)); });
  connect(&job_, &ExportJob::finished, this, &ExportDialog::finish);
  changeFormat();
  showRunning(false);
  resize(560, sizeHint().height());
}

QWidget* ExportDialog::makeWhich() {
  auto* box = new QWidget(this);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  const std::uint64_t all = choice_.log->end() - choice_.log->first();
  const std::uint64_t selected = choice_.selected.size();
  const auto add = [&](Which id, const char* name, const QString& words, std::uint64_t count, bool enabled) {
    auto* button = new QRadioButton(words.arg(formatCount(count)), box);
    button->setObjectName(QLatin1String(name));
    button->setEnabled(enabled);
    which_->addButton(button, id);
    column->addWidget(button);
  };
  add(All, "exportAllButton", tr("&All %1"), all, true);
  add(Filtered, "exportFilteredButton", tr("&Those that the timeline shows: %1"), choice_.filteredRows,
      choice_.filter != nullptr);
  add(Selected, "exportSelectedButton", tr("The &selected ones: %1"), selected, selected > 0);
  const Which usual = selected > 1 ? Selected : choice_.filter ? Filtered : All;
  which_->button(usual)->setChecked(true);
  return box;
}

QWidget* ExportDialog::makeWhere() {
  auto* box = new QWidget(this);
  auto* row = new QHBoxLayout(box);
  row->setContentsMargins(0, 0, 0, 0);
  path_->setObjectName(QStringLiteral("exportPathEdit"));
  path_->setAccessibleName(tr("File"));
  browse_->setObjectName(QStringLiteral("exportBrowseButton"));
  browse_->setAutoDefault(false);
  row->addWidget(path_, 1);
  row->addWidget(browse_);
  const QString name =
      QStringLiteral("sockbench-%1").arg(QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmmss"));
  path_->setText(QDir(choice_.folder).filePath(name));
  return box;
}

ExportFormat ExportDialog::format() const {
  return static_cast<ExportFormat>(format_->currentData().toInt());
}

QString ExportDialog::suffix() const {
  return QLatin1String(forms().at(format_->currentIndex()).suffix);
}

void ExportDialog::changeFormat() {
  about_->setText(forms().at(format_->currentIndex()).about);
  const bool raw = format() == ExportFormat::raw;
  directionLabel_->setVisible(raw);
  direction_->setVisible(raw);
  QString path = path_->text();
  for (const Form& form : forms()) {
    const QString ending = QLatin1Char('.') + QLatin1String(form.suffix);
    if (path.endsWith(ending)) path.chop(ending.size());
  }
  path_->setText(path + QLatin1Char('.') + suffix());
  message_->clear();
}

void ExportDialog::browse() {
  auto* dialog = new QFileDialog(this, tr("Export to"), path_->text());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(suffix());
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    path_->setText(path);
    agreed_ = path;  // the dialog has asked
  });
  dialog->open();
}

void ExportDialog::start() {
  if (QFileInfo::exists(path_->text()) && agreed_ != path_->text()) {
    agreed_ = path_->text();
    return message_->showWarning(tr("There is such a file."), tr("Export once more to replace it."));
  }
  ExportSettings settings;
  settings.format = format();
  settings.path = toUtf8(path_->text());
  settings.direction = static_cast<Direction>(direction_->currentData().toInt());
  if (which_->checkedId() == Filtered) settings.filter = choice_.filter;
  if (which_->checkedId() == Selected) settings.rows = choice_.selected;
  message_->clear();
  progress_->setValue(0);
  showRunning(true);
  job_.start(choice_.log, std::move(settings));
}

void ExportDialog::finish(const Result<ExportResult>& result) {
  showRunning(false);
  if (!result && result.error().isErrno(ECANCELED)) {
    message_->showNote(tr("Cancelled; no file was written."));
  } else if (!result) {
    message_->showError(result.error());
  } else if (result->lost > 0) {
    message_->showWarning(tr("%1 record(s) exported, %2", nullptr, pluralNumber(result->rows))
                              .arg(formatCount(result->rows), formatBytes(result->bytes)),
                          tr("%1 left memory before they could be written.").arg(formatCount(result->lost)));
  } else {
    message_->showNote(tr("%1 record(s) exported, %2", nullptr, pluralNumber(result->rows))
                           .arg(formatCount(result->rows), formatBytes(result->bytes)),
                       path_->text());
  }
}

void ExportDialog::showRunning(bool running) {
  progress_->setVisible(running);
  start_->setEnabled(!running);
  path_->setEnabled(!running);
  browse_->setEnabled(!running);
  format_->setEnabled(!running);
  cancel_->setText(running ? tr("Cancel") : tr("Close"));
}

void ExportDialog::reject() {
  if (job_.isRunning()) return job_.cancel();
  QDialog::reject();
}

}  // namespace sockbench::ui
