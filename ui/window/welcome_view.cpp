#include "ui/window/welcome_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sockbench::ui {
namespace {

QLabel* centred(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}

}  // namespace

WelcomeView::WelcomeView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("welcomeView"));
  setAccessibleName(tr("First steps"));
  QLabel* title = centred(tr("Nothing has happened yet"), this);
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  large.setWeight(QFont::DemiBold);
  title->setFont(large);
  QLabel* text =
      centred(tr("Every byte and every step of every socket will be listed here.\nStart a server or "
                 "connect a client above, or let both be made for you:"),
              this);
  text->setProperty("dim", true);

  auto* button = new QPushButton(tr("Try it: echo server + client"), this);
  button->setObjectName(QStringLiteral("tryItButton"));
  button->setAccessibleName(button->text());
  button->setProperty("primary", true);
  button->setToolTip(tr("Starts an echo server on a free port of this machine and connects a client to it"));
  connect(button, &QPushButton::clicked, this, &WelcomeView::tryItRequested);

  auto* column = new QVBoxLayout;
  column->addStretch(2);
  column->addWidget(title);
  column->addWidget(text);
  column->addSpacing(8);
  column->addWidget(button, 0, Qt::AlignHCenter);
  column->addStretch(3);
  auto* row = new QHBoxLayout(this);
  row->addStretch(1);
  row->addLayout(column, 6);
  row->addStretch(1);
}

}  // namespace sockbench::ui
