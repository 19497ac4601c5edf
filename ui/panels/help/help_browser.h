// HelpBrowser: shows a page of Help in the colours of the theme. It loads nothing from anywhere: pictures are
// made here, and a link leads to another page of Help or nowhere. Thread: gui.
#pragma once

#include <QTextBrowser>

namespace sockbench::ui {

class HelpBrowser : public QTextBrowser {
  Q_OBJECT
 public:
  explicit HelpBrowser(QWidget* parent = nullptr);
  void showPage(const QString& html, const QString& anchor);  // `anchor` empty: its beginning

  QVariant loadResource(int type, const QUrl& name) override;

 signals:
  void pageWanted(const QString& page, const QString& anchor);  // a link was followed

 protected:
  void changeEvent(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void render();
  void renderAgain();  // the same place in other colours, or with a picture of another size
  int pictureWidth() const;
  static QString style();
  QString html_;
};

}  // namespace sockbench::ui
