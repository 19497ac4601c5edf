// ScenarioFile: the file behind a page. It writes the whole file or nothing, and never over a change that
// somebody else has made since it was read. Thread: gui; the disk is waited for elsewhere.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <optional>

#include "core/base/error.h"

namespace sockbench::ui {

class ScenarioFile : public QObject {
  Q_OBJECT
 public:
  explicit ScenarioFile(QObject* parent = nullptr);

  const QString& path() const { return path_; }  // empty: it was never saved
  void open(const QString& path);                // opened() or refused()
  void save(const QByteArray& text);             // saved(), changedElsewhere() or refused()
  // A person has chosen the place, and agreed to replace what stands there.
  void saveAs(const QString& path, const QByteArray& text);

 signals:
  void opened(const QByteArray& text);  // UTF-8, lines parted by \n
  void saved(const QByteArray& text);
  void changedElsewhere();  // nothing was written
  void refused(const sockbench::Error& error);

 private:
  QByteArray onDisk(const QByteArray& text) const;  // with the line ends that the file has
  void write(const QString& path, const QByteArray& text, bool mayReplace);

  QString path_;
  std::optional<QByteArray> known_;  // what stood there when it was read or written last
  bool hasReturns_ = false;          // lines end in \r\n
};

}  // namespace sockbench::ui
