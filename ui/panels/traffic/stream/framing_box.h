// FramingBox: how a stream is cut into frames, chosen and set in place. Thread: gui.
// Object names: "inspectorFramingBox", "inspectorDelimiterEdit", "inspectorLengthBytesBox",
// "inspectorLengthOrderBox", "inspectorLengthAdjustSpin", "inspectorFrameSizeSpin", "inspectorFrameGapSpin",
// "inspectorFramingNote" (what is wrong).
#pragma once

#include <QWidget>

#include "core/payload/framing/framing.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockbench::ui {

class FramingBox : public QWidget {
  Q_OBJECT
 public:
  explicit FramingBox(QWidget* parent = nullptr);

  const FramingSpec& spec() const { return spec_; }  // the last that was right
  void setSpec(const FramingSpec& spec);             // without specChanged()
  void setDatagrams(bool datagrams);                 // each is a frame: there is nothing to choose

 signals:
  void specChanged(const sockbench::FramingSpec& spec);

 private:
  template <class Widget>
  Widget* addParameter(Widget* widget, FramingKind kind, const char* name, const QString& accessible);
  void makeParameters();
  void read();
  void refuse(const Error& error);
  void showParameters();
  FramingKind kind() const;

  QComboBox* kind_;
  QLineEdit* delimiter_;
  QComboBox* lengthBytes_;
  QComboBox* lengthOrder_;
  QSpinBox* adjust_;
  QSpinBox* size_;
  QDoubleSpinBox* gap_;
  QLabel* note_;
  QList<std::pair<QWidget*, FramingKind>> parameters_;
  FramingSpec spec_;
};

}  // namespace sockbench::ui
