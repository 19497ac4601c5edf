#include "ui/panels/library/library_view.h"

#include <QFileDialog>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/regular_file.h"
#include "core/workspace/send_import.h"
#include "ui/models/save_file.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/send_history_model.h"
#include "ui/models/shown_text.h"
#include "ui/panels/library/history_page.h"
#include "ui/panels/library/saved_page.h"
#include "ui/panels/library/sends_tree.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kMostShownRemarks = 5;

QString remarkText(const SendImport::Remark& remark) {
  const QString text = shownText(remark.text);
  return remark.line == 0 ? text : LibraryView::tr("line %1: %2").arg(remark.line).arg(text);
}

QString remarksText(const SendImport& import) {
  QStringList lines;
  for (const SendImport::Remark& remark : import.remarks) {
    if (std::size(lines) == qsizetype{kMostShownRemarks}) break;
    lines << remarkText(remark);
  }
  const auto rest = import.remarks.size() - static_cast<std::size_t>(lines.size());
  if (rest > 0) lines << LibraryView::tr("… and %1 more").arg(rest);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

LibraryView::LibraryView(SavedSendsModel* sends, SendHistoryModel* history, QWidget* parent)
    : QWidget(parent),
      sends_(sends),
      history_(history),
      tabs_(new QTabWidget(this)),
      saved_(new SavedPage(sends, this)),
      sent_(new HistoryPage(history, this)),
      message_(new InlineMessage(this)) {
  setObjectName(QStringLiteral("libraryView"));
  setHelpPage(this, QStringLiteral("library"));
  tabs_->setObjectName(QStringLiteral("libraryTabs"));
  tabs_->setAccessibleName(tr("Saved sends and history"));
  tabs_->setDocumentMode(true);
  tabs_->setProperty("compact", true);
  tabs_->addTab(saved_, tr("Saved"));
  tabs_->addTab(sent_, tr("History"));
  tabs_->setCornerWidget(makeMenuButton(), Qt::TopRightCorner);
  message_->setObjectName(QStringLiteral("libraryMessage"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(tabs_, 1);
  column->addWidget(message_);

  connect(saved_, &SavedPage::sendRequested, this, &LibraryView::sendRequested);
  connect(saved_, &SavedPage::editRequested, this, &LibraryView::editRequested);
  connect(saved_, &SavedPage::refused, message_, &InlineMessage::showError);
  connect(sent_, &HistoryPage::sendRequested, this, &LibraryView::sendRequested);
  connect(sent_, &HistoryPage::editRequested, this, &LibraryView::editRequested);
  connect(sent_, &HistoryPage::saveRequested, this, &LibraryView::save);
  // What was said of the last thing is over with the next.
  connect(sends_, &SavedSendsModel::edited, message_, &InlineMessage::clear);
}

QToolButton* LibraryView::makeMenuButton() {
  auto* button = named(new QToolButton(this), "libraryMenuButton", tr("Import, export, history"));
  button->setIcon(theme::icon(QStringLiteral("more")));
  button->setPopupMode(QToolButton::InstantPopup);
  button->setProperty("plainMenu", true);
  auto* menu = new QMenu(button);
  const auto add = [menu](const char* name, const QString& text) {
    QAction* action = menu->addAction(text);
    action->setObjectName(QLatin1String(name));
    return action;
  };
  connect(add("libraryImportAction", tr("&Import\u2026")), &QAction::triggered, this,
          &LibraryView::askImport);
  connect(add("libraryExportAction", tr("&Export\u2026")), &QAction::triggered, this,
          &LibraryView::askExport);
  menu->addSeparator();
  keepHistory_ = add("libraryKeepHistoryAction", tr("&Keep the history between starts"));
  keepHistory_->setCheckable(true);
  connect(add("libraryClearHistoryAction", tr("&Clear the history")), &QAction::triggered, history_,
          &SendHistoryModel::clear);
  button->setMenu(menu);
  return button;
}

void LibraryView::save(const SavedSend& send) {
  tabs_->setCurrentWidget(saved_);
  saved_->save(send);
}

void LibraryView::focusFirst() {
  tabs_->setCurrentWidget(saved_);
  saved_->tree()->setFocus(Qt::ShortcutFocusReason);
}

void LibraryView::askImport() {
  auto* dialog = new QFileDialog(this, tr("Import sends"), {},
                                 tr("Packet Sender and tables (*.ini *.csv *.tsv *.txt);;All files (*)"));
  dialog->setObjectName(QStringLiteral("libraryImportDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, &LibraryView::importFile);
  dialog->open();
}

void LibraryView::askExport() {
  auto* dialog = new QFileDialog(this, tr("Export the saved sends"), QStringLiteral("sends.csv"),
                                 tr("Table (*.csv);;All files (*)"));
  dialog->setObjectName(QStringLiteral("libraryExportDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(QStringLiteral("csv"));
  connect(dialog, &QFileDialog::fileSelected, this, &LibraryView::exportFile);
  dialog->open();
}

void LibraryView::importFile(const QString& path) {
  const auto file = readRegularFile(QFile::encodeName(path).toStdString(), kMostImportBytes);
  if (!file) return message_->showError(file.error());
  auto import = importSends(*file);
  if (!import) {
    import.error().subject = toUtf8(path);
    return message_->showError(import.error());
  }
  std::size_t taken = 0;
  sends_->rewrite([&](SavedSends& sends) { taken = takeIn(*import, sends); });
  tabs_->setCurrentWidget(saved_);
  const QString headline =
      import->skipped == 0
          ? tr("%Ln imported", nullptr, pluralNumber(taken))
          : tr("%1 imported, %2 skipped").arg(formatCount(taken), formatCount(import->skipped));
  if (import->skipped == 0)
    message_->showNote(headline, remarksText(*import));
  else
    message_->showWarning(headline, remarksText(*import));
}

void LibraryView::exportFile(const QString& path) {
  std::size_t lost = 0;
  const std::string table = exportCsv(sends_->sends(), &lost);
  const auto written = saveFile(path, asBytes(table));
  if (!written) return message_->showError(written.error());
  const QString headline = tr("%Ln exported", nullptr, pluralNumber(sends_->sends().sendCount()));
  if (lost == 0) return message_->showNote(headline, path);
  message_->showWarning(
      headline, tr("%Ln of them without lengths, checksums or a plan: a table has no column for these",
                   nullptr, pluralNumber(lost)));
}

}  // namespace sockbench::ui
