// InsertionForm: a length or a checksum of a message, edited in a small window that opens beside its button
// and closes by itself. What is changed in it holds at once. Thread: gui.
//
// Object names: "insertionForm" (this), "insertionSizeSpin", "insertionAddSpin", "insertionChecksumBox",
// "insertionCrcEdit", "insertionAtBox"/"...Spin", "insertionFromBox"/"...Spin", "insertionToBox"/"...Spin",
// "insertionWrittenBox", "insertionFrontCheck", "insertionRemoveButton".
#pragma once

#include <QFrame>

#include "core/payload/message/message.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace sockbench::ui {

class InsertionForm : public QFrame {
  Q_OBJECT
 public:
  InsertionForm(const Insertion& insertion, QWidget* parent);

  const Insertion& insertion() const { return insertion_; }
  void openBeside(QWidget* button);

 signals:
  void changed();
  void removed();

 private:
  struct PlaceBox {
    QSpinBox* bytes = nullptr;
    QComboBox* side = nullptr;
    MessagePlace place() const;
  };
  PlaceBox addPlace(QFormLayout* form, const QString& title, const char* name, MessagePlace place);
  void addLength(QFormLayout* form);
  void addChecksum(QFormLayout* form);
  void addWriting(QFormLayout* form);
  void take();
  bool takeCrc();

  Insertion insertion_;
  QSpinBox* size_ = nullptr;
  QSpinBox* add_ = nullptr;
  QComboBox* checksum_ = nullptr;
  QLineEdit* crc_ = nullptr;
  QLabel* crcFault_ = nullptr;
  PlaceBox at_;
  PlaceBox from_;
  PlaceBox to_;
  QComboBox* written_ = nullptr;
  QCheckBox* front_ = nullptr;
};

}  // namespace sockbench::ui
