#include "ui/widgets/insertion_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QSpinBox>
#include <algorithm>

#include "ui/bridge/core_types.h"
#include "ui/models/crc_text.h"
#include "ui/widgets/field_mark.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

constexpr int kMostPlace = 64 << 20;
constexpr CrcParameters kFirstCrc{.width = 16, .poly = 0x1021, .init = 0xFFFF};

struct Writing {
  NumberForm form;
  NumberOrder order;
};
constexpr Writing kWritings[] = {{NumberForm::bytes, NumberOrder::big},
                                 {NumberForm::bytes, NumberOrder::little},
                                 {NumberForm::hexText, NumberOrder::big},
                                 {NumberForm::hexText, NumberOrder::little},
                                 {NumberForm::decimalText, NumberOrder::big}};

}  // namespace

InsertionForm::InsertionForm(const Insertion& insertion, QWidget* parent)
    : QFrame(parent, Qt::Popup), insertion_(insertion) {
  const bool isLength = insertion_.what == Insertion::What::length;
  setObjectName(QStringLiteral("insertionForm"));
  setAccessibleName(isLength ? tr("A length in the message") : tr("A checksum in the message"));
  setFrameShape(QFrame::StyledPanel);
  setAttribute(Qt::WA_DeleteOnClose);
  setHelpPage(this, QStringLiteral("messages#insertions"));
  auto* form = new QFormLayout(this);
  form->setContentsMargins(12, 10, 12, 10);
  isLength ? addLength(form) : addChecksum(form);
  at_ = addPlace(form, tr("Stands"), "insertionAt", insertion_.at);
  from_ = addPlace(form, isLength ? tr("Counts from") : tr("Covers from"), "insertionFrom", insertion_.from);
  to_ = addPlace(form, tr("to"), "insertionTo", insertion_.to);
  addWriting(form);
}

InsertionForm::PlaceBox InsertionForm::addPlace(QFormLayout* form, const QString& title, const char* name,
                                                MessagePlace place) {
  PlaceBox box;
  box.bytes = named(new QSpinBox(this), (QByteArray(name) + "Spin").constData(), title,
                    tr("Bytes of the message as it is without lengths and checksums"));
  box.bytes->setRange(0, kMostPlace);
  box.bytes->setSuffix(tr(" bytes"));
  box.bytes->setValue(static_cast<int>(std::min<std::size_t>(place.bytes, kMostPlace)));
  box.side = named(new QComboBox(this), (QByteArray(name) + "Box").constData(), title);
  box.side->addItems({tr("from the beginning"), tr("before the end")});
  box.side->setCurrentIndex(place.fromEnd ? 1 : 0);
  auto* line = new QHBoxLayout;
  line->addWidget(box.bytes);
  line->addWidget(box.side, 1);
  form->addRow(title, line);
  connect(box.bytes, &QSpinBox::valueChanged, this, &InsertionForm::take);
  connect(box.side, &QComboBox::currentIndexChanged, this, &InsertionForm::take);
  return box;
}

void InsertionForm::addLength(QFormLayout* form) {
  size_ = named(new QSpinBox(this), "insertionSizeSpin", tr("Size of the length"),
                tr("In bytes; written in decimal: the digits it has at least"));
  size_->setRange(1, 8);
  size_->setValue(static_cast<int>(insertion_.size));
  form->addRow(tr("Length of"), size_);
  size_->setSuffix(tr(" bytes"));
  add_ = named(new QSpinBox(this), "insertionAddSpin", tr("Added to the length"),
               tr("Such as the length's own bytes, or less than 0 for what should not count"));
  add_->setRange(-kMostPlace, kMostPlace);
  add_->setValue(static_cast<int>(std::clamp<std::int64_t>(insertion_.add, -kMostPlace, kMostPlace)));
  form->addRow(tr("and added"), add_);
  connect(size_, &QSpinBox::valueChanged, this, &InsertionForm::take);
  connect(add_, &QSpinBox::valueChanged, this, &InsertionForm::take);
}

void InsertionForm::addChecksum(QFormLayout* form) {
  checksum_ = named(new QComboBox(this), "insertionChecksumBox", tr("Checksum"));
  for (const ChecksumInfo& info : checksums()) checksum_->addItem(toQString(info.name));
  checksum_->addItem(tr("A CRC of your own"));
  checksum_->setMaxVisibleItems(20);
  const ChecksumInfo* info = findChecksum(insertion_.checksum);
  const bool isOwn = insertion_.checksum.empty();
  const int row = info ? checksum_->findText(toQString(info->name)) : -1;
  checksum_->setCurrentIndex(isOwn ? checksum_->count() - 1 : row);
  form->addRow(tr("Checksum"), checksum_);
  crc_ = named(new QLineEdit(crcText(isOwn ? insertion_.crc : kFirstCrc), this), "insertionCrcEdit",
               tr("Parameters of the CRC"),
               tr("width and poly, and as far as they are not 0 or false: init, refin, refout, xorout"));
  crc_->setMinimumWidth(crc_->fontMetrics().horizontalAdvance(crc_->text()) + 24);
  crcFault_ = new QLabel(this);
  crcFault_->setTextFormat(Qt::PlainText);
  crcFault_->setProperty("fault", true);
  form->addRow(crc_);
  form->addRow(crcFault_);
  crc_->setVisible(isOwn);
  crcFault_->hide();
  connect(checksum_, &QComboBox::currentIndexChanged, this, &InsertionForm::take);
  connect(crc_, &QLineEdit::textChanged, this, &InsertionForm::take);
}

void InsertionForm::addWriting(QFormLayout* form) {
  written_ = named(new QComboBox(this), "insertionWrittenBox", tr("Written as"));
  written_->addItems({tr("bytes, most significant first"), tr("bytes, least significant first"),
                      tr("hexadecimal text"), tr("hexadecimal text, least significant byte first"),
                      tr("decimal text")});
  const auto* writing = std::ranges::find_if(kWritings, [this](const Writing& one) {
    return one.form == insertion_.form &&
           (one.order == insertion_.order || one.form == NumberForm::decimalText);
  });
  written_->setCurrentIndex(static_cast<int>(writing - kWritings));
  form->addRow(tr("Written as"), written_);
  front_ = named(new QCheckBox(tr("In front of what stands at the same place"), this), "insertionFrontCheck",
                 tr("In front of earlier ones at the same place"));
  front_->setChecked(insertion_.inFront);
  form->addRow(front_);
  auto* remove = named(new QPushButton(tr("Remove"), this), "insertionRemoveButton", tr("Remove"),
                       tr("Take it out of the message"));
  form->addRow(remove);
  connect(written_, &QComboBox::currentIndexChanged, this, &InsertionForm::take);
  connect(front_, &QCheckBox::toggled, this, &InsertionForm::take);
  connect(remove, &QPushButton::clicked, this, [this] {
    emit removed();
    close();
  });
}

MessagePlace InsertionForm::PlaceBox::place() const {
  return {static_cast<std::size_t>(bytes->value()), side->currentIndex() == 1};
}

bool InsertionForm::takeCrc() {
  const auto crc = parseCrcText(crc_->text());
  crcFault_->setVisible(!crc);
  crcFault_->setText(crc ? QString() : crc.error());
  crc ? clearWrong(crc_) : markWrong(crc_);
  adjustSize();
  if (crc) insertion_.crc = *crc;
  return crc.has_value();
}

// A CRC that cannot be read stays as it was.
void InsertionForm::take() {
  if (size_) {
    insertion_.size = static_cast<unsigned>(size_->value());
    insertion_.add = add_->value();
  }
  if (checksum_) {
    const bool isOwn = checksum_->currentIndex() == checksum_->count() - 1;
    if (crc_->isHidden() == isOwn) {
      crc_->setVisible(isOwn);
      adjustSize();
    }
    insertion_.checksum = isOwn ? std::string() : toUtf8(checksum_->currentText());
    if (isOwn && !takeCrc()) return;
  }
  insertion_.at = at_.place();
  insertion_.from = from_.place();
  insertion_.to = to_.place();
  const Writing& writing = kWritings[written_->currentIndex()];
  insertion_.form = writing.form;
  insertion_.order = writing.order;
  insertion_.inFront = front_->isChecked();
  emit changed();
}

void InsertionForm::openBeside(QWidget* button) {
  adjustSize();
  const QRect screen = button->screen()->availableGeometry();
  const QPoint above = button->mapToGlobal(QPoint(0, -height() - 2));
  const QPoint below = button->mapToGlobal(QPoint(0, button->height() + 2));
  QPoint place = above.y() >= screen.top() ? above : below;
  place.setX(std::clamp(place.x(), screen.left(), std::max(screen.left(), screen.right() - width())));
  move(place);
  show();
  (size_ ? static_cast<QWidget*>(size_) : checksum_)->setFocus(Qt::PopupFocusReason);
}

}  // namespace sockbench::ui
