#include "ui/panels/traffic/stream/framing_box.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

#include "core/payload/escapes.h"
#include "ui/bridge/core_types.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/named.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

constexpr double kNanosInMs = 1e6;
constexpr int kMostAdjust = 1 << 20;
constexpr std::size_t kMostDelimiter = 256;

QString kindTitle(FramingKind kind) {
  switch (kind) {
    case FramingKind::perRead:
      return FramingBox::tr("Per recv and send");
    case FramingKind::line:
      return FramingBox::tr("Lines");
    case FramingKind::delimiter:
      return FramingBox::tr("Delimiter");
    case FramingKind::lengthPrefix:
      return FramingBox::tr("Length prefix");
    case FramingKind::fixedSize:
      return FramingBox::tr("Fixed size");
    case FramingKind::idleGap:
      return FramingBox::tr("Idle gap");
    case FramingKind::cobs:
      return FramingBox::tr("COBS");
    case FramingKind::slip:
      return FramingBox::tr("SLIP");
    case FramingKind::http1:
      return FramingBox::tr("HTTP/1.1");
    case FramingKind::dnsTcp:
      return FramingBox::tr("DNS over TCP");
    case FramingKind::jsonLines:
      return FramingBox::tr("JSON lines");
    case FramingKind::modbusTcp:
      return FramingBox::tr("Modbus TCP");
  }
  return {};
}

}  // namespace

FramingBox::FramingBox(QWidget* parent)
    : QWidget(parent),
      kind_(named(new QComboBox(this), "inspectorFramingBox", tr("Framing"),
                  tr("How each side's bytes are cut into frames: a view, the bytes stay as they are"))),
      note_(new QLabel(this)) {
  for (const FramingKind kind : framingKinds()) kind_->addItem(kindTitle(kind), static_cast<int>(kind));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(kind_);
  makeParameters();
  note_->setObjectName(QStringLiteral("inspectorFramingNote"));
  note_->setTextFormat(Qt::PlainText);
  note_->hide();
  row->addWidget(note_);
  setSpec(FramingSpec{.kind = FramingKind::perRead, .delimiter = toBytes("\r\n")});
  connect(kind_, &QComboBox::currentIndexChanged, this, &FramingBox::read);
  connect(delimiter_, &QLineEdit::textChanged, this, &FramingBox::read);
  for (QComboBox* box : {lengthBytes_, lengthOrder_})
    connect(box, &QComboBox::currentIndexChanged, this, &FramingBox::read);
  for (QSpinBox* spin : {adjust_, size_}) connect(spin, &QSpinBox::valueChanged, this, &FramingBox::read);
  connect(gap_, &QDoubleSpinBox::valueChanged, this, &FramingBox::read);
}

template <class Widget>
Widget* FramingBox::addParameter(Widget* widget, FramingKind kind, const char* name,
                                 const QString& accessible) {
  named(widget, name, accessible);
  layout()->addWidget(widget);
  parameters_.append({widget, kind});
  return widget;
}

void FramingBox::makeParameters() {
  delimiter_ = addParameter(new QLineEdit(this), FramingKind::delimiter, "inspectorDelimiterEdit",
                            tr("What ends a frame, with escapes: \\r\\n, \\0, \\x1e"));
  delimiter_->setFont(theme::fixedFont());
  delimiter_->setFixedWidth(120);
  lengthBytes_ = addParameter(new QComboBox(this), FramingKind::lengthPrefix, "inspectorLengthBytesBox",
                              tr("Bytes of the length"));
  for (const int bytes : {1, 2, 4, 8}) lengthBytes_->addItem(tr("%n byte(s)", nullptr, bytes), bytes);
  lengthOrder_ = addParameter(new QComboBox(this), FramingKind::lengthPrefix, "inspectorLengthOrderBox",
                              tr("Order of the length's bytes"));
  lengthOrder_->addItems({tr("big endian"), tr("little endian")});
  adjust_ =
      addParameter(new QSpinBox(this), FramingKind::lengthPrefix, "inspectorLengthAdjustSpin",
                   tr("Added to the length that was read: \u22124 where a prefix of 4 bytes counts itself"));
  adjust_->setRange(-kMostAdjust, kMostAdjust);
  adjust_->setPrefix(tr("adjust "));
  size_ = addParameter(new QSpinBox(this), FramingKind::fixedSize, "inspectorFrameSizeSpin",
                       tr("Bytes of each frame"));
  size_->setRange(1, static_cast<int>(Framer::kMostFrame));
  size_->setSuffix(tr(" bytes"));
  gap_ = addParameter(new QDoubleSpinBox(this), FramingKind::idleGap, "inspectorFrameGapSpin",
                      tr("The pause that ends a frame"));
  gap_->setRange(0.001, 3'600'000);
  gap_->setDecimals(3);
  gap_->setSuffix(tr(" ms"));
}

FramingKind FramingBox::kind() const {
  return static_cast<FramingKind>(kind_->currentData().toInt());
}

void FramingBox::showParameters() {
  for (const auto& [widget, kind] : std::as_const(parameters_))
    widget->setVisible(kind == this->kind() && kind_->isEnabled());
}

void FramingBox::setSpec(const FramingSpec& spec) {
  spec_ = spec;
  const QSignalBlocker blockers[] = {QSignalBlocker(kind_),        QSignalBlocker(delimiter_),
                                     QSignalBlocker(lengthBytes_), QSignalBlocker(lengthOrder_),
                                     QSignalBlocker(adjust_),      QSignalBlocker(size_),
                                     QSignalBlocker(gap_)};
  kind_->setCurrentIndex(std::max(0, kind_->findData(static_cast<int>(spec.kind))));
  if (!spec.delimiter.empty()) delimiter_->setText(toQString(escape(spec.delimiter)));
  lengthBytes_->setCurrentIndex(std::max(0, lengthBytes_->findData(static_cast<int>(spec.lengthBytes))));
  lengthOrder_->setCurrentIndex(spec.littleEndian ? 1 : 0);
  adjust_->setValue(static_cast<int>(std::clamp<std::int64_t>(spec.adjust, -kMostAdjust, kMostAdjust)));
  size_->setValue(static_cast<int>(std::min(spec.size, Framer::kMostFrame)));
  gap_->setValue(static_cast<double>(spec.gapNanos) / kNanosInMs);
  showParameters();
}

void FramingBox::setDatagrams(bool datagrams) {
  setEnabledOr(kind_, !datagrams, tr("Each datagram is a frame"));
  showParameters();
}

void FramingBox::refuse(const Error& error) {
  markWrong(delimiter_);
  delimiter_->setToolTip(plainToolTip(shownText(error.message())));
  note_->setText(shownText(error.message()));
  QPalette palette = note_->palette();
  palette.setColor(QPalette::WindowText, theme::color(theme::Role::error));
  note_->setPalette(palette);
  note_->show();
}

void FramingBox::read() {
  showParameters();
  clearWrong(delimiter_);
  note_->hide();
  FramingSpec spec = spec_;
  spec.kind = kind();
  if (spec.kind == FramingKind::delimiter) {
    const std::string typed = toUtf8(delimiter_->text());
    const auto delimiter = unescape(typed);
    if (!delimiter) return refuse(delimiter.error());
    if (delimiter->empty() || delimiter->size() > kMostDelimiter)
      return refuse(
          Error::fromInput(InputFault::badSyntax, typed, std::nullopt, "a delimiter has 1 to 256 bytes"));
    spec.delimiter = *delimiter;
  }
  spec.lengthBytes = lengthBytes_->currentData().toUInt();
  spec.littleEndian = lengthOrder_->currentIndex() == 1;
  spec.adjust = adjust_->value();
  spec.size = static_cast<std::uint64_t>(size_->value());
  spec.gapNanos = std::max<std::int64_t>(1, std::llround(gap_->value() * kNanosInMs));
  if (spec == spec_) return;
  spec_ = spec;
  emit specChanged(spec_);
}

}  // namespace sockbench::ui
