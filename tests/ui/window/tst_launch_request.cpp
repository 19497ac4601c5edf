#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "ui/window/launch_request.h"

using sockbench::Endpoint;
using sockbench::ui::LaunchRequest;

namespace {

LaunchRequest requestOf(std::initializer_list<const char*> listen,
                        std::initializer_list<const char*> connect) {
  LaunchRequest request;
  for (const char* text : listen) request.listen.push_back(*Endpoint::parse(text));
  for (const char* text : connect) request.connect.push_back(*Endpoint::parse(text));
  return request;
}

}  // namespace

class TestLaunchRequest : public QObject {
  Q_OBJECT
 private slots:
  void survivesTheWayToAnotherProgram();
  void carriesAnyPath();
  void makesPathsAbsolute();
  void refusesWhatItDidNotWrite_data();
  void refusesWhatItDidNotWrite();
  void takesAsManyEndpointsAsAllowedAndNotOneMore();
};

void TestLaunchRequest::survivesTheWayToAnotherProgram() {
  const auto request =
      requestOf({"tcp://127.0.0.1:9000", "unix:@hidden"}, {"tcp://[::1]:80", "udp://localhost:53"});
  QCOMPARE(LaunchRequest::decode(request.encode()), std::optional(request));
  QCOMPARE(LaunchRequest::decode(LaunchRequest().encode()), std::optional(LaunchRequest()));
}

void TestLaunchRequest::carriesAnyPath() {
  LaunchRequest request;
  Endpoint endpoint;
  endpoint.transport = sockbench::Transport::unixStream;
  endpoint.path = "/tmp/a b%41\xc3\xa9 end";
  request.listen.push_back(endpoint);
  const auto again = LaunchRequest::decode(request.encode());
  QVERIFY(again);
  QCOMPARE(again->listen[0].path, endpoint.path);
}

void TestLaunchRequest::makesPathsAbsolute() {
  const QTemporaryDir folder;
  const QString before = QDir::currentPath();
  QVERIFY(QDir::setCurrent(folder.path()));
  const auto again = LaunchRequest::decode(requestOf({"unix:a.sock"}, {}).encode());
  const QString here = QDir::currentPath();
  QDir::setCurrent(before);
  QVERIFY(again);
  QCOMPARE(QString::fromStdString(again->listen[0].path), here + QStringLiteral("/a.sock"));
}

void TestLaunchRequest::refusesWhatItDidNotWrite_data() {
  QTest::addColumn<QByteArray>("message");
  QTest::newRow("nothing") << QByteArray();
  QTest::newRow("no closing line") << QByteArray("sockbench 1\n");
  QTest::newRow("another version") << QByteArray("sockbench 2\nend\n");
  QTest::newRow("no greeting") << QByteArray("listen tcp%3A%2F%2F%3A1\nend\n");
  QTest::newRow("an unknown word") << QByteArray("sockbench 1\nerase tcp%3A%2F%2F%3A1\nend\n");
  QTest::newRow("a malformed endpoint") << QByteArray("sockbench 1\nlisten tcp%3A%2F%2Fhost%3A99999\nend\n");
  QTest::newRow("an empty line") << QByteArray("sockbench 1\n\nend\n");
  QTest::newRow("bytes that are no text") << QByteArray("\x00\xff\xfe\x80\nend\n", 9);
  QTest::newRow("more than the bound")
      << QByteArray("sockbench 1\nlisten unix%3A" + QByteArray(LaunchRequest::kMostBytes, 'a') + "\nend\n");
  QTest::newRow("an ending inside, and then more")
      << QByteArray("sockbench 1\nend\nlisten tcp%3A%2F%2F%3A1\nend\n");
}

void TestLaunchRequest::refusesWhatItDidNotWrite() {
  QFETCH(const QByteArray, message);
  QVERIFY(!LaunchRequest::decode(message));
}

void TestLaunchRequest::takesAsManyEndpointsAsAllowedAndNotOneMore() {
  LaunchRequest request;
  request.listen.assign(LaunchRequest::kMostEndpoints, *Endpoint::parse("tcp://127.0.0.1:1"));
  QVERIFY(LaunchRequest::decode(request.encode()));
  request.connect.push_back(request.listen[0]);
  QVERIFY(!LaunchRequest::decode(request.encode()));
}

QTEST_APPLESS_MAIN(TestLaunchRequest)
#include "tst_launch_request.moc"
