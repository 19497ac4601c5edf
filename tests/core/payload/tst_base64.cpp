// Base64 there and back, against Qt's, and what a strict reader refuses.
#include <QByteArray>
#include <QTest>

#include "core/payload/base64.h"

using namespace sockbench;

class TstBase64 : public QObject {
  Q_OBJECT
 private slots:
  void isAsQtWritesIt();
  void refuses_data();
  void refuses();
};

void TstBase64::isAsQtWritesIt() {
  QByteArray bytes;
  for (int i = 0; i < 600; ++i) {
    const auto view = std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    const std::string text = toBase64(view);
    QCOMPARE(QByteArray::fromStdString(text), bytes.toBase64());
    const auto back = fromBase64(text);
    QVERIFY(back && std::ranges::equal(*back, view));
    bytes += static_cast<char>(i * 7);
  }
}

void TstBase64::refuses_data() {
  QTest::addColumn<QByteArray>("text");
  const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
  row("a character outside of the alphabet", "AA-A");
  row("white space", "AAAA ");
  row("a new line inside", "AA\nAA");
  row("no padding", "AA");
  row("too much padding", "A===");
  row("padding alone", "====");
  row("padding inside", "AA==AAAA");
  row("bits behind the last byte", "AB==");
  row("bits behind the last two bytes", "AAB=");
  row("one character", "A");
}

void TstBase64::refuses() {
  QFETCH(QByteArray, text);
  QVERIFY(!fromBase64(text.toStdString()));
}

QTEST_GUILESS_MAIN(TstBase64)
#include "tst_base64.moc"
