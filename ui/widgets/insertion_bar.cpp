#include "ui/widgets/insertion_bar.h"

#include <QToolButton>

#include "core/payload/message/insertion_text.h"
#include "ui/bridge/core_types.h"
#include "ui/models/format.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/insertion_form.h"

namespace sockbench::ui {
namespace {

constexpr int kSpacing = 4;

QString titleOf(const Insertion& insertion) {
  const QString text = toQString(insertionText(insertion));
  return insertion.what == Insertion::What::length ? InsertionBar::tr("length %1").arg(text) : text;
}

}  // namespace

InsertionBar::InsertionBar(const QString& prefix, QWidget* parent) : QWidget(parent), prefix_(prefix) {
  setObjectName(prefix + QStringLiteral("InsertionBar"));
  setAccessibleName(tr("Lengths and checksums"));
  auto* line = new FlowLayout(this, kSpacing);
  line->setContentsMargins(0, 0, 0, 0);
  hide();
}

void InsertionBar::setInsertions(const std::vector<Insertion>& insertions) {
  insertions_ = insertions;
  showAll();
}

void InsertionBar::add(const Insertion& insertion) {
  if (insertions_.size() >= kMostInsertions) return;
  insertions_.push_back(insertion);
  showAll();
  emit changed();
  open(insertions_.size() - 1);
}

void InsertionBar::showAll() {
  while (buttons_.size() > insertions_.size()) {
    delete buttons_.back();
    buttons_.pop_back();
  }
  while (buttons_.size() < insertions_.size()) {
    const std::size_t index = buttons_.size();
    auto* button = new QToolButton(this);
    button->setProperty("chip", true);
    button->setObjectName(QStringLiteral("%1InsertionButton%2").arg(prefix_).arg(index));
    button->setToolTip(tr("What is put into the message, and where; a click changes it"));
    connect(button, &QToolButton::clicked, this, [this, index] { open(index); });
    layout()->addWidget(button);
    buttons_.push_back(button);
    button->show();
  }
  for (std::size_t i = 0; i < buttons_.size(); ++i) {
    buttons_[i]->setText(titleOf(insertions_[i]));
    buttons_[i]->setAccessibleName(titleOf(insertions_[i]));
  }
  setVisible(!insertions_.empty());
  updateGeometry();
}

void InsertionBar::open(std::size_t index) {
  auto* form = new InsertionForm(insertions_[index], this);
  connect(form, &InsertionForm::changed, this, [this, form, index] {
    insertions_[index] = form->insertion();
    showAll();
    emit changed();
  });
  connect(form, &InsertionForm::removed, this, [this, index] {
    insertions_.erase(insertions_.begin() + static_cast<std::ptrdiff_t>(index));
    showAll();
    emit changed();
  });
  form->openBeside(buttons_[index]);
}

}  // namespace sockbench::ui
