// FilterStore: the filters that were used last, and those that a person has given a name. Thread: gui.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

class QSettings;

namespace sockbench::ui {

class FilterStore : public QObject {
  Q_OBJECT
 public:
  static constexpr qsizetype kMostRecent = 20;
  static constexpr qsizetype kMostSaved = 500;

  struct Saved {
    QString name;
    QString text;
    bool operator==(const Saved&) const = default;
  };

  using QObject::QObject;

  void remember(const QString& text);  // to the front of the recent ones; blank text is passed over
  const QStringList& recent() const { return recent_; }

  const QList<Saved>& saved() const { return saved_; }  // by name
  // In place of what had that name. False: one of both is blank, or there is no room for more.
  bool save(const QString& name, const QString& text);
  bool rename(const QString& from, const QString& to);  // false: `to` is blank or belongs to another
  void remove(const QString& name);

  // In the group that the caller has begun.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 signals:
  void changed();

 private:
  qsizetype find(const QString& name) const;
  void sort();

  QStringList recent_;
  QList<Saved> saved_;
};

}  // namespace sockbench::ui
