// StreamView: a conversation of any length, of which the visible lines alone are made and painted. Thread:
// gui. Object names: actions "streamCopyAction", "streamCopyHexAction", "streamCopyEscapedAction",
// "streamSaveBytesAction", "streamSelectAllAction", "streamShowRowAction".
#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ui/panels/traffic/stream/stream_document.h"
#include "ui/panels/traffic/stream/stream_painter.h"

namespace sockbench::ui {

class StreamView : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit StreamView(QWidget* parent = nullptr);

  void setDocument(std::shared_ptr<StreamDocument> document);  // nullptr: none
  StreamDocument* document() const { return document_.get(); }
  void setEmptyWords(const QString& words);  // what stands where no line is
  // The conversation says something new: its state, as taken. A person's place stays, also in other frames.
  void refresh(const Conversation::State& state);

  void setForm(StreamForm form);
  void setEncoding(TextEncoding encoding);
  void setDirection(Direction direction);  // none: both
  StreamForm form() const { return style_.form; }
  TextEncoding encoding() const { return style_.encoding; }

  // Following (the beginning), the end is kept in view. It stops when a person scrolls up and comes back at
  // the end.
  void setFollowing(bool following);
  bool following() const { return following_; }

  bool showRow(std::uint64_t row);  // a row of the log: its place into view; false: it is not shown
  bool showBytes(Direction direction, std::uint64_t offset);
  // For a search: matches by direction (in before out), then offset, none over another. `current` is told
  // apart and brought into view.
  void setMatches(std::vector<StreamMatch> matches);
  void showMatch(const StreamMatch& current);

  // What is selected, first spot and last. Copies are of at most kMostCopied.
  static constexpr std::size_t kMostCopied = std::size_t{4} << 20;
  using Selection = std::pair<StreamSpot, StreamSpot>;
  std::optional<Selection> selection() const;
  void select(StreamSpot from, StreamSpot to);
  void selectAll();
  QString selectedText() const;  // as shown
  Bytes selectedBytes() const;

  QStringList visibleLines() const;  // as they are painted; for tests and assistive tools

 signals:
  void followingChanged(bool following);
  void selectionChanged();
  void rowActivated(quint64 row);  // a double-click: the row of the log from which that byte came
  void saveRequested(const QByteArray& bytes);
  void copyCut();  // more was selected than is copied

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Shown {
    StreamPlace place;
    StreamShownLine line;
    QRectF area;
  };
  void addActions();
  void copy(const QString& text, std::size_t of);
  void copyShown();
  void applyStyle();
  void layoutLines() const;
  void changed();
  StreamPlace endTop() const;
  qreal heightOf(const StreamPlace& place) const;
  void scrollLines(std::int64_t lines);
  void scrollTo(StreamPlace top);
  void scrolledByBar(int value);
  void barActed(int action);
  void syncBar();
  int pageLines() const;
  StreamSpot topSpot() const;
  std::optional<StreamSpot> spotAt(QPoint place) const;
  bool bring(std::optional<StreamPlace> place);
  std::vector<std::uint64_t> boundariesOf(const StreamShownLine& line) const;

  std::shared_ptr<StreamDocument> document_;
  StreamStyle style_;
  std::unique_ptr<StreamMeasure> measure_;
  QString emptyWords_;
  int lineHeight_ = 18;
  mutable StreamPlace top_;
  mutable std::vector<Shown> shown_;
  mutable bool stale_ = true;
  mutable bool atEnd_ = true;
  bool following_ = true;
  bool syncing_ = false;
  int wheel_ = 0;  // eighths of a degree that have not become lines yet
  std::uint64_t framing_ = 0;
  std::optional<std::uint64_t> wantedRow_;  // to be shown once its frame is there
  std::optional<StreamSpot> anchor_;
  StreamSpot cursor_;
  QPoint menuPlace_;
  std::vector<StreamMatch> matches_;
  std::optional<StreamMatch> current_;
};

}  // namespace sockbench::ui
