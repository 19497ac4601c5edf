// GroupedRowsModel: rows of text in groups that are filled one by one and in any order, each group standing
// in its place: the answers to several look-ups at once, ten thousand of them if need be. Thread: gui.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <QVariant>
#include <optional>
#include <vector>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

// An icon before the words of one cell, both in a colour that says what the words say.
struct RowMark {
  int column = 0;
  QString icon;  // of theme::icon
  theme::Role role = theme::Role::text;
};

struct TextRow {
  enum class Tone { plain, waiting, fault };
  QStringList cells = {};
  Tone tone = Tone::plain;
  QString toolTip = {};  // of the whole row; empty: each cell's own text
  QVariant value = {};   // what the row stands for (kValueRole)
  std::optional<RowMark> mark = {};
  bool isFresh = false;  // tinted: it is new
};

class GroupedRowsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  static constexpr int kValueRole = Qt::UserRole;
  static constexpr int kFaultRole = Qt::UserRole + 1;  // bool: a look-up that failed
  static constexpr int kWordsRole = Qt::UserRole + 2;  // what runs over all columns but the first; or empty

  // Columns whose number is in `numbers` are aligned to the right, title and cells.
  GroupedRowsModel(QStringList titles, QList<int> numbers, QObject* parent = nullptr);

  void reset(int groups);  // that many empty groups
  void reset(std::vector<QList<TextRow>> groups);
  // The group's first rows change into the new ones, the rest comes or goes: a row that is selected stays so.
  void setGroup(int group, const QList<TextRow>& rows);
  int groupCount() const { return static_cast<int>(groups_.size()); }
  const TextRow* row(int row) const;  // nullptr when there is none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

 private:
  void moveFollowing(int group, qsizetype by);
  QVariant alignment(int column) const;

  QStringList titles_;
  QList<int> numbers_;
  std::vector<QList<TextRow>> groups_;
  std::vector<qsizetype> ends_;  // of each group: the row behind its last one
};

}  // namespace sockbench::ui
