#include "ui/panels/traffic/inspector.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/models/event_text.h"
#include "ui/models/format.h"
#include "ui/panels/traffic/details_page.h"
#include "ui/panels/traffic/stream/stream_page.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/widgets/bytes_text.h"
#include "ui/widgets/checksums_view.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/hex_pane.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/numbers_page.h"

namespace sockbench::ui {
namespace {

// Text beyond this is laid out only when somebody looks at it.
constexpr std::size_t kEagerBytes = std::size_t{64} << 10;

constexpr char kPageKey[] = "inspectorPage";

constexpr int kRoomForBoth = 132;  // average characters of width for the bytes with their numbers
constexpr int kScrollBar = 16;     // pixels

QString rowTitle(const LogRow& row) {
  return Inspector::tr("Row %1, %2, session %3, %4")
      .arg(QString::number(row.number + 1), kindText(row.record.kind),
           QString::number(row.record.session.value), formatTimeOfDay(row.record.time));
}

}  // namespace

Inspector::Inspector(TrafficSource* source, QWidget* parent)
    : QTabWidget(parent),
      hexPage_(new QStackedWidget(this)),
      split_(new QSplitter(Qt::Horizontal, this)),
      hex_(new HexPane(QStringLiteral("inspector"), tr("The row's bytes in hexadecimal"), this)),
      hexNote_(new QLabel(this)),
      corner_(new QWidget(this)),
      text_(new BytesText(QStringLiteral("inspector"), tr("The row's bytes as text"), this)),
      numbers_(new NumbersPage(QStringLiteral("inspector"), hex_->view(), this)),
      numbersTab_(new QWidget(this)),
      stream_(new StreamPage(source, this)),
      details_(new DetailsPage(source, this)) {
  setObjectName(QStringLiteral("inspectorTabs"));
  setAccessibleName(tr("Inspector"));
  setDocumentMode(true);
  arrangeHexPage();
  addPage(hexPage_, QStringLiteral("hex"), tr("Hex"));
  addPage(text_, QStringLiteral("text"), tr("Text"));
  addPage(numbersTab_, QStringLiteral("numbers"), tr("Numbers"));
  addPage(stream_, QStringLiteral("stream"), tr("Stream"));
  addPage(details_, QStringLiteral("details"), tr("Details"));
  connect(this, &QTabWidget::currentChanged, this, &Inspector::fill);
  setRow(std::nullopt);
}

void Inspector::arrangeHexPage() {
  hexNote_->setObjectName(QStringLiteral("inspectorHexNote"));
  hexNote_->setTextFormat(Qt::PlainText);
  hexNote_->setWordWrap(true);
  hexNote_->setAlignment(Qt::AlignCenter);
  hexNote_->setProperty("dim", true);
  hexNote_->setMargin(16);
  hexNote_->setBackgroundRole(QPalette::Base);
  hexNote_->setAutoFillBackground(true);
  split_->setObjectName(QStringLiteral("inspectorSplitter"));
  split_->addWidget(hex_);
  split_->setStretchFactor(0, 0);
  split_->setChildrenCollapsible(false);
  hexPage_->addWidget(split_);
  hexPage_->addWidget(hexNote_);
  auto* place = new QVBoxLayout(numbersTab_);
  place->setContentsMargins(0, 0, 0, 0);
  place->addWidget(numbers_);
  auto* row = new QHBoxLayout(corner_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(hex_->bar());
  corner_->setAutoFillBackground(true);
  corner_->setMinimumHeight(tabBar()->sizeHint().height());
  setCornerWidget(corner_);
}

// Beside the bytes where both have room, else on a page of their own.
void Inspector::placeNumbers() {
  const bool beside = width() >= fontMetrics().averageCharWidth() * kRoomForBoth;
  if (beside == (numbers_->parentWidget() == split_)) return;
  if (beside) {
    const bool front = currentWidget() == numbersTab_;
    split_->addWidget(numbers_);
    split_->setStretchFactor(1, 1);
    HexLayout wide = hex_->view()->layout();
    wide.bytesPerLine = 16;
    const int bytes = qRound(wide.width()) + kScrollBar;
    split_->setSizes({bytes, width() - bytes});
    if (front) setCurrentWidget(hexPage_);
  } else {
    numbersTab_->layout()->addWidget(numbers_);
  }
  numbers_->show();
  setTabVisible(indexOf(numbersTab_), !beside);
}

// Every tab stays in sight: the status beside them gives way.
void Inspector::fitCorner() {
  hex_->setBarWidth(width() - tabBar()->sizeHint().width());
}

void Inspector::resizeEvent(QResizeEvent* event) {
  placeNumbers();
  fitCorner();
  QTabWidget::resizeEvent(event);
}

void Inspector::addPage(QWidget* page, const QString& key, const QString& title) {
  page->setProperty(kPageKey, key);
  addTab(page, title);
}

QString Inspector::currentPage() const {
  return currentWidget()->property(kPageKey).toString();
}

void Inspector::showPage(const QString& key) {
  for (int index = 0; index < count(); ++index) {
    if (widget(index)->property(kPageKey).toString() == key) setCurrentIndex(index);
  }
}

void Inspector::setRow(const std::optional<LogRow>& row) {
  row_ = row;
  textStale_ = true;
  fillHex();
  details_->setRow(row_);
  if (row_) stream_->setRow(row_);
  fill();
}

void Inspector::fill() {
  hex_->bar()->setVisible(currentWidget() == hexPage_ && hexPage_->currentWidget() == split_);
  const bool eager = !row_ || row_->payload.bytes.size() <= kEagerBytes;
  if (textStale_ && (eager || currentWidget() == text_)) {
    textStale_ = false;
    fillText();
  }
}

bool Inspector::hasBytes() const {
  return row_ && (row_->record.kind == RecordKind::in || row_->record.kind == RecordKind::out);
}

void Inspector::fillText() {
  if (hasBytes())
    text_->setBytes(row_->payload);
  else
    text_->setWords(row_ ? eventText(*row_) : QString(), row_ ? tr("An event: it has no bytes.") : QString());
}

void Inspector::fillHex() {
  const bool bytes = hasBytes();
  hex_->view()->setBytes(bytes ? row_->payload : PinnedBytes());
  hexNote_->setText(!row_    ? tr("Select a row of the timeline to see its bytes.")
                    : !bytes ? tr("An event: it has no bytes.\n%1").arg(eventText(*row_))
                             : tr("No bytes: the datagram was empty."));
  const bool shown = bytes && !row_->payload.bytes.empty();
  hexPage_->setCurrentWidget(shown ? static_cast<QWidget*>(split_) : hexNote_);
}

CompareView* Inspector::comparePage() {
  if (compare_ == nullptr) {
    compare_ = new CompareView(QStringLiteral("compare"), this);
    addPage(compare_, QStringLiteral("compare"), tr("Compare"));
    fitCorner();
  }
  return compare_;
}

void Inspector::compare(const LogRow& left, const LogRow& right) {
  comparePage()->setSides({rowTitle(left), left.payload}, {rowTitle(right), right.payload});
  setCurrentWidget(compare_);
}

void Inspector::refuseCompare(const QString& why) {
  comparePage()->setNothing(why);
  setCurrentWidget(compare_);
}

void Inspector::setSession(SessionId id) {
  details_->setSession(id);
  stream_->setSession(id);
}

void Inspector::showDetails() {
  setCurrentWidget(details_);
  details_->focusView();
}

HexView* Inspector::hex() const {
  return hex_->view();
}

void Inspector::showStream() {
  setCurrentWidget(stream_);
  stream_->view()->setFocus(Qt::OtherFocusReason);
}

TextEncoding Inspector::textEncoding() const {
  return text_->encoding();
}

void Inspector::setTextEncoding(TextEncoding encoding) {
  text_->setEncoding(encoding);
}

void Inspector::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("inspectorPretty"), text_->isPretty());
  settings.setValue(QStringLiteral("inspectorNumbers"), static_cast<int>(numbers_->part()));
  settings.setValue(QStringLiteral("inspectorCrc"), numbers_->checksums()->crcText());
  stream_->saveState(settings);
}

void Inspector::restoreState(QSettings& settings) {
  text_->setPretty(settings.value(QStringLiteral("inspectorPretty")).toBool());
  numbers_->setPart(
      static_cast<NumbersPage::Part>(settings.value(QStringLiteral("inspectorNumbers"), 0).toInt()));
  numbers_->checksums()->setCrcText(settings.value(QStringLiteral("inspectorCrc")).toString());
  stream_->restoreState(settings);
}

}  // namespace sockbench::ui
