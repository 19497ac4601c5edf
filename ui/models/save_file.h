// A file that is written whole or not at all. Thread: any; it takes as long as the disk does.
#pragma once

#include <QString>

#include "core/base/bytes.h"
#include "core/base/error.h"

class QSaveFile;

namespace sockbench::ui {

// Replaces what stands at `path` once everything is on the disk; answers how many bytes that is. Errors: the
// errno of the call that failed; badPath in Qt's words where it tells none.
Result<std::size_t> saveFile(const QString& path, ByteView bytes);

// Why `file` could not be opened, written or committed; `number`: errno right after that.
Error saveError(const QSaveFile& file, int number);

}  // namespace sockbench::ui
