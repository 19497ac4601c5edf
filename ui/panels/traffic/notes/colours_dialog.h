// ColoursDialog: the colour rules of the timeline, changed in place: what is seen behind it follows at once.
// Thread: gui.
//
// Object names: "coloursDialog", "coloursTable", "coloursAddButton", "coloursRemoveButton",
// "coloursUpButton", "coloursDownButton", "coloursExampleButton", "coloursMessage".
#pragma once

#include <QDialog>

class QPushButton;
class QTableWidget;
class QToolButton;

namespace sockbench::ui {

class ColourRules;
class InlineMessage;
struct ColourRule;

class ColoursDialog : public QDialog {
  Q_OBJECT
 public:
  explicit ColoursDialog(ColourRules* rules, QWidget* parent = nullptr);  // the rules outlive it

 private:
  enum Column { Name, FilterText, Colour, kColumns };
  void build();
  void fill();
  void fillRow(int row, const ColourRule& rule);
  QWidget* makeColourBox(int row, int colour);
  void take();
  void add(const ColourRule& rule);
  void removeCurrent();
  void move(int by);
  void tellFault();
  void updateButtons();

  ColourRules* rules_;
  QTableWidget* table_;
  InlineMessage* message_;
  QPushButton* add_;
  QPushButton* remove_;
  QPushButton* up_;
  QPushButton* down_;
  QToolButton* example_;
  bool filling_ = false;
};

}  // namespace sockbench::ui
