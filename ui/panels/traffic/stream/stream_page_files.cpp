#include <QFileDialog>

#include "ui/models/format.h"
#include "ui/models/save_file.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/stream/framing_box.h"
#include "ui/panels/traffic/stream/stream_page.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/widgets/inline_message.h"

#include <QAction>
#include <QComboBox>
#include <QToolButton>

namespace sockbench::ui {
namespace {

constexpr QSize kWindow(820, 620);

QFileDialog* saveDialog(QWidget* parent, const QString& title, const QString& suffix) {
  auto* dialog = new QFileDialog(parent, title);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(suffix);
  return dialog;
}

}  // namespace

void StreamPage::saveTo(const QString& path, StreamSave::What what) {
  if (!conversation_ || save_->isRunning()) return;
  cancelSave_->setEnabled(true);
  StreamStyle style;
  style.form = view_->form();
  style.encoding = view_->encoding();
  save_->start(path, what, source_->log().shared_from_this(), conversation_, style);
}

void StreamPage::askWhere(StreamSave::What what) {
  const bool text = what == StreamSave::What::bothAsText;
  auto* dialog =
      saveDialog(this, tr("Save the stream"), text ? QStringLiteral("txt") : QStringLiteral("bin"));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, what](const QString& path) { saveTo(path, what); });
  dialog->open();
}

void StreamPage::askWhereForBytes(const QByteArray& bytes) {
  auto* dialog = saveDialog(this, tr("Save the selected bytes"), QStringLiteral("bin"));
  connect(dialog, &QFileDialog::fileSelected, this, [this, bytes](const QString& path) {
    const ByteView view = asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    const Result<std::size_t> saved = saveFile(path, view);
    if (!saved) return message_->showError(saved.error());
    message_->showNote(tr("%1 saved to %2").arg(formatBytes(*saved), path));
  });
  dialog->open();
}

StreamPage* StreamPage::openWindow() {
  auto* page = new StreamPage(source_, window());
  page->setWindowFlags(Qt::Window);
  page->setAttribute(Qt::WA_DeleteOnClose);
  page->setFraming(framing_->spec());
  page->form_->setCurrentIndex(form_->currentIndex());
  page->encoding_->setCurrentIndex(encoding_->currentIndex());
  page->direction_->setCurrentIndex(direction_->currentIndex());
  page->setSession(session_);
  connect(page, &StreamPage::rowActivated, this, &StreamPage::rowActivated);
  connect(source_, &QObject::destroyed, page, &QWidget::close);  // a file that is closed
  page->resize(kWindow);
  page->show();
  return page;
}

void StreamPage::updateWindowTitle() {
  setWindowTitle(session_ ? tr("Session %1: %2").arg(session_.value).arg(source_->sessionName(session_))
                          : tr("Stream"));
}

}  // namespace sockbench::ui
