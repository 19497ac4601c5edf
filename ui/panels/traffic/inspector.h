// Inspector: one row of the timeline, close: its bytes, its text, its details. Thread: gui.
// Object names: "inspectorTabs", "inspectorHexNote", and those of its pages.
#pragma once

#include <QTabWidget>
#include <optional>

#include "core/payload/text_codec.h"
#include "core/traffic/traffic_log.h"

class QLabel;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace sockbench::ui {

class BytesText;
class CompareView;
class DetailsPage;
class HexPane;
class HexView;
class NumbersPage;
class StreamPage;
class TrafficSource;

class Inspector : public QTabWidget {
  Q_OBJECT
 public:
  explicit Inspector(TrafficSource* source, QWidget* parent = nullptr);  // the source outlives it

  // The row stays here, and its bytes in memory, until the next call; also when the log evicts it. nullopt:
  // none.
  void setRow(const std::optional<LogRow>& row);
  const std::optional<LogRow>& row() const { return row_; }

  void setSession(SessionId id);  // whose details are shown; setRow() makes it the row's
  DetailsPage* details() const { return details_; }
  void showDetails();                             // brings them to the front, and the focus into them
  StreamPage* stream() const { return stream_; }  // the conversation of the row's session
  void showStream();
  HexView* hex() const;  // the bytes of the row

  // Pages by the keys that they were added under ("hex", "text", "numbers", "stream", "details", "compare"),
  // which outlive their order. A key that is unknown changes nothing.
  QString currentPage() const;
  void showPage(const QString& key);

  // Two rows side by side, on a page of their own that comes with the first two. They stay until the next.
  void compare(const LogRow& left, const LogRow& right);
  void refuseCompare(const QString& why);  // says there why nothing is compared

  TextEncoding textEncoding() const;
  void setTextEncoding(TextEncoding encoding);

  // How the text, the numbers, the checksums and the stream are shown.
  void saveState(QSettings& settings) const;
  void restoreState(QSettings& settings);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void arrangeHexPage();
  void placeNumbers();
  void fitCorner();
  void addPage(QWidget* page, const QString& key, const QString& title);
  void fill();
  void fillHex();
  void fillText();
  bool hasBytes() const;
  CompareView* comparePage();

  QStackedWidget* hexPage_;
  QSplitter* split_;  // the bytes, and where there is room their numbers
  HexPane* hex_;
  QLabel* hexNote_;
  QWidget* corner_;
  BytesText* text_;
  NumbersPage* numbers_;
  QWidget* numbersTab_;  // holds them where there is less
  StreamPage* stream_;
  DetailsPage* details_;
  CompareView* compare_ = nullptr;  // made when it is first asked for
  std::optional<LogRow> row_;
  bool textStale_ = false;
};

}  // namespace sockbench::ui
