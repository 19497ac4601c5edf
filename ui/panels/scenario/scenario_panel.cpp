#include "ui/panels/scenario/scenario_panel.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/panels/scenario/scenario_page.h"
#include "ui/panels/scenario/scenario_templates.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/page_tabs.h"

namespace sockbench::ui {
namespace {

constexpr int kMostRestoredPages = 32;

QStringList scenarioFiles(const QMimeData* data) {
  QStringList files;
  const QList<QUrl> urls = data->urls();
  for (const QUrl& url : urls) {
    const QString path = url.toLocalFile();
    if (path.endsWith(QLatin1String(".toml"), Qt::CaseInsensitive) && QFileInfo(path).isFile()) files += path;
  }
  return files;
}

}  // namespace

ScenarioPanel::ScenarioPanel(EngineBridge* bridge, QWidget* parent)
    : Panel(parent), bridge_(bridge), tabs_(new PageTabs(QStringLiteral("scenario"), this)) {
  setHelpPage(this, QStringLiteral("scenarios"));
  setAcceptDrops(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(tabs_);
  tabs_->setNewPageText(tr("Another scenario"));
  connect(tabs_, &PageTabs::newPageRequested, this, [this] {
    ScenarioPage* page = addPage();
    page->setText(scenarioTemplates().first().text, false);
    tabs_->setCurrent(page);
    focusFirst();
  });
  connect(tabs_, &PageTabs::closeRequested, this, &ScenarioPanel::closePage);
}

ScenarioPage* ScenarioPanel::pageAt(int index) const {
  return static_cast<ScenarioPage*>(tabs_->page(index));
}

ScenarioPage* ScenarioPanel::currentPage() const {
  return static_cast<ScenarioPage*>(tabs_->current());
}

ScenarioPage* ScenarioPanel::frontPage() {
  if (tabs_->count() == 0) addPage()->setText(scenarioTemplates().first().text, false);
  return currentPage();
}

ScenarioPage* ScenarioPanel::freshPage() {
  ScenarioPage* page = currentPage();
  if (!page || !page->isFresh()) page = addPage();
  tabs_->setCurrent(page);
  return page;
}

ScenarioPage* ScenarioPanel::addPage() {
  auto* page = new ScenarioPage(bridge_, this);
  tabs_->addPage(page);
  showTitle(page);
  connect(page, &ScenarioPage::titleChanged, this, [this, page] {
    if (warned_ == page && !page->isChanged()) warned_ = nullptr;
    showTitle(page);
  });
  connect(page, &ScenarioPage::fileUsed, this, &ScenarioPanel::note);
  connect(page, &ScenarioPage::newRequested, this, [this](const QByteArray& text) {
    freshPage()->setText(text, false);
    focusFirst();
  });
  connect(page, &ScenarioPage::openRequested, this, &ScenarioPanel::askWhich);
  connect(page, &ScenarioPage::recentMenuOpening, this, &ScenarioPanel::fillRecent);
  return page;
}

void ScenarioPanel::showTitle(ScenarioPage* page) {
  const QString where = page->path().isEmpty() ? tr("Not saved in a file") : shownText(toUtf8(page->path()));
  tabs_->setTitle(page, page->title(), page->dot(), where);
}

void ScenarioPanel::closePage(QWidget* widget) {
  auto* page = static_cast<ScenarioPage*>(widget);
  if (page->isChanged() && std::exchange(warned_, page) != page) {
    tabs_->setCurrent(page);
    return page->warnOfChanges();
  }
  warned_ = nullptr;
  page->disconnect(this);
  if (tabs_->count() == 1) addPage()->setText(scenarioTemplates().first().text, false);
  tabs_->removePage(page);
  page->cancel();
  page->deleteLater();
}

void ScenarioPanel::openScenario(const QString& path) {
  const QString whole = QFileInfo(path).absoluteFilePath();
  for (int index = 0; index < tabs_->count(); ++index) {
    if (pageAt(index)->path() == whole) return tabs_->setCurrent(pageAt(index));
  }
  freshPage()->open(whole);
}

void ScenarioPanel::newScenario(const QByteArray& text) {
  freshPage()->setText(text, true);
  focusFirst();
}

void ScenarioPanel::askWhich() {
  const QString folder = recent_.isEmpty() ? QString() : QFileInfo(recent_.first()).absolutePath();
  auto* dialog =
      new QFileDialog(this, tr("Open a scenario"), folder, tr("Scenarios (*.toml);;All files (*)"));
  dialog->setObjectName(QStringLiteral("openScenarioDialog"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
    for (const QString& path : paths) openScenario(path);
  });
  dialog->open();
}

void ScenarioPanel::note(const QString& path) {
  recent_.removeAll(path);
  recent_.prepend(path);
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
}

void ScenarioPanel::fillRecent(QMenu* menu) {
  for (const QString& path : qAsConst(recent_)) {
    QString words = shownText(toUtf8(path));
    words.replace(QLatin1Char('&'), QStringLiteral("&&"));
    menu->addAction(words, this, [this, path] { openScenario(path); })
        ->setObjectName(QStringLiteral("recentScenarioAction"));
  }
}

void ScenarioPanel::showEvent(QShowEvent* event) {
  frontPage();
  Panel::showEvent(event);
}

void ScenarioPanel::dragEnterEvent(QDragEnterEvent* event) {
  if (!scenarioFiles(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ScenarioPanel::dropEvent(QDropEvent* event) {
  const QStringList files = scenarioFiles(event->mimeData());
  for (const QString& file : files) openScenario(file);
  event->acceptProposedAction();
}

void ScenarioPanel::act() {
  frontPage()->act();
}
void ScenarioPanel::cancel() {
  if (ScenarioPage* page = currentPage()) page->cancel();
}
void ScenarioPanel::focusFirst() {
  frontPage()->focusFirst();
}

void ScenarioPanel::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("recent"), recent_);
  settings.beginWriteArray(QStringLiteral("pages"), tabs_->count());
  for (int index = 0; index < tabs_->count(); ++index) {
    settings.setArrayIndex(index);
    pageAt(index)->saveState(settings);
    if (pageAt(index) == tabs_->current()) settings.setValue(QStringLiteral("isCurrent"), true);
  }
  settings.endArray();
}

void ScenarioPanel::restoreState(QSettings& settings) {
  recent_ = settings.value(QStringLiteral("recent")).toStringList();
  if (recent_.size() > kMostRecent) recent_.resize(kMostRecent);
  const int count = std::min(settings.beginReadArray(QStringLiteral("pages")), kMostRestoredPages);
  ScenarioPage* current = nullptr;
  for (int index = 0; index < count; ++index) {
    settings.setArrayIndex(index);
    ScenarioPage* page = addPage();
    page->setText(scenarioTemplates().first().text, false);  // until its own has been read
    page->restoreState(settings);
    if (settings.value(QStringLiteral("isCurrent")).toBool()) current = page;
  }
  settings.endArray();
  if (current) tabs_->setCurrent(current);
}

}  // namespace sockbench::ui
