#include "app/gui/quiet_platform.h"

#include <QString>
#include <algorithm>

namespace sockbench::gui {
namespace {

// Qt 6.4: qtbase/src/gui/kernel/qplatformwindow.cpp, qtbase/src/corelib/io/qstandardpaths_unix.cpp.
constexpr QLatin1String kNoise[] = {
    QLatin1String("This plugin does not support propagateSizeHints()"),
    QLatin1String("QStandardPaths: XDG_RUNTIME_DIR not set, defaulting to "),
};

QtMessageHandler qtHandler = nullptr;

void handle(QtMsgType type, const QMessageLogContext& context, const QString& message) {
  const bool isNoise =
      std::ranges::any_of(kNoise, [&message](QLatin1String noise) { return message.startsWith(noise); });
  if (!isNoise) qtHandler(type, context, message);
}

}  // namespace

void quietPlatform() {
  qtHandler = qInstallMessageHandler(&handle);
}

}  // namespace sockbench::gui
