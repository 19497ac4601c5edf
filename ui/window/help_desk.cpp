#include "ui/window/help_desk.h"

#include <QSettings>
#include <QWidget>

#include "ui/panels/help/help_window.h"
#include "ui/widgets/help_page.h"

namespace sockbench::ui {
namespace {
constexpr QLatin1String kGroup("help");
}  // namespace

HelpDesk::HelpDesk(EngineBridge* bridge, QWidget* window)
    : QObject(window), bridge_(bridge), window_(window) {
  window->installEventFilter(this);
}

HelpDesk::~HelpDesk() = default;

void HelpDesk::open(const QString& page) {
  if (!help_) {
    help_ = std::make_unique<HelpWindow>(bridge_);
    help_->setAttribute(Qt::WA_QuitOnClose, false);
    help_->setSession(session_);
    if (settings_ != nullptr) {
      settings_->beginGroup(kGroup);
      help_->restoreState(*settings_);
      settings_->endGroup();
    }
  }
  help_->showPage(page);
  help_->setWindowState(help_->windowState() & ~Qt::WindowMinimized);
  help_->show();
  help_->raise();
  help_->activateWindow();
}

void HelpDesk::openForFocus() {
  open(helpPageOf(window_->focusWidget()));
}

void HelpDesk::setSession(SessionId id) {
  session_ = id;
  if (help_) help_->setSession(id);
}

void HelpDesk::remember(QSettings* settings) {
  settings_ = settings;
}

void HelpDesk::saveState() {
  if (settings_ == nullptr || !help_) return;
  settings_->beginGroup(kGroup);
  help_->saveState(*settings_);
  settings_->endGroup();
}

bool HelpDesk::eventFilter(QObject* watched, QEvent* event) {
  if (watched != window_ || event->type() != HelpWanted::kType) return QObject::eventFilter(watched, event);
  open(static_cast<HelpWanted*>(event)->page());
  event->accept();
  return true;
}

}  // namespace sockbench::ui
