// OptionsModel: the options of one socket, what was asked for beside what the kernel has. Thread: gui.
//
// It sets nothing itself: what a person writes into Effective (or checks there, of a boolean) is checked and
// told by settingRequested(); the owner sets it and brings the new readings. An error stands at its row until
// that option is written again, or clearErrors().
#pragma once

#include <QAbstractTableModel>
#include <QItemSelection>
#include <QList>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/event_queue.h"
#include "ui/bridge/core_types.h"

namespace sockbench::ui {

class OptionsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Name, Level, Requested, Effective, Unit, Meaning, kColumns };
  enum class Tone { plain, differs, unreadable, waiting, error };
  Q_ENUM(Tone)
  enum Role {
    ToneRole = Qt::UserRole + 1,  // Tone
    NoteRole,                     // what is to be said of the row, in words; empty: nothing
    SearchRole,                   // name and meaning, for a filter
    ChangedRole,                  // bool: asked for, in error, or another value than when it was first read
    LiveRole,                     // bool: see setLive
    ChoicesRole,                  // QStringList: the values that have names; empty: none has
  };

  explicit OptionsModel(QObject* parent = nullptr);

  // Rows keep their places, errors and editors when the options are the same as before.
  void setReadings(const QList<OptionReading>& readings);
  const QList<OptionReading>& readings() const { return readings_; }
  void clear();
  void setLive(bool live);  // false: nothing can be set any more, the values are the last known
  bool isLive() const { return live_; }
  void refuse(const Error& error);  // of setsockopt; the subject is "NAME=VALUE"
  void clearErrors();

  const OptionInfo* optionAt(int row) const;    // nullptr: no such row
  std::optional<Error> errorAt(int row) const;  // why it could not be set
  bool isWritable(int row) const;
  bool set(int row, const QString& value);  // false: refused as it stands; the error is at the row
  // "NAME=VALUE" with the effective value, a line a row; rows whose value is not known are left out.
  QString settingsText(const QItemSelection& selection) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 signals:
  void settingRequested(const sockbench::OptionSetting& setting);

 private:
  struct State {                       // of a row, beside its reading
    std::optional<std::string> first;  // the effective value as it was first read
    std::optional<Error> error;
    bool waiting = false;  // asked for, no answer yet
  };

  bool sameOptions(const QList<OptionReading>& readings) const;
  Tone tone(int row) const;
  QString note(int row) const;
  QString cellText(int row, int column) const;
  QString toolTip(int row) const;
  bool isChanged(int row) const;
  void rowChanged(int row);

  QList<OptionReading> readings_;
  std::vector<State> states_;
  bool live_ = true;
};

}  // namespace sockbench::ui
