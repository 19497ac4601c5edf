#include "ui/panels/pages_panel.h"

#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/composer.h"
#include "ui/widgets/page_tabs.h"

namespace sockbench::ui {

namespace {
constexpr int kMostRestoredPages = 32;
const QString kMessage = QStringLiteral("message");
}  // namespace

PagesPanel::PagesPanel(EngineBridge* bridge, const QString& prefix, QWidget* parent)
    : Panel(parent), bridge_(bridge), tabs_(new PageTabs(prefix, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(tabs_);
  connect(tabs_, &PageTabs::newPageRequested, this, &PagesPanel::addNewPage);
  connect(tabs_, &PageTabs::closeRequested, this, &PagesPanel::closePage);
  connect(tabs_, &PageTabs::currentChanged, this, [this] {
    if (const SessionPage* page = currentPage(); page && page->session())
      emit sessionSelected(page->session());
  });
  connect(bridge_, &EngineBridge::sessionsChanged, this, &PagesPanel::forgetClosed);
}

void PagesPanel::setNewPageText(const QString& newPageText) {
  tabs_->setNewPageText(newPageText);
}

void PagesPanel::showEvent(QShowEvent* event) {
  frontPage();
  Panel::showEvent(event);
}

void PagesPanel::act() {
  frontPage()->act();
}
void PagesPanel::cancel() {
  if (SessionPage* page = currentPage()) page->cancel();
}
void PagesPanel::focusFirst() {
  frontPage()->focusFirst();
}

void PagesPanel::addNewPage() {
  tabs_->setCurrent(addPage());
  focusFirst();
}

SessionPage* PagesPanel::pageAt(int index) const {
  return static_cast<SessionPage*>(tabs_->page(index));
}
SessionPage* PagesPanel::currentPage() const {
  return static_cast<SessionPage*>(tabs_->current());
}

SessionPage* PagesPanel::frontPage() {
  if (tabs_->count() == 0) addPage();
  return currentPage();
}

int PagesPanel::pageCount() const {
  return tabs_->count();
}

SessionPage* PagesPanel::pageOf(SessionId id) const {
  if (!id) return nullptr;
  for (int index = 0; index < tabs_->count(); ++index) {
    if (pageAt(index)->owns(id)) return pageAt(index);
  }
  return nullptr;
}

SessionPage* PagesPanel::idlePage() {
  if (frontPage()->isOpen()) tabs_->setCurrent(addPage());
  return currentPage();
}

SessionPage* PagesPanel::freshPage() {
  if (!frontPage()->isFresh()) tabs_->setCurrent(addPage());
  return currentPage();
}

bool PagesPanel::ownsSession(SessionId id) const {
  return pageOf(id) != nullptr;
}

void PagesPanel::showSession(SessionId id) {
  SessionPage* page = pageOf(id);
  if (!page) return;
  tabs_->setCurrent(page);
  page->showSession(id);
}

SessionPage* PagesPanel::addPage() {
  SessionPage* page = makePage();
  tabs_->addPage(page);
  showTitle(page);
  connect(page, &SessionPage::titleChanged, this, [this, page] { showTitle(page); });
  connect(page, &SessionPage::sessionSelected, this, &PagesPanel::sessionSelected);
  connect(page, &SessionPage::detailsRequested, this, &PagesPanel::detailsRequested);
  connect(page, &SessionPage::optionsRequested, this, &PagesPanel::optionsRequested);
  connect(page, &SessionPage::sentByHand, this, &PagesPanel::sentByHand);
  connect(page->composer(), &Composer::saveRequested, this, &PagesPanel::saveRequested);
  page->setFieldSource([this] { return fieldSource_ ? fieldSource_() : FieldValues(); });
  return page;
}

void PagesPanel::setFieldSource(std::function<FieldValues()> source) {
  fieldSource_ = std::move(source);
}

void PagesPanel::refreshFields() {
  for (int index = 0; index < tabs_->count(); ++index) pageAt(index)->refreshFields();
}

void PagesPanel::showTitle(SessionPage* page) {
  const SessionPage::Title title = page->title();
  tabs_->setTitle(page, title.text, title.state, title.toolTip);
}

void PagesPanel::closePage(QWidget* widget) {
  auto* page = static_cast<SessionPage*>(widget);
  for (const SessionId id : page->sessions()) {
    bridge_->close(id);
    leaving_.insert(id.value);
  }
  QList<SessionSnapshot> ended;
  for (const SessionId id : page->sessions()) {
    if (const auto snapshot = bridge_->snapshot(id)) ended.append(*snapshot);
  }
  if (tabs_->count() == 1) addPage();
  page->disconnect(this);
  tabs_->removePage(page);
  page->deleteLater();
  forgetClosed(ended);
}

void PagesPanel::forgetClosed(const QList<SessionSnapshot>& sessions) {
  if (leaving_.isEmpty()) return;
  for (const SessionSnapshot& session : sessions) {
    if (session.isOpen()) continue;
    if (leaving_.remove(session.id.value)) bridge_->forget(session.id);
  }
}

void PagesPanel::saveState(QSettings& settings) const {
  settings.beginWriteArray(QStringLiteral("pages"), tabs_->count());
  for (int index = 0; index < tabs_->count(); ++index) {
    settings.setArrayIndex(index);
    pageAt(index)->saveState(settings);
    settings.setValue(kMessage, pageAt(index)->composer()->text());
  }
  settings.endArray();
  const auto isCurrent = [this](int index) { return tabs_->page(index) == tabs_->current(); };
  for (int index = 0; index < tabs_->count(); ++index) {
    if (isCurrent(index)) settings.setValue(QStringLiteral("currentPage"), index);
  }
}

void PagesPanel::restoreState(QSettings& settings) {
  QList<QWidget*> former;
  for (int index = 0; index < tabs_->count(); ++index) {
    if (!pageAt(index)->isOpen()) former.append(pageAt(index));
  }
  const int saved = settings.beginReadArray(QStringLiteral("pages"));
  const int kept = tabs_->count();
  for (int index = 0; index < std::min(saved, kMostRestoredPages); ++index) {
    settings.setArrayIndex(index);
    SessionPage* page = addPage();
    page->restoreState(settings);
    if (const QString text = settings.value(kMessage).toString(); !text.isEmpty())
      page->composer()->setText(text);
  }
  settings.endArray();
  const int current = kept + std::max(0, settings.value(QStringLiteral("currentPage"), 0).toInt());
  if (QWidget* page = tabs_->page(std::min(current, tabs_->count() - 1))) tabs_->setCurrent(page);
  for (QWidget* page : qAsConst(former)) closePage(page);
}

void PagesPanel::makeFirstPage() {
  frontPage();
}

}  // namespace sockbench::ui
