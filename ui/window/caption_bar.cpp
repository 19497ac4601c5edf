#include "ui/window/caption_bar.h"

#include <QHBoxLayout>
#include <QLabel>

#include "ui/widgets/theme.h"

namespace sockbench::ui {

CaptionBar::CaptionBar(QWidget* parent) : QFrame(parent), count_(new QLabel(this)), text_(new QLabel(this)) {
  setObjectName(QStringLiteral("captionBar"));
  setAccessibleName(tr("What the tour is doing"));
  setStyleSheet(
      QStringLiteral("#captionBar { background: %1; } #captionBar QLabel { color: %2; }")
          .arg(theme::color(theme::Role::accent).name(), theme::color(theme::Role::onAccent).name()));
  QFont large = font();
  large.setPointSizeF(large.pointSizeF() * 1.1);
  for (QLabel* label : {count_, text_}) {
    label->setFont(large);
    label->setTextFormat(Qt::PlainText);
  }
  text_->setWordWrap(true);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(14, 6, 14, 6);
  layout->setSpacing(14);
  layout->addWidget(count_);
  layout->addWidget(text_, 1);
  hide();
}

void CaptionBar::tell(int step, int steps, const QString& text) {
  count_->setText(QStringLiteral("%1/%2").arg(step).arg(steps));
  text_->setText(text);
  show();
}

QString CaptionBar::text() const {
  return text_->text();
}

}  // namespace sockbench::ui
