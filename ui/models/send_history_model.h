// SendHistoryModel: what was sent by hand, the newest first. Thread: gui.
#pragma once

#include <QAbstractTableModel>

#include "core/workspace/send_history.h"

namespace sockbench::ui {

class SendHistoryModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Time, Message, Target, kColumns };

  using QAbstractTableModel::QAbstractTableModel;

  void add(SentMessage sent);
  void setHistory(SendHistory history);
  void clear();
  const SendHistory& history() const { return history_; }
  const SentMessage* at(int row) const;  // nullptr: there is none

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 signals:
  void edited();

 private:
  QVariant display(const SentMessage& sent, int column) const;

  SendHistory history_;
};

}  // namespace sockbench::ui
