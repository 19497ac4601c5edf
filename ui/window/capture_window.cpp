#include "ui/window/capture_window.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenuBar>
#include <QProgressBar>
#include <QSettings>
#include <QStatusBar>
#include <QVBoxLayout>

#include "ui/models/file_traffic.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/panels/traffic/timeline_tools.h"
#include "ui/panels/traffic/traffic_panel.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"

namespace sockbench::ui {
namespace {

constexpr QSize kFirstSize{1100, 720};
const QString kGroup = QStringLiteral("captureWindow");

QString shownName(const QString& path) {
  return shownText(toUtf8(QFileInfo(path).fileName()));
}

}  // namespace

CaptureWindow::CaptureWindow(const QString& path, const TrafficPanel* like, QWidget* parent)
    : QMainWindow(parent),
      message_(new InlineMessage(this)),
      label_(new QLabel(this)),
      progress_(new QProgressBar(this)) {
  setObjectName(QStringLiteral("captureWindow"));
  setAttribute(Qt::WA_DeleteOnClose);
  setAttribute(Qt::WA_QuitOnClose, false);  // the main window is the program
  setWindowTitle(tr("%1 \u2013 Sockbench").arg(shownName(path)));
  message_->setObjectName(QStringLiteral("captureFileMessage"));
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(message_);
  auto file = FileTraffic::open(path);
  if (file) {
    file_ = *std::move(file);
    panel_ = new TrafficPanel(file_.get(), this, like);
    column->addWidget(panel_, 1);
    connect(file_.get(), &FileTraffic::statusChanged, this, &CaptureWindow::showStatus);
  } else {
    message_->showError(file.error());
    column->addStretch(1);
  }
  setCentralWidget(centre);
  makeStatusBar();
  makeMenus();
  resize(kFirstSize);
  if (file_) showStatus();
}

CaptureWindow::~CaptureWindow() {
  delete panel_;  // before the file that it shows
}

void CaptureWindow::makeStatusBar() {
  statusBar()->setSizeGripEnabled(false);
  label_->setObjectName(QStringLiteral("captureFileLabel"));
  label_->setTextFormat(Qt::PlainText);
  label_->setAccessibleName(tr("What was read"));
  label_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  label_->setContentsMargins(8, 2, 8, 2);
  progress_->setObjectName(QStringLiteral("captureFileProgress"));
  progress_->setAccessibleName(tr("Reading"));
  progress_->setMaximumWidth(180);
  progress_->hide();
  statusBar()->addWidget(label_, 1);
  statusBar()->addPermanentWidget(progress_);
}

void CaptureWindow::makeMenus() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  file->addAction(tr("&Open capture\u2026"), QKeySequence::Open, this, &CaptureWindow::openRequested);
  if (panel_ != nullptr) {
    const auto actions = panel_->captureActions();
    for (QAction* action : actions) file->addAction(action);
  }
  file->addSeparator();
  file->addAction(tr("&Close"), QKeySequence::Close, this, &QWidget::close);
  if (panel_ == nullptr) return;
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  edit->addAction(tr("&Filter"), QKeySequence(Qt::CTRL | Qt::Key_F), panel_, &TrafficPanel::focusFilter);
  edit->addActions(panel_->tools()->findActions());
  edit->addSeparator();
  edit->addActions(panel_->tools()->noteActions());
  edit->addAction(panel_->tools()->colours());
  QMenu* help = menuBar()->addMenu(tr("&Help"));
  help->addAction(tr("&Help on this"), QKeySequence(Qt::Key_F1), this,
                  [this] { emit helpRequested(helpPageOf(focusWidget())); });
}

void CaptureWindow::showStatus() {
  const CaptureFile::Status status = file_->status();
  QStringList parts{
      status.reading ? tr("Reading\u2026") : tr("Read"),
      tr("%1 packet(s)", nullptr, pluralNumber(status.packets)).arg(formatCount(status.packets)),
      formatBytes(status.bytesRead)};
  if (status.ours) parts.append(tr("written by Sockbench"));
  if (status.passedOver > 0) {
    parts.append(tr("%1 passed over: no TCP, UDP or data of ours", nullptr, pluralNumber(status.passedOver))
                     .arg(formatCount(status.passedOver)));
  }
  if (const std::uint64_t evicted = file_->log().evicted()) {
    parts.append(tr("%1 evicted").arg(formatCount(evicted)));
  }
  label_->setText(parts.join(QStringLiteral(" \u00b7 ")));
  progress_->setVisible(status.reading);
  progress_->setRange(0, status.bytesAll > 0 ? 1000 : 0);
  if (status.bytesAll > 0) {
    progress_->setValue(static_cast<int>(1000.0 * static_cast<double>(status.bytesRead) /
                                         static_cast<double>(status.bytesAll)));
  }
  if (status.error) message_->showError(*status.error);
}

void CaptureWindow::remember(QSettings* settings) {
  settings_ = settings;
  settings_->beginGroup(kGroup);
  restoreGeometry(settings_->value(QStringLiteral("geometry")).toByteArray());
  if (panel_ != nullptr) panel_->restoreState(*settings_);
  settings_->endGroup();
}

// The "?" beside a thing asks the window that it is in.
bool CaptureWindow::event(QEvent* event) {
  if (event->type() != HelpWanted::kType) return QMainWindow::event(event);
  emit helpRequested(static_cast<HelpWanted*>(event)->page());
  event->accept();
  return true;
}

void CaptureWindow::closeEvent(QCloseEvent* event) {
  if (settings_ != nullptr) {
    settings_->beginGroup(kGroup);
    settings_->setValue(QStringLiteral("geometry"), saveGeometry());
    if (panel_ != nullptr) panel_->saveState(*settings_);
    settings_->endGroup();
  }
  QMainWindow::closeEvent(event);
}

}  // namespace sockbench::ui
