#include "ui/models/traffic_copy.h"

#include <QStringList>
#include <algorithm>

#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "ui/bridge/core_types.h"
#include "ui/models/traffic_model.h"

namespace sockbench::ui {
namespace {

class Copier {
 public:
  Copier(const TrafficModel& model, CopyForm form) : model_(model), form_(form) {}

  // False once there is enough.
  bool add(int row) {
    switch (form_) {
      case CopyForm::rows:
        addCells(row);
        break;
      case CopyForm::preview:
        lines_.append(model_.index(row, TrafficModel::Preview).data().toString());
        break;
      case CopyForm::hex:
      case CopyForm::escaped:
        addBytes(row);
        break;
    }
    return --rowsLeft_ > 0 && bytesLeft_ > 0;
  }
  QString text() const { return lines_.join(u'\n'); }

 private:
  void addCells(int row) {
    QStringList cells;
    for (int column = 0; column < TrafficModel::kColumns; ++column) {
      cells.append(model_.index(row, column).data().toString());
    }
    lines_.append(cells.join(u'\t'));
  }
  void addBytes(int row) {
    const std::optional<LogRow> read = model_.rowAt(row);
    if (!read || (read->record.kind != RecordKind::in && read->record.kind != RecordKind::out)) {
      return;
    }
    const ByteView bytes = read->payload.bytes.first(std::min(bytesLeft_, read->payload.bytes.size()));
    bytesLeft_ -= bytes.size();
    lines_.append(toQString(form_ == CopyForm::hex ? toHexSpaced(bytes, bytes.size()) : escape(bytes)));
  }

  const TrafficModel& model_;
  CopyForm form_;
  QStringList lines_;
  int rowsLeft_ = kCopiedRows;
  std::size_t bytesLeft_ = kCopiedBytes;
};

}  // namespace

QString copiedText(const TrafficModel& model, QItemSelection selection, CopyForm form) {
  std::sort(selection.begin(), selection.end(),
            [](const auto& a, const auto& b) { return a.top() < b.top(); });
  Copier copier(model, form);
  for (const QItemSelectionRange& range : selection) {
    for (int row = range.top(); row <= range.bottom(); ++row) {
      if (!copier.add(row)) {
        return copier.text();
      }
    }
  }
  return copier.text();
}

}  // namespace sockbench::ui
