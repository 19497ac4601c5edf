#include "ui/widgets/options_edit.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStandardItemModel>

#include "ui/bridge/core_types.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/remark_delegate.h"

namespace sockbench::ui {

namespace {

// The options that a person can set, with what each means.
QStandardItemModel* makeNameModel(QObject* parent) {
  auto* model = new QStandardItemModel(parent);
  for (const OptionInfo& option : socketOptions()) {
    if (!option.writable) continue;
    auto* item = new QStandardItem(toQString(option.name));
    item->setData(toQString(option.meaning), kRemarkRole);
    model->appendRow(item);
  }
  return model;
}

}  // namespace

OptionsEdit::OptionsEdit(QWidget* parent) : QLineEdit(parent), completer_(new QCompleter(this)) {
  setHelpPage(this, QStringLiteral("options"));
  completer_->setModel(makeNameModel(completer_));
  completer_->setCaseSensitivity(Qt::CaseInsensitive);
  completer_->setFilterMode(Qt::MatchContains);
  completer_->setWidget(this);
  completer_->popup()->setItemDelegate(new RemarkDelegate(completer_));
  connect(this, &QLineEdit::textEdited, this, &OptionsEdit::offerNames);
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &OptionsEdit::complete);
}

Result<std::vector<OptionSetting>> OptionsEdit::settings() const {
  std::vector<OptionSetting> result;
  const std::string whole = toUtf8(text());
  std::size_t at = 0;
  while ((at = whole.find_first_not_of(" \t", at)) != std::string::npos) {
    const std::size_t end = std::min(whole.find_first_of(" \t", at), whole.size());
    Result<OptionSetting> setting = OptionSetting::parse(std::string_view(whole).substr(at, end - at));
    if (!setting) {
      Error error = setting.error();
      error.subject = whole;
      error.where =
          error.where ? TextSpan{at + error.where->offset, error.where->length} : TextSpan{at, end - at};
      return std::unexpected(error);
    }
    result.push_back(*setting);
    at = end;
  }
  return result;
}

void OptionsEdit::setSettings(const std::vector<OptionSetting>& settings) {
  QStringList words;
  for (const OptionSetting& setting : settings) words.append(toQString(setting.text()));
  setText(words.join(QLatin1Char(' ')));
}

OptionsEdit::Word OptionsEdit::wordAtCursor() const {
  const QString all = text();
  const auto cursor = static_cast<qsizetype>(cursorPosition());
  const qsizetype start = cursor == 0 ? 0 : all.lastIndexOf(QLatin1Char(' '), cursor - 1) + 1;
  const qsizetype space = all.indexOf(QLatin1Char(' '), cursor);
  const qsizetype end = space < 0 ? all.size() : space;
  return {static_cast<int>(start), static_cast<int>(end - start)};
}

void OptionsEdit::offerNames() {
  const Word word = wordAtCursor();
  const QString prefix = text().mid(word.start, word.length);
  if (prefix.isEmpty() || prefix.contains(QLatin1Char('='))) {
    completer_->popup()->hide();
    return;
  }
  completer_->setCompletionPrefix(prefix);
  constexpr int kLeastWidth = 560;
  QRect place = rect();
  place.setWidth(std::max(place.width(), kLeastWidth));
  completer_->complete(place);
}

void OptionsEdit::complete(const QString& name) {
  const Word word = wordAtCursor();
  QString all = text();
  all.replace(word.start, word.length, name + QLatin1Char('='));
  setText(all);
  setCursorPosition(word.start + static_cast<int>(name.size()) + 1);
}

}  // namespace sockbench::ui
