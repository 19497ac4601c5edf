#include "ui/window/capture_desk.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <QWidget>

#include "ui/bridge/core_types.h"
#include "ui/models/file_traffic.h"
#include "ui/models/shown_text.h"
#include "ui/window/capture_window.h"

namespace sockbench::ui {
namespace {
const QString kRecent = QStringLiteral("captures/recent");
}  // namespace

CaptureDesk::CaptureDesk(QWidget* place, const TrafficPanel* like)
    : QObject(place), place_(place), like_(like) {}

CaptureDesk::~CaptureDesk() {
  for (const QPointer<CaptureWindow>& window : qAsConst(windows_)) delete window;
}

void CaptureDesk::remember(QSettings* settings) {
  settings_ = settings;
  recent_ = settings_->value(kRecent).toStringList();
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
}

CaptureWindow* CaptureDesk::open(const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  windows_.removeIf([](const QPointer<CaptureWindow>& window) { return window.isNull(); });
  for (const QPointer<CaptureWindow>& window : qAsConst(windows_)) {
    if (window->file() == nullptr || window->file()->path() != whole) continue;
    window->raise();
    window->activateWindow();
    return window;
  }
  auto* window = new CaptureWindow(whole, like_);
  windows_.append(window);
  connect(window, &CaptureWindow::openRequested, this, &CaptureDesk::askWhich);
  connect(window, &CaptureWindow::helpRequested, this, &CaptureDesk::helpRequested);
  if (settings_ != nullptr) window->remember(settings_);
  window->show();
  if (window->isOpen()) {
    note(whole);
    emit opened(window);
  }
  return window;
}

void CaptureDesk::askWhich() {
  const QString folder = recent_.isEmpty() ? QString() : QFileInfo(recent_.first()).absolutePath();
  auto* dialog = new QFileDialog(place_, tr("Open a capture"), folder,
                                 tr("Captures (*.pcapng *.pcap *.cap *.ntar);;All files (*)"));
  dialog->setObjectName(QStringLiteral("openCaptureDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
    for (const QString& path : paths) open(path);
  });
  dialog->open();
}

void CaptureDesk::fillRecent(QMenu* menu) {
  menu->clear();
  for (const QString& path : qAsConst(recent_)) {
    QString words = shownText(toUtf8(path));
    words.replace(QLatin1Char('&'), QStringLiteral("&&"));
    QAction* action = menu->addAction(words, this, [this, path] { open(path); });
    action->setObjectName(QStringLiteral("recentCaptureAction"));
  }
  if (recent_.isEmpty()) menu->addAction(tr("None yet"))->setEnabled(false);
}

void CaptureDesk::closeAll() {
  const QList<QPointer<CaptureWindow>> windows = windows_;
  for (const QPointer<CaptureWindow>& window : windows) {
    if (window) window->close();
  }
}

void CaptureDesk::note(const QString& path) {
  recent_.removeAll(path);
  recent_.prepend(path);
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
  if (settings_ != nullptr) settings_->setValue(kRecent, recent_);
}

QStringList CaptureDesk::filesOf(const QMimeData* data) {
  QStringList files;
  const QList<QUrl> urls = data->urls();
  for (const QUrl& url : urls) {
    if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) files.append(url.toLocalFile());
  }
  return files;
}

}  // namespace sockbench::ui
