// The program `sockbench` as it is started: its options, its exit status, its tour, a second start.
#include <signal.h>

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class TestApp : public QObject {
  Q_OBJECT
 private slots:
  void init();
  void tellsOfItself_data();
  void tellsOfItself();
  void refusesAWrongCommandLine_data();
  void refusesAWrongCommandLine();
  void needsADisplayForAWindow();
  void tourHappensAndLeavesItsPicture_data();
  void tourHappensAndLeavesItsPicture();
  void tourPlaysInARealXServer();
  void pictureThatCannotBeWrittenIsAFailure();
  void picturesAWindow();
  void tellsOfItsFirstPaint();
  void secondStartHandsItsEndpointsOver();
  void newWindowDoesNotHandOver();
  void startsBesideAForeignFileInThePlaceOfMeeting();
  void endsCleanlyWhenToldTo();

 private:
  struct Ended {
    int status = -1;
    QString out;
    QString error;
  };
  std::unique_ptr<QProcess> start(const QStringList& arguments) const;
  Ended run(const QStringList& arguments, const QString& platform = QStringLiteral("offscreen")) const;
  bool listensAt(const QString& path) const;
  void end(QProcess& process) const;

  std::unique_ptr<QTemporaryDir> folder_;
  QProcessEnvironment environment_;
};

void TestApp::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  environment_ = QProcessEnvironment::systemEnvironment();
  // Its settings and its place of meeting are this test's alone.
  environment_.insert(QStringLiteral("XDG_RUNTIME_DIR"), folder_->path());
  environment_.insert(QStringLiteral("XDG_CONFIG_HOME"), folder_->filePath(QStringLiteral("config")));
  environment_.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
  environment_.remove(QStringLiteral("DISPLAY"));
  environment_.remove(QStringLiteral("WAYLAND_DISPLAY"));
}

std::unique_ptr<QProcess> TestApp::start(const QStringList& arguments) const {
  auto process = std::make_unique<QProcess>();
  process->setProcessEnvironment(environment_);
  process->start(QStringLiteral(SOCKBENCH_PROGRAM), arguments);
  return process;
}

TestApp::Ended TestApp::run(const QStringList& arguments, const QString& platform) const {
  QProcess process;
  QProcessEnvironment environment = environment_;
  if (platform.isEmpty()) {
    environment.remove(QStringLiteral("QT_QPA_PLATFORM"));
  } else {
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), platform);
  }
  process.setProcessEnvironment(environment);
  process.start(QStringLiteral(SOCKBENCH_PROGRAM), arguments);
  if (!process.waitForFinished(90'000)) {
    process.kill();
    process.waitForFinished();
    return {};
  }
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

bool TestApp::listensAt(const QString& path) const {
  QLocalSocket probe;
  probe.connectToServer(path);
  return probe.waitForConnected(200);
}

void TestApp::end(QProcess& process) const {
  process.terminate();
  QVERIFY(process.waitForFinished(20'000));
  QCOMPARE(process.exitStatus(), QProcess::NormalExit);
  QCOMPARE(process.exitCode(), 0);
}

void TestApp::tellsOfItself_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("word");
  QTest::newRow("help") << QStringList{QStringLiteral("--help")} << QStringLiteral("--connect ENDPOINT");
  QTest::newRow("version") << QStringList{QStringLiteral("--version")} << QStringLiteral("sockbench 0.");
}

void TestApp::tellsOfItself() {
  QFETCH(const QStringList, arguments);
  QFETCH(const QString, word);
  const Ended ended = run(arguments, {});  // needs no display
  QCOMPARE(ended.status, 0);
  QVERIFY2(ended.out.contains(word), qPrintable(ended.out));
  QCOMPARE(ended.error, QString());
}

void TestApp::refusesAWrongCommandLine_data() {
  QTest::addColumn<QStringList>("arguments");
  QTest::addColumn<QString>("word");
  const auto row = [](const char* name, std::initializer_list<const char*> words, const char* said) {
    QStringList arguments;
    for (const char* word : words) arguments.append(QString::fromUtf8(word));
    QTest::newRow(name) << arguments << QString::fromUtf8(said);
  };
  row("an unknown option", {"--frobnicate"}, "--frobnicate");
  row("a word too many", {"hello"}, "hello");
  row("an endpoint without a transport", {"--listen", "127.0.0.1:80"}, "--listen 127.0.0.1:80");
  row("a port that is too large", {"--connect", "tcp://127.0.0.1:70000"}, "70000");
  row("a zone that names no interface", {"--connect", "tcp://[fe80::1%nosuchif]:80"}, "nosuchif");
  row("a listen option without its endpoint", {"--listen"}, "--listen");
  row("an unknown theme", {"--theme", "plaid"}, "plaid");
  row("a tour with endpoints", {"--tour", "--listen", "tcp://127.0.0.1:0"}, "--tour");
  row("control characters in what was typed", {"--theme", "\x1b[31mred\n"}, "␛[31mred␊");
}

void TestApp::refusesAWrongCommandLine() {
  QFETCH(const QStringList, arguments);
  QFETCH(const QString, word);
  const Ended ended = run(arguments, {});  // needs no display
  QCOMPARE(ended.status, 2);
  QCOMPARE(ended.out, QString());
  QVERIFY2(ended.error.contains(word), qPrintable(ended.error));
  QVERIFY2(ended.error.count(QLatin1Char('\n')) == 1 && ended.error.endsWith(QLatin1Char('\n')),
           qPrintable(ended.error));
}

void TestApp::needsADisplayForAWindow() {
  const Ended ended = run({}, {});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.error.contains(QLatin1String("DISPLAY")), qPrintable(ended.error));
}

void TestApp::tourHappensAndLeavesItsPicture_data() {
  QTest::addColumn<QString>("theme");
  QTest::addColumn<QString>("platform");
  QTest::newRow("light") << QStringLiteral("light") << QStringLiteral("offscreen");
  QTest::newRow("dark, and nobody said that there is no display") << QStringLiteral("dark") << QString();
}

void TestApp::tourHappensAndLeavesItsPicture() {
  QFETCH(const QString, theme);
  QFETCH(const QString, platform);
  const QString file = folder_->filePath(QStringLiteral("tour.png"));
  const Ended ended =
      run({QStringLiteral("--tour"), QStringLiteral("--screenshot"), file, QStringLiteral("--theme"), theme},
          platform);
  QVERIFY2(ended.status == 0, qPrintable(ended.error + ended.out));
  const bool saysWhyOffscreen = platform.isEmpty();  // one line, and nothing else
  QCOMPARE(ended.error.count(QLatin1Char('\n')), saysWhyOffscreen ? 1 : 0);
  for (const char* word : {"localhost", "listening", "connected", "hello world", "who are you",
                           "can u speak chinese?", "你好", "exit", "closed"}) {
    QVERIFY2(ended.out.contains(QString::fromUtf8(word)), word);
  }
  const QImage picture(file);
  QCOMPARE(picture.size(), QSize(1280, 800));
  QCOMPARE(picture.pixelColor(4, 400).lightness() > 128, theme == QLatin1String("light"));
}

void TestApp::tourPlaysInARealXServer() {
  QProcess server;
  server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  server.start(
      QStringLiteral("Xvfb"),
      {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
       QStringLiteral("1400x900x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
  QVERIFY2(server.waitForStarted(), "Xvfb is missing: packaging/setup.sh test");
  while (!server.canReadLine()) QVERIFY(server.waitForReadyRead(20'000));
  environment_.insert(QStringLiteral("DISPLAY"),
                      QLatin1Char(':') + QString::fromLatin1(server.readLine().trimmed()));
  const Ended ended = run({QStringLiteral("--tour")}, QStringLiteral("xcb"));
  QVERIFY2(ended.status == 0, qPrintable(ended.error + ended.out));
  server.terminate();
  QVERIFY(server.waitForFinished(20'000));
}

void TestApp::pictureThatCannotBeWrittenIsAFailure() {
  const Ended ended =
      run({QStringLiteral("--tour"), QStringLiteral("--screenshot"), QStringLiteral("/nonexistent/a.png")});
  QCOMPARE(ended.status, 1);
  QVERIFY2(ended.error.contains(QLatin1String("/nonexistent/a.png")), qPrintable(ended.error));
}

void TestApp::picturesAWindow() {
  const QString file = folder_->filePath(QStringLiteral("window.png"));
  const Ended ended = run({QStringLiteral("--listen"), QStringLiteral("tcp://127.0.0.1:0"),
                           QStringLiteral("--screenshot"), file});
  QVERIFY2(ended.status == 0, qPrintable(ended.error));
  QVERIFY(!QImage(file).isNull());
}

void TestApp::tellsOfItsFirstPaint() {
  const Ended ended = run({QStringLiteral("--exit-after-paint"), QStringLiteral("--new-window")});
  QCOMPARE(ended.out, QStringLiteral("painted\n"));
  QCOMPARE(ended.status, 0);
}

void TestApp::secondStartHandsItsEndpointsOver() {
  const QString one = folder_->filePath(QStringLiteral("one.sock"));
  const QString two = folder_->filePath(QStringLiteral("two.sock"));
  const auto first = start({QStringLiteral("--listen"), QStringLiteral("unix:") + one});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(one), 20'000);

  QProcess second;  // from another folder, with a relative path
  second.setProcessEnvironment(environment_);
  second.setWorkingDirectory(folder_->path());
  second.start(QStringLiteral(SOCKBENCH_PROGRAM),
               {QStringLiteral("--listen"), QStringLiteral("unix:two.sock")});
  QVERIFY(second.waitForFinished(20'000));
  QCOMPARE(second.exitCode(), 0);
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(two), 20'000);
  QCOMPARE(first->state(), QProcess::Running);
  end(*first);
}

void TestApp::newWindowDoesNotHandOver() {
  const QString one = folder_->filePath(QStringLiteral("one.sock"));
  const QString two = folder_->filePath(QStringLiteral("two.sock"));
  const auto first = start({QStringLiteral("--listen"), QStringLiteral("unix:") + one});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(one), 20'000);
  const auto second =
      start({QStringLiteral("--new-window"), QStringLiteral("--listen"), QStringLiteral("unix:") + two});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(two), 20'000);
  QCOMPARE(second->state(), QProcess::Running);
  end(*first);
  QVERIFY(listensAt(two));
  end(*second);
}

void TestApp::startsBesideAForeignFileInThePlaceOfMeeting() {
  const QString one = folder_->filePath(QStringLiteral("one.sock"));
  const auto first = start({QStringLiteral("--listen"), QStringLiteral("unix:") + one});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(one), 20'000);
  const auto places = QDir(folder_->path()).entryList({QStringLiteral("sockbench-*")}, QDir::System);
  QCOMPARE(places.size(), 1);
  end(*first);
  QFile foreign(folder_->filePath(places[0]));
  QVERIFY(foreign.open(QIODevice::WriteOnly) && foreign.write("precious") == 8);
  foreign.close();

  const auto second = start({QStringLiteral("--listen"), QStringLiteral("unix:") + one});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(one), 20'000);
  end(*second);
  QCOMPARE(QFileInfo(foreign).size(), 8);
}

void TestApp::endsCleanlyWhenToldTo() {
  const QString one = folder_->filePath(QStringLiteral("one.sock"));
  const auto first = start({QStringLiteral("--listen"), QStringLiteral("unix:") + one});
  QTRY_VERIFY_WITH_TIMEOUT(listensAt(one), 20'000);
  end(*first);
  QVERIFY2(!QFileInfo::exists(one), "the socket's file is ours, and goes with it");
  QVERIFY2(QFileInfo::exists(folder_->filePath(QStringLiteral("config/Sockbench/sockbench.conf"))),
           "the window's state is remembered");
}

QTEST_GUILESS_MAIN(TestApp)
#include "tst_app.moc"
