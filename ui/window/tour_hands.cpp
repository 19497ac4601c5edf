#include "ui/window/tour_hands.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QTabWidget>
#include <algorithm>

#include "ui/window/visible_child.h"

namespace sockbench::ui {
namespace {

void pressKey(QWidget* widget, int key, Qt::KeyboardModifiers modifiers, const QString& text = {}) {
  for (const auto kind : {QEvent::KeyPress, QEvent::KeyRelease}) {
    QKeyEvent event(kind, key, modifiers, text);
    QApplication::sendEvent(widget, &event);
  }
}

}  // namespace

bool TourHands::showPanel(const QString& panel) const {
  auto* tabs = visibleChild<QTabWidget>(window_, QStringLiteral("panelTabs"));
  auto* page = window_->findChild<QWidget*>(panel);
  if (tabs == nullptr || tabs->indexOf(page) < 0) return false;
  tabs->setCurrentWidget(page);
  return true;
}

bool TourHands::type(const QString& edit, const QString& text) const {
  auto* widget = visibleChild(window_, edit);
  if (widget == nullptr || !widget->isEnabled()) return false;
  widget->setFocus(Qt::OtherFocusReason);
  pressKey(widget, Qt::Key_A, Qt::ControlModifier);
  pressKey(widget, Qt::Key_Delete, Qt::NoModifier);
  const auto characters = text.toUcs4();
  for (const char32_t character : characters) {
    pressKey(widget, 0, Qt::NoModifier, QString::fromUcs4(&character, 1));
  }
  return true;
}

bool TourHands::pick(const QString& box, int index) const {
  auto* combo = visibleChild<QComboBox>(window_, box);
  if (combo == nullptr || !combo->isEnabled() || index < 0 || index >= combo->count()) return false;
  combo->setCurrentIndex(index);
  emit combo->activated(index);  // as a person's choice does
  return true;
}

bool TourHands::press(const QString& button) const {
  auto* widget = visibleChild<QAbstractButton>(window_, button);
  if (widget == nullptr || !widget->isEnabled()) return false;
  widget->click();
  return true;
}

int TourHands::rowCount(const QString& table) const {
  const auto* view = visibleChild<QAbstractItemView>(window_, table);
  return view == nullptr ? -1 : view->model()->rowCount();
}

QString TourHands::cells(const QString& table) const {
  const auto* view = visibleChild<QAbstractItemView>(window_, table);
  if (view == nullptr) return {};
  const QAbstractItemModel* model = view->model();
  const int columns = model->columnCount();
  const auto cell = [model](int row, int column) { return model->index(row, column).data().toString(); };
  QList<qsizetype> widths(columns, 0);
  for (int row = 0; row < model->rowCount(); ++row) {
    for (int column = 0; column < columns; ++column)
      widths[column] = std::max(widths[column], cell(row, column).size());
  }
  QString text;
  for (int row = 0; row < model->rowCount(); ++row) {
    QString line;
    for (int column = 0; column < columns; ++column)
      line += cell(row, column).leftJustified(widths[column] + 2);
    text += line.trimmed() + QLatin1Char('\n');
  }
  return text;
}

QString TourHands::text(const QString& label) const {
  const auto* widget = visibleChild<QLabel>(window_, label);
  return widget == nullptr ? QString() : widget->text();
}

bool TourHands::selectRow(const QString& table, int row) const {
  auto* view = visibleChild<QAbstractItemView>(window_, table);
  if (view == nullptr || row < 0 || row >= view->model()->rowCount()) return false;
  view->setCurrentIndex(view->model()->index(row, 0));
  return true;
}

}  // namespace sockbench::ui
