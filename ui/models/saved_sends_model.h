// SavedSendsModel: a library of saved sends as a tree that can be put in order, and the door by which the
// window changes it. Thread: gui.
#pragma once

#include <QAbstractItemModel>
#include <QList>
#include <functional>
#include <optional>

#include "core/workspace/saved_sends.h"

namespace sockbench::ui {

class SavedSendsModel : public QAbstractItemModel {
  Q_OBJECT
 public:
  // DisplayRole is the name as it may be shown, EditRole as it is.
  enum Role {
    IdRole = Qt::UserRole + 1,  // uint
    FolderRole,                 // bool
    HotKeyRole,                 // "Alt+1"; empty: none
    PreviewRole,                // the beginning of the message
  };
  static constexpr qsizetype kMostUndo = 50;  // removals that can be taken back

  explicit SavedSendsModel(QObject* parent = nullptr);

  const SavedSends& sends() const { return sends_; }
  void setSends(SavedSends sends);  // in place of all; what was removed is forgotten; emits no edited()

  SendNodeId nodeAt(const QModelIndex& index) const;  // none: the library itself
  QModelIndex indexOf(SendNodeId id) const;           // invalid: the library itself, or it is gone
  const SavedSend* sendAt(SendNodeId id) const;       // nullptr: a folder, or it is gone

  // Each as its namesake in SavedSends; emits edited() when it was done.
  Result<SendNodeId> addSend(SendNodeId folder, std::size_t row, SavedSend send);
  Result<SendNodeId> addFolder(SendNodeId parent, std::size_t row, std::string name);
  Result<void> rename(SendNodeId id, std::string name);
  Result<void> change(SendNodeId id, SavedSend send);
  Result<void> setHotKey(SendNodeId id, unsigned key);
  Result<void> move(SendNodeId id, SendNodeId folder, std::size_t row);
  Result<SendNodeId> duplicate(SendNodeId id);
  void remove(SendNodeId id);
  QString lastRemoved() const;  // its name, as it may be shown; empty: there is nothing to take back
  SendNodeId undoRemove();      // none: there is nothing
  // Changes the whole in one step, for which the views are reset: an import.
  void rewrite(const std::function<void(SavedSends&)>& change);

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;  // renames
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  // A drag moves within the library; elsewhere its message is text.
  QStringList mimeTypes() const override;
  QMimeData* mimeData(const QModelIndexList& indexes) const override;
  Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
  bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                       const QModelIndex& parent) const override;
  bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column,
                    const QModelIndex& parent) override;

 signals:
  void edited();                                // a person changed the library
  void refused(const sockbench::Error& error);  // a name, or a place, that was typed or dropped

 private:
  QString toolTip(const SavedSends::Node& node) const;
  std::optional<SendNodeId> dragged(const QMimeData* data) const;
  void announce(SendNodeId id);
  void tellInserted(SendNodeId id);

  SavedSends sends_;
  QList<SavedSends::Taken> removed_;
};

// The beginning of a message in one line, as it is written; of a file its path.
QString messagePreview(const MessageSpec& message);

}  // namespace sockbench::ui
