#include <QCheckBox>
#include <QCryptographicHash>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include "core/engine/engine.h"
#include "ui/widgets/files_tool.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

// The tool before a person, and a connection to a peer of Qt's.
struct Desk {
  QTemporaryDir dir;
  QTcpServer server;
  EngineBridge bridge;
  QList<SessionId> targets;
  FilesTool tool{QStringLiteral("client"), &bridge, [this] { return targets; }};
  QTcpSocket* peer = nullptr;

  Desk() {
    server.listen(QHostAddress::LocalHost, 0);
    tool.resize(700, 300);
    tool.show();
  }
  bool open() {
    ConnectSpec spec;
    spec.endpoint = Endpoint::parse("tcp://127.0.0.1:" + std::to_string(server.serverPort())).value();
    targets = {bridge.connectTo(spec)};
    if (!QTest::qWaitFor([this] { return server.hasPendingConnections(); })) return false;
    peer = server.nextPendingConnection();
    tool.setUsable(true, {});
    return QTest::qWaitFor(
        [this] { return bridge.snapshot(targets.first())->state == SessionState::connected; });
  }
  QString file(const char* name, const QByteArray& bytes) const {
    QFile file(path(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
  }
  QString path(const char* name) const { return dir.filePath(QLatin1String(name)); }
  template <class Widget>
  Widget* find(const char* name) const {
    return tool.findChild<Widget*>(QLatin1String(name));
  }
  void fill(const char* edit, const QString& text) const { find<QLineEdit>(edit)->setText(text); }
  void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
  QString label(const char* name) const { return find<QLabel>(name)->text(); }
  QString message() const { return find<InlineMessage>("clientFilesMessage")->text(); }
};

}  // namespace

class TestFilesTool : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase() { theme::apply(*qApp, theme::Mode::light); }
  void sendsAFile();
  void sendsAPart();
  void isCancelled();
  void saysWhatItCannotOpen();
  void takesAFileThatIsDropped();
  void receivesToAFile();
  void doesNotOverwriteUnasked();
  void stopsReceiving();
  void asksForASession();
};

void TestFilesTool::sendsAFile() {
  Desk desk;
  QVERIFY(desk.open());
  const QByteArray bytes(300'000, 'x');
  desk.fill("clientFileEdit", desk.file("sent", bytes));
  desk.click("clientFileSendButton");
  QTRY_COMPARE(desk.peer->bytesAvailable(), qint64{300'000});
  QTRY_VERIFY(desk.label("clientFileStatus").endsWith(QStringLiteral("sent")));
  QCOMPARE(desk.find<QProgressBar>("clientFileProgress")->value(), 1000);
  QVERIFY(!desk.tool.isBusy());
  QVERIFY(!desk.find<QPushButton>("clientFileCancelButton")->isVisible());
}

void TestFilesTool::sendsAPart() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientFileEdit", desk.file("sent", "0123456789"));
  desk.fill("clientFileOffsetEdit", QStringLiteral("3"));
  desk.fill("clientFileLengthEdit", QStringLiteral("4"));
  desk.find<QCheckBox>("clientFileKeepCheck")->setChecked(true);
  desk.click("clientFileSendButton");
  QTRY_COMPARE(desk.peer->bytesAvailable(), qint64{4});
  QCOMPARE(desk.peer->readAll(), QByteArray("3456"));
}

void TestFilesTool::isCancelled() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientFileEdit", desk.file("sent", QByteArray(1000, 'x')));
  desk.fill("clientFileRateEdit", QStringLiteral("1"));
  desk.click("clientFileSendButton");
  QTRY_VERIFY(desk.find<QPushButton>("clientFileCancelButton")->isVisible());
  QVERIFY(!desk.find<QPushButton>("clientFileSendButton")->isEnabled());
  desk.click("clientFileCancelButton");
  QTRY_VERIFY(desk.label("clientFileStatus").endsWith(QStringLiteral("cancelled")));
  QVERIFY(desk.find<QPushButton>("clientFileSendButton")->isEnabled());
}

void TestFilesTool::saysWhatItCannotOpen() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientFileEdit", QStringLiteral("/nowhere/at/all"));
  desk.click("clientFileSendButton");
  QVERIFY(desk.message().contains(QStringLiteral("ENOENT")));
}

void TestFilesTool::takesAFileThatIsDropped() {
  Desk desk;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/dropped file"))});
  QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&desk.tool, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&desk.tool, &drop);
  QCOMPARE(desk.find<QLineEdit>("clientFileEdit")->text(), QStringLiteral("/tmp/dropped file"));
}

void TestFilesTool::receivesToAFile() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientReceiveEdit", desk.path("received"));
  desk.click("clientReceiveButton");
  QTRY_VERIFY(desk.label("clientReceiveStatus").endsWith(QStringLiteral("receiving")));
  const QByteArray bytes(100'000, 'y');
  desk.peer->write(bytes);
  desk.peer->disconnectFromHost();
  QTRY_VERIFY(desk.label("clientReceiveStatus").endsWith(QStringLiteral("complete")));
  QFile file(desk.path("received"));
  QVERIFY(file.open(QIODevice::ReadOnly));
  QVERIFY(file.readAll() == bytes);
  const QString sum =
      QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
  QVERIFY(desk.label("clientReceiveSums").contains(sum));
}

void TestFilesTool::doesNotOverwriteUnasked() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientReceiveEdit", desk.file("there", "old"));
  desk.click("clientReceiveButton");
  QVERIFY(desk.message().contains(QStringLiteral("EEXIST")));
  desk.find<QCheckBox>("clientReceiveOverwriteCheck")->setChecked(true);
  desk.click("clientReceiveButton");
  QCOMPARE(desk.message(), QString());
  QTRY_VERIFY(desk.tool.isBusy());
}

void TestFilesTool::stopsReceiving() {
  Desk desk;
  QVERIFY(desk.open());
  desk.fill("clientReceiveEdit", desk.path("stopped"));
  desk.click("clientReceiveButton");
  QTRY_VERIFY(desk.find<QPushButton>("clientReceiveStopButton")->isVisible());
  desk.click("clientReceiveStopButton");
  QTRY_VERIFY(desk.label("clientReceiveStatus").endsWith(QStringLiteral("stopped")));
  QVERIFY(!desk.tool.isBusy());
}

void TestFilesTool::asksForASession() {
  Desk desk;
  desk.tool.setUsable(false, QStringLiteral("Connect first"));
  auto* button = desk.find<QPushButton>("clientFileSendButton");
  QVERIFY(!button->isEnabled() && button->toolTip().contains(QStringLiteral("Connect first")));
  desk.tool.setUsable(true, {});
  desk.click("clientFileSendButton");
  QVERIFY(!desk.message().isEmpty());
}

QTEST_MAIN(TestFilesTool)
#include "tst_files_tool.moc"
