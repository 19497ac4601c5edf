#include "ui/widgets/bytes_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/marked_text_view.h"

namespace sockbench::ui {
namespace {

// Breaks lines that are longer than a text widget lays out at ease; true when there was one.
bool breakLongLines(QString& text, qsizetype longest) {
  QString broken;
  qsizetype from = 0;
  while (from < text.size()) {
    const qsizetype end = text.indexOf(u'\n', from);
    qsizetype to = end < 0 ? text.size() : end + 1;
    if (to - from > longest + 1) {
      to = from + longest - (text[from + longest - 1].isHighSurrogate() ? 1 : 0);
      broken += QStringView(text).mid(from, to - from);
      broken += u'\n';
    } else {
      broken += QStringView(text).mid(from, to - from);
    }
    from = to;
  }
  const bool any = broken.size() != text.size();
  text = std::move(broken);
  return any;
}

}  // namespace

BytesText::BytesText(const QString& prefix, const QString& title, QWidget* parent)
    : QWidget(parent),
      encoding_(new QComboBox(this)),
      note_(new QLabel(this)),
      view_(new MarkedTextView(this)) {
  view_->setObjectName(prefix + QStringLiteral("TextView"));
  view_->setAccessibleName(title);
  view_->setStyleSheet(
      QStringLiteral("QPlainTextEdit { border: none; border-radius: 0; padding: 2px 10px; }"));
  encoding_->setObjectName(prefix + QStringLiteral("EncodingBox"));
  encoding_->setAccessibleName(tr("Encoding of the text"));
  for (const TextEncoding e : textEncodings()) {
    encoding_->addItem(toQString(textEncodingName(e)), static_cast<int>(e));
  }
  connect(encoding_, &QComboBox::currentIndexChanged, this, &BytesText::show);
  note_->setObjectName(prefix + QStringLiteral("TextNote"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);
  note_->setProperty("dim", true);

  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(10, 6, 10, 6);
  bar->setSpacing(10);
  bar->addWidget(encoding_);
  bar->addWidget(note_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(bar);
  column->addWidget(view_, 1);
}

TextEncoding BytesText::encoding() const {
  return static_cast<TextEncoding>(encoding_->currentData().toInt());
}

void BytesText::setEncoding(TextEncoding encoding) {
  encoding_->setCurrentIndex(std::max(0, encoding_->findData(static_cast<int>(encoding))));
}

void BytesText::setBytes(const PinnedBytes& bytes) {
  bytes_ = bytes;
  show();
}

void BytesText::setWords(const QString& words, const QString& note) {
  bytes_.reset();
  encoding_->setEnabled(false);
  note_->setText(note);
  view_->setPlainText(words);
}

void BytesText::show() {
  if (!bytes_) return;
  encoding_->setEnabled(true);
  const ByteView bytes = bytes_->bytes;
  std::size_t invalid = 0;
  const std::string decoded =
      decodeText(bytes.first(std::min(bytes.size(), kShownBytes)), encoding(), &invalid);
  QString text = toQString(visibleText(decoded, true));
  QStringList notes;
  if (bytes.size() > kShownBytes) {
    notes.append(
        tr("The first %1 of %2 bytes are shown.").arg(formatCount(kShownBytes), formatCount(bytes.size())));
  }
  if (invalid > 0) {
    notes.append(tr("Not %1: %2 byte(s).", nullptr, pluralNumber(invalid))
                     .arg(encoding_->currentText(), formatCount(invalid)));
  }
  if (breakLongLines(text, kShownLine)) {
    notes.append(
        tr("Lines of more than %1 characters are continued on the next.").arg(formatCount(kShownLine)));
  }
  note_->setText(notes.join(u' '));
  view_->setPlainText(text);
}

}  // namespace sockbench::ui
