// SessionForm: what a listener and a client ask for alike: the endpoint and, folded under "More", socket
// options, the End word and what to do at the peer's FIN. Errors stand under the fields, and the field that
// caused one is tinted. Thread: gui.
//
// Object names are those of EndpointForm and `prefix` + "MoreButton", "OptionsEdit", "EndWordEdit",
// "StayHalfOpenCheck", "FormMessage".
#pragma once

#include <QWidget>
#include <vector>

#include "core/engine/session_spec.h"
#include "ui/widgets/endpoint_form.h"

class QCheckBox;
class QHBoxLayout;
class QLineEdit;
class QSettings;
class QToolButton;

namespace sockbench::ui {

class FlowLayout;
class InlineMessage;
class OptionsEdit;

class SessionForm : public QWidget {
  Q_OBJECT
 public:
  SessionForm(EndpointForm::Side side, const QString& prefix, QWidget* parent = nullptr);

  EndpointForm* endpoint() const { return endpoint_; }
  void addButton(QWidget* button);  // at the right end of the first line

  // Shows `error` under the fields and tints the one that it is about; with `takeCursor` the cursor goes
  // there. Stays until clearError() or an edit.
  void showError(const Error& error, bool takeCursor);
  void clearError();
  bool isMoreShown() const;
  void showMore(bool shown);

  virtual void saveState(QSettings& settings) const;
  virtual void restoreState(QSettings& settings);

 signals:
  void submitted();    // Return in a field
  void rulesEdited();  // End word or half-open, by a person

 protected:
  QWidget* moreButton() const;  // for the form to place among its fields
  void addMore(const QString& caption, QWidget* field);
  static void setMoreVisible(QWidget* field, bool visible);  // one that has a caption, with it
  // The Tab key goes from the endpoint through `fields`, then through what is common under "More", then
  // `more`.
  void followTabOrder(const QList<QWidget*>& fields, const QList<QWidget*>& more);
  // Binds `edit` to the form: an edit clears its mark and the message, Return submits.
  void adopt(QLineEdit* edit);
  virtual QWidget* fieldOf(const Error& error) const;  // nullptr: one of the endpoint's
  virtual bool isMoreDefault() const;                  // nothing is set under "More"
  void setMoreLocked(bool locked, const QString& reason, bool rulesToo);

  Result<std::vector<OptionSetting>> readOptions();  // marks the edit when it is wrong
  void setOptions(const std::vector<OptionSetting>& options);
  SessionRules rulesUpon(SessionRules base) const;  // `base` with the End word and half-open of the form
  void setRules(const SessionRules& rules);
  void refreshMoreText();

 private:
  void buildMore(const QString& prefix);

  EndpointForm* endpoint_;
  QHBoxLayout* firstLine_;
  QToolButton* more_;
  QWidget* moreBox_;
  FlowLayout* moreFlow_;
  OptionsEdit* options_;
  QLineEdit* endWord_;
  QCheckBox* stayHalfOpen_;
  InlineMessage* message_;
};

}  // namespace sockbench::ui
