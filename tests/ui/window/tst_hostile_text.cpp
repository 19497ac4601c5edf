// What a peer, or a name that somebody else chose, may hold, at every place of the window where it is shown.
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QEventLoop>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTabBar>
#include <QTableWidget>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTimer>
#include <memory>

#include "core/base/unicode.h"
#include "tests/ui/window/window_driver.h"
#include "ui/models/traffic_copy.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/inspector.h"
#include "ui/panels/traffic/stream/stream_view.h"
#include "ui/widgets/byte_copy.h"
#include "ui/widgets/bytes_text.h"
#include "ui/widgets/english_plurals.h"
#include "ui/widgets/hex_view.h"
#include "ui/widgets/traffic_table.h"

using namespace sockbench;
using namespace sockbench::ui;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kBudget = 32 * kMiB;
constexpr std::size_t kAllowance = 200 * kMiB;  // of the window over its budget; less than what is sent
constexpr std::size_t kFlood = 256 * kMiB;

// The first character that may not stand in text that is shown, "" if there is none. New lines and tabs lay
// text out where it has lines and cells.
QString deceptiveIn(const QString& text) {
  if (!text.isValidUtf16()) return QStringLiteral("a lone surrogate");
  for (const char32_t c : text.toUcs4()) {
    if (c != U'\n' && c != U'\t' && isDeceptiveCharacter(c)) return QStringLiteral("U+%1").arg(c, 4, 16);
  }
  return {};
}

// Everything that the window shows, says or offers as text.
class Visible {
 public:
  explicit Visible(QWidget* window) {
    add(QStringLiteral("window title"), window->windowTitle());
    for (QWidget* widget : window->findChildren<QWidget*>()) addWidget(widget);
  }
  const QStringList& faults() const { return faults_; }
  const QString& all() const { return all_; }

 private:
  void addWidget(const QWidget* widget) {
    const QString name = QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
    add(name + QStringLiteral(" accessible name"), widget->accessibleName());
    add(name + QStringLiteral(" accessible description"), widget->accessibleDescription());
    addToolTip(name, widget->toolTip());
    if (const auto* label = qobject_cast<const QLabel*>(widget)) {
      add(name, label->text());
      if (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))
        faults_.append(name + QStringLiteral(" reads markup: ") + label->text());
    }
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget)) add(name, text->toPlainText());
    if (const auto* view = qobject_cast<const QAbstractItemView*>(widget)) addModel(name, view->model(), {});
    if (const auto* tabs = qobject_cast<const QTabBar*>(widget)) {
      for (int i = 0; i < tabs->count(); ++i) {
        add(name, tabs->tabText(i));
        addToolTip(name, tabs->tabToolTip(i));
      }
    }
  }
  void addModel(const QString& name, const QAbstractItemModel* model, const QModelIndex& parent) {
    for (int row = 0; model != nullptr && row < model->rowCount(parent); ++row) {
      for (int column = 0; column < model->columnCount(parent); ++column) {
        const QModelIndex index = model->index(row, column, parent);
        add(name, index.data().toString());
        add(name, index.data(Qt::AccessibleTextRole).toString());
        addToolTip(name, index.data(Qt::ToolTipRole).toString());
      }
      addModel(name, model, model->index(row, 0, parent));
    }
  }
  // Qt reads a tool tip that looks like markup as markup: ours is then <p> around escaped text.
  void addToolTip(const QString& name, const QString& text) {
    add(name + QStringLiteral(" tool tip"), text);
    if (text.contains(QStringLiteral("<b>")) && Qt::mightBeRichText(text))
      faults_.append(name + QStringLiteral(" tool tip reads markup: ") + text);
  }
  void add(const QString& name, const QString& text) {
    all_ += text + u'\n';
    if (const QString fault = deceptiveIn(text); !fault.isEmpty())
      faults_.append(name + QStringLiteral(" shows ") + fault);
  }

  QStringList faults_;
  QString all_;
};

std::size_t residentBytes() {
  QFile statm(QStringLiteral("/proc/self/statm"));
  if (!statm.open(QIODevice::ReadOnly)) return 0;
  return statm.readAll().split(' ').value(1).toULongLong() * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// A UNIX socket whose own name is `own`, connected to `server`; -1: it could not.
int connectFrom(const std::string& own, const std::string& server) {
  const auto address = [](const std::string& path) {
    sockaddr_un made{};
    made.sun_family = AF_UNIX;
    path.copy(made.sun_path, sizeof made.sun_path - 1);
    return made;
  };
  const sockaddr_un from = address(own);
  const sockaddr_un to = address(server);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && ::bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
      ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
    return fd;
  if (fd >= 0) ::close(fd);
  return -1;
}

QByteArray tower() {
  return "e" + QByteArray("\xCC\x81").repeated(40);
}

}  // namespace

class TestHostileText : public QObject {
  Q_OBJECT
 private slots:
  void initTestCase();
  void init();
  void cleanup();

  void bytesAreShownAsSymbols_data();
  void bytesAreShownAsSymbols();
  void otherEncodingsDeceiveNoMore_data();
  void otherEncodingsDeceiveNoMore();
  void namesAreShownAsSymbols();
  void errorsAreShownAsSymbols();
  void aFloodWithoutANewLineIsBounded();

 private:
  WindowDriver person() const { return WindowDriver(window_.get()); }
  quint16 serve();
  bool receive(const QByteArray& bytes);
  bool inspect(const char* page);
  TrafficTable* timeline() const { return person().find<TrafficTable>("trafficTable"); }
  int rowOfBytes() const;
  void faultless();

  EnglishPlurals english_;
  std::unique_ptr<QTemporaryDir> folder_;
  std::unique_ptr<EngineBridge> bridge_;
  std::unique_ptr<MainWindow> window_;
  QTcpSocket peer_;
};

void TestHostileText::initTestCase() {
  QApplication::setCursorFlashTime(0);
  QCoreApplication::installTranslator(&english_);
}

void TestHostileText::init() {
  folder_ = std::make_unique<QTemporaryDir>();
  EngineSettings settings;
  settings.log.budgetBytes = kBudget;
  theme::apply(*qApp, theme::Mode::light);
  bridge_ = std::make_unique<EngineBridge>(std::move(settings));
  window_ = std::make_unique<MainWindow>(bridge_.get());
  window_->resize(1280, 800);
  window_->show();
  QVERIFY(QTest::qWaitForWindowActive(window_.get()));
}

void TestHostileText::cleanup() {
  peer_.abort();
  window_.reset();
  bridge_.reset();
}

quint16 TestHostileText::serve() {
  window_->open({.listen = {*Endpoint::parse("tcp://127.0.0.1:0")}, .connect = {}});
  const auto port = [&] { return newest(*bridge_, SessionRole::listener).local.port(); };
  return QTest::qWaitFor([&] { return port() != 0; }) ? port() : quint16{0};
}

int TestHostileText::rowOfBytes() const {
  const auto* model = timeline() ? timeline()->trafficModel() : nullptr;
  for (int row = 0; model && row < model->rowCount(); ++row) {
    const auto read = model->rowAt(row);
    if (read && read->record.kind == RecordKind::in) return row;
  }
  return -1;
}

// They come from a peer, in one piece, and the row is gone to.
bool TestHostileText::receive(const QByteArray& bytes) {
  peer_.connectToHost(QStringLiteral("127.0.0.1"), serve());
  if (!peer_.waitForConnected()) return false;
  peer_.write(bytes);
  if (!QTest::qWaitFor([&] { return timeline() != nullptr && rowOfBytes() >= 0; })) return false;
  timeline()->showRow(*timeline()->trafficModel()->numberAt(rowOfBytes()));
  return true;
}

bool TestHostileText::inspect(const char* page) {
  auto* inspector = person().find<Inspector>("inspectorTabs");
  if (inspector == nullptr) return false;
  inspector->showPage(QLatin1String(page));
  return inspector->currentPage() == QLatin1String(page);
}

void TestHostileText::faultless() {
  const Visible visible(window_.get());
  QVERIFY2(visible.faults().isEmpty(), qPrintable(visible.faults().join(u'\n')));
}

void TestHostileText::bytesAreShownAsSymbols_data() {
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("shown");
  const auto row = [](const char* name, QByteArray bytes, QString shown) {
    QTest::newRow(name) << bytes << shown;
  };
  row("an escape sequence", "\x1b[2J\x1b[31mred", QStringLiteral("\u241b[2J\u241b[31mred"));
  row("OSC 52 to the clipboard", "\x1b]52;c;cm0gLXJm\a", QStringLiteral("\u241b]52;c;cm0gLXJm\u2407"));
  row("a C1 control",
      "\xC2\x9B"
      "31m\xC2\x85",
      QStringLiteral("<U+009B>31m<U+0085>"));
  row("a bidi override",
      "\xE2\x80\xAE"
      "gnp.exe",
      QStringLiteral("<U+202E>gnp.exe"));
  row("bidi isolates", "\xE2\x81\xA6x\xE2\x81\xA9", QStringLiteral("<U+2066>x<U+2069>"));
  row("NUL", QByteArray("a\0b", 3), QStringLiteral("a\u2400b"));
  row("not UTF-8", "a\xFF\xC0\xAFz", QStringLiteral("a\uFFFD\uFFFD\uFFFDz"));
  row("a lone surrogate", "\xED\xA0\x80", QStringLiteral("\uFFFD\uFFFD\uFFFD"));
  row("a tower of combining marks", tower() + "!",
      QStringLiteral("e\u0301\u0301\u0301\u0301") + QStringLiteral("<U+0301>").repeated(36) + u'!');
  row("line and paragraph separators",
      "a\xE2\x80\xA8"
      "b\xE2\x80\xA9",
      QStringLiteral("a<U+2028>b<U+2029>"));
  row("zero width",
      "a\xE2\x80\x8B"
      "b\xE2\x80\x8D\xEF\xBB\xBF",
      QStringLiteral("a<U+200B>b<U+200D><U+FEFF>"));
  row("right to left letters stay letters", "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", QStringLiteral("שלום"));
  row("markup", "<b>bold</b><img src=/etc/passwd>", QStringLiteral("<b>bold</b><img src=/etc/passwd>"));
}

void TestHostileText::bytesAreShownAsSymbols() {
  QFETCH(QByteArray, bytes);
  QFETCH(QString, shown);
  QVERIFY(receive(bytes));
  const auto* model = timeline()->trafficModel();
  QCOMPARE(model->index(rowOfBytes(), TrafficModel::Preview).data().toString(), shown);
  QVERIFY(inspect("text"));
  QCOMPARE(person().find<QPlainTextEdit>("inspectorTextView")->toPlainText(), shown);
  faultless();

  // What is copied: what stands there, or the bytes in a form of plain ASCII.
  auto* text = person().find<QPlainTextEdit>("inspectorTextView");
  text->selectAll();
  text->copy();
  QCOMPARE(QApplication::clipboard()->text(), shown);
  const QItemSelection row(model->index(rowOfBytes(), 0), model->index(rowOfBytes(), 0));
  QCOMPARE(copiedText(*model, row, CopyForm::preview), shown);
  QVERIFY(copiedText(*model, row, CopyForm::rows).endsWith(shown));
  QCOMPARE(copiedText(*model, row, CopyForm::hex), QString::fromLatin1(bytes.toHex(' ')));
  QCOMPARE(deceptiveIn(copiedText(*model, row, CopyForm::escaped)), QString());
  QVERIFY(inspect("hex"));
  const auto* hex = person().find<HexView>("inspectorHexView");
  QCOMPARE(hex->copier()->copiedText(ByteFormat::hex), QString::fromLatin1(bytes.toHex(' ')));
  for (const ByteFormat format : byteFormats()) {
    QCOMPARE(deceptiveIn(hex->copier()->copiedText(format)), QString());
  }
  QVERIFY(inspect("stream"));
  const auto* stream = person().find<StreamView>("inspectorStreamView");
  QTRY_VERIFY(stream->visibleLines().join(QString()).contains(shown));
  faultless();
  QVERIFY(inspect("details"));
  faultless();
  QCOMPARE(window_->windowTitle(), QStringLiteral("Sockbench"));
}

void TestHostileText::otherEncodingsDeceiveNoMore_data() {
  QTest::addColumn<QString>("encoding");
  QTest::addColumn<QByteArray>("bytes");
  QTest::addColumn<QString>("shown");
  QTest::newRow("a lone high surrogate") << "UTF-16LE"
                                         << QByteArray(
                                                "\x00\xD8"
                                                "A\0",
                                                4)
                                         << QStringLiteral("\uFFFD\uFFFDA");
  QTest::newRow("a lone low surrogate")
      << "UTF-16BE" << QByteArray("\xDC\x00\0A", 4) << QStringLiteral("\uFFFD\uFFFDA");
  QTest::newRow("an override") << "UTF-16LE" << QByteArray("\x2E\x20", 2) << QStringLiteral("<U+202E>");
  QTest::newRow("C1 as Latin-1") << "Latin-1"
                                 << QByteArray(
                                        "\x9B"
                                        "2J")
                                 << QStringLiteral("<U+009B>2J");
}

void TestHostileText::otherEncodingsDeceiveNoMore() {
  QFETCH(QString, encoding);
  QFETCH(QByteArray, bytes);
  QFETCH(QString, shown);
  QVERIFY(receive(bytes));
  QVERIFY(inspect("text"));
  auto* box = person().find<QComboBox>("inspectorEncodingBox");
  const int index = box->findText(encoding, Qt::MatchFixedString);
  QVERIFY2(index >= 0, qPrintable(encoding));
  box->setCurrentIndex(index);
  QCOMPARE(person().find<QPlainTextEdit>("inspectorTextView")->toPlainText(), shown);
  faultless();
}

// A UNIX peer chooses its own name: it stands in the tree, the connections, the timeline and the details.
void TestHostileText::namesAreShownAsSymbols() {
  const std::string server = folder_->filePath(QStringLiteral("s")).toStdString();
  Endpoint endpoint;
  endpoint.transport = Transport::unixStream;
  endpoint.path = server;
  window_->open({.listen = {endpoint}, .connect = {}});
  QTRY_COMPARE(newest(*bridge_, SessionRole::listener).state, SessionState::listening);
  const std::string own = folder_->path().toStdString() + "/\x1b]0;x\a\xE2\x80\xAE<b>n";
  const int fd = connectFrom(own, server);
  QVERIFY(fd >= 0);
  QTRY_VERIFY(newest(*bridge_, SessionRole::accepted).id);
  ::send(fd, "hello", 5, 0);
  QTRY_VERIFY(rowOfBytes() >= 0);
  timeline()->showRow(*timeline()->trafficModel()->numberAt(rowOfBytes()));
  QVERIFY(inspect("details"));
  for (const char* action : {"detailsAction", "optionsAction"}) {
    person().find<QAbstractItemView>("sessionTree")->setFocus();
    person().key(Qt::Key_End);
    window_->findChild<QAction*>(QString::fromLatin1(action))->trigger();
    faultless();
  }
  const Visible visible(window_.get());
  QVERIFY(visible.all().count(QStringLiteral("<b>n")) >= 4);
  ::close(fd);
  QTRY_VERIFY(!newest(*bridge_, SessionRole::accepted).isOpen());
  faultless();
}

void TestHostileText::errorsAreShownAsSymbols() {
  Endpoint endpoint;
  endpoint.transport = Transport::unixStream;
  endpoint.path = folder_->path().toStdString() + "/\x1b[2J\xE2\x80\xAE<b>none";
  window_->open({.listen = {}, .connect = {endpoint}});
  QTRY_COMPARE(newest(*bridge_, SessionRole::client).state, SessionState::failed);
  QTRY_VERIFY(timeline() != nullptr && static_cast<std::uint64_t>(timeline()->trafficModel()->rowCount()) ==
                                           bridge_->log().end() - bridge_->log().first());
  timeline()->showRow(bridge_->log().end() - 1);
  for (const char* page : {"hex", "text", "stream", "details"}) {
    QVERIFY(inspect(page));
    faultless();
  }
  window_->findChild<QAction*>(QStringLiteral("detailsAction"))->trigger();
  faultless();
  const Visible visible(window_.get());
  QVERIFY(visible.all().contains(QStringLiteral("ENOENT")));
}

// A foreign sender, so that its memory is not ours.
void TestHostileText::aFloodWithoutANewLineIsBounded() {
  const quint16 port = serve();
  QVERIFY(port != 0);
  QTRY_VERIFY(timeline() != nullptr);
  QVERIFY(inspect("text"));
  const std::size_t before = residentBytes();
  int turns = 0;
  QProcess sender;
  sender.start(
      QStringLiteral("python3"),
      {QStringLiteral("-c"), QStringLiteral("import socket; s = socket.create_connection(('127.0.0.1', %1))\n"
                                            "for _ in range(256): s.sendall(b'x' * (1 << 20))")
                                 .arg(port)});
  if (!sender.waitForStarted()) QSKIP("python3 is not there");
  const auto received = [&] { return newest(*bridge_, SessionRole::accepted).bytesIn; };
  QEventLoop loop;
  QTimer turn;
  connect(&turn, &QTimer::timeout, this, [&] {
    ++turns;
    if (received() == kFlood) loop.quit();
  });
  turn.start(0);
  QTimer::singleShot(120'000, &loop, &QEventLoop::quit);
  loop.exec();
  QCOMPARE(received(), std::uint64_t{kFlood});
  QVERIFY2(turns > 100, qPrintable(QString::number(turns)));
  QTRY_VERIFY(rowOfBytes() >= 0);
  timeline()->showRow(*timeline()->trafficModel()->numberAt(rowOfBytes()));
  const auto* text = person().find<QPlainTextEdit>("inspectorTextView");
  QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("xxxx")));
  QVERIFY(static_cast<std::size_t>(text->toPlainText().size()) <= 2 * BytesText::kShownBytes);
  for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next()) {
    QVERIFY(block.length() <= BytesText::kShownLine + 1);
  }
  auto* model = timeline()->trafficModel();
  QTRY_VERIFY(model->rowCount() > 10);
  const int row = rowOfBytes();
  QVERIFY(model->index(row, TrafficModel::Preview).data().toString().size() < 1000);
  QVERIFY(model->index(row, TrafficModel::Preview).data(Qt::ToolTipRole).toString().size() < 10'000);
  const QItemSelection all(model->index(0, 0), model->index(model->rowCount() - 1, 0));
  QVERIFY(copiedText(*model, all, CopyForm::escaped).size() <= 2 * static_cast<qsizetype>(kCopiedBytes));
  const std::size_t after = residentBytes();
  QVERIFY2(after < before + kBudget + kAllowance,
           qPrintable(QStringLiteral("%1 -> %2 MiB").arg(before / kMiB).arg(after / kMiB)));
  sender.kill();
  sender.waitForFinished();
}

QTEST_MAIN(TestHostileText)
#include "tst_hostile_text.moc"
