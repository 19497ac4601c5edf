#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/base/regular_file.h"

using namespace sockbench;

class TstRegularFile : public QObject {
  Q_OBJECT
 private slots:
  void readsAll_data();
  void readsAll();
  void refusesWhatIsLarger();
  void refusesWhatIsNoRegularFile();
  void saysThatThereIsNone();

 private:
  std::string made(const char* name, std::size_t size) const {
    std::string path = folder_.filePath(QString::fromLatin1(name)).toStdString();
    std::ofstream(path, std::ios::binary) << std::string(size, 'x');
    return path;
  }
  QTemporaryDir folder_;
};

void TstRegularFile::readsAll_data() {
  QTest::addColumn<std::size_t>("size");
  for (const std::size_t size : {0, 1, 65535, 65536, 65537, 1 << 20})
    QTest::addRow("%zu bytes", size) << size;
}

void TstRegularFile::readsAll() {
  QFETCH(std::size_t, size);
  const auto bytes = readRegularFile(made("file", size), size);
  QVERIFY(bytes.has_value());
  QCOMPARE(*bytes, Bytes(size, std::byte{'x'}));
}

void TstRegularFile::refusesWhatIsLarger() {
  const auto bytes = readRegularFile(made("large", 1001), 1000);
  QVERIFY(!bytes && bytes.error().isInput(InputFault::tooLarge));
}

void TstRegularFile::refusesWhatIsNoRegularFile() {
  const auto folder = readRegularFile(folder_.path().toStdString(), 10);
  QVERIFY(!folder && folder.error().isErrno(EISDIR));
  const auto device = readRegularFile("/dev/zero", 10);
  QVERIFY(!device && device.error().isInput(InputFault::badPath));
  // Nobody writes to it: it must not be waited for.
  const std::string pipe = folder_.filePath(QStringLiteral("pipe")).toStdString();
  QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
  const auto fifo = readRegularFile(pipe, 10);
  QVERIFY(!fifo && fifo.error().isInput(InputFault::badPath));
}

void TstRegularFile::saysThatThereIsNone() {
  const std::string path = folder_.filePath(QStringLiteral("none")).toStdString();
  const auto none = readRegularFile(path, 10);
  QVERIFY(!none && none.error().isErrno(ENOENT));
  QCOMPARE(none.error().subject, path);
  const auto hidden = readRegularFile(made("short", 1) + std::string("\0.txt", 5), 10);
  QVERIFY(!hidden && hidden.error().isInput(InputFault::badPath));
}

QTEST_GUILESS_MAIN(TstRegularFile)
#include "tst_regular_file.moc"
