#include "ui/panels/page_book.h"

#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace sockbench::ui {

PageBook::PageBook(QWidget* parent) : QTabWidget(parent) {
  setDocumentMode(true);
  connect(this, &QTabWidget::currentChanged, this, &PageBook::page);
}

void PageBook::add(const QString& name, const QString& title, std::function<Panel*()> make) {
  entries_.append({.name = name, .make = std::move(make)});
  auto* place = new QWidget(this);
  auto* column = new QVBoxLayout(place);
  column->setContentsMargins(0, 0, 0, 0);
  addTab(place, title);
}

Panel* PageBook::page(int index) {
  if (index < 0 || index >= entries_.size()) return nullptr;
  Entry& entry = entries_[index];
  if (entry.panel) return entry.panel;
  entry.panel = entry.make();
  entry.panel->setObjectName(entry.name);
  widget(index)->layout()->addWidget(entry.panel);
  return entry.panel;
}

Panel* PageBook::bring(const QString& name) {
  const auto named = std::ranges::find(entries_, name, &Entry::name);
  const int index = named == entries_.end() ? -1 : static_cast<int>(named - entries_.begin());
  if (index >= 0) setCurrentIndex(index);
  return page(index);
}

void PageBook::saveState(QSettings& settings) const {
  if (currentIndex() >= 0) settings.setValue(QStringLiteral("page"), entries_[currentIndex()].name);
  for (const Entry& entry : entries_) {
    if (!entry.panel) continue;
    settings.beginGroup(entry.name);
    entry.panel->saveState(settings);
    settings.endGroup();
  }
}

void PageBook::restoreState(QSettings& settings) {
  const QString front = settings.value(QStringLiteral("page")).toString();
  const QStringList remembered = settings.childGroups();
  for (int i = 0; i < entries_.size(); ++i) {
    const QString name = entries_[i].name;
    if (remembered.contains(name)) {
      settings.beginGroup(name);
      page(i)->restoreState(settings);
      settings.endGroup();
    }
    if (name == front) setCurrentIndex(i);
  }
}

}  // namespace sockbench::ui
