#include "ui/panels/library/history_page.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/send_history_model.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/named.h"
#include "ui/widgets/table_style.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kNameCharacters = 40;

SavedSend keptOf(const SentMessage& sent) {
  SavedSend send;
  send.name = previewText(asBytes(sent.message.body), kNameCharacters);
  if (send.name.find_first_not_of(' ') == std::string::npos)
    send.name = toUtf8(HistoryPage::tr("Empty message"));
  send.message = sent.message;
  return send;
}

}  // namespace

HistoryPage::HistoryPage(SendHistoryModel* history, QWidget* parent)
    : QWidget(parent),
      history_(history),
      shown_(new QSortFilterProxyModel(this)),
      filter_(named(new QLineEdit(this), "libraryHistoryFilterEdit", tr("Filter of the history"))),
      table_(new QTableView(this)),
      hint_(new EmptyHint(table_)),
      evicted_(new ElidedLabel(this)),
      send_(named(new QToolButton(this), "libraryHistorySendButton",
                  tr("Send it again, to the session in front (Return)"))),
      edit_(named(new QToolButton(this), "libraryHistoryEditButton",
                  tr("Write it into the composer in front"))),
      save_(named(new QToolButton(this), "libraryHistorySaveButton", tr("Keep it among the saved sends"))) {
  filter_->setPlaceholderText(tr("Filter"));
  filter_->setClearButtonEnabled(true);
  for (QToolButton* clear : filter_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the filter"));
  shown_->setSourceModel(history_);
  shown_->setFilterKeyColumn(-1);
  shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  table_->setModel(shown_);
  styleTable(table_, QStringLiteral("libraryHistoryTable"), tr("What was sent by hand"));
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  setColumnWidths(table_, {9, 18, 26});
  table_->installEventFilter(this);
  hint_->setHint(tr("What is sent by hand stands here"));
  hint_->follow(shown_);
  evicted_->setObjectName(QStringLiteral("libraryHistoryLabel"));
  evicted_->setProperty("dim", true);
  send_->setText(tr("Send again"));
  send_->setIcon(theme::icon(QStringLiteral("send")));
  send_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  edit_->setText(tr("Edit"));
  save_->setText(tr("Save"));
  arrange();
  connect(filter_, &QLineEdit::textChanged, shown_, &QSortFilterProxyModel::setFilterFixedString);
  connect(table_, &QTableView::doubleClicked, this, [this] { ask(&HistoryPage::sendRequested); });
  connect(send_, &QToolButton::clicked, this, [this] { ask(&HistoryPage::sendRequested); });
  connect(edit_, &QToolButton::clicked, this, [this] { ask(&HistoryPage::editRequested); });
  connect(save_, &QToolButton::clicked, this, [this] { ask(&HistoryPage::saveRequested); });
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &HistoryPage::refresh);
  connect(history_, &SendHistoryModel::edited, this, &HistoryPage::refresh);
  connect(history_, &SendHistoryModel::modelReset, this, &HistoryPage::refresh);
  refresh();
}

void HistoryPage::arrange() {
  auto* buttons = new FlowLayout(nullptr, 2);
  for (QToolButton* button : {send_, edit_, save_}) buttons->addWidget(button);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, 4, 6, 4);
  column->setSpacing(4);
  column->addWidget(filter_);
  column->addWidget(table_, 1);
  column->addWidget(evicted_);
  column->addLayout(buttons);
}

void HistoryPage::refresh() {
  const bool chosen = table_->currentIndex().isValid();
  for (QToolButton* button : {send_, edit_, save_}) button->setEnabled(chosen);
  const std::uint64_t evicted = history_->history().evicted();
  evicted_->setText(tr("%Ln older message(s) have given way", nullptr, pluralNumber(evicted)));
  evicted_->setVisible(evicted > 0);
}

void HistoryPage::ask(void (HistoryPage::*wanted)(const SavedSend&)) {
  const SentMessage* sent = history_->at(shown_->mapToSource(table_->currentIndex()).row());
  if (sent) emit(this->*wanted)(keptOf(*sent));
}

bool HistoryPage::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && key->modifiers() == Qt::NoModifier) {
      ask(&HistoryPage::sendRequested);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace sockbench::ui
