#include "ui/models/options_model.h"

#include <algorithm>
#include <set>

#include "ui/models/format.h"
#include "ui/models/option_text.h"
#include "ui/models/shown_text.h"

namespace sockbench::ui {
namespace {

QString errorWords(const Error& error) {
  return shownText(error.symbol()) + QStringLiteral("  ") + shownText(error.message());
}

std::optional<std::string> valueOf(const OptionReading& reading) {
  return reading.effective ? std::optional(*reading.effective) : std::nullopt;
}

}  // namespace

OptionsModel::OptionsModel(QObject* parent) : QAbstractTableModel(parent) {}

bool OptionsModel::sameOptions(const QList<OptionReading>& readings) const {
  return std::ranges::equal(readings_, readings, {}, &OptionReading::option, &OptionReading::option);
}

void OptionsModel::setReadings(const QList<OptionReading>& readings) {
  const bool same = !readings_.isEmpty() && sameOptions(readings);
  if (!same) beginResetModel();
  readings_ = readings;
  if (!same) states_.assign(static_cast<std::size_t>(readings.size()), {});
  for (std::size_t row = 0; row < states_.size(); ++row) {
    State& state = states_[row];
    state.waiting = false;
    if (!state.first) state.first = valueOf(readings_[static_cast<qsizetype>(row)]);
  }
  if (!same) {
    endResetModel();
  } else {
    emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
  }
}

void OptionsModel::clear() {
  beginResetModel();
  readings_.clear();
  states_.clear();
  endResetModel();
}

void OptionsModel::setLive(bool live) {
  if (live == live_) return;
  live_ = live;
  for (State& state : states_) state.waiting = false;  // no answer comes any more
  if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

void OptionsModel::refuse(const Error& error) {
  const std::string name = error.subject.substr(0, error.subject.find('='));
  for (int row = 0; row < rowCount(); ++row) {
    if (optionAt(row)->name != name) continue;
    State& state = states_[static_cast<std::size_t>(row)];
    state.error = error;
    state.waiting = false;
    rowChanged(row);
  }
}

void OptionsModel::clearErrors() {
  for (int row = 0; row < rowCount(); ++row) {
    if (states_[static_cast<std::size_t>(row)].error.has_value()) {
      states_[static_cast<std::size_t>(row)].error.reset();
      rowChanged(row);
    }
  }
}

void OptionsModel::rowChanged(int row) {
  emit dataChanged(index(row, 0), index(row, kColumns - 1));
}

const OptionInfo* OptionsModel::optionAt(int row) const {
  return row >= 0 && row < rowCount() ? readings_[row].option : nullptr;
}

std::optional<Error> OptionsModel::errorAt(int row) const {
  return optionAt(row) ? states_[static_cast<std::size_t>(row)].error : std::nullopt;
}

bool OptionsModel::isWritable(int row) const {
  const OptionInfo* option = optionAt(row);
  return live_ && option && option->writable;
}

bool OptionsModel::set(int row, const QString& value) {
  if (!isWritable(row)) return false;
  State& state = states_[static_cast<std::size_t>(row)];
  const auto setting = OptionSetting::parse(std::string(optionAt(row)->name) + '=' + toUtf8(value));
  state.error = setting ? std::nullopt : std::optional(setting.error());
  state.waiting = setting.has_value();
  rowChanged(row);
  if (setting) emit settingRequested(*setting);
  return setting.has_value();
}

QString OptionsModel::settingsText(const QItemSelection& selection) const {
  std::set<int> rows;
  for (const QModelIndex& index : selection.indexes()) rows.insert(index.row());
  QStringList lines;
  for (const int row : rows) {
    if (const auto value = valueOf(readings_[row])) {
      lines.append(shownText(optionAt(row)->name) + u'=' + shownText(*value));
    }
  }
  return lines.join(u'\n');
}

int OptionsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(readings_.size());
}

int OptionsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

OptionsModel::Tone OptionsModel::tone(int row) const {
  const OptionReading& reading = readings_[row];
  const State& state = states_[static_cast<std::size_t>(row)];
  if (state.error) return Tone::error;
  if (state.waiting) return Tone::waiting;
  if (!reading.effective) return Tone::unreadable;
  return reading.requested && *reading.requested != *reading.effective ? Tone::differs : Tone::plain;
}

QString OptionsModel::note(int row) const {
  const OptionReading& reading = readings_[row];
  switch (tone(row)) {
    case Tone::error:
      return errorWords(*states_[static_cast<std::size_t>(row)].error);
    case Tone::waiting:
      return tr("being set\u2026");
    case Tone::unreadable:
      return reading.option->readable ? errorWords(reading.effective.error()) : tr("cannot be read back");
    case Tone::differs:
      return optionDifferenceText(*reading.option, *reading.requested, *reading.effective);
    case Tone::plain:
      break;
  }
  return {};
}

bool OptionsModel::isChanged(int row) const {
  const OptionReading& reading = readings_[row];
  const State& state = states_[static_cast<std::size_t>(row)];
  return reading.requested || state.error || state.waiting || valueOf(reading) != state.first;
}

QString OptionsModel::cellText(int row, int column) const {
  const OptionReading& reading = readings_[row];
  switch (column) {
    case Name:
      return shownText(reading.option->name);
    case Level:
      return shownText(reading.option->levelName);
    case Requested:
      return reading.requested ? optionValueText(*reading.option, *reading.requested) : QString();
    case Effective:
      return reading.effective ? optionValueText(*reading.option, *reading.effective)
                               : QStringLiteral("\u2013");
    case Unit:
      return shownText(reading.option->unit);
    default:
      return optionMeaningText(*reading.option);
  }
}

QString OptionsModel::toolTip(int row) const {
  const OptionInfo& option = *readings_[row].option;
  QStringList lines{cellText(row, Name) + QStringLiteral("  ") + cellText(row, Level), cellText(row, Meaning),
                    optionRangeText(option) + u' ' + cellText(row, Unit)};
  if (option.writable && option.when == OptionTime::beforeBind) {
    lines.append(tr("Has its full effect only where it is set before the socket is bound."));
  }
  if (const auto error = errorAt(row)) {
    lines.append(errorWords(*error));
    lines.append(shownText(error->hint()));
  } else {
    lines.append(note(row));
  }
  lines.removeAll(QString());
  return plainToolTip(lines.join(u'\n'));
}

QVariant OptionsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
  const int row = index.row();
  const OptionReading& reading = readings_[row];
  switch (role) {
    case Qt::DisplayRole:
      return cellText(row, index.column());
    case Qt::EditRole:
      if (index.column() != Effective) return cellText(row, index.column());
      return toQString(reading.requested.value_or(reading.effective.value_or(std::string())));
    case Qt::CheckStateRole:
      if (index.column() != Effective || reading.option->kind != OptionKind::boolean || !isWritable(row))
        return {};
      return reading.effective.value_or("0") == "0" ? Qt::Unchecked : Qt::Checked;
    case Qt::AccessibleTextRole:
      return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(),
                              index.column() == Meaning && !note(row).isEmpty()
                                  ? note(row) + QStringLiteral(". ") + cellText(row, Meaning)
                                  : cellText(row, index.column()));
    case Qt::ToolTipRole:
      return toolTip(row);
    case ToneRole:
      return QVariant::fromValue(tone(row));
    case NoteRole:
      return note(row);
    case SearchRole:
      return QString(cellText(row, Name) + u' ' + cellText(row, Meaning));
    case ChangedRole:
      return isChanged(row);
    case LiveRole:
      return live_;
    case ChoicesRole:
      return optionChoices(*reading.option);
    default:
      return {};
  }
}

bool OptionsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (index.column() != Effective) return false;
  if (role == Qt::EditRole) return set(index.row(), value.toString());
  if (role != Qt::CheckStateRole) return false;
  return set(index.row(), value.toInt() == Qt::Unchecked ? QStringLiteral("0") : QStringLiteral("1"));
}

Qt::ItemFlags OptionsModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.isValid() && index.column() == Effective && isWritable(index.row())) {
    const bool boolean = optionAt(index.row())->kind == OptionKind::boolean;
    flags |= boolean ? Qt::ItemIsUserCheckable : Qt::ItemIsEditable;
  }
  return flags;
}

QVariant OptionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Option");
    case Level:
      return tr("Level");
    case Requested:
      return tr("Requested");
    case Effective:
      return tr("Effective");
    case Unit:
      return tr("Unit");
    default:
      return tr("Meaning");
  }
}

}  // namespace sockbench::ui
