#include "ui/panels/session_page.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

#include "ui/models/session_fields.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/low_scroll.h"

namespace sockbench::ui {

namespace {

// Its preferred height does not count: what is there is shared out, and only its minimum makes the page
// scroll.
class ModestSplitter : public QSplitter {
 public:
  using QSplitter::QSplitter;
  QSize sizeHint() const override { return {QSplitter::sizeHint().width(), minimumSizeHint().height()}; }
};

}  // namespace

SessionPage::SessionPage(QWidget* parent) : QWidget(parent), split_(new ModestSplitter(Qt::Vertical)) {
  auto* content = new QWidget;
  column_ = new QVBoxLayout(content);
  column_->setContentsMargins(14, 8, 14, 6);
  column_->setSpacing(6);
  area_ = makeLowScroll(content, this);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(area_);
}

void SessionPage::addSplit(QWidget* table, QWidget* below) {
  split_->setChildrenCollapsible(false);
  split_->setHandleWidth(7);
  split_->addWidget(table);
  split_->addWidget(below);
  split_->setStretchFactor(0, 1);
  split_->setStretchFactor(1, 0);
  split_->setStyleSheet(QStringLiteral("QSplitter::handle { background: transparent }"));
  constexpr int kComposerRoom = 24;  // above its minimum: one more line to write on
  const int least = below->minimumSizeHint().height() + kComposerRoom;
  split_->setSizes({least * 4, least});
  column_->addWidget(split_, 1);
}

void SessionPage::setFieldSource(std::function<FieldValues()> source) {
  fieldSource_ = std::move(source);
  composer()->setFieldSource([this] { return fieldValues(); });
  refreshFields();
}

void SessionPage::refreshFields() {
  composer()->refreshFields();
}

FieldValues SessionPage::fieldValues() const {
  FieldValues values = fieldSource_ ? fieldSource_() : FieldValues();
  if (const SessionSnapshot* session = addressed()) setAddresses(values, *session);
  return values;
}

std::shared_ptr<const Variables> SessionPage::variables() const {
  const FieldValues values = fieldValues();
  return values.variables ? std::make_shared<const Variables>(*values.variables) : nullptr;
}

bool SessionPage::failedByItsForm(const SessionSnapshot& session) {
  return session.error &&
         (session.error->op != Operation::setsockopt || session.state == SessionState::failed);
}

bool SessionPage::cursorIsFree() const {
  const QWidget* focused = focusWidget();
  return focused && composer()->isAncestorOf(focused) && focused->hasFocus() && composer()->text().isEmpty();
}

void SessionPage::goTo(QWidget* part) {
  part->setFocus();
  area_->ensureWidgetVisible(part, 0, 0);
}

QByteArray SessionPage::saveSplit() const {
  return split_->saveState();
}

void SessionPage::restoreSplit(const QByteArray& state) {
  if (!state.isEmpty()) split_->restoreState(state);
}

}  // namespace sockbench::ui
