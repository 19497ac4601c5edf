// SendsFile: the saved sends, or the history, in a file of their own, written whole and never over what
// another has written there. Thread: gui; it takes as long as the disk does.
#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace sockbench::ui {

class SendsFile {
 public:
  // Empty: nothing is kept.
  void setPath(const QString& path);
  const QString& path() const { return path_; }

  // What stands there; nothing where there is no file. Errors: those of readRegularFile().
  Result<std::string> read();
  // Replaces it. Where something stands that was not read as it is, or could not be understood, that is kept
  // beside it under a name of its own first, which is answered; empty: nothing was. Errors: of the disk;
  // tooLarge beyond kMostTomlBytes, which could not be read again.
  Result<QString> write(const std::string& text);
  void setUnderstood(bool understood) { understood_ = understood; }

 private:
  Result<QString> keepAside() const;

  QString path_;
  std::string seen_;  // what was read or written last
  bool understood_ = true;
};

}  // namespace sockbench::ui
