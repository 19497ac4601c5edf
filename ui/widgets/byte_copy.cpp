#include "ui/widgets/byte_copy.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>

#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/models/save_file.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/hex_view.h"

namespace sockbench::ui {
namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 20;  // bytes that are put into words before the eye notices

QString text(ByteView bytes, ByteFormat format, std::size_t first) {
  return toQString(format == ByteFormat::hexDump ? hexDump(bytes, first) : formatBytes(bytes, format));
}

QString count(std::size_t bytes) {
  return formatCount(bytes);
}

}  // namespace

ByteCopy::ByteCopy(HexView* view) : QObject(view), view_(view) {
  // The key itself is taken by the view: a shortcut here would contend with the window's.
  add(tr("Copy as &hex") + QLatin1Char('\t') +
          QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText),
      "hexCopyHexAction", ByteFormat::hex);
  add(tr("Copy as &dump"), "hexCopyDumpAction", ByteFormat::hexDump);
  add(tr("Copy as &escaped text"), "hexCopyTextAction", ByteFormat::escaped);
  add(tr("Copy as a &C array"), "hexCopyCAction", ByteFormat::cArray);
  add(tr("Copy as &Python bytes"), "hexCopyPythonAction", ByteFormat::python);
  add(tr("Copy as &base64"), "hexCopyBase64Action", ByteFormat::base64);
  auto* save = new QAction(tr("&Save the bytes as a file\u2026"), view_);
  save->setObjectName(QStringLiteral("hexSaveAction"));
  connect(save, &QAction::triggered, this, &ByteCopy::askWhere);
  view_->addAction(save);
}

void ByteCopy::add(const QString& words, const char* name, ByteFormat format) {
  auto* action = new QAction(words, view_);
  action->setObjectName(QString::fromLatin1(name));
  connect(action, &QAction::triggered, this, [this, format] { copy(format); });
  view_->addAction(action);
}

QString ByteCopy::copiedText(ByteFormat format) const {
  const PinnedBytes chosen = view_->chosen();
  return text(chosen.bytes.first(std::min(chosen.bytes.size(), kMost)), format, view_->chosenFrom());
}

void ByteCopy::copy(ByteFormat format) {
  PinnedBytes chosen = view_->chosen();
  const std::size_t all = chosen.bytes.size();
  if (all == 0) return;
  chosen.bytes = chosen.bytes.first(std::min(all, kMost));
  const auto put = [this, length = chosen.bytes.size(), all](const QString& words) {
    QApplication::clipboard()->setText(words);
    emit told(length == all
                  ? tr("%1 byte(s) copied", nullptr, pluralNumber(all)).arg(count(all))
                  : tr("The first %1 of %2 bytes copied: a file holds all").arg(count(length), count(all)));
  };
  const auto first = static_cast<std::size_t>(view_->chosenFrom());
  if (chosen.bytes.size() <= kAtOnce) return put(text(chosen.bytes, format, first));
  emit told(tr("Copying\u2026"));
  inBackground(
      this, [chosen, format, first] { return text(chosen.bytes, format, first); }, put);
}

void ByteCopy::askWhere() {
  auto* dialog = new QFileDialog(view_, tr("Save the bytes"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  connect(dialog, &QFileDialog::fileSelected, this, &ByteCopy::save);
  dialog->open();
}

void ByteCopy::save(const QString& path) {
  emit told(tr("Saving\u2026"));
  inBackground(
      this, [chosen = view_->chosen(), path] { return saveFile(path, chosen.bytes); },
      [this, path](const Result<std::size_t>& saved) {
        if (!saved) return emit refused(saved.error());
        emit told(tr("%1 byte(s) saved to %2", nullptr, pluralNumber(*saved))
                      .arg(count(*saved), shownText(toUtf8(path))));
      });
}

}  // namespace sockbench::ui
