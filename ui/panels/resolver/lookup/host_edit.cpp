#include "ui/panels/resolver/lookup/host_edit.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>
#include <algorithm>

#include "core/net/endpoint.h"
#include "core/resolve/host_database.h"
#include "ui/bridge/core_types.h"
#include "ui/widgets/wrong_mark.h"

namespace sockbench::ui {
namespace {

constexpr int kFewestLines = 3;
constexpr int kMostLines = 5;
constexpr int kMostMarks = 200;  // each is looked at for each line that is painted

// Rests with a line of the text.
struct KnownLine : QTextBlockUserData {
  explicit KnownLine(const QString& whole) : text(whole) {
    line.host = whole.section(QLatin1Char('#'), 0, 0).trimmed();
    if (line.host.isEmpty()) return;
    indent = whole.indexOf(line.host);
    line.fault = hostFault(line.host);
  }
  QString text;
  HostLine line;
  qsizetype indent = 0;
};

int addressFlag(std::string_view name) {
  const auto& flags = addressFlags();
  const auto found = std::ranges::find(flags, name, &AddressFlag::name);
  return found == flags.end() ? 0 : found->bit;
}

}  // namespace

std::optional<Error> hostFault(const QString& host) {
  const std::string text = toUtf8(host);
  const Result<Endpoint> endpoint = Endpoint::fromParts(Transport::tcp, text, "0");
  if (endpoint) return std::nullopt;
  // Forms such as 127.1 are no host of an endpoint, but getaddrinfo reads them without asking anybody.
  if (getAddressInfo({.host = text, .service = "0", .flags = addressFlag("numerichost")}))
    return std::nullopt;
  return endpoint.error();
}

HostEdit::HostEdit(QWidget* parent) : QPlainTextEdit(parent) {
  setTabChangesFocus(true);
  setLineWrapMode(QPlainTextEdit::NoWrap);
  setPlaceholderText(tr("Host names or addresses, one a line"));
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(this, &QPlainTextEdit::textChanged, this, &HostEdit::check);
  fitHeight();
}

// A line is checked once, not each time that another one changes.
const HostLine& HostEdit::lineOf(QTextBlock block) const {
  const QString text = block.text();
  auto* known = static_cast<KnownLine*>(block.userData());
  if (!known || known->text != text) {
    known = new KnownLine(text);
    block.setUserData(known);  // which it owns
  }
  known->line.position = block.position() + known->indent;
  return known->line;
}

QList<HostLine> HostEdit::hosts() const {
  QList<HostLine> lines;
  for (QTextBlock block = document()->begin(); block.isValid() && lines.size() < kMostHosts;
       block = block.next()) {
    const HostLine& line = lineOf(block);
    if (!line.host.isEmpty()) lines += line;
  }
  return lines;
}

bool HostEdit::isOverfull() const {
  int count = 0;
  for (QTextBlock block = document()->begin(); block.isValid() && count <= kMostHosts; block = block.next())
    count += lineOf(block).host.isEmpty() ? 0 : 1;
  return count > kMostHosts;
}

void HostEdit::check() {
  QList<QTextEdit::ExtraSelection> marks;
  for (const HostLine& line : hosts()) {
    if (!line.fault || marks.size() == kMostMarks) continue;
    TextRange wrong = wrongPart(*line.fault, line.host.size());
    wrong.position += line.position;
    marks += wrongMark(document(), wrong);
  }
  setExtraSelections(marks);
  fitHeight();
}

void HostEdit::fitHeight() {
  const int lines = std::clamp(document()->blockCount(), kFewestLines, kMostLines);
  const int frame = 2 * static_cast<int>(document()->documentMargin()) + 8;
  setFixedHeight(fontMetrics().lineSpacing() * lines + frame);
}

void HostEdit::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && event->modifiers().testFlag(Qt::ControlModifier))
    emit lookUpPressed();
  else
    QPlainTextEdit::keyPressEvent(event);
}

QString HostEdit::fileOf(const QMimeData* given) {
  const QList<QUrl> urls = given->urls();
  return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

bool HostEdit::canInsertFromMimeData(const QMimeData* given) const {
  return !fileOf(given).isEmpty() || QPlainTextEdit::canInsertFromMimeData(given);
}

void HostEdit::insertFromMimeData(const QMimeData* given) {
  if (const QString file = fileOf(given); !file.isEmpty()) return emit fileGiven(file);
  if (given->text().size() > static_cast<qsizetype>(kMostListBytes))
    return emit refused(
        Error::fromInput(InputFault::tooLarge, {}, std::nullopt,
                         "the text is longer than " + std::to_string(kMostListBytes) + " characters"));
  QPlainTextEdit::insertFromMimeData(given);
}

void HostEdit::setHosts(const QStringList& hosts) {
  QTextCursor cursor(document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(hosts.join(QLatin1Char('\n')));
  moveCursor(QTextCursor::Start);
}

void HostEdit::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::FontChange) fitHeight();
  if (event->type() == QEvent::PaletteChange && !extraSelections().isEmpty()) check();
}

}  // namespace sockbench::ui
