#include "ui/panels/help/help_window.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include "ui/panels/help/help_browser.h"
#include "ui/panels/help/hit_delegate.h"
#include "ui/panels/help/session_diagram.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

constexpr int kPageRole = Qt::UserRole;
constexpr QSize kFirstSize{1060, 760};
constexpr int kSideWidth = 260;
constexpr int kDiagramHeight = 300;

const QString& home() {
  static const QString page = QStringLiteral("index");
  return page;
}

bool hasDiagram(const QString& page) {
  return page == QLatin1String("tcp-handshake") || page == QLatin1String("tcp-states");
}

}  // namespace

HelpWindow::HelpWindow(EngineBridge* bridge, QWidget* parent)
    : QWidget(parent, Qt::Window),
      back_(named(new QToolButton(this), "helpBackButton", tr("Back"), tr("Back (Alt+Left)"))),
      forward_(named(new QToolButton(this), "helpForwardButton", tr("Forward"), tr("Forward (Alt+Right)"))),
      home_(named(new QToolButton(this), "helpHomeButton", tr("Beginning"), tr("The first page (Alt+Home)"))),
      search_(named(new QLineEdit(this), "helpSearchEdit", tr("Search in Help"),
                    tr("Words that a page must hold (Ctrl+F)"))),
      side_(new QStackedWidget(this)),
      contents_(named(new QTreeWidget(this), "helpContentsTree", tr("Contents"))),
      hits_(named(new QListWidget(this), "helpHitsList", tr("Pages that were found"))),
      view_(new HelpBrowser(this)),
      diagram_(new SessionDiagram(bridge, this)),
      across_(new QSplitter(Qt::Horizontal, this)),
      down_(new QSplitter(Qt::Vertical, this)) {
  setObjectName(QStringLiteral("helpWindow"));
  setWindowTitle(tr("Help"));
  down_->addWidget(view_);
  down_->addWidget(diagram_);
  down_->setStretchFactor(0, 1);
  down_->setSizes({kFirstSize.height() - kDiagramHeight, kDiagramHeight});
  across_->addWidget(makeSide());
  across_->addWidget(down_);
  across_->setStretchFactor(1, 1);
  across_->setSizes({kSideWidth, kFirstSize.width() - kSideWidth});
  for (QSplitter* splitter : {across_, down_}) {
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
  }
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  column->addWidget(across_, 1);
  connect(view_, &HelpBrowser::pageWanted, this, &HelpWindow::go);
  fillContents();
  resize(kFirstSize);
  go(home(), {});
}

QWidget* HelpWindow::makeBar() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(10, 8, 10, 8);
  const auto add = [&](QToolButton* button, const QString& text, const QKeySequence& key, auto act) {
    button->setText(text);
    row->addWidget(button);
    connect(button, &QToolButton::clicked, this, act);
    connect(new QShortcut(key, this), &QShortcut::activated, button, &QToolButton::click);
  };
  add(back_, QStringLiteral("\u2190"), QKeySequence(Qt::ALT | Qt::Key_Left), [this] { step(-1); });
  add(forward_, QStringLiteral("\u2192"), QKeySequence(Qt::ALT | Qt::Key_Right), [this] { step(1); });
  add(home_, tr("Beginning"), QKeySequence(Qt::ALT | Qt::Key_Home), [this] { go(home(), {}); });
  search_->setPlaceholderText(tr("Search: TIME_WAIT, EADDRINUSE, broadcast..."));
  search_->setClearButtonEnabled(true);
  for (QToolButton* clear : search_->findChildren<QToolButton*>())
    clear->setAccessibleName(tr("Clear the search"));
  row->addWidget(search_, 1);
  connect(search_, &QLineEdit::textChanged, this, &HelpWindow::search);
  connect(search_, &QLineEdit::returnPressed, this, [this] {
    if (side_->currentWidget() == hits_ && hits_->count() > 0) hits_->setCurrentRow(0);
  });
  connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
    search_->setFocus();
    search_->selectAll();
  });
  return bar;
}

QWidget* HelpWindow::makeSide() {
  contents_->setHeaderHidden(true);
  contents_->setFrameShape(QFrame::NoFrame);
  hits_->setFrameShape(QFrame::NoFrame);
  hits_->setItemDelegate(new HitDelegate(hits_));
  hits_->setResizeMode(QListView::Adjust);
  hits_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);  // rows are as high as the width wants
  hits_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  side_->addWidget(contents_);
  side_->addWidget(hits_);
  side_->setMinimumWidth(160);
  connect(contents_, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem* item) {
    const QString wanted = item ? item->data(0, kPageRole).toString() : QString();
    if (!wanted.isEmpty() && wanted != page()) go(wanted, {});
  });
  connect(hits_, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
    if (item && item->data(kPageRole).isValid()) go(item->data(kPageRole).toString(), {});
  });
  return side_;
}

void HelpWindow::fillContents() {
  QTreeWidgetItem* chapter = nullptr;
  for (const HelpPage& page : library_.pages()) {
    if (chapter == nullptr || chapter->text(0) != page.chapter)
      chapter = new QTreeWidgetItem(contents_, {page.chapter});
    chapter->setFlags(Qt::ItemIsEnabled);
    chapter->setExpanded(!page.id.startsWith(QLatin1String("call-")));
    auto* item = new QTreeWidgetItem(chapter, {page.title});
    item->setData(0, kPageRole, page.id);
  }
}

void HelpWindow::showPage(const QString& page) {
  const qsizetype mark = page.indexOf(QLatin1Char('#'));
  go(page.left(mark), mark < 0 ? QString() : page.mid(mark + 1));
}

QString HelpWindow::page() const {
  return at_ < 0 ? QString() : visits_[at_].page;
}

void HelpWindow::go(const QString& wanted, const QString& anchor) {
  const QString id = library_.find(wanted) != nullptr ? wanted : home();
  if (at_ >= 0) {
    visits_[at_].scroll = view_->verticalScrollBar()->value();
    visits_.resize(at_ + 1);
  }
  if (page() != id)
    visits_.append({id, anchor, 0});
  else
    visits_.last() = {id, anchor, 0};
  at_ = visits_.size() - 1;
  present();
}

void HelpWindow::step(qsizetype by) {
  if (at_ + by < 0 || at_ + by >= visits_.size()) return;
  visits_[at_].scroll = view_->verticalScrollBar()->value();
  at_ += by;
  present();
  view_->verticalScrollBar()->setValue(visits_[at_].scroll);
}

void HelpWindow::present() {
  const Visit& visit = visits_[at_];
  view_->showPage(library_.html(visit.page), visit.anchor);
  diagram_->setVisible(hasDiagram(visit.page));
  back_->setEnabled(at_ > 0);
  forward_->setEnabled(at_ + 1 < visits_.size());
  setWindowTitle(tr("%1 \u2013 Help").arg(library_.find(visit.page)->title));
  choosePage(visit.page);
}

void HelpWindow::choosePage(const QString& page) {
  const QSignalBlocker quiet(contents_);
  for (QTreeWidgetItemIterator item(contents_); *item; ++item) {
    if ((*item)->data(0, kPageRole) != page) continue;
    contents_->setCurrentItem(*item);
    contents_->scrollToItem(*item);
    return;
  }
}

void HelpWindow::search() {
  const QString words = search_->text().trimmed();
  side_->setCurrentWidget(words.isEmpty() ? static_cast<QWidget*>(contents_) : hits_);
  const QSignalBlocker quiet(hits_);
  hits_->clear();
  for (const HelpHit& hit : library_.search(words)) {
    auto* item = new QListWidgetItem(hit.title, hits_);
    item->setData(HitDelegate::kExcerptRole, hit.excerpt);
    item->setData(kPageRole, hit.page);
  }
  if (!words.isEmpty() && hits_->count() == 0) {
    auto* none = new QListWidgetItem(tr("No page has all of these words"), hits_);
    none->setFlags(Qt::NoItemFlags);
  }
}

void HelpWindow::setSession(SessionId session) {
  diagram_->setSession(session);
}

void HelpWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
  if (search_->text().isEmpty())
    close();
  else
    search_->clear();
}

void HelpWindow::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("geometry"), saveGeometry());
  settings.setValue(QStringLiteral("across"), across_->saveState());
  settings.setValue(QStringLiteral("down"), down_->saveState());
}

void HelpWindow::restoreState(QSettings& settings) {
  restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
  across_->restoreState(settings.value(QStringLiteral("across")).toByteArray());
  down_->restoreState(settings.value(QStringLiteral("down")).toByteArray());
}

}  // namespace sockbench::ui
