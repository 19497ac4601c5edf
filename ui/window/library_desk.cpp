#include "ui/window/library_desk.h"

#include <QFile>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <chrono>
#include <utility>

#include "core/workspace/saved_sends_toml.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/in_background.h"
#include "ui/models/format.h"
#include "ui/models/saved_sends_model.h"
#include "ui/models/send_history_model.h"
#include "ui/models/session_fields.h"
#include "ui/models/shown_text.h"
#include "ui/panels/library/library_view.h"
#include "ui/panels/sent_message.h"
#include "ui/panels/session_page.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/message_job.h"
#include "ui/window/panel_tabs.h"

namespace sockbench::ui {
namespace {

constexpr std::chrono::milliseconds kPauseBeforeWriting{500};
constexpr qsizetype kMostCounters = 10'000;
constexpr std::size_t kNameCharacters = 40;
const QString kKeepHistory = QStringLiteral("library/keepHistory");

QString menuText(const QString& name) {
  QString text = name.left(60);
  return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

}  // namespace

LibraryDesk::LibraryDesk(EngineBridge* bridge, PanelTabs* panels, const Actions& actions, QObject* parent)
    : QObject(parent),
      bridge_(bridge),
      panels_(panels),
      actions_(actions),
      sends_(new SavedSendsModel(this)),
      history_(new SendHistoryModel(this)),
      view_(new LibraryView(sends_, history_)) {
  writing_.setSingleShot(true);
  writing_.setInterval(kPauseBeforeWriting);
  makeKeys();
  connectView();
  refreshKeys();
}

void LibraryDesk::connectView() {
  connect(view_, &LibraryView::sendRequested, this, &LibraryDesk::send);
  connect(view_, &LibraryView::editRequested, this, &LibraryDesk::edit);
  connect(panels_, &PanelTabs::saveRequested, this, &LibraryDesk::keep);
  connect(panels_, &PanelTabs::sentByHand, history_, &SendHistoryModel::add);
  connect(sends_, &SavedSendsModel::edited, this, &LibraryDesk::edited);
  connect(sends_, &SavedSendsModel::edited, this, &LibraryDesk::refreshKeys);
  connect(sends_, &SavedSendsModel::modelReset, this, &LibraryDesk::refreshKeys);
  const auto writeSoon = [this] {
    if (settings_ != nullptr) writing_.start();
  };
  connect(sends_, &SavedSendsModel::edited, this, writeSoon);
  connect(history_, &SendHistoryModel::edited, this, writeSoon);
  connect(view_->keepHistory(), &QAction::toggled, this, [this, writeSoon](bool keep) {
    if (settings_ != nullptr) settings_->setValue(kKeepHistory, keep);
    // What was kept goes with the wish.
    if (!keep && !historyFile_.path().isEmpty()) QFile::remove(historyFile_.path());
    writeSoon();
  });
  connect(&writing_, &QTimer::timeout, this, &LibraryDesk::writeFiles);
}

void LibraryDesk::makeKeys() {
  for (unsigned key = 1; key <= 9; ++key) {
    QAction* action = actions_.savedSends->addAction(QString());
    action->setObjectName(QStringLiteral("sendKey%1Action").arg(key));
    action->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + key)));
    connect(action, &QAction::triggered, this, [this, key] { pressKey(key); });
    keys_[key - 1] = action;
  }
}

void LibraryDesk::refreshKeys() {
  for (unsigned key = 1; key <= 9; ++key) {
    const SavedSend* send = sends_->sendAt(sends_->sends().withHotKey(key));
    keys_[key - 1]->setText(send ? menuText(shownText(send->name)) : tr("(not assigned)"));
  }
}

void LibraryDesk::pressKey(unsigned key) {
  const SavedSend* found = sends_->sendAt(sends_->sends().withHotKey(key));
  if (found) return send(SavedSend(*found));
  emit told(tr("Nothing was sent: no saved send has the key Alt+%1").arg(key));
}

void LibraryDesk::edit(const SavedSend& send) {
  SessionPage* page = panels_->currentPage();
  if (!page) return emit told(tr("No composer is in front: go to a server or a client first"));
  page->composer()->setSpec(send.message);
  page->composer()->setFocus();
}

void LibraryDesk::keep(const MessageSpec& message) {
  emit viewRequested();
  // What cannot be read could not be read from the file, either.
  if (const auto read = Message::read(message); !read) return view_->message()->showError(read.error());
  SavedSend send;
  send.name = previewText(asBytes(message.body), kNameCharacters);
  if (send.name.find_first_not_of(' ') == std::string::npos) send.name = toUtf8(tr("New message"));
  send.message = message;
  view_->save(send);
}

FieldValues LibraryDesk::valuesFor(SessionId session, const MessageSpec& message) {
  FieldValues values = fieldSource_ ? fieldSource_() : FieldValues();
  values.seed = freshSeed();
  if (const auto snapshot = bridge_->snapshot(session)) setAddresses(values, *snapshot);
  if (counters_.size() > kMostCounters) counters_.clear();
  values.counter = counters_[QByteArray::fromStdString(message.body)];
  return values;
}

void LibraryDesk::send(const SavedSend& send) {
  SessionPage* page = panels_->currentPage();
  if (!page) return emit told(tr("Nothing was sent: go to a server or a client first"));
  const SessionPage::Targets to = page->targets();
  if (to.sessions.isEmpty()) return emit told(tr("Nothing was sent: %1").arg(to.whyNone));
  deliver(send, to.sessions);
}

// Each session has fields of its own; a file is read on another thread.
void LibraryDesk::deliver(const SavedSend& send, const QList<SessionId>& to) {
  const QString name = shownText(send.name);
  for (const SessionId session : to) {
    const MessageJob job(send.message, valuesFor(session, send.message));
    const auto take = [this, name, message = send.message, session](const ComposedMessage& made) {
      deliverTo(name, message, session,
                *made ? Result<Bytes>((*made)->bytes) : Result<Bytes>(std::unexpected(made->error())));
    };
    if (job.mayWait() || job.isLong()) {
      inBackground(
          this, [job] { return job.run(); }, take);
    } else {
      take(job.run());
    }
  }
  ++counters_[QByteArray::fromStdString(send.message.body)];
}

void LibraryDesk::deliverTo(const QString& name, const MessageSpec& message, SessionId session,
                            const Result<Bytes>& bytes) {
  std::optional<Error> error;
  if (!bytes) {
    error = bytes.error();
  } else {
    error = bridge_->send(session, *bytes);
    history_->add(
        sentMessage(message, bytes->size(), targetText({session}, *bridge_), error ? &*error : nullptr));
  }
  if (error) {
    view_->message()->showError(*error);
    return emit told(tr("\u201C%1\u201D was not sent: %2, %3")
                         .arg(name, toQString(error->symbol()), shownText(error->message())));
  }
  emit told(tr("Sent \u201C%1\u201D to %2, %3")
                .arg(name, toQString(targetText({session}, *bridge_)), formatBytes(bytes->size())));
}

const SavedSends& LibraryDesk::sends() const {
  return sends_->sends();
}

void LibraryDesk::setWorkspaceSends(std::optional<SavedSends> sends) {
  if (sends) {
    writeFiles();
    if (!own_) own_ = sends_->sends();
    sends_->setSends(*std::move(sends));
  } else if (own_) {
    sends_->setSends(*std::exchange(own_, std::nullopt));
  }
}

void LibraryDesk::remember(QSettings* settings) {
  settings_ = settings;
  const QString folder = QFileInfo(settings->fileName()).absolutePath();
  sendsFile_.setPath(folder + QStringLiteral("/sends.toml"));
  historyFile_.setPath(folder + QStringLiteral("/history.toml"));
  const QSignalBlocker quiet(view_->keepHistory());
  view_->keepHistory()->setChecked(settings->value(kKeepHistory, false).toBool());
  load();
}

void LibraryDesk::load() {
  const auto take = [this](SendsFile& file, auto read, auto accept) {
    const auto text = file.read();
    if (!text) return view_->message()->showError(text.error());
    auto made = read(*text, toUtf8(file.path()));
    file.setUnderstood(made.has_value());
    if (!made) return view_->message()->showError(made.error());
    accept(*std::move(made));
  };
  take(sendsFile_, &readSends, [this](SavedSends sends) { sends_->setSends(std::move(sends)); });
  if (!view_->keepHistory()->isChecked()) return;
  take(historyFile_, &readHistory, [this](SendHistory history) { history_->setHistory(std::move(history)); });
}

void LibraryDesk::write(SendsFile& file, const std::string& text) {
  const auto written = file.write(text);
  if (!written) return view_->message()->showError(written.error());
  if (!written->isEmpty())
    view_->message()->showWarning(
        tr("What stood in %1 was kept").arg(QFileInfo(file.path()).fileName()),
        tr("Another has written it, or it could not be read. It is %1 now.").arg(*written));
}

void LibraryDesk::writeFiles() {
  writing_.stop();
  if (settings_ == nullptr) return;
  const SavedSends& own = own_ ? *own_ : sends_->sends();
  if (!own.empty() || QFileInfo::exists(sendsFile_.path())) write(sendsFile_, writeSends(own));
  if (view_->keepHistory()->isChecked()) write(historyFile_, writeHistory(history_->history()));
}

void LibraryDesk::saveState() {
  if (writing_.isActive()) writeFiles();
}

}  // namespace sockbench::ui
