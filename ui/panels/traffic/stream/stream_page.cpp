#include "ui/panels/traffic/stream/stream_page.h"

#include <QComboBox>
#include <QLabel>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>
#include <mutex>

#include "ui/models/format.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/stream/framing_box.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/panels/traffic/stream/stream_words.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/help_page.h"
#include "ui/widgets/inline_message.h"
#include "ui/widgets/named.h"

namespace sockbench::ui {
namespace {

constexpr int kNewsInterval = 33;  // milliseconds

int percent(std::uint64_t done, std::uint64_t all) {
  return all == 0 ? 100 : static_cast<int>(done * 100 / all);
}

}  // namespace

// The conversation may outlive the page (a file is being saved); then its news leads nowhere.
struct StreamPage::Gate {
  std::mutex mutex;
  StreamPage* page = nullptr;

  void knock() {
    const std::lock_guard lock(mutex);
    if (page == nullptr) return;
    QMetaObject::invokeMethod(
        page,
        [its = page] {
          if (!its->news_.isActive()) its->news_.start();
        },
        Qt::QueuedConnection);
  }
};

StreamPage::StreamPage(TrafficSource* source, QWidget* parent)
    : QWidget(parent),
      source_(source),
      note_(new QLabel(this)),
      message_(new InlineMessage(this)),
      view_(named(new StreamView(this), "inspectorStreamView", tr("The conversation of the session"))),
      save_(new StreamSave(this)),
      gate_(std::make_shared<Gate>()) {
  setHelpPage(this, QStringLiteral("framing"));
  view_->setToolTip({});
  gate_->page = this;
  news_.setSingleShot(true);
  news_.setInterval(kNewsInterval);
  message_->setObjectName(QStringLiteral("inspectorStreamMessage"));
  note_->setObjectName(QStringLiteral("inspectorStreamNote"));
  note_->setTextFormat(Qt::PlainText);
  note_->setProperty("dim", true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeBar());
  column->addWidget(message_);
  column->addWidget(view_, 1);
  setBackgroundRole(QPalette::Base);
  setAutoFillBackground(true);
  connectParts();
  setSession({});
  view_->setEmptyWords(tr("Select a session, or a row of the timeline, to follow its conversation."));
}

StreamPage::~StreamPage() {
  const std::lock_guard lock(gate_->mutex);
  gate_->page = nullptr;
}

QComboBox* StreamPage::makeBox(const char* name, const QString& title) {
  return named(new QComboBox(this), name, title);
}

void StreamPage::fillBoxes() {
  form_ = makeBox("inspectorStreamFormBox", tr("Form"));
  for (const StreamForm form : {StreamForm::text, StreamForm::hex, StreamForm::cArray, StreamForm::raw})
    form_->addItem(streamFormName(form), static_cast<int>(form));
  encoding_ = makeBox("inspectorStreamEncodingBox", tr("Encoding of the text"));
  for (const TextEncoding encoding : textEncodings())
    encoding_->addItem(toQString(textEncodingName(encoding)), static_cast<int>(encoding));
  direction_ = makeBox("inspectorStreamDirectionBox", tr("Which side is shown"));
  direction_->addItem(tr("Both sides"), static_cast<int>(Direction::none));
  direction_->addItem(tr("\u2190 Only received"), static_cast<int>(Direction::in));
  direction_->addItem(tr("\u2192 Only sent"), static_cast<int>(Direction::out));
}

QWidget* StreamPage::makeBar() {
  auto* bar = new QWidget(this);
  framing_ = new FramingBox(bar);
  fillBoxes();
  follow_ = named(new QToolButton(bar), "inspectorStreamFollowButton", tr("Follow"),
                  tr("Keep the end of the conversation in view"));
  follow_->setText(tr("Follow"));
  follow_->setCheckable(true);
  follow_->setChecked(true);
  menu_ = named(new QToolButton(bar), "inspectorStreamMenuButton", tr("Save or open in a window"));
  menu_->setText(tr("More"));
  menu_->setPopupMode(QToolButton::InstantPopup);
  fillMenu();
  auto* flow = new FlowLayout(bar, 6);
  flow->setContentsMargins(10, 5, 10, 5);
  for (QWidget* widget :
       {static_cast<QWidget*>(framing_), static_cast<QWidget*>(form_), static_cast<QWidget*>(encoding_),
        static_cast<QWidget*>(direction_), static_cast<QWidget*>(follow_), static_cast<QWidget*>(menu_),
        static_cast<QWidget*>(note_)})
    flow->addWidget(widget);
  return bar;
}

void StreamPage::fillMenu() {
  const auto add = [this](const QString& text, const char* name, auto slot) {
    auto* action = new QAction(text, menu_);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, slot);
    menu_->addAction(action);
    return action;
  };
  add(tr("Save what was received…"), "streamSaveReceivedAction",
      [this] { askWhere(StreamSave::What::received); });
  add(tr("Save what was sent…"), "streamSaveSentAction", [this] { askWhere(StreamSave::What::sent); });
  add(tr("Save both sides as shown…"), "streamSaveTextAction",
      [this] { askWhere(StreamSave::What::bothAsText); });
  cancelSave_ = add(tr("Stop saving"), "streamCancelSaveAction", [this] { save_->cancel(); });
  cancelSave_->setEnabled(false);
  add(tr("Open in a window"), "streamWindowAction", [this] { openWindow(); });
}

void StreamPage::connectParts() {
  connect(&news_, &QTimer::timeout, this, &StreamPage::takeNews);
  connect(source_, &TrafficSource::trafficChanged, this, [this] {
    if (conversation_ && isVisible()) conversation_->logChanged();
  });
  connect(framing_, &FramingBox::specChanged, this, [this](const FramingSpec& spec) {
    if (conversation_) conversation_->setFraming(spec);
  });
  connect(form_, &QComboBox::currentIndexChanged, this, [this] {
    const auto form = static_cast<StreamForm>(form_->currentData().toInt());
    encoding_->setVisible(form == StreamForm::text);
    view_->setForm(form);
  });
  connect(encoding_, &QComboBox::currentIndexChanged, this,
          [this] { view_->setEncoding(static_cast<TextEncoding>(encoding_->currentData().toInt())); });
  connect(direction_, &QComboBox::currentIndexChanged, this,
          [this] { view_->setDirection(static_cast<Direction>(direction_->currentData().toInt())); });
  connect(follow_, &QToolButton::clicked, view_, &StreamView::setFollowing);
  connect(view_, &StreamView::followingChanged, follow_, &QToolButton::setChecked);
  connect(view_, &StreamView::rowActivated, this, &StreamPage::rowActivated);
  connect(view_, &StreamView::saveRequested, this, &StreamPage::askWhereForBytes);
  connect(view_, &StreamView::copyCut, this, [this] {
    message_->showWarning(tr("More was selected than can be taken at once: this is the first %1 of it")
                              .arg(formatBytes(StreamView::kMostCopied)),
                          tr("Save the stream to have all of it."));
  });
  connect(save_, &StreamSave::progressed, this,
          [this](int done) { message_->showNote(tr("Saving: %1 %").arg(done)); });
  connect(save_, &StreamSave::saved, this, [this](const QString& path, quint64 bytes, quint64 missing) {
    cancelSave_->setEnabled(false);
    if (missing > 0) {
      return message_->showWarning(
          tr("%1 saved to %2").arg(formatBytes(bytes), path),
          tr("%1 had left memory and are not in the file.").arg(formatBytes(missing)));
    }
    message_->showNote(tr("%1 saved to %2").arg(formatBytes(bytes), path));
  });
  connect(save_, &StreamSave::failed, this, [this](const Error& error) {
    cancelSave_->setEnabled(false);
    message_->showError(error);
  });
  connect(save_, &StreamSave::cancelled, this, [this] {
    cancelSave_->setEnabled(false);
    message_->showNote(tr("Saving was stopped; the file is as it was."));
  });
}

void StreamPage::setSession(SessionId id) {
  if (id == session_) return;
  session_ = id;
  drop();
  message_->clear();
  updateWindowTitle();
  if (isVisible()) converse();
}

void StreamPage::drop() {
  news_.stop();
  document_.reset();
  view_->setDocument(nullptr);
  conversation_.reset();
  note_->clear();
}

void StreamPage::converse() {
  if (!session_ || conversation_) return;
  const std::shared_ptr<TrafficLog> log = source_->log().shared_from_this();
  conversation_ = std::make_shared<Conversation>(log, session_, [gate = gate_] { gate->knock(); });
  conversation_->setFraming(framing_->spec());
  document_ = std::make_shared<StreamDocument>(log, conversation_);
  document_->setDirection(static_cast<Direction>(direction_->currentData().toInt()));
  view_->setEmptyWords(tr("Nothing has been received or sent yet."));
  view_->setDocument(document_);
}

void StreamPage::takeNews() {
  if (!conversation_) return;
  const Conversation::State state = conversation_->take();
  framing_->setDatagrams(state.datagrams);
  updateNote(state);
  view_->refresh(state);
}

void StreamPage::updateNote(const Conversation::State& state) {
  QString words = tr("\u2190 %1   \u2192 %2").arg(formatBytes(state.bytesIn), formatBytes(state.bytesOut));
  if (state.startedLate)
    words += tr("   the beginning is gone: frames may be out of step");
  else if (state.beginningGone)
    words += tr("   the beginning is no longer in memory");
  if (!state.upToDate) {
    const int read = percent(state.lookedTo - std::min(state.lookedTo, state.logFirst),
                             state.logEnd - std::min(state.logEnd, state.logFirst));
    const int cut = percent(state.framedTo - std::min(state.framedTo, state.firstPiece),
                            state.endPiece - state.firstPiece);
    words += tr("   reading, %1 %").arg(std::min({read, cut, 99}));
  }
  if (note_->text() != words) note_->setText(words);
}

void StreamPage::setRow(const std::optional<LogRow>& row) {
  setSession(row ? row->record.session : SessionId{});
  if (row && isVisible() && conversation_) view_->showRow(row->number);
}

void StreamPage::setFraming(const FramingSpec& spec) {
  framing_->setSpec(spec);
  if (conversation_) conversation_->setFraming(spec);
}

void StreamPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  converse();
  if (conversation_) conversation_->logChanged();
}

void StreamPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) view_->viewport()->update();
}

void StreamPage::saveState(QSettings& settings) const {
  settings.setValue(QStringLiteral("streamFraming"), toQString(framing_->spec().text()));
  settings.setValue(QStringLiteral("streamForm"), form_->currentIndex());
  settings.setValue(QStringLiteral("streamEncoding"), encoding_->currentIndex());
}

void StreamPage::restoreState(const QSettings& settings) {
  const auto spec = FramingSpec::parse(toUtf8(settings.value(QStringLiteral("streamFraming")).toString()));
  if (spec) setFraming(*spec);
  form_->setCurrentIndex(settings.value(QStringLiteral("streamForm"), 0).toInt());
  encoding_->setCurrentIndex(settings.value(QStringLiteral("streamEncoding"), 0).toInt());
}

}  // namespace sockbench::ui
