// Icons: SVG of one colour, drawn in the theme's colour of the moment, so that they follow a change of theme.
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/widgets/theme.h"

namespace sockbench::ui::theme {
namespace {

QByteArray readIcon(const QString& name) {
  QFile file(QStringLiteral(":/sockbench/icons/%1.svg").arg(name));
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class ThemeIconEngine final : public QIconEngine {
 public:
  ThemeIconEngine(QString name, Role role) : name_(std::move(name)), role_(role), svg_(readIcon(name_)) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return scaledPixmap(size, mode, state, 1.0);
  }

  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override {
    const QColor ink = inkFor(mode);
    const QString key = QStringLiteral("sockbench/%1/%2/%3x%4")
                            .arg(name_, ink.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QByteArray svg = svg_;
    svg.replace("#000000", ink.name().toLatin1());
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    painter.setOpacity(mode == QIcon::Disabled ? 0.55 : 1.0);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
  }

  QIconEngine* clone() const override { return new ThemeIconEngine(*this); }
  QString key() const override { return QStringLiteral("sockbench"); }
  bool isNull() override { return svg_.isEmpty(); }
  QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override {
    return {{16, 16}, {24, 24}, {32, 32}, {64, 64}};
  }

 private:
  QColor inkFor(QIcon::Mode mode) const {
    QColor ink = color(mode == QIcon::Disabled ? Role::dim : role_);
    if (mode == QIcon::Disabled) ink.setAlpha(254);  // a cache entry of its own: it is drawn fainter
    return ink;
  }

  QString name_;
  Role role_;
  QByteArray svg_;
};

}  // namespace

QIcon icon(const QString& name) {
  return icon(name, Role::text);
}

QIcon icon(const QString& name, Role role) {
  return QIcon(new ThemeIconEngine(name, role));
}

}  // namespace sockbench::ui::theme
