#include "ui/models/colour_rules.h"

#include <QSettings>
#include <utility>
#include <vector>

#include "ui/bridge/core_types.h"

namespace sockbench::ui {

void ColourRules::setRules(QList<ColourRule> rules) {
  if (rules.size() > kMost) rules.resize(kMost);
  if (rules == rules_) return;
  rules_ = std::move(rules);
  filters_.clear();
  for (const ColourRule& rule : qAsConst(rules_)) filters_.append(Filter::parse(toUtf8(rule.filter)));
  emit changed();
}

std::optional<Error> ColourRules::error(qsizetype rule) const {
  const Result<FilterPtr>& filter = filters_.at(rule);
  return filter ? std::nullopt : std::optional(filter.error());
}

bool ColourRules::colours(qsizetype rule) const {
  const ColourRule& r = rules_.at(rule);
  return r.enabled && filters_.at(rule) && !r.filter.trimmed().isEmpty();
}

bool ColourRules::isColouring() const {
  for (qsizetype i = 0; i < rules_.size(); ++i) {
    if (colours(i)) return true;
  }
  return false;
}

bool ColourRules::usesNotes() const {
  for (qsizetype i = 0; i < rules_.size(); ++i) {
    if (colours(i) && (*filters_.at(i))->usesNotes()) return true;
  }
  return false;
}

qsizetype ColourRules::ruleOf(const TrafficLog& log, std::uint64_t number) const {
  const LogSlab slab = log.slab(number, 1);
  if (slab.empty() || slab.first() != number) return -1;
  FilterContext context;
  context.notes = &log.notes();
  if (const auto before = number > 0 ? log.read(number - 1) : std::nullopt)
    context.previousTime = before->record.time;
  std::vector<std::uint32_t> passed;
  for (qsizetype i = 0; i < rules_.size(); ++i) {
    if (!colours(i)) continue;
    (*filters_.at(i))->select(slab, context, passed);
    if (!passed.empty()) return i;
  }
  return -1;
}

QList<ColourRule> ColourRules::examples() {
  return {
      {tr("Errors and resets"), QStringLiteral("kind in {error reset}"), 0, true},
      {tr("Lost datagrams"), QStringLiteral("kind == dropped or truncated"), 1, true},
      {tr("Connections begin and end"), QStringLiteral("kind in {connected accepted half-closed closed}"), 3,
       true},
      {tr("A long wait before"), QStringLiteral("delta > 1"), 2, true},
      {tr("Marked rows"), QStringLiteral("marked"), 5, true},
  };
}

void ColourRules::saveState(QSettings& settings) const {
  settings.beginWriteArray(QStringLiteral("colourRules"), static_cast<int>(rules_.size()));
  for (int i = 0; i < static_cast<int>(rules_.size()); ++i) {
    settings.setArrayIndex(i);
    settings.setValue(QStringLiteral("name"), rules_.at(i).name);
    settings.setValue(QStringLiteral("filter"), rules_.at(i).filter);
    settings.setValue(QStringLiteral("colour"), rules_.at(i).colour);
    settings.setValue(QStringLiteral("enabled"), rules_.at(i).enabled);
  }
  settings.endArray();
}

void ColourRules::restoreState(QSettings& settings) {
  QList<ColourRule> rules;
  const int count = settings.beginReadArray(QStringLiteral("colourRules"));
  for (int i = 0; i < count && i < static_cast<int>(kMost); ++i) {
    settings.setArrayIndex(i);
    rules.append({settings.value(QStringLiteral("name")).toString(),
                  settings.value(QStringLiteral("filter")).toString(),
                  settings.value(QStringLiteral("colour")).toInt(),
                  settings.value(QStringLiteral("enabled")).toBool()});
  }
  settings.endArray();
  setRules(std::move(rules));
}

}  // namespace sockbench::ui
