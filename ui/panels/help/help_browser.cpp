#include "ui/panels/help/help_browser.h"

#include <QEvent>
#include <QResizeEvent>
#include <QScrollBar>
#include <QUrl>

#include "ui/panels/help/state_picture.h"
#include "ui/widgets/theme.h"

namespace sockbench::ui {

HelpBrowser::HelpBrowser(QWidget* parent) : QTextBrowser(parent) {
  setObjectName(QStringLiteral("helpView"));
  setAccessibleName(tr("Page of Help"));
  setOpenLinks(false);
  setOpenExternalLinks(false);
  setFrameShape(QFrame::NoFrame);
  document()->setDocumentMargin(18);
  connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& url) {
    if (url.scheme() == QLatin1String("help")) emit pageWanted(url.path(), url.fragment());
  });
}

QString HelpBrowser::style() {
  const auto name = [](theme::Role role) { return theme::color(role).name(); };
  const QString bytes = theme::fixedFont().family();
  return QStringLiteral(
             "h1 { font-size: x-large; font-weight: 600; margin-bottom: 10px; }"
             "h2 { font-size: large; font-weight: 600; margin-top: 18px; margin-bottom: 6px; }"
             "p, li { margin-bottom: 8px; line-height: 135%; }"
             "a { color: %1; text-decoration: none; }"
             "tt, pre { font-family: '%4'; }"
             "pre { background-color: %5; margin-left: 8px; }"
             "table { margin-top: 6px; margin-bottom: 6px; border-style: solid; border-width: 1px; "
             "border-color: %2; border-collapse: collapse; }"
             "th { background-color: %5; color: %3; font-weight: 600; text-align: left; padding: 5px 8px; "
             "border-color: %2; }"
             "td { padding: 5px 8px; border-color: %2; }"
             "p.signature { background-color: %5; font-size: large; }"
             "p.source { color: %3; margin-top: 18px; }")
      .arg(name(theme::Role::accent), name(theme::Role::line), name(theme::Role::dim), bytes,
           name(theme::Role::window));
}

void HelpBrowser::showPage(const QString& html, const QString& anchor) {
  html_ = html;
  render();
  verticalScrollBar()->setValue(0);
  if (!anchor.isEmpty()) scrollToAnchor(anchor);
}

void HelpBrowser::render() {
  document()->setDefaultStyleSheet(style());
  setHtml(html_);
}

QVariant HelpBrowser::loadResource(int type, const QUrl& name) {
  if (type == QTextDocument::ImageResource && name == QUrl(QStringLiteral("help-image:tcp-states")))
    return tcpStatesPicture(font(), pictureWidth(), devicePixelRatioF());
  return {};
}

int HelpBrowser::pictureWidth() const {
  return viewport()->width() - 2 * static_cast<int>(document()->documentMargin());
}

void HelpBrowser::renderAgain() {
  if (html_.isEmpty()) return;
  const int place = verticalScrollBar()->value();
  render();
  verticalScrollBar()->setValue(place);
}

void HelpBrowser::changeEvent(QEvent* event) {
  QTextBrowser::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) renderAgain();
}

void HelpBrowser::resizeEvent(QResizeEvent* event) {
  QTextBrowser::resizeEvent(event);
  const bool hasPicture = html_.contains(QLatin1String("help-image:"));
  if (hasPicture && event->oldSize().width() != event->size().width()) renderAgain();
}

}  // namespace sockbench::ui
