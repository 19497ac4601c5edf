#include "ui/widgets/answers/rules_model.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/duration_text.h"
#include "ui/models/format.h"
#include "ui/models/shown_text.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {
namespace {

using Kind = SessionStep::Kind;
using When = AnswerRule::When;

constexpr qsizetype kLongestPart = 60;

struct Words {
  Q_DECLARE_TR_FUNCTIONS(RulesModel)
};

QString shortened(const std::string& text) {
  const QString whole = shownText(text);
  return whole.size() > kLongestPart ? whole.left(kLongestPart) + QStringLiteral("\u2026") : whole;
}

QString patternText(const PatternSpec& pattern) {
  const QString text = shortened(pattern.text);
  switch (pattern.kind) {
    case PatternSpec::Kind::text:
      return Words::tr("\u201c%1\u201d").arg(text);
    case PatternSpec::Kind::hex:
      return Words::tr("hex %1").arg(text);
    case PatternSpec::Kind::regex:
      return Words::tr("/%1/").arg(text);
  }
  return text;
}

QString stepText(const SessionStep& step) {
  switch (step.kind) {
    case Kind::send:
      return Words::tr("send %1").arg(shortened(step.message.body));
    case Kind::wait:
      return Words::tr("wait %1").arg(QString::fromStdString(durationText(step.time)));
    case Kind::expect:
      return Words::tr("expect %1").arg(patternText(step.pattern));
    case Kind::close:
      return Words::tr("close");
    case Kind::halfClose:
      return Words::tr("half-close");
    case Kind::reset:
      return Words::tr("reset");
    case Kind::stopReading:
      return Words::tr("stop reading");
    case Kind::resumeReading:
      return Words::tr("resume reading");
    case Kind::run:
      return Words::tr("run %1").arg(shortened(step.name));
  }
  return {};
}

QString lengthText(const AnswerRule& rule) {
  if (rule.least == rule.most) return Words::tr("%1 bytes at once").arg(formatCount(rule.least));
  if (rule.most == SIZE_MAX) return Words::tr("%1 bytes or more at once").arg(formatCount(rule.least));
  return Words::tr("%1 to %2 bytes at once").arg(formatCount(rule.least), formatCount(rule.most));
}

}  // namespace

QString whenText(const AnswerRule& rule) {
  switch (rule.when) {
    case When::connected:
      return Words::tr("connected");
    case When::any:
      return Words::tr("anything");
    case When::matches:
      return patternText(rule.pattern);
    case When::length:
      return lengthText(rule);
    case When::nth:
      return rule.every ? Words::tr("each %1. receive").arg(formatCount(rule.count))
                        : Words::tr("the %1. receive").arg(formatCount(rule.count));
    case When::silence:
      return Words::tr("silence for %1").arg(QString::fromStdString(durationText(rule.time)));
    case When::peerClosed:
      return Words::tr("the peer has closed");
  }
  return {};
}

QString stepsText(const std::vector<SessionStep>& steps) {
  QStringList parts;
  for (const SessionStep& step : steps) {
    if (parts.size() == 8) return parts.join(QStringLiteral(" \u00b7 ")) + QStringLiteral(" \u2026");
    parts << stepText(step);
  }
  return parts.isEmpty() ? Words::tr("nothing") : parts.join(QStringLiteral(" \u00b7 "));
}

void RulesModel::setRules(std::vector<AnswerRule> rules) {
  beginResetModel();
  rules_ = std::move(rules);
  hits_.assign(rules_.size(), 0);
  faults_.clear();
  endResetModel();
}

void RulesModel::setRule(int row, AnswerRule rule) {
  rules_[static_cast<std::size_t>(row)] = std::move(rule);
  emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

void RulesModel::insertRule(int row, AnswerRule rule) {
  beginInsertRows({}, row, row);
  rules_.insert(rules_.begin() + row, std::move(rule));
  hits_.insert(hits_.begin() + row, 0);
  endInsertRows();
}

void RulesModel::removeRule(int row) {
  beginRemoveRows({}, row, row);
  rules_.erase(rules_.begin() + row);
  hits_.erase(hits_.begin() + row);
  endRemoveRows();
}

void RulesModel::moveRule(int from, int to) {
  if (!beginMoveRows({}, from, from, {}, to > from ? to + 1 : to)) return;
  std::swap(rules_[static_cast<std::size_t>(from)], rules_[static_cast<std::size_t>(to)]);
  std::swap(hits_[static_cast<std::size_t>(from)], hits_[static_cast<std::size_t>(to)]);
  endMoveRows();
}

void RulesModel::setFaults(const std::vector<RuleFault>& faults) {
  faults_.clear();
  for (const RuleFault& fault : faults)
    faults_[static_cast<int>(fault.rule)] = QString::fromStdString(fault.error.message());
  if (!rules_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void RulesModel::showHits(const RuleBook& book) {
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    const std::uint64_t now = book.hits(i);
    if (std::exchange(hits_[i], now) == now) continue;
    const QModelIndex cell = index(static_cast<int>(i), Hits);
    emit dataChanged(cell, cell);
  }
}

int RulesModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rules_.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString RulesModel::text(const AnswerRule& rule, int row, int column) const {
  switch (column) {
    case Name:
      return shownText(rule.name);
    case When:
      return whenText(rule);
    case Then:
      return faults_.contains(row) ? tr("\u26a0 %1").arg(faults_[row])
                                   : stepsText(rule.steps) + (rule.last ? tr(" \u00b7 last") : QString());
    case Hits:
      return formatCount(hits_[static_cast<std::size_t>(row)]);
    default:
      return {};
  }
}

QVariant RulesModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const AnswerRule& rule = rules_[static_cast<std::size_t>(index.row())];
  const int column = index.column();
  const bool isWrong = faults_.contains(index.row());
  switch (role) {
    case Qt::DisplayRole:
      return text(rule, index.row(), column);
    case Qt::EditRole:
      return column == Name ? QVariant(QString::fromStdString(rule.name)) : QVariant();
    case Qt::CheckStateRole:
      return column == On ? QVariant(rule.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ToolTipRole:
      return plainToolTip(isWrong ? faults_[index.row()] : text(rule, index.row(), column));
    case Qt::ForegroundRole:
      if (isWrong && column == Then) return theme::color(theme::Role::error);
      return rule.enabled ? QVariant() : QVariant(theme::color(theme::Role::dim));
    case Qt::TextAlignmentRole:
      return column == Hits ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
      return column == On ? QVariant(rule.enabled ? tr("on") : tr("off")) : QVariant();
    default:
      return {};
  }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && section == Hits) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case On:
      return tr("On");
    case Name:
      return tr("Rule");
    case When:
      return tr("When");
    case Then:
      return tr("Then");
    case Hits:
      return tr("Hits");
    default:
      return {};
  }
}

Qt::ItemFlags RulesModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.column() == On) flags |= Qt::ItemIsUserCheckable;
  if (index.column() == Name) flags |= Qt::ItemIsEditable;
  return flags;
}

bool RulesModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid()) return false;
  AnswerRule& rule = rules_[static_cast<std::size_t>(index.row())];
  if (role == Qt::CheckStateRole && index.column() == On) {
    rule.enabled = value.toInt() == Qt::Checked;
  } else if (role == Qt::EditRole && index.column() == Name) {
    rule.name = value.toString().toStdString();
  } else {
    return false;
  }
  emit dataChanged(this->index(index.row(), 0), this->index(index.row(), ColumnCount - 1));
  emit edited();
  return true;
}

}  // namespace sockbench::ui
