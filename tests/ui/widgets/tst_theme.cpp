#include <QApplication>
#include <QDirIterator>
#include <QImage>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>
#include <cmath>
#include <set>

#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;
using theme::Role;

namespace {

double luminance(const QColor& c) {
  const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

double contrast(const QColor& a, const QColor& b) {
  const double one = luminance(a);
  const double two = luminance(b);
  return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

void addThemes() {
  QTest::addColumn<theme::Mode>("mode");
  QTest::newRow("light") << theme::Mode::light;
  QTest::newRow("dark") << theme::Mode::dark;
}

}  // namespace

class TestTheme : public QObject {
  Q_OBJECT
 private slots:
  void textColoursAreReadable_data() { addThemes(); }
  void textColoursAreReadable() {
    QFETCH(theme::Mode, mode);
    theme::apply(*qApp, mode);
    QCOMPARE(theme::isDark(), mode == theme::Mode::dark);
    for (const Role ink : {Role::text, Role::dim, Role::accent, Role::received, Role::sent, Role::error,
                           Role::good, Role::warning}) {
      for (const Role ground : {Role::window, Role::panel, Role::selection}) {
        const double ratio = contrast(theme::color(ink), theme::color(ground));
        QVERIFY2(ratio >= 4.5,
                 qPrintable(QStringLiteral("ink %1 on %2: %3").arg(int(ink)).arg(int(ground)).arg(ratio)));
      }
    }
    QVERIFY(contrast(theme::color(Role::onAccent), theme::color(Role::accent)) >= 4.5);
  }

  void sessionsHaveADozenReadableColours_data() { addThemes(); }
  void sessionsHaveADozenReadableColours() {
    QFETCH(theme::Mode, mode);
    theme::apply(*qApp, mode);
    std::set<QRgb> colours;
    for (std::uint32_t id = 1; id <= 12; ++id) {
      const QColor c = theme::sessionColor(SessionId{id});
      QVERIFY(contrast(c, theme::color(Role::panel)) >= 4.5);
      QVERIFY(contrast(c, theme::color(Role::selection)) >= 4.5);
      QCOMPARE(c, theme::sessionColor(SessionId{id}));
      colours.insert(c.rgb());
    }
    QCOMPARE(colours.size(), 12U);
  }

  void disabledTextStaysLegible_data() { addThemes(); }
  void disabledTextStaysLegible() {
    QFETCH(theme::Mode, mode);
    theme::apply(*qApp, mode);
    const QColor faint = qApp->palette().color(QPalette::Disabled, QPalette::Text);
    QVERIFY(contrast(faint, theme::color(Role::window)) >= 4.0);
    QVERIFY(contrast(theme::color(Role::text), faint) > 1.5);
  }

  void placeholdersAreReadable_data() { addThemes(); }
  void placeholdersAreReadable() {
    QFETCH(theme::Mode, mode);
    theme::apply(*qApp, mode);
    QLineEdit edit;
    QPlainTextEdit text;
    for (QWidget* widget : {static_cast<QWidget*>(&edit), static_cast<QWidget*>(&text)}) {
      widget->ensurePolished();
      const QColor ink = widget->palette().color(QPalette::PlaceholderText);
      QCOMPARE(ink.alpha(), 255);
      QVERIFY(contrast(ink, theme::color(Role::panel)) >= 4.5);
    }
  }

  void styleSheetIsFilledIn_data() { addThemes(); }
  void styleSheetIsFilledIn() {
    QFETCH(theme::Mode, mode);
    theme::apply(*qApp, mode);
    const QString sheet = qApp->styleSheet();
    QVERIFY(sheet.contains(theme::color(Role::accent).name()));
    QVERIFY2(!sheet.contains(QLatin1Char('@')), qPrintable(sheet.mid(sheet.indexOf(QLatin1Char('@')), 40)));
    static const QRegularExpression url(QStringLiteral("url\\(([^)]*)\\)"));
    for (auto it = url.globalMatch(sheet); it.hasNext();) {
      const QString path = it.next().captured(1);
      QVERIFY2(QFile::exists(path), qPrintable(path));
    }
  }

  void iconsAreDrawnInTheColourOfTheTheme() {
    QDirIterator files(QStringLiteral(":/sockbench/icons"), {QStringLiteral("*.svg")});
    theme::apply(*qApp, theme::Mode::light);
    int seen = 0;
    while (files.hasNext()) {
      const QString name = QFileInfo(files.next()).baseName();
      const QIcon icon = theme::icon(name);
      theme::apply(*qApp, theme::Mode::light);
      const QImage light = icon.pixmap(QSize(32, 32)).toImage();
      theme::apply(*qApp, theme::Mode::dark);
      const QImage dark = icon.pixmap(QSize(32, 32)).toImage();
      QVERIFY2(!light.isNull() && inked(light) > 20, qPrintable(name));
      if (name != QStringLiteral("sockbench")) QVERIFY2(light != dark, qPrintable(name));
      ++seen;
    }
    QVERIFY(seen >= 29);
    QVERIFY(theme::icon(QStringLiteral("no-such-icon")).isNull());
  }

  void fonts() {
    const QFontMetricsF fixed(theme::fixedFont());
    QCOMPARE(fixed.horizontalAdvance(QLatin1Char('i')), fixed.horizontalAdvance(QLatin1Char('W')));
    const QFontMetricsF tabular(theme::tabularFont());
    QCOMPARE(tabular.horizontalAdvance(QLatin1Char('1')), tabular.horizontalAdvance(QLatin1Char('8')));
  }

 private:
  static int inked(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
      for (int x = 0; x < image.width(); ++x) count += qAlpha(image.pixel(x, y)) > 100;
    }
    return count;
  }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
