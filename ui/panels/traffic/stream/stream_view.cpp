#include "ui/panels/traffic/stream/stream_view.h"

#include <QEvent>
#include <QScrollBar>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr std::uint64_t kMostBar = std::uint64_t{1} << 30;  // a scroll bar counts in int

// The widest line of a form that a width takes.
int bytesThatFit(StreamForm form, qreal width, qreal cell) {
  for (const int bytes : {32, 16, 12, 8}) {
    if (form == StreamForm::hex && (bytes == 12 || bytes == 32)) continue;
    const int characters = form == StreamForm::hex ? 10 + 4 * bytes + 3 : 2 + 6 * bytes;
    if (characters * cell <= width && bytes != 32) return bytes;
  }
  return form == StreamForm::hex ? 8 : 4;
}

}  // namespace

StreamView::StreamView(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setFont(theme::fixedFont());
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  viewport()->setCursor(Qt::IBeamCursor);
  viewport()->setBackgroundRole(QPalette::Base);
  addActions();
  connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &StreamView::scrolledByBar);
  connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &StreamView::barActed);
  applyStyle();
}

void StreamView::setEmptyWords(const QString& words) {
  emptyWords_ = words;
  viewport()->update();
}

void StreamView::setDocument(std::shared_ptr<StreamDocument> document) {
  document_ = std::move(document);
  anchor_.reset();
  matches_.clear();
  current_.reset();
  wantedRow_.reset();
  framing_ = 0;
  top_ = {};
  applyStyle();
  setFollowing(true);
}

void StreamView::refresh(const Conversation::State& state) {
  if (!document_) return;
  const bool other = state.framing != framing_;
  if (other && !following_ && !wantedRow_)
    wantedRow_ = shown_.empty() ? std::nullopt : document_->rowAt(topSpot());
  if (other && anchor_) anchor_.reset();
  framing_ = state.framing;
  document_->update(state);
  if (wantedRow_ && !following_) {
    if (const auto place = document_->placeOfRow(*wantedRow_)) {
      top_ = *place;
      wantedRow_.reset();
    } else if (state.upToDate) {
      wantedRow_.reset();
    }
  }
  changed();
}

void StreamView::applyStyle() {
  measure_ = std::make_unique<StreamMeasure>(font());
  lineHeight_ = std::max(QFontMetrics(font()).height() + 3, 12);
  const qreal room = viewport()->width() - StreamLook::textX(Direction::out) - StreamLook::kMargin;
  style_.measure = measure_.get();
  style_.width = static_cast<float>(std::max<qreal>(room, measure_->cell() * 16));
  style_.bytesPerLine = bytesThatFit(style_.form, room, measure_->cell());
  if (!document_) return changed();
  const StreamSpot spot = topSpot();
  document_->setStyle(style_);
  if (const auto place = document_->placeOf(spot); place && !following_) top_ = *place;
  changed();
}

void StreamView::setForm(StreamForm form) {
  style_.form = form;
  applyStyle();
}

void StreamView::setEncoding(TextEncoding encoding) {
  style_.encoding = encoding;
  applyStyle();
}

void StreamView::setDirection(Direction direction) {
  if (document_) document_->setDirection(direction);
  changed();
}

void StreamView::setFollowing(bool following) {
  const bool was = std::exchange(following_, following);
  if (following) wantedRow_.reset();
  changed();
  if (was != following) emit followingChanged(following);
}

void StreamView::changed() {
  stale_ = true;
  if (document_) top_ = following_ ? endTop() : document_->nearest(top_);
  layoutLines();
  syncBar();
  viewport()->update();
}

int StreamView::pageLines() const {
  return std::max(1, viewport()->height() / lineHeight_ - 2);
}

void StreamView::scrollTo(StreamPlace top) {
  const StreamPlace end = endTop();
  top_ = std::min(top, end);
  stale_ = true;
  layoutLines();
  wantedRow_.reset();
  if (std::exchange(following_, atEnd_) != atEnd_) emit followingChanged(following_);
  syncBar();
  viewport()->update();
}

void StreamView::scrollLines(std::int64_t lines) {
  if (document_ && lines != 0) scrollTo(document_->moved(top_, lines));
}

void StreamView::scrolledByBar(int value) {
  if (syncing_ || !document_) return;
  const int most = verticalScrollBar()->maximum();
  if (value >= most) return scrollTo(endTop());
  const auto part = static_cast<double>(value) / std::max(1, most);
  scrollTo(document_->placeAt(static_cast<std::uint64_t>(part * static_cast<double>(document_->weight()))));
}

// A step is a line, whatever the bar counts in.
void StreamView::barActed(int action) {
  const std::int64_t lines = action == QAbstractSlider::SliderSingleStepAdd   ? 1
                             : action == QAbstractSlider::SliderSingleStepSub ? -1
                             : action == QAbstractSlider::SliderPageStepAdd   ? pageLines()
                             : action == QAbstractSlider::SliderPageStepSub   ? -pageLines()
                                                                              : 0;
  if (lines == 0) return;
  scrollLines(lines);
  syncing_ = true;
  verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
  syncing_ = false;
}

void StreamView::syncBar() {
  QScrollBar* bar = verticalScrollBar();
  if (bar->isSliderDown()) return;
  syncing_ = true;
  const std::uint64_t weight = document_ ? document_->weight() : 0;
  const bool all = shown_.empty() || (atEnd_ && document_->first() == std::optional(top_));
  const auto most = static_cast<int>(std::min(weight, kMostBar));
  if (all || most == 0) {
    bar->setRange(0, 0);
  } else {
    const double scale = most / static_cast<double>(weight);
    const std::uint64_t from = document_->weightOf(top_);
    const std::uint64_t to = document_->weightOf(shown_.back().place);
    const double page = static_cast<double>(to > from ? to - from : 1) * scale;
    bar->setPageStep(static_cast<int>(std::clamp(page, 1.0, most / 2.0 + 1)));
    bar->setRange(0, most);
    bar->setValue(atEnd_ ? most : std::min(most - 1, static_cast<int>(static_cast<double>(from) * scale)));
  }
  syncing_ = false;
}

StreamSpot StreamView::topSpot() const {
  for (const Shown& shown : shown_) {
    if (shown.place.frame != top_.frame) break;
    if (shown.line.kind == StreamShownLine::Kind::bytes)
      return {top_.frame, top_.part == 0 ? -1 : shown.line.start + shown.line.line.first};
  }
  return {top_.frame, -1};
}

bool StreamView::bring(std::optional<StreamPlace> place) {
  if (!place) return false;
  layoutLines();
  const auto in = std::ranges::find(shown_, *place, &Shown::place);
  const bool visible = in != shown_.end() && in->area.bottom() <= viewport()->height();
  if (visible)
    setFollowing(following_ && atEnd_);
  else
    scrollTo(document_->moved(*place, -std::int64_t{pageLines() / 3}));
  return true;
}

bool StreamView::showRow(std::uint64_t row) {
  if (!document_) return false;
  const auto place = document_->placeOfRow(row);
  if (bring(place)) {
    if (const auto spots = document_->spotsOfRow(row)) select(spots->first, spots->second);
    return true;
  }
  if (!document_->state().upToDate) {
    setFollowing(false);
    wantedRow_ = row;
  }
  return false;
}

bool StreamView::showBytes(Direction direction, std::uint64_t offset) {
  if (!document_) return false;
  const auto spot = document_->spotOf(direction, offset);
  return spot && bring(document_->placeOf(*spot));
}

void StreamView::setMatches(std::vector<StreamMatch> matches) {
  matches_ = std::move(matches);
  current_.reset();
  viewport()->update();
}

void StreamView::showMatch(const StreamMatch& current) {
  current_ = current;
  showBytes(current.direction, current.offset);
  viewport()->update();
}

void StreamView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  applyStyle();
}

void StreamView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::FontChange) applyStyle();
}

}  // namespace sockbench::ui
