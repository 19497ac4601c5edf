#include "ui/widgets/compare_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QShortcut>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hex_view.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kAtOnce = std::size_t{256} << 10;  // bytes that are compared before the eye notices
constexpr int kMostShift = 1 << 30;

QString count(qsizetype number) {
  return formatCount(static_cast<std::uint64_t>(number));
}

}  // namespace

CompareView::CompareView(const QString& prefix, QWidget* parent) : QWidget(parent) {
  setBackgroundRole(QPalette::Base);
  setAutoFillBackground(true);
  auto* sides = new QWidget(this);
  panes_ = {makePane(prefix + QStringLiteral("Left"), tr("Bytes on the left"), sides),
            makePane(prefix + QStringLiteral("Right"), tr("Bytes on the right"), sides)};
  auto* row = new QHBoxLayout(sides);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  for (const Pane& pane : panes_) {
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(pane.title);
    column->addWidget(pane.view, 1);
    row->addLayout(column, 1);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar(prefix));
  column->addWidget(sides, 1);
  setFocusProxy(panes_[0].view);
  connect(shift_, &QSpinBox::valueChanged, this, &CompareView::compare);
  for (const bool left : {true, false})
    connect(panes_[left ? 0 : 1].view, &HexView::selectionChanged, this, [this, left] { follow(left); });
  for (const auto& [from, to] : {std::pair(0, 1), std::pair(1, 0)})
    connect(panes_[std::size_t(from)].view->verticalScrollBar(), &QScrollBar::valueChanged,
            panes_[std::size_t(to)].view->verticalScrollBar(), &QScrollBar::setValue);
}

CompareView::~CompareView() {
  if (running_) *running_ = true;
}

CompareView::Pane CompareView::makePane(const QString& prefix, const QString& title, QWidget* parent) {
  Pane pane{new ElidedLabel(parent), new HexView(parent)};
  pane.title->setObjectName(prefix + QStringLiteral("Title"));
  pane.title->setProperty("dim", true);
  pane.title->setContentsMargins(14, 0, 14, 0);
  pane.view->setObjectName(prefix + QStringLiteral("HexView"));
  pane.view->setAccessibleName(title);
  pane.view->setPerLine(4, 16);
  pane.view->viewport()->installEventFilter(this);
  return pane;
}

QToolButton* CompareView::makeButton(const QString& name, const QString& text, const QString& toolTip,
                                     bool forward) {
  auto* button = new QToolButton(this);
  button->setObjectName(name);
  button->setText(text);
  button->setAccessibleName(toolTip);
  const QKeySequence keys(Qt::ALT | (forward ? Qt::Key_Down : Qt::Key_Up));
  button->setToolTip(
      plainToolTip(QStringLiteral("%1 (%2)").arg(toolTip, keys.toString(QKeySequence::NativeText))));
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::TabFocus);
  connect(button, &QToolButton::clicked, this, [this, forward] { goToDifference(forward); });
  auto* key = new QShortcut(keys, this);
  key->setContext(Qt::WidgetWithChildrenShortcut);
  connect(key, &QShortcut::activated, this, [this, forward] { goToDifference(forward); });
  return button;
}

QWidget* CompareView::makeBar(const QString& prefix) {
  auto* bar = new QWidget(this);
  previous_ = makeButton(prefix + QStringLiteral("PreviousButton"), tr("\u2191 Previous"),
                         tr("Previous difference"), false);
  next_ = makeButton(prefix + QStringLiteral("NextButton"), tr("\u2193 Next"), tr("Next difference"), true);
  summary_ = new ElidedLabel(bar);
  summary_->setObjectName(prefix + QStringLiteral("Summary"));
  shift_ = new QSpinBox(bar);
  shift_->setObjectName(prefix + QStringLiteral("ShiftSpin"));
  shift_->setAccessibleName(tr("Shift of the right side in bytes"));
  shift_->setToolTip(plainToolTip(
      tr("By how many bytes the right side is moved: byte 0 of the left stands beside this byte of it")));
  shift_->setRange(-kMostShift, kMostShift);
  shift_->setPrefix(tr("Shift "));
  shift_->setFixedWidth(shift_->fontMetrics().averageCharWidth() * 20);
  shift_->setKeyboardTracking(false);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(6, 4, 6, 4);
  row->setSpacing(4);
  row->addWidget(previous_);
  row->addWidget(next_);
  row->addSpacing(8);
  row->addWidget(summary_, 1);
  row->addWidget(shift_);
  return bar;
}

void CompareView::setSides(const Side& left, const Side& right) {
  const Side* sides[] = {&left, &right};
  for (std::size_t i = 0; i < 2; ++i) {
    panes_[i].title->setText(sides[i]->title);
    panes_[i].title->setToolTip(plainToolTip(sides[i]->title));
    panes_[i].view->setBytes(sides[i]->bytes);
  }
  const QSignalBlocker quiet(shift_);
  const auto most = [this](const Pane& pane) {
    return static_cast<int>(std::min<qsizetype>(lengthOf(pane), kMostShift));
  };
  shift_->setRange(-most(panes_[0]), most(panes_[1]));
  shift_->setValue(0);
  compare();
}

void CompareView::setNothing(const QString& why) {
  setSides({}, {});
  summary_->setText(why);
}

qsizetype CompareView::lengthOf(const Pane& pane) const {
  return static_cast<qsizetype>(pane.view->bytes().bytes.size());
}

void CompareView::setShift(int shift) {
  shift_->setValue(shift);
}

void CompareView::compare() {
  if (running_) *running_ = true;
  running_.reset();
  align();
  const PinnedBytes left = panes_[0].view->bytes();
  const PinnedBytes right = panes_[1].view->bytes();
  const qsizetype shift = shift_->value();
  if (std::min(left.bytes.size(), right.bytes.size()) <= kAtOnce)
    return take(compareBytes(left.bytes, right.bytes, shift));
  take({});
  const auto stop = std::make_shared<std::atomic_bool>(false);
  running_ = stop;
  summary_->setText(tr("Comparing\u2026"));
  inBackground(
      this, [left, right, shift, stop] { return compareBytes(left.bytes, right.bytes, shift, stop.get()); },
      [this, stop](const ByteComparison& found) {
        if (stop != running_) return;
        running_.reset();
        take(found);
      });
}

void CompareView::take(const ByteComparison& found) {
  found_ = found;
  current_.reset();
  for (QToolButton* button : {previous_, next_}) button->setEnabled(!found_.ranges.empty());
  mark();
  if (!isComparing()) emit compared();
}

// Both have the same lines, bytes without a partner beside empty places.
void CompareView::align() {
  const qsizetype shift = shift_->value();
  const qsizetype left = lengthOf(panes_[0]);
  const qsizetype right = lengthOf(panes_[1]) - shift;
  const qsizetype end = std::max(left, right);
  panes_[0].view->setPlaces(std::max<qsizetype>(0, shift), end - left);
  panes_[1].view->setPlaces(std::max<qsizetype>(0, -shift), end - right);
}

// As many bytes a line on the left as on the right, also where one is a pixel narrower.
void CompareView::evenOut() {
  int least = 16;
  for (const Pane& pane : panes_) {
    pane.view->setPerLine(4, 16);
    least = std::min(least, pane.view->layout().bytesPerLine);
  }
  for (const Pane& pane : panes_) pane.view->setPerLine(4, least);
}

bool CompareView::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize)
    QMetaObject::invokeMethod(this, &CompareView::evenOut, Qt::QueuedConnection);
  return QWidget::eventFilter(watched, event);
}

void CompareView::follow(bool left) {
  if (following_) return;
  const QScopedValueRollback guard(following_, true);
  leaveDifference();
  const Pane& from = panes_[left ? 0 : 1];
  const Pane& to = panes_[left ? 1 : 0];
  const auto selection = from.view->selection();
  if (!selection) return to.view->clearSelection();
  const qsizetype shift = left ? shift_->value() : -shift_->value();
  const qsizetype first = std::max<qsizetype>(0, selection->first + shift);
  const qsizetype last = std::min(lengthOf(to) - 1, selection->last + shift);
  if (first <= last)
    to.view->select(first, last);
  else
    to.view->clearSelection();
}

std::size_t CompareView::nextFromCursor(bool forward) const {
  const std::vector<ByteDifference>& ranges = found_.ranges;
  const auto left = panes_[0].view->selection();
  const auto right = panes_[1].view->selection();
  if (!left && !right) return forward ? 0 : ranges.size() - 1;
  // The farther of both: where a difference begins, one side may have nothing.
  qsizetype place = left ? left->first : right->first - shift_->value();
  if (right) place = std::min(place, right->first - shift_->value());
  const auto at = [&](auto found) { return static_cast<std::size_t>(found - ranges.begin()); };
  if (forward) {
    const std::size_t next = at(std::ranges::upper_bound(ranges, place, {}, &ByteDifference::place));
    return next < ranges.size() ? next : 0;
  }
  const std::size_t before = at(std::ranges::lower_bound(ranges, place, {}, &ByteDifference::place));
  return before > 0 ? before - 1 : ranges.size() - 1;
}

// The person is elsewhere now.
void CompareView::leaveDifference() {
  if (going_ || !current_) return;
  current_.reset();
  mark();
}

void CompareView::goToDifference(bool forward) {
  if (found_.ranges.empty()) return;
  const std::vector<ByteDifference>& ranges = found_.ranges;
  const QScopedValueRollback guard(going_, true);
  current_ = nextFromCursor(forward);
  const auto [place, length] = ranges[*current_];
  const qsizetype shift = shift_->value();
  const bool onLeft = place >= 0 && place < lengthOf(panes_[0]);
  const qsizetype from = onLeft ? place : place + shift;
  panes_[onLeft ? 0 : 1].view->select(from, from + length - 1);
  mark();
}

void CompareView::mark() {
  const qsizetype shift = shift_->value();
  for (std::size_t side = 0; side < 2; ++side) {
    std::vector<HexHighlight> marks;
    marks.reserve(found_.ranges.size());
    std::optional<std::size_t> current;
    for (std::size_t i = 0; i < found_.ranges.size(); ++i) {
      const auto [place, length] = found_.ranges[i];
      const qsizetype begin = side == 0 ? place : place + shift;
      const qsizetype first = std::max<qsizetype>(0, begin);
      const qsizetype last = std::min(lengthOf(panes_[side]), begin + length) - 1;
      if (first > last) continue;
      if (current_ == i) current = marks.size();
      marks.push_back({first, last, HexMark::difference});
    }
    panes_[side].view->setHighlights(std::move(marks), current);
  }
  summary_->setText(summary());
}

QString CompareView::summary() const {
  const QString lengths = tr("%1 and %2 bytes").arg(count(lengthOf(panes_[0])), count(lengthOf(panes_[1])));
  if (isComparing()) return tr("Comparing %1\u2026").arg(lengths);
  if (found_.equal()) return tr("No difference: %1").arg(lengths);
  const auto all = static_cast<std::uint64_t>(found_.rangeCount);
  const ByteDifference at = found_.ranges[current_.value_or(0)];
  const QString where = QStringLiteral("%1 (0x%2)")
                            .arg(count(std::max<qsizetype>(0, at.place)),
                                 QString::number(std::max<qsizetype>(0, at.place), 16));
  if (current_)
    return tr("Difference %1 of %2: %3 byte(s) from byte %4 on", nullptr,
              pluralNumber(std::uint64_t(at.length)))
        .arg(formatCount(*current_ + 1), formatCount(all), count(at.length), where);
  QString text = tr("%1 difference(s), the first at byte %2; %3", nullptr, pluralNumber(all))
                     .arg(formatCount(all), where, lengths);
  if (found_.ranges.size() < all)
    text += tr("; the first %1 are marked").arg(formatCount(found_.ranges.size()));
  return text;
}

}  // namespace sockbench::ui
