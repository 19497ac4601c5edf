#include "ui/panels/calls/call_inspector.h"

#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "core/calls/script/call_script.h"
#include "core/payload/visible_text.h"
#include "ui/models/calls_text.h"
#include "ui/models/format.h"
#include "ui/widgets/bytes_text.h"
#include "ui/widgets/details_table.h"
#include "ui/widgets/empty_hint.h"
#include "ui/widgets/hex_pane.h"
#include "ui/widgets/hex_view.h"

namespace sockbench::ui {
namespace {

PinnedBytes pin(Bytes bytes) {
  const auto owner = std::make_shared<const Bytes>(std::move(bytes));
  return {owner, *owner, 0};
}

void addLiterals(QList<CallBytes>& buffers, const CallExpression& expression) {
  const auto* bytes = expression.value.as<Bytes>();
  if (expression.kind == CallExpression::Kind::value && bytes != nullptr)
    buffers += {CallInspector::tr("Argument"), *bytes};
  for (const CallExpression& item : expression.items) addLiterals(buffers, item);
}

// What the line itself sends stands in its literals.
QList<CallBytes> buffersOf(const CallRow& row) {
  QList<CallBytes> buffers;
  if (row.outcome) buffers = callBuffers(*row.outcome);
  const Result<CallLine> line = parseCallLine(row.text);
  if (!line) return buffers;
  for (const CallExpression& argument : line->args) addLiterals(buffers, argument);
  return buffers;
}

}  // namespace

CallInspector::CallInspector(QWidget* parent)
    : QWidget(parent),
      tabs_(new QTabWidget(this)),
      details_(new DetailsTable(QStringLiteral("callsDetailsTable"), tr("What the call did"), 0, this)),
      buffers_(new QComboBox(this)),
      hexPage_(new QStackedWidget(this)),
      hex_(new HexPane(QStringLiteral("calls"), tr("The call's bytes in hexadecimal"), this)),
      hexNote_(new QLabel(this)),
      text_(new BytesText(QStringLiteral("calls"), tr("The call's bytes as text"), this)) {
  tabs_->setObjectName(QStringLiteral("callsInspectorTabs"));
  tabs_->setAccessibleName(tr("The selected call"));
  buffers_->setObjectName(QStringLiteral("callsBufferBox"));
  buffers_->setAccessibleName(tr("Which bytes of the call"));
  hexNote_->setObjectName(QStringLiteral("callsHexNote"));
  arrange();
  connect(buffers_, &QComboBox::currentIndexChanged, this, &CallInspector::showBuffer);
  setRow(nullptr);
}

void CallInspector::arrange() {
  constexpr int kLeastHeight = 96;
  tabs_->setDocumentMode(true);
  tabs_->setProperty("compact", true);
  tabs_->setUsesScrollButtons(false);
  buffers_->setProperty("flat", true);
  buffers_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  buffers_->setMinimumContentsLength(10);
  hexNote_->setTextFormat(Qt::PlainText);
  hexNote_->setWordWrap(true);
  hexNote_->setAlignment(Qt::AlignCenter);
  hexNote_->setProperty("dim", true);
  hexNote_->setMargin(8);
  hexNote_->setBackgroundRole(QPalette::Base);
  hexNote_->setAutoFillBackground(true);
  hexPage_->addWidget(hex_);
  hexPage_->addWidget(hexNote_);
  auto* hint = new EmptyHint(details_);
  hint->setHint(tr("Select a call to see what it did."));
  hint->follow(details_->model());
  tabs_->addTab(details_, tr("Kernel"));
  tabs_->addTab(hexPage_, tr("Hex"));
  tabs_->addTab(text_, tr("Text"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(buffers_);
  column->addWidget(tabs_, 1);
  setMinimumHeight(kLeastHeight);  // less than its pages would like: the window is to fit 900x600
}

void CallInspector::setRow(const CallRow* row) {
  const bool same = row != nullptr && row->key == key_ && row->outcome == outcome_ && row->state == state_;
  if (same) return;
  key_ = row ? row->key : 0;
  outcome_ = row ? row->outcome : nullptr;
  state_ = row ? row->state : CallRow::State::fresh;
  showDetails(row);
  const QSignalBlocker quiet(buffers_);
  buffers_->clear();
  pinned_.clear();
  if (row != nullptr) {
    for (CallBytes& buffer : buffersOf(*row)) {
      buffers_->addItem(buffer.name + QStringLiteral("  ") + formatBytes(buffer.bytes.size()));
      pinned_ += pin(std::move(buffer.bytes));
    }
  }
  buffers_->setVisible(pinned_.size() > 1);
  showBuffer();
}

void CallInspector::showDetails(const CallRow* row) {
  QList<RecordDetail> details;
  if (row != nullptr) details += {tr("Call"), visibleLine(row->text), DetailTone::plain};
  if (row != nullptr && row->outcome) details += callDetails(*row->outcome);
  if (row != nullptr && row->error) {
    details += {tr("Error"), toQString(visibleText(row->error->message())), DetailTone::error};
    if (const QString hint = toQString(visibleText(row->error->hint())); !hint.isEmpty())
      details += {tr("Hint"), hint, DetailTone::plain};
  }
  details_->setDetails(details);
}

void CallInspector::showBuffer() {
  const int shown = buffers_->currentIndex();
  const bool any = shown >= 0 && shown < pinned_.size();
  const PinnedBytes bytes = any ? pinned_[shown] : PinnedBytes();
  hex_->view()->setBytes(bytes);
  const QString none = any ? tr("No bytes: the buffer is empty.") : tr("The call has no bytes.");
  hexNote_->setText(key_ == 0 ? tr("Select a call to see what it did.") : none);
  hexPage_->setCurrentWidget(bytes.bytes.empty() ? static_cast<QWidget*>(hexNote_) : hex_);
  if (bytes.bytes.empty())
    text_->setWords({}, hexNote_->text());
  else
    text_->setBytes(bytes);
}

}  // namespace sockbench::ui
