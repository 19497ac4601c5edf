// The library of sends: order, folders, hot keys, limits, and what is taken out and put back.
#include <QTest>

#include "core/workspace/saved_sends.h"

using namespace sockbench;

class TstSavedSends : public QObject {
  Q_OBJECT
 private slots:
  void keepsTheOrder();
  void moves_data();
  void moves();
  void aFolderDoesNotGoIntoItself();
  void paths_data();
  void paths();
  void refuses_data();
  void refuses();
  void oneHotKeyBelongsToOneSend();
  void foldersBesideEachOtherHaveTheirOwnNames();
  void duplicatesAWholeFolder();
  void putsBackWhatWasTaken();
  void putsBackWithoutItsFolder();
  void isBounded();
  void foldersAreNotTooDeep();
};

namespace {

SavedSend sendOf(const char* name, const char* body = "x") {
  SavedSend send;
  send.name = name;
  send.message.body = body;
  return send;
}

// The tree in one line: "a F(b G()) c".
QByteArray shown(const SavedSends& sends, SendNodeId folder = {}) {
  QByteArray out;
  for (const SendNodeId id : sends.find(folder)->children) {
    const SavedSends::Node& node = *sends.find(id);
    if (!out.isEmpty()) out += ' ';
    out += QByteArray::fromStdString(node.send.name);
    if (node.isFolder) out += '(' + shown(sends, id) + ')';
    if (node.parent != folder || sends.find(folder)->children[node.row] != id) out += "!";
  }
  return out;
}

SendNodeId named(const SavedSends& sends, const char* name) {
  for (const SendNodeId id : sends.inOrder()) {
    if (sends.find(id)->send.name == name) return id;
  }
  return {};
}

// a F(b G(c)) d
SavedSends sample() {
  SavedSends sends;
  (void)sends.addSend({}, SavedSends::kAtEnd, sendOf("a"));
  const SendNodeId folder = *sends.addFolder({}, SavedSends::kAtEnd, "F");
  (void)sends.addSend(folder, SavedSends::kAtEnd, sendOf("b"));
  const SendNodeId inner = *sends.addFolder(folder, SavedSends::kAtEnd, "G");
  (void)sends.addSend(inner, SavedSends::kAtEnd, sendOf("c"));
  (void)sends.addSend({}, SavedSends::kAtEnd, sendOf("d"));
  return sends;
}

}  // namespace

void TstSavedSends::keepsTheOrder() {
  SavedSends sends = sample();
  QCOMPARE(shown(sends), "a F(b G(c)) d");
  QCOMPARE(sends.sendCount(), 4U);
  QCOMPARE(sends.folderCount(), 2U);
  QVERIFY(sends.addSend({}, 1, sendOf("e")));
  QCOMPARE(shown(sends), "a e F(b G(c)) d");
  QVERIFY(sends.rename(named(sends, "e"), "\xE4\xBD\xA0"));
  QCOMPARE(shown(sends), "a \xE4\xBD\xA0 F(b G(c)) d");
}

void TstSavedSends::moves_data() {
  QTest::addColumn<QByteArray>("what");
  QTest::addColumn<QByteArray>("into");
  QTest::addColumn<int>("row");
  QTest::addColumn<QByteArray>("tree");
  const auto row = [](const char* name, const char* what, const char* into, int at, const char* tree) {
    QTest::newRow(name) << QByteArray(what) << QByteArray(into) << at << QByteArray(tree);
  };
  row("down in its folder", "a", "", 2, "F(b G(c)) a d");
  row("up in its folder", "d", "", 0, "d a F(b G(c))");
  row("to where it is", "a", "", 0, "a F(b G(c)) d");
  row("to behind itself", "a", "", 1, "a F(b G(c)) d");
  row("to the end", "a", "", 99, "F(b G(c)) d a");
  row("into a folder", "a", "F", 1, "F(b a G(c)) d");
  row("out of a folder", "c", "", 1, "a c F(b G()) d");
  row("a folder with all that is in it", "F", "", 3, "a d F(b G(c))");
  row("an inner folder out", "G", "", 0, "G(c) a F(b) d");
}

void TstSavedSends::moves() {
  QFETCH(const QByteArray, what);
  QFETCH(const QByteArray, into);
  QFETCH(const int, row);
  SavedSends sends = sample();
  QVERIFY(sends.move(named(sends, what), named(sends, into), static_cast<std::size_t>(row)));
  QTEST(shown(sends), "tree");
}

void TstSavedSends::aFolderDoesNotGoIntoItself() {
  SavedSends sends = sample();
  for (const char* into : {"F", "G"}) {
    const auto moved = sends.move(named(sends, "F"), named(sends, into), 0);
    QVERIFY(!moved && moved.error().isInput(InputFault::badSyntax));
  }
  QVERIFY(!sends.move(named(sends, "a"), named(sends, "d"), 0));
  QCOMPARE(shown(sends), "a F(b G(c)) d");
}

void TstSavedSends::paths_data() {
  QTest::addColumn<QByteArray>("path");
  QTest::addColumn<QByteArray>("tree");
  QTest::newRow("none") << QByteArray("") << QByteArray("");
  QTest::newRow("one in another") << QByteArray("A/B") << QByteArray("A(B())");
  QTest::newRow("a slash in a name") << QByteArray("GET \\/x/B") << QByteArray("GET /x(B())");
  QTest::newRow("a backslash in a name") << QByteArray("C:\\\\") << QByteArray("C:\\()");
}

void TstSavedSends::paths() {
  QFETCH(const QByteArray, path);
  SavedSends sends;
  const auto folder = sends.makeFolders(path.toStdString());
  QVERIFY(folder);
  QTEST(shown(sends), "tree");
  QCOMPARE(sends.folderPath(*folder), path.toStdString());
  QCOMPARE(sends.makeFolders(path.toStdString()), folder);
}

void TstSavedSends::refuses_data() {
  QTest::addColumn<QByteArray>("name");
  QTest::addColumn<int>("bodyBytes");
  QTest::addColumn<int>("fault");
  const auto fault = [](InputFault f) { return static_cast<int>(f); };
  QTest::newRow("no name") << QByteArray() << 1 << fault(InputFault::badSyntax);
  QTest::newRow("a blank name") << QByteArray(" \t\n") << 1 << fault(InputFault::badSyntax);
  QTest::newRow("a long name") << QByteArray(1001, 'x') << 1 << fault(InputFault::tooLarge);
  QTest::newRow("a long message") << QByteArray("x") << (1 << 20) + 1 << fault(InputFault::tooLarge);
}

void TstSavedSends::refuses() {
  QFETCH(const QByteArray, name);
  QFETCH(const int, bodyBytes);
  QFETCH(const int, fault);
  SavedSends sends = sample();
  SavedSend send;
  send.name = name.toStdString();
  send.message.body.assign(static_cast<std::size_t>(bodyBytes), 'x');
  const auto added = sends.addSend({}, 0, send);
  QVERIFY(!added && added.error().isInput(static_cast<InputFault>(fault)));
  const auto changed = sends.change(named(sends, "a"), send);
  QVERIFY(!changed && changed.error().isInput(static_cast<InputFault>(fault)));
  QCOMPARE(shown(sends), "a F(b G(c)) d");
  QVERIFY(!sends.addSend(named(sends, "a"), 0, sendOf("in a send")));
  QVERIFY(!sends.addSend(SendNodeId{999}, 0, sendOf("nowhere")));
}

void TstSavedSends::oneHotKeyBelongsToOneSend() {
  SavedSends sends = sample();
  const SendNodeId a = named(sends, "a");
  const SendNodeId b = named(sends, "b");
  QVERIFY(sends.setHotKey(a, 1));
  QVERIFY(sends.setHotKey(b, 2));
  QVERIFY(sends.setHotKey(b, 1));
  QCOMPARE(sends.withHotKey(1), b);
  QCOMPARE(sends.withHotKey(2), SendNodeId{});
  QCOMPARE(sends.find(a)->send.hotKey, 0U);
  SavedSend changed = sends.find(a)->send;
  changed.hotKey = 1;
  QVERIFY(sends.change(a, changed));
  QCOMPARE(sends.withHotKey(1), a);
  QCOMPARE(sends.find(b)->send.hotKey, 0U);
  QVERIFY(!sends.setHotKey(a, 10));
  QVERIFY(!sends.setHotKey(named(sends, "F"), 3));
  QVERIFY(sends.setHotKey(a, 0));
  QCOMPARE(sends.withHotKey(1), SendNodeId{});
  QCOMPARE(sends.withHotKey(0), SendNodeId{});
}

void TstSavedSends::foldersBesideEachOtherHaveTheirOwnNames() {
  SavedSends sends = sample();
  QVERIFY(sends.addFolder({}, SavedSends::kAtEnd, "F"));
  QCOMPARE(shown(sends), "a F(b G(c)) d F 2()");
  QVERIFY(!sends.rename(named(sends, "F 2"), "F"));
  QVERIFY(sends.rename(named(sends, "F 2"), "G"));
  // The inner G comes out beside it.
  const SendNodeId inner = sends.find(named(sends, "F"))->folders.at("G");
  QVERIFY(sends.move(inner, {}, 0));
  QCOMPARE(shown(sends), "G 2(c) a F(b) d G()");
}

void TstSavedSends::duplicatesAWholeFolder() {
  SavedSends sends = sample();
  QVERIFY(sends.setHotKey(named(sends, "b"), 4));
  const auto copy = sends.duplicate(named(sends, "F"));
  QVERIFY(copy);
  QCOMPARE(shown(sends), "a F(b G(c)) F 2(b G(c)) d");
  QCOMPARE(sends.withHotKey(4), sends.find(named(sends, "F"))->children[0]);
  QVERIFY(sends.duplicate(named(sends, "a")));
  QCOMPARE(shown(sends), "a a F(b G(c)) F 2(b G(c)) d");
}

void TstSavedSends::putsBackWhatWasTaken() {
  SavedSends sends = sample();
  QVERIFY(sends.setHotKey(named(sends, "b"), 4));
  QVERIFY(sends.setHotKey(named(sends, "c"), 5));
  const SavedSends before = sends;
  const SendNodeId folder = named(sends, "F");
  SavedSends::Taken taken = sends.take(folder);
  QCOMPARE(shown(sends), "a d");
  QCOMPARE(sends.withHotKey(4), SendNodeId{});
  QVERIFY(sends.setHotKey(named(sends, "a"), 5));
  QCOMPARE(sends.putBack(std::move(taken)), folder);
  QCOMPARE(shown(sends), "a F(b G(c)) d");
  QCOMPARE(sends.withHotKey(4), named(sends, "b"));
  QCOMPARE(sends.withHotKey(5), named(sends, "a"));
  QVERIFY(!(sends == before));
  QVERIFY(sends.setHotKey(named(sends, "c"), 5));
  QVERIFY(sends == before);
  QVERIFY(sends.take(SendNodeId{999}).nodes.empty());
}

void TstSavedSends::putsBackWithoutItsFolder() {
  SavedSends sends = sample();
  SavedSends::Taken inner = sends.take(named(sends, "G"));
  (void)sends.take(named(sends, "F"));
  sends.putBack(std::move(inner));
  QCOMPARE(shown(sends), "a d G(c)");
}

void TstSavedSends::isBounded() {
  SavedSends sends;
  const std::string body(SavedSends::kMostBodyBytes, 'x');
  std::size_t added = 0;
  while (sends.addSend({}, SavedSends::kAtEnd, sendOf("a", body.c_str()))) ++added;
  QCOMPARE(added, (SavedSends::kMostBytes - 1) / (SavedSends::kMostBodyBytes + 1));
  // What goes makes room again.
  sends.take(sends.root().children[0]);
  QVERIFY(sends.addSend({}, 0, sendOf("a", body.c_str())));
  QVERIFY(!sends.duplicate(sends.root().children[0]));

  SavedSends many;
  for (std::size_t i = 0; i < SavedSends::kMost; ++i) {
    if (!many.addSend({}, SavedSends::kAtEnd, sendOf("a"))) QFAIL("refused too early");
  }
  QVERIFY(!many.addSend({}, SavedSends::kAtEnd, sendOf("a")));
  QVERIFY(!many.addFolder({}, 0, "F"));
}

void TstSavedSends::foldersAreNotTooDeep() {
  SavedSends sends;
  SendNodeId folder;
  for (std::size_t i = 0; i < SavedSends::kDeepest; ++i) folder = *sends.addFolder(folder, 0, "F");
  QVERIFY(!sends.addFolder(folder, 0, "F"));
  QVERIFY(sends.addSend(folder, 0, sendOf("a")));
  const SendNodeId other = *sends.addFolder({}, 0, "other");
  QVERIFY(!sends.move(other, folder, 0));
  QVERIFY(!sends.makeFolders("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"));
}

QTEST_GUILESS_MAIN(TstSavedSends)
#include "tst_saved_sends.moc"
