// StreamPainter: one line of a conversation on the screen. Thread: gui.
#pragma once

#include <QColor>
#include <QFont>
#include <QFontMetricsF>
#include <QRectF>
#include <optional>
#include <utility>
#include <vector>

#include "ui/panels/traffic/stream/stream_document.h"

class QPainter;

namespace sockbench::ui {

// Bytes of a direction's stream that something found.
struct StreamMatch {
  Direction direction = Direction::in;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Where a line's bytes begin and how high it is, in pixels.
struct StreamLook {
  static constexpr qreal kMargin = 10;
  static constexpr qreal kBar = 3;        // the coloured bar beside a frame
  static constexpr qreal kGap = 8;        // between the bar and the text
  static constexpr qreal kIndent = 28;    // what was sent stands further in
  static constexpr qreal kHeadSpace = 5;  // above a head

  static qreal indent(Direction direction) { return direction == Direction::out ? kIndent : 0; }
  static qreal textX(Direction direction) { return kMargin + kBar + kGap + indent(direction); }
};

struct StreamPainter {
  QPainter& painter;
  QFont font;
  QFontMetricsF metrics;
  std::optional<std::pair<StreamSpot, StreamSpot>> selection = {};
  const std::vector<StreamMatch>* matches = nullptr;  // by direction, then offset
  std::optional<StreamMatch> current = {};

  // Where pieces ended within the line, as places in its stream: each is a tick.
  void paint(const StreamPlace& place, const StreamShownLine& line, const QRectF& area,
             const std::vector<std::uint64_t>& boundaries) const;

 private:
  struct Span {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };
  void paintHead(const StreamPlace& place, const StreamShownLine& line, const QRectF& area) const;
  void paintCells(const StreamShownLine& line, qreal x, const QRectF& area) const;
  void paintRun(const StreamShownLine& line, std::size_t from, std::size_t to, qreal x, const QRectF& area,
                const QColor& ink) const;
  void wash(const StreamShownLine& line, Span bytes, qreal x, const QRectF& area, const QColor& colour) const;
  void paintMatches(const StreamShownLine& line, qreal x, const QRectF& area) const;
  void paintTicks(const StreamShownLine& line, qreal x, const QRectF& area,
                  const std::vector<std::uint64_t>& boundaries) const;
  std::optional<Span> selectedOf(std::uint64_t frame) const;
};

}  // namespace sockbench::ui
