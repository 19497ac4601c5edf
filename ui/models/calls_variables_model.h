// CallsVariablesModel: the variables of a bench as a tree: a name and its value; under a socket what is known
// of it, and under that its options, which are asked for when somebody opens them. Thread: gui.
#pragma once

#include <QAbstractItemModel>
#include <QList>
#include <QStringList>
#include <vector>

#include "core/calls/script/call_desk.h"
#include "core/engine/event_queue.h"

namespace sockbench::ui {

class CallsVariablesModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  enum Column { Name, Value, kColumns };
  enum Role { DimRole = Qt::UserRole + 1, FaultRole };  // bool: said quietly; an error

  explicit CallsVariablesModel(QObject* parent = nullptr);

  // As CallDesk::variables() answers. Rows that stay keep their places, their parts and their options.
  void setVariables(std::vector<CallVariable> variables);
  void setOptions(CallHandle handle, const QList<OptionReading>& options);

  const CallVariable* variableOf(const QModelIndex& index) const;  // of any of its rows; nullptr: none
  bool isOptions(const QModelIndex& index) const;  // the line under which a socket's options stand
  QList<CallHandle> openedOptions() const;         // sockets whose options have been set

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  bool hasChildren(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Line {
    QString name;
    QString value;
    bool fault = false;
    QString meaning{};
  };
  struct Node {
    quintptr serial = 0;
    CallVariable variable;
    QString value;
    QList<Line> facts;  // of a socket; the line of its options stands behind them
    QList<Line> options;
    bool opened = false;
  };
  enum class Depth { variable, fact, option };

  static Node makeNode(CallVariable variable, quintptr serial);
  static Depth depthOf(const QModelIndex& index);
  void update(int row, CallVariable variable);
  const Node* nodeOf(const QModelIndex& index) const;
  QModelIndex optionsIndex(int row) const;
  QVariant lineData(const Line& line, int column, int role) const;
  QVariant variableData(const Node& node, int column, int role) const;

  std::vector<Node> nodes_;  // by serial
  quintptr lastSerial_ = 0;
};

}  // namespace sockbench::ui
