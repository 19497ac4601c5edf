#include "ui/widgets/filter_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>
#include <algorithm>

#include "core/traffic/filter/filter_fields.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/remark_delegate.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {
namespace {

constexpr int kOffersShown = 12;
constexpr int kOffersWidth = 460;  // pixels, at least
constexpr int kOffersGap = 2;      // between the line and them
constexpr int kProgressHeight = 2;

int charactersOf(const std::string& utf8, std::size_t bytes) {
  return static_cast<int>(toQString(std::string_view(utf8).substr(0, bytes)).size());
}

}  // namespace

FilterEdit::FilterEdit(QWidget* parent)
    : QLineEdit(parent),
      sayError_(this),
      completer_(new QCompleter(this)),
      offers_(new QStandardItemModel(completer_)) {
  setPlaceholderText(tr("Filter: len > 100 and data contains \"GET\""));
  setClearButtonEnabled(true);
  for (QToolButton* clear : findChildren<QToolButton*>()) clear->setAccessibleName(tr("Clear the filter"));
  setMaxLength(1 << 16);
  completer_->setModel(offers_);
  completer_->setMaxVisibleItems(kOffersShown);
  completer_->setWidget(this);
  completer_->popup()->setItemDelegate(new RemarkDelegate(completer_));
  completer_->popup()->setObjectName(QStringLiteral("trafficFilterOffers"));
  completer_->popup()->setAccessibleName(tr("What may be typed here"));
  sayError_.setSingleShot(true);
  sayError_.setInterval(kSayAfter);
  connect(&sayError_, &QTimer::timeout, this, &FilterEdit::tellError);
  connect(this, &QLineEdit::textChanged, this, &FilterEdit::read);
  connect(this, &QLineEdit::textEdited, this, [this] { offer(false); });
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::insertOffer);
}

// Reading

void FilterEdit::read() {
  const std::string typed = toUtf8(text());
  if (text().trimmed().isEmpty()) return use(nullptr, State::blank);
  Result<FilterPtr> filter = Filter::parse(typed);
  if (!filter) return fail(filter.error());
  if (preparing_) return setState(State::prepared);
  use(std::move(*filter), State::applied);
}

void FilterEdit::use(FilterPtr filter, State state) {
  setState(state);
  filter_ = std::move(filter);
  emit filterChanged();
}

void FilterEdit::fail(const Error& error) {
  error_ = error;
  setState(State::invalid);
  sayError_.start();
}

void FilterEdit::setState(State state) {
  const bool other = state_ != state;
  state_ = state;
  if (state != State::invalid) {
    error_.reset();
    sayError_.stop();
    emit errorTaken();
  }
  setToolTip(plainToolTip(error_                     ? shownText(error_->message())
                          : state == State::prepared ? tr("Return applies it")
                                                     : QString()));
  setAccessibleDescription(error_ ? shownText(error_->message()) : QString());
  update();
  if (!other) return;
  setProperty("applied", state == State::applied);  // of the style sheet
  state == State::invalid ? markWrong(this) : clearWrong(this);
  style()->unpolish(this);
  style()->polish(this);
}

QString FilterEdit::appliedText() const {
  return filter_ ? toQString(filter_->text()) : QString();
}

void FilterEdit::apply(const QString& text) {
  setText(text);
  applyNow();
}

void FilterEdit::prepare(const QString& text) {
  preparing_ = true;
  setText(text);
  preparing_ = false;
  setFocus(Qt::OtherFocusReason);
}

void FilterEdit::applyNow() {
  if (state_ == State::prepared) read();
  if (error_) return tellError();
  rememberApplied();
}

void FilterEdit::tellError() {
  sayError_.stop();
  if (error_) emit errorTold(*error_);
}

void FilterEdit::rememberApplied() {
  if (state_ == State::applied) emit remembered(text().trimmed());
}

void FilterEdit::setProgress(std::optional<double> part) {
  if (part == progress_) return;
  progress_ = part;
  update();
}

// Offers

void FilterEdit::offer(bool evenIfBlank) {
  const std::string typed = toUtf8(text());
  const auto cursor = static_cast<std::size_t>(text().left(cursorPosition()).toUtf8().size());
  const FilterCompletion found = completeFilter(typed, cursor);
  offers_->clear();
  for (const FilterCompletion::Offer& offered : found.offers) {
    auto* item = new QStandardItem(toQString(offered.text));
    item->setData(toQString(offered.meaning), kRemarkRole);
    offers_->appendRow(item);
  }
  if (offers_->rowCount() == 0 || (!evenIfBlank && text().trimmed().isEmpty())) {
    completer_->popup()->hide();
    return;
  }
  offerBegin_ = charactersOf(typed, found.begin);
  offerEnd_ = charactersOf(typed, found.end);
  completer_->setCompletionPrefix(QString());
  completer_->popup()->setCurrentIndex({});
  const int left = std::clamp(cursorRect().left(), 0, std::max(0, width() - kOffersWidth));
  completer_->complete(QRect(left, 0, kOffersWidth, height() + kOffersGap));
}

bool FilterEdit::offersAreOpen() const {
  return completer_->popup()->isVisible();
}

void FilterEdit::insertOffer(const QString& offer) {
  const bool atEnd = offerEnd_ >= text().size();
  setSelection(offerBegin_, offerEnd_ - offerBegin_);
  insert(atEnd ? offer + QLatin1Char(' ') : offer);
  // The completer's popup closes behind this; what may come next opens it anew.
  QMetaObject::invokeMethod(
      this, [this] { this->offer(false); }, Qt::QueuedConnection);
}

// Keys

bool FilterEdit::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    // Esc is the window's key too; here it clears.
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape && !text().isEmpty()) {
      event->accept();
      return true;
    }
  }
  if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Tab &&
      offersAreOpen()) {
    const QModelIndex chosen = completer_->popup()->currentIndex();
    completer_->popup()->hide();
    insertOffer((chosen.isValid() ? chosen : offers_->index(0, 0)).data().toString());
    return true;
  }
  return QLineEdit::event(event);
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
  const bool open = offersAreOpen();
  switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (open && completer_->popup()->currentIndex().isValid()) return event->ignore();  // the completer's
      completer_->popup()->hide();
      return applyNow();
    case Qt::Key_Escape:
      if (open || text().isEmpty()) return event->ignore();
      return clear();
    case Qt::Key_Space:
      if (event->modifiers() == Qt::ControlModifier) return offer(true);
      break;
    case Qt::Key_Down:
      if (!open) emit shelfRequested();
      return;
    default:
      break;
  }
  QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (event->reason() == Qt::PopupFocusReason) return;
  tellError();
  rememberApplied();
}

// Looks

void FilterEdit::paintEvent(QPaintEvent* event) {
  QLineEdit::paintEvent(event);
  QPainter painter(this);
  if (error_) paintMark(painter);
  if (!progress_) return;
  const QRect foot = rect().adjusted(2, height() - kProgressHeight - 1, -2, -1);
  painter.fillRect(foot, theme::color(theme::Role::line));
  painter.fillRect(QRect(foot.topLeft(), QSize(static_cast<int>(foot.width() * *progress_), foot.height())),
                   theme::color(theme::Role::accent));
}

// A wave under the wrong part. The line's text scrolls; where it stands is told by the cursor alone.
void FilterEdit::paintMark(QPainter& painter) {
  const TextRange part = wrongPart(*error_, text().size());
  QTextLayout layout(text(), font());
  layout.beginLayout();
  const QTextLine line = layout.createLine();
  layout.endLayout();
  if (part.length <= 0 || !line.isValid()) return;
  const QRect cursor = cursorRect();
  const qreal origin = cursor.center().x() - line.cursorToX(cursorPosition());
  const auto x = [&](qsizetype at) { return origin + line.cursorToX(static_cast<int>(at)); };
  const qreal left = std::max<qreal>(x(part.position), 4);
  const qreal right = std::min<qreal>(std::max(x(part.position + part.length), left + 6), width() - 4);
  const qreal y = cursor.bottom() - 1;
  QPolygonF wave;
  for (qreal at = left; at <= right; at += 2) wave << QPointF(at, y + (wave.size() % 2 == 0 ? 1 : -1));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme::color(theme::Role::error), 1.3));
  painter.drawPolyline(wave);
}

}  // namespace sockbench::ui
