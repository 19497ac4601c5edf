// ByteCopy: the ways in which the selected bytes of a HexView (all of them where none are) leave the window:
// as text to the clipboard, or as they are into a file. Thread: gui.
//
// Its actions belong to the view: its context menu has them. Object names: "hexCopyHexAction",
// "hexCopyDumpAction", "hexCopyTextAction", "hexCopyCAction", "hexCopyPythonAction", "hexCopyBase64Action",
// "hexSaveAction".
#pragma once

#include <QObject>
#include <QString>

#include "core/base/error.h"
#include "core/payload/byte_format.h"

namespace sockbench::ui {

class HexView;

class ByteCopy : public QObject {
  Q_OBJECT
 public:
  explicit ByteCopy(HexView* view);

  // Of more than kMost bytes the first are copied, which told() says.
  static constexpr std::size_t kMost = std::size_t{16} << 20;
  QString copiedText(ByteFormat format) const;
  void copy(ByteFormat format);
  // Writes the file whole or not at all, off this thread; told() or refused() tells of the end.
  void save(const QString& path);

 signals:
  void told(const QString& words);  // what was copied or saved, and what was left out of it
  void refused(const sockbench::Error& error);

 private:
  void add(const QString& words, const char* name, ByteFormat format);
  void askWhere();

  HexView* view_;
};

}  // namespace sockbench::ui
