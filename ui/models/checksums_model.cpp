#include "ui/models/checksums_model.h"

#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/models/crc_text.h"
#include "ui/models/format.h"

namespace sockbench::ui {
namespace {

QString plain(const QString& text) {
  QString kept;
  for (const QChar c : text.toLower()) {
    if (c.isLetterOrNumber()) kept += c;
  }
  return kept;
}

QString about(const ChecksumInfo& info) {
  QStringList lines{toQString(info.name)};
  QStringList aliases;
  for (const std::string_view alias : info.aliases) aliases += toQString(alias);
  if (!aliases.isEmpty()) lines += ChecksumsModel::tr("also: %1").arg(aliases.join(QStringLiteral(", ")));
  if (info.crc) lines += crcText(*info.crc);
  lines += ChecksumsModel::tr("of \u201c123456789\u201d: %1").arg(toQString(info.check));
  return lines.join(u'\n');
}

}  // namespace

ChecksumsModel::ChecksumsModel(QObject* parent) : QAbstractTableModel(parent), values_(rowCount()) {
  connect(&run_, &ChecksumRun::progressed, this, &ChecksumsModel::progressed);
  connect(&run_, &ChecksumRun::finished, this, [this](const QList<Bytes>& values) {
    values_ = values;
    emit dataChanged(index(0, Value), index(rowCount() - 1, Value));
    emit done();
  });
}

void ChecksumsModel::forget() {
  values_ = QList<Bytes>(rowCount());
  emit dataChanged(index(0, Value), index(rowCount() - 1, Value));
}

void ChecksumsModel::setBytes(const PinnedBytes& bytes) {
  bytes_ = bytes;
  std::vector<std::unique_ptr<Checksum>> sums;
  for (const ChecksumInfo& info : checksums()) sums.push_back(makeChecksum(info));
  run_.start(bytes, std::move(sums));
  if (run_.isRunning()) {
    forget();
    emit progressed(0);
  }
}

void ChecksumsModel::cancel() {
  if (!run_.isRunning()) return;
  run_.cancel();
  emit done();
}

const ChecksumInfo& ChecksumsModel::info(int row) {
  return checksums()[static_cast<std::size_t>(row)];
}

QString ChecksumsModel::value(int row) const {
  return toQString(toHex(values_[row]));
}

int ChecksumsModel::rowNamed(const QString& name) {
  const ChecksumInfo* found = findChecksum(toUtf8(name));
  return found == nullptr ? -1 : static_cast<int>(found - checksums().data());
}

int ChecksumsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(checksums().size());
}

int ChecksumsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QVariant ChecksumsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  switch (role) {
    case Qt::DisplayRole:
      return index.column() == Name ? toQString(info(index.row()).name) : value(index.row());
    case Qt::ToolTipRole:
      return plainToolTip(index.column() == Name ? about(info(index.row())) : value(index.row()));
    default:
      return {};
  }
}

QVariant ChecksumsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return section == Name ? tr("Checksum") : tr("Value");
}

void ChecksumsFilter::setText(const QString& text) {
  wanted_ = plain(text);
  invalidateFilter();
}

bool ChecksumsFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (wanted_.isEmpty()) return true;
  const ChecksumInfo& info = ChecksumsModel::info(row);
  const auto holds = [this](const QString& text) { return plain(text).contains(wanted_); };
  return holds(toQString(info.name)) ||
         std::ranges::any_of(info.aliases, [&](std::string_view alias) { return holds(toQString(alias)); }) ||
         holds(sourceModel()->index(row, ChecksumsModel::Value, parent).data().toString());
}

}  // namespace sockbench::ui
