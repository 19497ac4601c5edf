// A program that is killed while it saves leaves the old workspace or the new one, whole, and what it left
// beside it goes away later.
#include <fcntl.h>
#include <sys/stat.h>
#include <QDir>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <ctime>

#include "core/workspace/workspace_file.h"

using namespace sockbench;

namespace {

std::int64_t numberOf(const TomlValue& value) {
  return std::get<std::int64_t>(value.data);
}

// The version that a file holds; -1: a mixture.
std::int64_t versionOf(const WorkspaceFile& file) {
  const TomlTable& contents = file.contents();
  const std::int64_t number = numberOf(*contents.find("number"));
  if (numberOf(*contents.find("last")) != number) return -1;
  const TomlValue* numbers = contents.find("numbers");
  if (numbers == nullptr) return number == 0 ? 0 : -1;
  const auto& all = std::get<TomlArray>(numbers->data);
  const bool same = std::ranges::all_of(all, [&](const TomlValue& one) { return numberOf(one) == number; });
  return same && all.size() == static_cast<std::size_t>(2000 + number % 7 * 500) ? number : -1;
}

QStringList beside(const QTemporaryDir& folder) {
  QStringList names = QDir(folder.path()).entryList(QDir::Files | QDir::Hidden);
  names.removeAll(QStringLiteral("bench.sockbench"));
  return names;
}

void makeOld(const QString& path) {
  const std::array<timespec, 2> times{{{std::time(nullptr) - 3600, 0}, {std::time(nullptr) - 3600, 0}}};
  ::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times.data(), 0);
}

}  // namespace

class TestWorkspaceCrash : public QObject {
  Q_OBJECT

 private slots:
  void killedWhileItSaves() {
    constexpr int rounds = 100;
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("bench.sockbench"));
    const std::string name = path.toStdString();
    TomlTable first;
    first.set("number", std::int64_t{0});
    first.set("last", std::int64_t{0});
    QVERIFY(WorkspaceFile().saveAs(name, first));
    std::int64_t last = 0;
    int killedBetween = 0;
    for (int round = 0; round < rounds; ++round) {
      QProcess saver;
      const int time = QRandomGenerator::global()->bounded(1, 20'000);
      saver.start(QStringLiteral(SOCKBENCH_WORKSPACE_SAVER), {path, QString::number(time)});
      QVERIFY(saver.waitForFinished());
      QCOMPARE(saver.exitStatus(), QProcess::CrashExit);
      const auto file = WorkspaceFile::open(name);
      QVERIFY2(file, file ? "" : file.error().line().c_str());
      const std::int64_t version = versionOf(*file);
      QVERIFY2(version >= last, "a mixture, or an older one");
      last = version;
      killedBetween += beside(folder).isEmpty() ? 0 : 1;
      const QStringList left = beside(folder);
      for (const QString& one : left) makeOld(folder.filePath(one));
    }
    QVERIFY2(last > 0, "nothing was ever saved");
    QVERIFY2(killedBetween > 0, "no save was ever interrupted");
  }

  void whatIsLeftBesideGoesAway() {
    const QTemporaryDir folder;
    const std::string name = folder.filePath(QStringLiteral("bench.sockbench")).toStdString();
    QProcess ended;
    ended.start(QStringLiteral("true"), QStringList());
    QVERIFY(ended.waitForStarted());
    const auto pid = QString::number(ended.processId());
    QVERIFY(ended.waitForFinished());
    const auto leave = [&](const QString& file, bool old) {
      QFile left(folder.filePath(file));
      QVERIFY(left.open(QIODevice::WriteOnly));
      left.close();
      if (old) makeOld(left.fileName());
    };
    leave(QStringLiteral(".sockbench-%1-0.tmp").arg(pid), true);
    leave(QStringLiteral(".sockbench-%1-1.tmp").arg(pid), false);
    leave(QStringLiteral(".sockbench-%1-0.tmp").arg(QCoreApplication::applicationPid()), true);
    leave(QStringLiteral(".sockbench-x-0.tmp"), true);
    QVERIFY(WorkspaceFile().saveAs(name, {}));
    QCOMPARE(beside(folder).size(), 3);
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral(".sockbench-%1-0.tmp").arg(pid))));
  }
};

QTEST_GUILESS_MAIN(TestWorkspaceCrash)
#include "tst_workspace_crash.moc"
