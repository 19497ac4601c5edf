#include "ui/widgets/bytes_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/payload/visible_text.h"
#include "ui/bridge/core_types.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/widgets/marked_text_view.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kPrettyAtOnce = std::size_t{64} << 10;  // bytes

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
      pretty_(new QToolButton(this)),
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
  pretty_->setObjectName(prefix + QStringLiteral("PrettyButton"));
  pretty_->setText(tr("Pretty"));
  pretty_->setAccessibleName(tr("Lay out JSON and XML for reading"));
  pretty_->setToolTip(plainToolTip(pretty_->accessibleName()));
  pretty_->setCheckable(true);
  pretty_->setFocusPolicy(Qt::TabFocus);
  pretty_->hide();
  connect(pretty_, &QToolButton::toggled, this, &BytesText::show);
  note_->setObjectName(prefix + QStringLiteral("TextNote"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);
  note_->setProperty("dim", true);

  auto* bar = new QHBoxLayout;
  bar->setContentsMargins(10, 6, 10, 6);
  bar->setSpacing(10);
  bar->addWidget(encoding_);
  bar->addWidget(pretty_);
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
  ++asked_;
  pretty_->hide();
  encoding_->setEnabled(false);
  note_->setText(note);
  view_->setPlainText(words);
}

bool BytesText::isPretty() const {
  return pretty_->isChecked();
}

void BytesText::setPretty(bool pretty) {
  pretty_->setChecked(pretty);
}

void BytesText::show() {
  if (!bytes_) return;
  ++asked_;
  encoding_->setEnabled(true);
  const bool structured = encoding() == TextEncoding::utf8 && textSyntaxOf(bytes_->bytes);
  pretty_->setVisible(structured);
  if (structured && isPretty()) return layOut();
  showPlain({});
}

void BytesText::layOut() {
  const TextSyntax syntax = *textSyntaxOf(bytes_->bytes);
  if (bytes_->bytes.size() <= kPrettyAtOnce) return showPretty(prettyText(bytes_->bytes, syntax), syntax);
  note_->setText(tr("Laying out\u2026"));
  view_->clear();
  inBackground(
      this, [bytes = *bytes_, syntax] { return prettyText(bytes.bytes, syntax); },
      [this, syntax, asked = asked_](const PrettyResult& pretty) {
        if (asked == asked_) showPretty(pretty, syntax);
      });
}

void BytesText::showPretty(const PrettyResult& pretty, TextSyntax syntax) {
  const QString name = toQString(textSyntaxName(syntax));
  if (!pretty) {
    const PrettyFault& fault = pretty.error();
    showPlain(tr("Not %1: line %2, column %3: %4.")
                  .arg(name, formatCount(fault.line), formatCount(fault.column), toQString(fault.sentence)));
    return markFault(fault);
  }
  const std::string_view shown = std::string_view(*pretty).substr(0, kShownBytes);
  QString text = toQString(visibleText(shown, true));
  QStringList notes{tr("%1, laid out").arg(name)};
  if (shown.size() < pretty->size())
    notes.append(tr("The first %1 of %2 bytes of it are shown.")
                     .arg(formatCount(shown.size()), formatCount(pretty->size())));
  if (breakLongLines(text, kShownLine))
    notes.append(
        tr("Lines of more than %1 characters are continued on the next.").arg(formatCount(kShownLine)));
  note_->setText(notes.join(QStringLiteral(". ")));
  view_->setExtraSelections({});
  view_->setPlainText(text);
}

// The place in the text as it is shown: what comes before it may have become longer there.
void BytesText::markFault(const PrettyFault& fault) {
  const ByteView bytes = bytes_->bytes;
  if (fault.offset > std::min(bytes.size(), kShownBytes)) return;
  QString before = toQString(visibleText(decodeText(bytes.first(fault.offset), TextEncoding::utf8), true));
  breakLongLines(before, kShownLine);
  const qsizetype end = view_->document()->characterCount() - 1;
  const qsizetype place = std::clamp<qsizetype>(before.size(), 0, std::max<qsizetype>(0, end - 1));
  const auto mark = wrongMark(view_->document(), {place, 1});
  view_->setExtraSelections({mark});
  QTextCursor cursor = view_->textCursor();
  cursor.setPosition(mark.cursor.selectionStart());
  view_->setTextCursor(cursor);
}

void BytesText::showPlain(const QString& remark) {
  const ByteView bytes = bytes_->bytes;
  std::size_t invalid = 0;
  const std::string decoded =
      decodeText(bytes.first(std::min(bytes.size(), kShownBytes)), encoding(), &invalid);
  QString text = toQString(visibleText(decoded, true));
  QStringList notes;
  if (!remark.isEmpty()) notes.append(remark);
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
  view_->setExtraSelections({});
  view_->setPlainText(text);
}

}  // namespace sockbench::ui
