#include <QDirIterator>
#include <QFile>
#include <QTest>

#include "include_rules.h"

class TstIncludes : public QObject {
  Q_OBJECT
 private slots:
  void refuses_data();
  void refuses();
  void allows_data();
  void allows();
  void tellsTheLine();
  void everyFileKeepsToItsDoors_data();
  void everyFileKeepsToItsDoors();
};

void TstIncludes::refuses_data() {
  QTest::addColumn<QByteArray>("path");
  QTest::addColumn<QByteArray>("line");
  const auto row = [](const char* name, const char* path, const char* line) {
    QTest::newRow(name) << QByteArray(path) << QByteArray(line);
  };
  row("base knows nobody", "core/base/error.cpp", "#include \"core/net/socket.h\"");
  row("net does not know payload", "core/net/socket.cpp", "#include \"core/payload/hex.h\"");
  row("payload does not know net", "core/payload/hex.cpp", "#include \"core/net/socket.h\"");
  row("traffic does not know the engine", "core/traffic/traffic_log.cpp",
      "#include \"core/engine/engine.h\"");
  row("resolve does not know traffic", "core/resolve/resolver.cpp", "#include \"core/traffic/record.h\"");
  row("core does not know the window", "core/engine/engine.cpp", "#include \"ui/bridge/engine_bridge.h\"");
  row("core knows no Qt class", "core/engine/engine.cpp", "#include <QString>");
  row("core knows no Qt module", "core/base/error.cpp", "#include <QtCore/QString>");
  row("core knows no old Qt header", "core/base/error.cpp", "#include <qobject.h>");
  row("the command line knows no Qt", "app/cli/main.cpp", "#include <QCoreApplication>");
  row("the command line knows no window", "app/cli/main.cpp", "#include \"ui/bridge/core_types.h\"");
  row("asio is not in net", "core/net/socket.cpp", "#include <asio.hpp>");
  row("asio is not in the engine's public part", "core/engine/engine.h", "#include <asio/io_context.hpp>");
  row("asio is not in the window", "ui/window/main_window.cpp", "#include <asio.hpp>");
  row("the bridge makes no socket call", "ui/bridge/engine_bridge.cpp", "#include <sys/socket.h>");
  row("panels do not see the engine's inside", "ui/panels/server/a.cpp",
      "#include \"core/engine/detail/worker.h\"");
  row("the command line does not either", "app/cli/main.cpp", "#include \"core/engine/detail/worker.h\"");
  row("the engine does not see the DNS client's inside", "core/engine/engine.cpp",
      "#include \"core/resolve/dns/message.h\"");
  row("the bridge does not know models", "ui/bridge/engine_bridge.cpp",
      "#include \"ui/models/traffic_model.h\"");
  row("models do not know widgets", "ui/models/traffic_model.cpp", "#include \"ui/widgets/theme.h\"");
  row("widgets do not know panels", "ui/widgets/hex_view.cpp", "#include \"ui/panels/panel.h\"");
  row("panels do not know the window", "ui/panels/panel.h", "#include \"ui/window/main_window.h\"");
  row("a panel does not know another", "ui/panels/server/a.cpp",
      "#include \"ui/panels/client/client_panel.h\"");
  row("the window does not know main()", "ui/window/main_window.cpp", "#include \"app/gui/options.h\"");
  row("a new folder needs its doors", "core/relay/fault.cpp", "#include <string>");
  row("no way round through a relative path", "core/base/error.cpp", "#include \"../net/socket.h\"");
  row("no way round through a bare name", "core/net/socket.cpp", "#include \"socket.h\"");
  row("angle brackets are no way round", "core/base/error.cpp", "#include <core/net/socket.h>");
  row("spaces are no way round", "core/base/error.cpp", "  #  include   <QString>  // why not");
}

void TstIncludes::refuses() {
  QFETCH(QByteArray, path);
  QFETCH(QByteArray, line);
  QCOMPARE(includeFaults(path.toStdString(), line.toStdString()).size(), std::size_t(1));
}

void TstIncludes::allows_data() {
  QTest::addColumn<QByteArray>("path");
  QTest::addColumn<QByteArray>("line");
  const auto row = [](const char* name, const char* path, const char* line) {
    QTest::newRow(name) << QByteArray(path) << QByteArray(line);
  };
  row("a room's own header", "core/base/error.cpp", "#include \"core/base/error.h\"");
  row("an arrow down", "core/traffic/record.h", "#include \"core/net/socket_address.h\"");
  row("the engine's own inside", "core/engine/engine.cpp", "#include \"core/engine/detail/worker.h\"");
  row("the DNS client's own inside", "core/resolve/dns_client.cpp",
      "#include \"core/resolve/dns/exchange.h\"");
  row("asio in the engine's inside", "core/engine/detail/worker.h", "#include <asio/io_context.hpp>");
  row("a system header in core", "core/net/socket.cpp", "#include <sys/socket.h>");
  row("flags of look-ups in a panel", "ui/panels/resolver/a.cpp", "#include <netdb.h>");
  row("Qt in the window", "ui/widgets/theme.h", "#include <QColor>");
  row("the core's public headers in the window", "ui/window/main_window.cpp",
      "#include \"core/engine/engine.h\"");
  row("the panels in the window", "ui/window/main_window.cpp",
      "#include \"ui/panels/server/server_panel.h\"");
  row("what all panels share", "ui/panels/server/server_panel.h", "#include \"ui/panels/panel.h\"");
  row("moc's output", "ui/widgets/hex_view.cpp", "#include \"hex_view.moc\"");
  row("the option parser in the command line", "app/cli/main.cpp", "#include <CLI/CLI.hpp>");
  row("a comment is no include", "core/base/error.cpp", "// #include <QString>");
}

void TstIncludes::allows() {
  QFETCH(QByteArray, path);
  QFETCH(QByteArray, line);
  for (const IncludeFault& fault : includeFaults(path.toStdString(), line.toStdString()))
    QFAIL(fault.why.c_str());
}

void TstIncludes::tellsTheLine() {
  const auto faults = includeFaults("core/base/error.cpp", "#include <string>\n\n#include <QString>\n");
  const std::vector<IncludeFault> expected{{3, "QString", "core and the command line know no Qt"}};
  QVERIFY(faults == expected);
}

void TstIncludes::everyFileKeepsToItsDoors_data() {
  QTest::addColumn<QString>("path");
  const QString root = QStringLiteral(SOCKBENCH_SOURCE_DIR);
  for (const char* folder : {"core", "ui", "app"}) {
    const QString start = root + QLatin1Char('/') + QLatin1String(folder);
    QDirIterator files(start, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
      const QString path = QDir(root).relativeFilePath(files.next());
      QTest::newRow(qPrintable(path)) << path;
    }
  }
}

void TstIncludes::everyFileKeepsToItsDoors() {
  QFETCH(QString, path);
  QFile file(QStringLiteral(SOCKBENCH_SOURCE_DIR) + QLatin1Char('/') + path);
  QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
  const auto faults = includeFaults(path.toStdString(), file.readAll().toStdString());
  for (const IncludeFault& fault : faults) {
    qWarning("%s:%zu: %s: %s", qPrintable(path), fault.line, fault.target.c_str(), fault.why.c_str());
  }
  QVERIFY(faults.empty());
}

QTEST_APPLESS_MAIN(TstIncludes)
#include "tst_includes.moc"
