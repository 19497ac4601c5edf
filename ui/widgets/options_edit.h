// OptionsEdit: socket options as NAME=VALUE, separated by spaces, with the names offered while one types.
// Thread: gui.
#pragma once

#include <QLineEdit>
#include <vector>

#include "core/net/socket_options.h"

class QCompleter;

namespace sockbench::ui {

class OptionsEdit : public QLineEdit {
  Q_OBJECT
 public:
  explicit OptionsEdit(QWidget* parent = nullptr);

  // The options in the order typed. Errors: badOptionName, badOptionValue; `where` lies in the whole text.
  Result<std::vector<OptionSetting>> settings() const;
  void setSettings(const std::vector<OptionSetting>& settings);

 private:
  struct Word {
    int start = 0;
    int length = 0;
  };
  Word wordAtCursor() const;
  void offerNames();
  void complete(const QString& name);
  QCompleter* completer_;
};

}  // namespace sockbench::ui
