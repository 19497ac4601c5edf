#include "ui/panels/library/saved_page.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/models/saved_sends_model.h"
#include "ui/panels/library/sends_tree.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

SavedPage::SavedPage(SavedSendsModel* sends, QWidget* parent)
    : QWidget(parent),
      sends_(sends),
      search_(named(new QLineEdit(this), "librarySearchEdit", tr("Search the saved sends"))),
      tree_(new SendsTree(sends, this)),
      hint_(new EmptyHint(tree_)),
      send_(
          named(new QToolButton(this), "librarySendButton", tr("Send it to the session in front (Return)"))),
      edit_(named(new QToolButton(this), "libraryEditButton", tr("Write it into the composer in front"))),
      folder_(named(new QToolButton(this), "libraryFolderButton", tr("New folder"))),
      undoBar_(new QWidget(this)),
      undoLabel_(new ElidedLabel(undoBar_)),
      undo_(named(new QToolButton(undoBar_), "libraryUndoButton", tr("Put back what was deleted"))) {
  search_->setPlaceholderText(tr("Search"));
  search_->setClearButtonEnabled(true);
  for (QToolButton* clear : search_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the search"));
  send_->setText(tr("Send"));
  send_->setIcon(theme::icon(QStringLiteral("send")));
  send_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  edit_->setText(tr("Edit"));
  folder_->setText(tr("+ Folder"));
  undo_->setText(tr("Undo"));
  undo_->setProperty("framed", true);
  undoBar_->setObjectName(QStringLiteral("libraryUndoBar"));
  hint_->setHint(tr("Save a message from a composer, or import some from a file"));
  hint_->follow(tree_->model());
  arrange();
  connectParts();
  refresh();
  refreshUndo();
}

void SavedPage::arrange() {
  auto* undoRow = new QHBoxLayout(undoBar_);
  undoRow->setContentsMargins(2, 0, 0, 0);
  undoRow->addWidget(undoLabel_, 1);
  undoRow->addWidget(undo_);
  auto* buttons = new FlowLayout(nullptr, 2);
  for (QToolButton* button : {send_, edit_, folder_}) buttons->addWidget(button);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(6, 4, 6, 4);
  column->setSpacing(4);
  column->addWidget(search_);
  column->addWidget(tree_, 1);
  column->addWidget(undoBar_);
  column->addLayout(buttons);
}

void SavedPage::ask(SendNodeId id, void (SavedPage::*wanted)(const SavedSend&)) {
  // A copy: what is done with it may change the library.
  if (const SavedSend* send = sends_->sendAt(id)) emit(this->*wanted)(SavedSend(*send));
}

void SavedPage::connectParts() {
  connect(search_, &QLineEdit::textChanged, tree_, &SendsTree::setSearch);
  connect(search_, &QLineEdit::returnPressed, this,
          [this] { ask(tree_->current(), &SavedPage::sendRequested); });
  connect(tree_, &SendsTree::sendRequested, this,
          [this](SendNodeId id) { ask(id, &SavedPage::sendRequested); });
  connect(tree_, &SendsTree::editRequested, this,
          [this](SendNodeId id) { ask(id, &SavedPage::editRequested); });
  connect(send_, &QToolButton::clicked, this, [this] { ask(tree_->current(), &SavedPage::sendRequested); });
  connect(edit_, &QToolButton::clicked, this, [this] { ask(tree_->current(), &SavedPage::editRequested); });
  connect(folder_, &QToolButton::clicked, tree_, &SendsTree::addFolder);
  connect(undo_, &QToolButton::clicked, this, [this] {
    if (const SendNodeId id = sends_->undoRemove()) tree_->goTo(id);
  });
  connect(tree_, &SendsTree::refused, this, &SavedPage::refused);
  connect(tree_, &SendsTree::currentNodeChanged, this, &SavedPage::refresh);
  connect(sends_, &SavedSendsModel::edited, this, &SavedPage::refreshUndo);
  connect(sends_, &SavedSendsModel::modelReset, this, [this] {
    refresh();
    refreshUndo();
  });
}

void SavedPage::refresh() {
  const bool isSend = sends_->sendAt(tree_->current()) != nullptr;
  send_->setEnabled(isSend);
  edit_->setEnabled(isSend);
}

void SavedPage::refreshUndo() {
  const QString name = sends_->lastRemoved();
  undoLabel_->setText(tr("Deleted \u201C%1\u201D").arg(name));
  undoBar_->setVisible(!name.isEmpty());
}

void SavedPage::save(SavedSend send) {
  search_->clear();
  const auto [folder, row] = tree_->placeForNew();
  const auto added = sends_->addSend(folder, row, std::move(send));
  if (!added) return emit refused(added.error());
  tree_->startRename(*added);
}

}  // namespace sockbench::ui
