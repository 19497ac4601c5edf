// Exports: rows as files of each format, whole or not there.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include "core/capture/export.h"
#include "tests/core/capture/block_walk.h"
#include "tests/core/capture/written_rows.h"

using namespace sockbench;
using namespace sockbench::test;

class TestExport : public QObject {
  Q_OBJECT

 private slots:
  void init();
  void formatsHaveNames();
  void endingTellsTheFormat_data();
  void endingTellsTheFormat();
  void pcapngHasEveryRow();
  void jsonLinesAreObjects();
  void csvIsReadByPython();
  void textShowsBytes();
  void rawIsOneDirection_data();
  void rawIsOneDirection();
  void filterAndListChoose_data();
  void filterAndListChoose();
  void evictedRowsAreCounted();
  void cancelLeavesNothing();
  void failureLeavesTheOldFile();
  void keepsPermissionsAndLinks();
  void makesWhatALinkPointsTo_data();
  void makesWhatALinkPointsTo();
  void cancelEndsTheWaitForAReader();
  void writesIntoWhatIsNoFile();
  void doesNotBegin_data();
  void doesNotBegin();

 private:
  Result<ExportResult> exported(ExportFormat format, FilterPtr filter = nullptr,
                                std::optional<std::vector<std::uint64_t>> rows = std::nullopt) {
    ExportSettings settings;
    settings.format = format;
    settings.path = path().toStdString();
    settings.filter = std::move(filter);
    settings.rows = std::move(rows);
    return exportRows(*log_, settings);
  }
  QString path(const char* name = "f") const { return folder_->filePath(QString::fromLatin1(name)); }
  QByteArray content() const {
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
  }
  // What lies in the folder.
  QStringList names() const {
    return QDir(folder_->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
  }

  std::unique_ptr<QTemporaryDir> folder_;
  std::shared_ptr<TrafficLog> log_;
};

// Six rows: connected, out, in, an option with hostile text, error, closed.
void TestExport::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  log_ = TrafficLog::create();
  const auto writer = log_->makeWriter();
  ToldSession(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080")
      .event(RecordKind::connected)
      .out("GET \"x\"\r\n")
      .in("answer")
      .event(RecordKind::option, Party::none, "a,\"b\"\n=1+1")
      .error(Error::fromErrno(Operation::recv, ECONNRESET, "tcp://127.0.0.1:40080"))
      .event(RecordKind::closed, Party::us);
  log_->notes().setMarked(2, true);
  log_->notes().setComment(2, "look, here");
}

void TestExport::formatsHaveNames() {
  for (const ExportFormat format : exportFormats()) {
    const std::string name(exportFormatName(format));
    QVERIFY(!name.empty());
  }
  QCOMPARE(exportFormats().size(), 5U);
}

void TestExport::endingTellsTheFormat_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<QString>("format");
  QTest::newRow("pcapng") << QStringLiteral("/a/b.pcapng") << QStringLiteral("pcapng");
  QTest::newRow("capitals") << QStringLiteral("B.PCAPNG") << QStringLiteral("pcapng");
  QTest::newRow("jsonl") << QStringLiteral("b.jsonl") << QStringLiteral("jsonl");
  QTest::newRow("json") << QStringLiteral("b.json") << QStringLiteral("jsonl");
  QTest::newRow("csv") << QStringLiteral("b.csv") << QStringLiteral("csv");
  QTest::newRow("txt") << QStringLiteral("b.txt") << QStringLiteral("text");
  QTest::newRow("bin") << QStringLiteral("b.bin") << QStringLiteral("raw");
  QTest::newRow("another") << QStringLiteral("b.doc") << QString();
}

void TestExport::endingTellsTheFormat() {
  QFETCH(QString, name);
  QFETCH(QString, format);
  const auto found = exportFormatOf(name.toStdString());
  QCOMPARE(QString::fromStdString(found ? std::string(exportFormatName(*found)) : std::string()), format);
}

void TestExport::pcapngHasEveryRow() {
  const auto result = exported(ExportFormat::pcapng);
  QVERIFY(result);
  QCOMPARE(result->rows, 6U);
  QCOMPARE(result->bytes, static_cast<std::uint64_t>(content().size()));
  const WalkedFile file = walkBlocks(content().toStdString());
  QCOMPARE(file.complaint, "");
  QStringList kinds;
  for (const WalkedPacket& packet : file.packets)
    if (!valueOf(packet, "k").empty()) kinds << QString::fromStdString(valueOf(packet, "k"));
  QCOMPARE(kinds.join(u' '), QStringLiteral("connected out in option error closed"));
  QCOMPARE(valueOf(file.packets[4], "note"), "look,%20here");
}

void TestExport::jsonLinesAreObjects() {
  QVERIFY(exported(ExportFormat::jsonLines));
  const QList<QByteArray> lines = content().trimmed().split('\n');
  QCOMPARE(lines.size(), 6);
  QStringList kinds;
  for (const QByteArray& line : lines)
    kinds << QJsonDocument::fromJson(line).object()[QStringLiteral("kind")].toString();
  QCOMPARE(kinds.join(u' '), QStringLiteral("connected out in option error closed"));
  const QJsonObject in = QJsonDocument::fromJson(lines[2]).object();
  QCOMPARE(in[QStringLiteral("hex")].toString(), QStringLiteral("616e73776572"));
  QCOMPARE(in[QStringLiteral("mark")].toBool(), true);
  QCOMPARE(in[QStringLiteral("comment")].toString(), QStringLiteral("look, here"));
  const QJsonObject error = QJsonDocument::fromJson(lines[4]).object()[QStringLiteral("error")].toObject();
  QCOMPARE(error[QStringLiteral("symbol")].toString(), QStringLiteral("ECONNRESET"));
}

void TestExport::csvIsReadByPython() {
  QVERIFY(exported(ExportFormat::csv));
  QVERIFY(content().startsWith("row,time,session,"));
  const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
  if (python.isEmpty()) QSKIP("python3 is not installed");
  QProcess reader;
  reader.start(python, {QStringLiteral("-c"),
                        QStringLiteral("import csv, sys\n"
                                       "for r in csv.DictReader(open(sys.argv[1], newline='')):\n"
                                       "    print(r['kind'], r['data'], repr(r['detail']), r['mark'], "
                                       "r['comment'], len(r), sep='|')\n"),
                        path()});
  QVERIFY(reader.waitForFinished(30000));
  QCOMPARE(reader.readAllStandardError(), QByteArray());
  QCOMPARE(reader.readAllStandardOutput(), QByteArray("connected||''|||17\n"
                                                      "out|474554202278220d0a|''|||17\n"
                                                      "in|616e73776572|''|1|look, here|17\n"
                                                      "option||'a,\"b\"\\n=1+1'|||17\n"
                                                      "error||''|||17\n"
                                                      "closed||''|||17\n"));
}

void TestExport::textShowsBytes() {
  QVERIFY(exported(ExportFormat::text));
  QVERIFY(content().contains("47 45 54 20 22 78 22 0d  0a "));
  QVERIFY(content().contains("|GET \"x\"..|"));
  QVERIFY(content().contains("127.0.0.1:1000 <- 127.0.0.1:40080  in, 6 bytes  [marked]"));
  QVERIFY(content().contains("// look, here"));
}

void TestExport::rawIsOneDirection_data() {
  QTest::addColumn<bool>("isIn");
  QTest::addColumn<QByteArray>("bytes");
  QTest::newRow("in") << true << QByteArray("answer");
  QTest::newRow("out") << false << QByteArray("GET \"x\"\r\n");
}

void TestExport::rawIsOneDirection() {
  QFETCH(bool, isIn);
  QFETCH(QByteArray, bytes);
  ExportSettings settings;
  settings.format = ExportFormat::raw;
  settings.path = path().toStdString();
  settings.direction = isIn ? Direction::in : Direction::out;
  QVERIFY(exportRows(*log_, settings));
  QCOMPARE(content(), bytes);
}

void TestExport::filterAndListChoose_data() {
  QTest::addColumn<QString>("filter");
  QTest::addColumn<QList<quint64>>("rows");
  QTest::addColumn<QString>("kinds");
  const QList<quint64> none;
  QTest::newRow("a filter") << QStringLiteral("kind == in or kind == out") << none
                            << QStringLiteral("out in");
  QTest::newRow("a list") << QString() << QList<quint64>{0, 2, 5} << QStringLiteral("connected in closed");
  QTest::newRow("both") << QStringLiteral("kind == in") << QList<quint64>{0, 2, 5} << QStringLiteral("in");
  QTest::newRow("rows that are not there") << QString() << QList<quint64>{1, 99} << QStringLiteral("out");
}

void TestExport::filterAndListChoose() {
  QFETCH(QString, filter);
  QFETCH(QList<quint64>, rows);
  QFETCH(QString, kinds);
  std::optional<std::vector<std::uint64_t>> list;
  if (!rows.isEmpty()) list.emplace(rows.begin(), rows.end());
  const auto result = exported(ExportFormat::jsonLines, Filter::parse(filter.toStdString()).value(), list);
  QVERIFY(result);
  QStringList found;
  for (const QByteArray& line : content().trimmed().split('\n'))
    found << QJsonDocument::fromJson(line).object()[QStringLiteral("kind")].toString();
  QCOMPARE(found.join(u' '), kinds);
  QCOMPARE(result->rows, static_cast<std::uint64_t>(found.size()));
}

void TestExport::evictedRowsAreCounted() {
  log_ = TrafficLog::create({.budgetBytes = 4 << 20, .blockBytes = 256 << 10});
  const auto writer = log_->makeWriter();
  ToldSession session(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080");
  for (int i = 0; i < 200; ++i) session.in(bytesOf(50'000));
  writer->publish();
  QVERIFY(log_->first() > 0);
  const auto result = exported(ExportFormat::raw, nullptr, std::vector<std::uint64_t>{0, 199});
  QVERIFY(result);
  QCOMPARE(result->rows, 1U);
  QCOMPARE(result->lost, 1U);
  QCOMPARE(content().size(), 50'000);
}

void TestExport::cancelLeavesNothing() {
  const auto writer = log_->makeWriter();
  ToldSession session(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080");
  for (int i = 0; i < 1000; ++i) session.in("x");
  writer->publish();
  std::stop_source stop;
  const auto result = exportRows(
      *log_, {.path = path().toStdString()}, [&](const ExportProgress&) { stop.request_stop(); },
      stop.get_token());
  QVERIFY(!result);
  QVERIFY(result.error().isErrno(ECANCELED));
  QCOMPARE(names(), QStringList());
}

void TestExport::failureLeavesTheOldFile() {
  QFile old(path());
  QVERIFY(old.open(QIODevice::WriteOnly));
  old.write("old");
  old.close();
  const auto writer = log_->makeWriter();
  ToldSession session(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080");
  for (int i = 0; i < 1000; ++i) session.in(bytesOf(1000));
  writer->publish();
  rlimit before{};
  QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 100'000;
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto result = exported(ExportFormat::raw);
  QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
  QVERIFY(!result);
  QCOMPARE(result.error().symbol(), "EFBIG");
  QCOMPARE(content(), QByteArray("old"));
  QCOMPARE(names(), QStringList{QStringLiteral("f")});
}

void TestExport::keepsPermissionsAndLinks() {
  QFile target(path("target"));
  QVERIFY(target.open(QIODevice::WriteOnly));
  target.close();
  QCOMPARE(::chmod(path("target").toUtf8().constData(), 0640), 0);
  QVERIFY(QFile::link(path("target"), path()));
  QVERIFY(exported(ExportFormat::raw));
  struct stat about {};
  QCOMPARE(::lstat(path().toUtf8().constData(), &about), 0);
  QVERIFY(S_ISLNK(about.st_mode));
  QCOMPARE(::stat(path("target").toUtf8().constData(), &about), 0);
  QCOMPARE(about.st_mode & 07777, 0640U);
  QCOMPARE(content(), QByteArray("answer"));
}

void TestExport::makesWhatALinkPointsTo_data() {
  QTest::addColumn<bool>("isAbsolute");
  QTest::addColumn<int>("links");
  QTest::newRow("absolute") << true << 1;
  QTest::newRow("relative") << false << 1;
  QTest::newRow("a chain") << false << 5;
}

void TestExport::makesWhatALinkPointsTo() {
  QFETCH(bool, isAbsolute);
  QFETCH(int, links);
  QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("sub")));
  QByteArray next = (isAbsolute ? folder_->path() + u'/' : QString()).toUtf8() + "sub/target";
  for (int i = links; i > 0; --i) {
    const QByteArray name = i == 1 ? QByteArray("f") : "link" + QByteArray::number(i);
    QCOMPARE(::symlink(next.constData(), path(name.constData()).toUtf8().constData()), 0);
    next = name;
  }
  QVERIFY(exported(ExportFormat::raw));
  struct stat about {};
  QCOMPARE(::lstat(path().toUtf8().constData(), &about), 0);
  QVERIFY(S_ISLNK(about.st_mode));
  QCOMPARE(::lstat(path("sub/target").toUtf8().constData(), &about), 0);
  QVERIFY(S_ISREG(about.st_mode));
  QCOMPARE(content(), QByteArray("answer"));
}

// It reads a little, and then no more.
void TestExport::cancelEndsTheWaitForAReader() {
  QCOMPARE(::mkfifo(path().toUtf8().constData(), 0600), 0);
  const int reader = ::open(path().toUtf8().constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  QVERIFY(reader >= 0);
  const auto writer = log_->makeWriter();
  ToldSession session(*writer, 2, "127.0.0.1:1000", "127.0.0.1:40080");
  for (int i = 0; i < 1000; ++i) session.in(bytesOf(10'000));
  writer->publish();
  std::stop_source stop;
  std::atomic<bool> over{false};
  Result<ExportResult> result;
  std::thread exporting([&] {
    result = exportRows(*log_, {.path = path().toStdString()}, {}, stop.get_token());
    over = true;
  });
  char byte = 0;
  const bool began = QTest::qWaitFor([&] { return ::read(reader, &byte, 1) == 1; }, 20000);
  stop.request_stop();
  const bool inTime = QTest::qWaitFor([&] { return over.load(); }, 20000);
  ::close(reader);
  exporting.join();
  QVERIFY(began);
  QVERIFY(inTime);
  QVERIFY(!result);
  QCOMPARE(result.error().symbol(), "ECANCELED");
}

void TestExport::writesIntoWhatIsNoFile() {
  QVERIFY(exportRows(*log_, {.format = ExportFormat::raw, .path = "/dev/null"}));
  struct stat about {};
  QCOMPARE(::stat("/dev/null", &about), 0);
  QVERIFY(S_ISCHR(about.st_mode));
}

void TestExport::doesNotBegin_data() {
  QTest::addColumn<QString>("name");
  QTest::addColumn<int>("code");
  QTest::newRow("no folder") << QStringLiteral("nowhere/f") << ENOENT;
  QTest::newRow("a folder of that name") << QStringLiteral(".") << EISDIR;
  QTest::newRow("a file for a folder") << QStringLiteral("file/f") << ENOTDIR;
  QTest::newRow("a file that may not be written") << QStringLiteral("locked") << EACCES;
  QTest::newRow("a FIFO that nobody reads") << QStringLiteral("fifo") << ENXIO;
  QTest::newRow("a link into no folder") << QStringLiteral("dangling") << ENOENT;
  QTest::newRow("a link to itself") << QStringLiteral("circle") << ELOOP;
}

void TestExport::doesNotBegin() {
  QFETCH(QString, name);
  QFETCH(int, code);
  if (code == EACCES && ::geteuid() == 0) QSKIP("root may write anywhere");
  for (const char* made : {"file", "locked"}) {
    QFile file(path(made));
    QVERIFY(file.open(QIODevice::WriteOnly));
  }
  QCOMPARE(::chmod(path("locked").toUtf8().constData(), 0400), 0);
  QCOMPARE(::mkfifo(path("fifo").toUtf8().constData(), 0600), 0);
  QCOMPARE(::symlink("nowhere/f", path("dangling").toUtf8().constData()), 0);
  QCOMPARE(::symlink("circle", path("circle").toUtf8().constData()), 0);
  const auto result = exportRows(*log_, {.path = folder_->filePath(name).toStdString()});
  QVERIFY(!result);
  QCOMPARE(result.error().symbol(), errnoSymbol(code));
}

QTEST_GUILESS_MAIN(TestExport)
#include "tst_export.moc"
