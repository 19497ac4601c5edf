// Workspace files: what is read and refused, what stays of what this program does not know, and that no file
// is written over that was not read or that others have changed.
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QtTest>

#include "core/automation/scenario/scenario.h"
#include "core/workspace/workspace_file.h"

using namespace sockbench;

namespace {

constexpr char kBegin[] = "format = \"sockbench-workspace\"\nversion = 1\n";

QByteArray contentOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void put(const QString& path, const QByteArray& text) {
  QFile file(path);
  if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
    qFatal("cannot write %s", qPrintable(path));
}

TomlTable tree(const char* text) {
  return readToml(text, "tree").value();
}

QByteArray withoutComment(const std::string& text) {
  return QByteArray::fromStdString(text.substr(text.find('\n') + 1));
}

}  // namespace

class TestWorkspaceFile : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    folder_ = std::make_unique<QTemporaryDir>();
    path_ = folder_->filePath(QStringLiteral("a.sockbench"));
    name_ = path_.toStdString();
  }

  void savedAndReadAgain() {
    const TomlTable made = tree("a = 1\n[server]\nx = 'y'\n");
    WorkspaceFile file;
    QVERIFY(file.saveAs(name_, made));
    QCOMPARE(file.path(), name_);
    const auto again = WorkspaceFile::open(name_);
    QVERIFY(again);
    QCOMPARE(again->contents(), made);
    QCOMPARE(formatOfFile(name_), kWorkspaceFormat);
  }

  void refuses_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("a newer version")
        << QByteArray("format = \"sockbench-workspace\"\nversion = 2\n")
        << QByteArray("line 2, column 11: version 2 is newer than this program knows (1)");
    QTest::newRow("a scenario") << QByteArray("format = \"sockbench-scenario\"\nversion = 1\n")
                                << QByteArray("line 1, column 10: it is a scenario, not a workspace");
    QTest::newRow("no format") << QByteArray("a = 1\n")
                               << QByteArray("line 1, column 1: \"format\" is missing");
    QTest::newRow("cut off") << QByteArray(kBegin) + "[server]\nname = \"x"
                             << QByteArray("line 4, column 8: text that is not closed");
    QTest::newRow("another file") << QByteArray(
                                         "\x7f"
                                         "ELF\x02\x01\x01\xff")
                                  << QByteArray("line 1, column 8: a byte that is not UTF-8");
    QTest::newRow("empty") << QByteArray() << QByteArray("line 1, column 1: \"format\" is missing");
  }
  void refuses() {
    QFETCH(QByteArray, text);
    put(path_, text);
    const auto file = WorkspaceFile::open(name_);
    QVERIFY(!file);
    QTEST(QByteArray::fromStdString(file.error().message()), "said");
    QVERIFY(!WorkspaceFile().saveAs(name_, {}));
    QCOMPARE(contentOf(path_), text);
  }

  void whatIsNoFileIsSaid_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("symbol");
    QTest::newRow("not there") << QStringLiteral("none") << QByteArray("ENOENT");
    QTest::newRow("a folder") << QStringLiteral(".") << QByteArray("EISDIR");
    QTest::newRow("a pipe that nobody writes to") << QStringLiteral("pipe") << QByteArray("BAD_PATH");
  }
  void whatIsNoFileIsSaid() {
    QFETCH(QString, name);
    ::mkfifo(folder_->filePath(QStringLiteral("pipe")).toLocal8Bit().constData(), 0600);
    const auto file = WorkspaceFile::open(folder_->filePath(name).toStdString());
    QVERIFY(!file);
    QTEST(QByteArray::fromStdString(file.error().symbol()), "symbol");
  }

  void unknownKeysStayWhereTheyStand() {
    const char* known =
        "a = 1\nz = 9\n[s]\nx = 1\n[[pages]]\nname = 'p'\nport = 1\n[[pages]]\nname = 'q'\nport = 2\n";
    put(path_, QByteArray(kBegin) +
                   "future = \"f\"\na = 1\nz = 9\n\n[later]\nk = 1\n\n[s]\nold = true\nx = 1\n\n[[pages]]\n"
                   "name = \"p\"\ncolour = 3\nport = 1\n\n[[pages]]\nname = \"q\"\nport = 2\n");
    auto file = WorkspaceFile::open(name_);
    QVERIFY(file);
    file->setKnown(tree(known));
    // z was taken away, b and a page are new, x has changed.
    QVERIFY(file->save(tree(
        "a = 1\nb = 2\n[s]\nx = 5\n[[pages]]\nname = 'new'\nport = 7\n[[pages]]\nname = 'p'\nport = 3\n")));
    const QByteArray saved = withoutComment(contentOf(path_).toStdString());
    QCOMPARE(saved,
             QByteArray(kBegin) +
                 "future = \"f\"\na = 1\nb = 2\n\n[later]\nk = 1\n\n[s]\nold = true\nx = 5\n\n[[pages]]\n"
                 "name = \"new\"\nport = 7\n\n[[pages]]\nname = \"p\"\ncolour = 3\nport = 3\n");
    QVERIFY(file->save(tree("a = 2")));
    QCOMPARE(withoutComment(contentOf(path_).toStdString()),
             QByteArray(kBegin) + "future = \"f\"\na = 2\n\n[later]\nk = 1\n\n[s]\nold = true\n");
  }

  void refusesToWriteOver_data() {
    QTest::addColumn<QByteArray>("others");  // null: removed
    QTest::newRow("changed by others") << QByteArray(kBegin) + "theirs = 1\n";
    QTest::newRow("broken by others") << QByteArray("\xff");
    QTest::newRow("removed by others") << QByteArray();
  }
  void refusesToWriteOver() {
    QFETCH(QByteArray, others);
    WorkspaceFile file;
    QVERIFY(file.saveAs(name_, tree("a = 1")));
    others.isNull() ? void(QFile::remove(path_)) : put(path_, others);
    const auto saved = file.save(tree("a = 2"));
    QVERIFY(!saved && saved.error().isInput(InputFault::badPath));
    QCOMPARE(QFile::exists(path_), !others.isNull());
    if (!others.isNull()) QCOMPARE(contentOf(path_), others);
    const QString other = folder_->filePath(QStringLiteral("b.sockbench"));
    QVERIFY(file.saveAs(other.toStdString(), tree("a = 2")));
    QVERIFY(file.save(tree("a = 3")));
    QCOMPARE(WorkspaceFile::open(other.toStdString())->contents(), tree("a = 3"));
  }

  void keepsPermissionsAndFollowsLinks() {
    WorkspaceFile file;
    QVERIFY(file.saveAs(name_, tree("a = 1")));
    QVERIFY(QFile::setPermissions(path_, QFile::ReadOwner | QFile::WriteOwner));
    const QString link = folder_->filePath(QStringLiteral("link"));
    QVERIFY(QFile::link(QStringLiteral("a.sockbench"), link));
    auto linked = WorkspaceFile::open(link.toStdString());
    QVERIFY(linked);
    QVERIFY(linked->save(tree("a = 2")));
    QCOMPARE(QFileInfo(link).isSymLink(), true);
    QCOMPARE(WorkspaceFile::open(name_)->contents(), tree("a = 2"));
    struct stat about {};
    QCOMPARE(::stat(name_.c_str(), &about), 0);
    QCOMPARE(about.st_mode & 0777, mode_t{0600});
  }

  void aFullDiskLeavesTheOldFile() {
    const QByteArray place = folder_->filePath(QStringLiteral("small")).toLocal8Bit();
    QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("small")));
    if (::mount("tmpfs", place.constData(), "tmpfs", 0, "size=64k") != 0)
      QSKIP("a small file system needs CAP_SYS_ADMIN");
    const auto unmount = qScopeGuard([&] { ::umount2(place.constData(), MNT_DETACH); });
    const std::string name = place.toStdString() + "/a.sockbench";
    WorkspaceFile file;
    QVERIFY(file.saveAs(name, tree("a = 1")));
    TomlTable large;
    large.set("a", std::string(200'000, 'x'));
    const auto saved = file.save(large);
    QVERIFY(!saved);
    QCOMPARE(saved.error().symbol(), std::string("ENOSPC"));
    QCOMPARE(WorkspaceFile::open(name)->contents(), tree("a = 1"));
    QCOMPARE(QDir(QString::fromLocal8Bit(place)).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QVERIFY(file.save(tree("a = 2")));
  }

  void formatsAreToldApart() {
    put(path_, "# x\nformat = 'sockbench-scenario'\n");
    QCOMPARE(formatOfFile(name_), kScenarioFormat);
    put(path_, "\x0a\x0d\x0d\x0a");
    QCOMPARE(formatOfFile(name_), std::string_view());
    QCOMPARE(formatOfFile(folder_->path().toStdString()), std::string_view());
  }

 private:
  std::unique_ptr<QTemporaryDir> folder_;
  QString path_;
  std::string name_;
};

QTEST_GUILESS_MAIN(TestWorkspaceFile)
#include "tst_workspace_file.moc"
