// CallInspector: one call, close: what the kernel answered step by step, what else came out, and its bytes in
// hexadecimal and as text. Thread: gui.
//
// Object names: "callsInspectorTabs", "callsDetailsTable", "callsBufferBox", "callsHexView", "callsHexNote",
// "callsTextView", "callsEncodingBox", "callsTextNote".
#pragma once

#include <QWidget>
#include <memory>

#include "ui/models/calls_model.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QTabWidget;

namespace sockbench::ui {

class BytesText;
class DetailsTable;
class HexPane;

class CallInspector : public QWidget {
  Q_OBJECT
 public:
  explicit CallInspector(QWidget* parent = nullptr);

  void setRow(const CallRow* row);  // nullptr: none

 private:
  void showDetails(const CallRow* row);
  void showBuffer();
  void arrange();

  QTabWidget* tabs_;
  DetailsTable* details_;
  QComboBox* buffers_;
  QStackedWidget* hexPage_;
  HexPane* hex_;
  QLabel* hexNote_;
  BytesText* text_;
  quint64 key_ = 0;                             // of the row that is shown
  std::shared_ptr<const CallOutcome> outcome_;  // of it
  CallRow::State state_ = CallRow::State::fresh;
  QList<PinnedBytes> pinned_;
};

}  // namespace sockbench::ui
