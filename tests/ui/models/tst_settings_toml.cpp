// What widgets remember, as TOML: readable, and the same when it is read back.
#include <QSettings>
#include <QSize>
#include <QtTest>

#include "ui/models/settings_toml.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

void save(QSettings& settings) {
  settings.setValue(QStringLiteral("host"), QStringLiteral("127.0.0.1"));
  settings.setValue(QStringLiteral("backlog"), 128);
  settings.setValue(QStringLiteral("open"), true);
  settings.setValue(QStringLiteral("timeout"), 2.5);
  settings.setValue(QStringLiteral("history"), QStringList{QStringLiteral("a"), QStringLiteral("b\\n")});
  settings.setValue(QStringLiteral("none"), QStringList());
  settings.setValue(QStringLiteral("composer"), QByteArray("0 1 2"));
  settings.setValue(QStringLiteral("split"), QByteArray("\0\xff\x01", 3));
  settings.setValue(QStringLiteral("size"), QSize(3, 4));
  settings.beginWriteArray(QStringLiteral("pages"), 2);
  settings.setArrayIndex(0);
  settings.setValue(QStringLiteral("port"), QStringLiteral("9000"));
  settings.setArrayIndex(1);
  settings.setValue(QStringLiteral("port"), QString());
  settings.beginGroup(QStringLiteral("inner"));
  settings.setValue(QStringLiteral("x"), -1);
  settings.endGroup();
  settings.endArray();
}

}  // namespace

class TestSettingsToml : public QObject {
  Q_OBJECT

 private slots:
  void readsBackTheSame() {
    const TomlTable table = settingsToToml(save);
    const auto text = writeToml(table);
    const auto again = readToml(text, "t");
    QVERIFY(again);
    bool seen = false;
    settingsFromToml(*again, [&](QSettings& settings) {
      seen = true;
      QCOMPARE(settings.value(QStringLiteral("host")).toString(), QStringLiteral("127.0.0.1"));
      QCOMPARE(settings.value(QStringLiteral("backlog")).toInt(), 128);
      QCOMPARE(settings.value(QStringLiteral("open")).toBool(), true);
      QCOMPARE(settings.value(QStringLiteral("timeout")).toDouble(), 2.5);
      QCOMPARE(settings.value(QStringLiteral("history")).toStringList(),
               (QStringList{QStringLiteral("a"), QStringLiteral("b\\n")}));
      QCOMPARE(settings.value(QStringLiteral("none")).toStringList(), QStringList());
      QCOMPARE(settings.value(QStringLiteral("composer")).toByteArray(), QByteArray("0 1 2"));
      QCOMPARE(settings.value(QStringLiteral("split")).toByteArray(), QByteArray("\0\xff\x01", 3));
      QCOMPARE(settings.value(QStringLiteral("size")).toSize(), QSize(3, 4));
      QCOMPARE(settings.beginReadArray(QStringLiteral("pages")), 2);
      settings.setArrayIndex(1);
      QCOMPARE(settings.value(QStringLiteral("inner/x")).toInt(), -1);
      settings.endArray();
    });
    QVERIFY(seen);
    QVERIFY(table == settingsToToml([&](QSettings& settings) {
              settingsFromToml(*again, [&](QSettings& from) {
                for (const QString& key : from.allKeys()) settings.setValue(key, from.value(key));
              });
            }));
  }

  void isReadable() {
    const auto text = QByteArray::fromStdString(writeToml(settingsToToml(save)));
    QVERIFY2(text.contains("host = \"127.0.0.1\"\n"), text);
    QVERIFY2(text.contains("backlog = 128\n"), text);
    QVERIFY2(text.contains("[[pages]]\nport = \"9000\"\n"), text);
    QVERIFY2(text.contains("history = [\"a\", 'b\\n']\n"), text);
    QVERIFY2(text.contains("split = { base64 = \"AP8B\" }\n"), text);
  }

  void nonsenseIsPassedOver() {
    const auto table =
        readToml("a = { base64 = 1 }\nb = { qt = '!!' }\n'x/y' = 1\npages = [1, { k = 2 }]\n", "t");
    settingsFromToml(*table, [](QSettings& settings) {
      QCOMPARE(settings.value(QStringLiteral("a")).toByteArray(), QByteArray());
      QVERIFY(!settings.contains(QStringLiteral("x/y")));
    });
  }
};

QTEST_GUILESS_MAIN(TestSettingsToml)
#include "tst_settings_toml.moc"
