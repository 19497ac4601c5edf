// INI text against QSettings, which wrote most of what is read: what it writes we read, as it reads it.
#include <QFile>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "core/workspace/ini_text.h"

using namespace sockbench;

class TstIniText : public QObject {
  Q_OBJECT
 private slots:
  void readsValues_data();
  void readsValues();
  void readsKeys_data();
  void readsKeys();
  void readsWhatQSettingsWrites_data();
  void readsWhatQSettingsWrites();
  void readsRandomTextsOfQSettings();
  void saysWhichLinesItCannotRead();
  void goesOnBehindABackslash();
};

void TstIniText::readsValues_data() {
  QTest::addColumn<QByteArray>("written");
  QTest::addColumn<QByteArray>("value");
  const auto row = [](const char* name, const char* written, const char* value) {
    QTest::newRow(name) << QByteArray(written) << QByteArray(value);
  };
  row("nothing", "", "");
  row("blanks around it", "  a b\t ", "a b");
  row("blanks in quotes", "\" a \"", " a ");
  row("a semicolon ends it", "a ; b", "a");
  row("a semicolon in quotes", "\"a;b\"", "a;b");
  row("escapes with names", "\\a\\b\\f\\n\\r\\t\\v\\\"\\?\\'\\\\", "\a\b\f\n\r\t\v\"?'\\");
  row("hexadecimal", "\\x4f60\\x597d", "\xE4\xBD\xA0\xE5\xA5\xBD");
  row("a pair", "\\xd83d\\xde00", "\xF0\x9F\x98\x80");
  row("half a pair", "\\xd83d!", "\xEF\xBF\xBD!");
  row("the other half", "\\xde00", "\xEF\xBF\xBD");
  row("too many digits", "\\xfffff4f60g", "\xE4\xBD\xA0g");
  row("octal", "\\101\\0", "A");
  row("a backslash at the end", "a\\", "a");
  row("a backslash before nothing known", "a\\zb", "ab");
  row("two at signs", "@@x", "@x");
  row("what Qt says of its type", "@Variant(\\0\\x1)", "@Variant(");
}

void TstIniText::readsValues() {
  QFETCH(const QByteArray, written);
  QFETCH(const QByteArray, value);
  const IniText ini = readIni("[S]\nk=" + written.toStdString() + "\n");
  QCOMPARE(ini.entries.size(), 1U);
  QCOMPARE(ini.entries[0].key, "S/k");
  QCOMPARE(ini.entries[0].line, 2U);
  QVERIFY2(QByteArray::fromStdString(ini.entries[0].value).startsWith(value), ini.entries[0].value.c_str());
  if (!written.contains("\\0")) QCOMPARE(QByteArray::fromStdString(ini.entries[0].value), value);
}

void TstIniText::readsKeys_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QByteArray>("key");
  const auto row = [](const char* name, const char* text, const char* key) {
    QTest::newRow(name) << QByteArray(text) << QByteArray(key);
  };
  row("before any section", "k=1", "k");
  row("general", "[General]\nk=1", "k");
  row("a section of that name", "[%General]\nk=1", "General/k");
  row("groups", "[a%20b]\nc\\d=1", "a b/c/d");
  row("percent signs", "[S]\n%41%U4F60=1", "S/A\xE4\xBD\xA0");
  row("a percent sign alone", "[S]\n%4=1", "S/%4");
  row("blanks around it", "[S]\n  k  =1", "S/k");
  row("a bracket in the section", "[a]b]\nk=1", "a]b/k");
}

void TstIniText::readsKeys() {
  QFETCH(const QByteArray, text);
  const IniText ini = readIni(text.toStdString());
  QCOMPARE(ini.entries.size(), 1U);
  QTEST(QByteArray::fromStdString(ini.entries[0].key), "key");
}

namespace {

// By way of a file that QSettings writes.
QByteArray throughQSettings(const QString& key, const QVariant& value, std::string& readKey) {
  const QTemporaryDir folder;
  const QString path = folder.filePath(QStringLiteral("a.ini"));
  {
    QSettings settings(path, QSettings::IniFormat);
    settings.setValue(key, value);
  }
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return "no file";
  const IniText ini = readIni(file.readAll().toStdString());
  if (ini.entries.size() != 1 || !ini.unreadableLines.empty()) return "not one entry";
  readKey = ini.entries[0].key;
  return QByteArray::fromStdString(ini.entries[0].value);
}

}  // namespace

void TstIniText::readsWhatQSettingsWrites_data() {
  QTest::addColumn<QString>("text");
  for (const char* text : {"plain",
                           "a b",
                           " blanks ",
                           "a,b",
                           "a;b",
                           "a=b",
                           "say \"x\"",
                           "C:\\dir",
                           "two\nlines\r\n",
                           "@at",
                           "@@",
                           "@Variant(x)",
                           "\xE4\xBD\xA0\xE5\xA5\xBD"
                           "abc",
                           "\xC3\xA9"
                           "f",
                           "\xF0\x9F\x98\x80",
                           "\x01"
                           "2",
                           "tab\t",
                           "'?",
                           "%20",
                           ""}) {
    QTest::addRow("%s", text) << QString::fromUtf8(text);
  }
}

void TstIniText::readsWhatQSettingsWrites() {
  QFETCH(const QString, text);
  std::string key;
  QCOMPARE(throughQSettings(QStringLiteral("group/key"), text, key), text.toUtf8());
  QCOMPARE(key, "group/key");
  if (text.trimmed().isEmpty() || text.contains(QLatin1Char('\\'))) return;
  QCOMPARE(throughQSettings(text + QStringLiteral("/key"), QStringLiteral("x"), key), QByteArray("x"));
  QCOMPARE(QString::fromStdString(key), text + QStringLiteral("/key"));
}

void TstIniText::readsRandomTextsOfQSettings() {
  QRandomGenerator random(7);
  const QString letters =
      QString::fromUtf8(" ,;=\"\\@x0aF9%[]()\n\r\t\x01\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x98\x80");
  for (int round = 0; round < 150; ++round) {
    QString text;
    for (int i = random.bounded(20); i > 0; --i) {
      const QChar c = letters[random.bounded(letters.size())];
      if (!c.isSurrogate()) text += c;
    }
    std::string key;
    const QByteArray read = throughQSettings(QStringLiteral("k"), text, key);
    QVERIFY2(read == text.toUtf8(), (text.toUtf8().toHex() + " was read as " + read.toHex()).constData());
  }
}

void TstIniText::saysWhichLinesItCannotRead() {
  const IniText ini = readIni("; a comment\n# another\n\nnonsense\n[S]\n=x\nk=v\r\n");
  QCOMPARE(ini.entries.size(), 1U);
  QCOMPARE(ini.entries[0].line, 7U);
  QCOMPARE(ini.entries[0].value, "v");
  QCOMPARE(ini.unreadableLines, (std::vector<std::uint32_t>{4, 6}));
}

void TstIniText::goesOnBehindABackslash() {
  const IniText ini = readIni("a=1\\\n2\\\r\n3\nb=\\\\\nc=\\");
  QCOMPARE(ini.entries.size(), 3U);
  QCOMPARE(ini.entries[0].value, "123");
  QCOMPARE(ini.entries[1].value, "\\");
  QCOMPARE(ini.entries[1].line, 4U);
}

QTEST_GUILESS_MAIN(TstIniText)
#include "tst_ini_text.moc"
