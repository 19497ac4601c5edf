#include "app/gui/screenshot.h"

#include <QFile>
#include <QPixmap>
#include <QSaveFile>
#include <cstdio>

namespace sockbench::gui {

bool saveScreenshot(QWidget& window, const std::string& file) {
  QSaveFile out(QFile::decodeName(QByteArray::fromStdString(file)));
  const bool saved = out.open(QIODevice::WriteOnly) && window.grab().save(&out, "PNG") && out.commit();
  if (!saved) {
    std::fprintf(stderr, "sockbench: cannot write the picture %s: %s\n", file.c_str(),
                 qUtf8Printable(out.errorString()));
  }
  return saved;
}

}  // namespace sockbench::gui
