#include "ui/models/filter_store.h"

#include <QSettings>
#include <algorithm>

namespace sockbench::ui {
namespace {
constexpr QLatin1String kRecent("recentFilters");
constexpr QLatin1String kNames("savedFilterNames");
constexpr QLatin1String kTexts("savedFilters");
}  // namespace

void FilterStore::remember(const QString& text) {
  const QString wanted = text.trimmed();
  if (wanted.isEmpty() || recent_.value(0) == wanted) return;
  recent_.removeAll(wanted);
  recent_.prepend(wanted);
  recent_ = recent_.mid(0, kMostRecent);
  emit changed();
}

qsizetype FilterStore::find(const QString& name) const {
  const auto found = std::ranges::find(saved_, name, &Saved::name);
  return found == saved_.end() ? -1 : found - saved_.begin();
}

bool FilterStore::save(const QString& name, const QString& text) {
  const Saved wanted{name.trimmed(), text.trimmed()};
  if (wanted.name.isEmpty() || wanted.text.isEmpty()) return false;
  const qsizetype at = find(wanted.name);
  if (at < 0 && saved_.size() >= kMostSaved) return false;
  if (at < 0)
    saved_.append(wanted);
  else
    saved_[at] = wanted;
  sort();
  return true;
}

bool FilterStore::rename(const QString& from, const QString& to) {
  const QString name = to.trimmed();
  const qsizetype at = find(from);
  if (at < 0 || name.isEmpty() || (name != from && find(name) >= 0)) return false;
  saved_[at].name = name;
  sort();
  return true;
}

void FilterStore::remove(const QString& name) {
  saved_.removeIf([&](const Saved& one) { return one.name == name; });
  emit changed();
}

void FilterStore::sort() {
  std::ranges::sort(saved_,
                    [](const Saved& a, const Saved& b) { return a.name.localeAwareCompare(b.name) < 0; });
  emit changed();
}

void FilterStore::saveState(QSettings& settings) const {
  QStringList names;
  QStringList texts;
  for (const Saved& one : saved_) {
    names << one.name;
    texts << one.text;
  }
  settings.setValue(kRecent, recent_);
  settings.setValue(kNames, names);
  settings.setValue(kTexts, texts);
}

void FilterStore::restoreState(QSettings& settings) {
  recent_.clear();
  saved_.clear();
  const QStringList recent = settings.value(kRecent).toStringList();
  for (auto text = recent.crbegin(); text != recent.crend(); ++text) remember(*text);
  const QStringList names = settings.value(kNames).toStringList();
  const QStringList texts = settings.value(kTexts).toStringList();
  for (qsizetype i = 0; i < std::min(names.size(), texts.size()); ++i) save(names[i], texts[i]);
  emit changed();
}

}  // namespace sockbench::ui
