#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/models/session_fixture.h"
#include "ui/bridge/core_types.h"
#include "ui/models/session_tree_model.h"

using namespace sockbench;
using namespace sockbench::test;
using sockbench::ui::SessionTreeModel;

class TestSessionTreeModel : public QObject {
  Q_OBJECT
 private slots:
  void serversAndClientsStandInTheirGroups() {
    SessionTreeModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.rowCount(), 2);
    model.update({listener(1), accepted(2, 1), client(3)});
    QCOMPARE(model.rowCount(model.serversIndex()), 1);
    QCOMPARE(model.rowCount(model.indexOf(SessionId{1})), 1);
    QCOMPARE(model.indexOf(SessionId{2}).parent(), model.indexOf(SessionId{1}));
    QCOMPARE(model.indexOf(SessionId{3}).parent(), model.clientsIndex());
    QCOMPARE(model.sessionAt(model.indexOf(SessionId{3})), SessionId{3});
    QCOMPARE(model.sessionAt(model.serversIndex()), SessionId{});
  }

  void names_data() {
    QTest::addColumn<uint>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("remark");
    QTest::newRow("a listener: where it listens, how many are open")
        << 1U << QStringLiteral("tcp  127.0.0.1:12345") << QStringLiteral("2 open");
    QTest::newRow("a connected session: its peer, nothing more")
        << 2U << QStringLiteral("127.0.0.1:50002") << QString();
    QTest::newRow("a half-closed session says by whom")
        << 3U << QStringLiteral("127.0.0.1:50003") << QStringLiteral("half-closed (by the peer)");
    QTest::newRow("a failed client says why")
        << 4U << QStringLiteral("tcp  \u2192 localhost:12345") << QStringLiteral("failed (ECONNREFUSED)");
  }
  void names() {
    QFETCH(uint, id);
    SessionSnapshot server = listener(1);
    server.openChildren = 2;
    SessionSnapshot half = accepted(3, 1, SessionState::halfClosed);
    half.by = Party::peer;
    SessionSnapshot failed = client(4, SessionState::failed);
    failed.peer = {};
    failed.error = Error::fromErrno(Operation::connect, ECONNREFUSED);
    SessionTreeModel model;
    model.update({server, accepted(2, 1), half, failed});
    const QModelIndex index = model.indexOf(SessionId{id});
    QTEST(index.data(SessionTreeModel::NameRole).toString(), "name");
    QTEST(index.data(SessionTreeModel::RemarkRole).toString(), "remark");
    QVERIFY(index.data().toString().startsWith(index.data(SessionTreeModel::NameRole).toString()));
  }

  void tenThousandChildrenComeInOneBatch() {
    SessionTreeModel model;
    model.update({listener(1)});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.update(manyAccepted(2, 10'000, 1));
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.rowCount(model.indexOf(SessionId{1})), 10'000);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(manyAccepted(2, 10'000, 1));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(inserted.size(), 1);
  }

  void sessionsStandByTheirNumbersHoweverTheyCome() {
    SessionTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.update({listener(1), accepted(5, 1), accepted(9, 1)});
    model.update({accepted(3, 1), accepted(7, 1), accepted(8, 1), accepted(11, 1)});
    const QModelIndex top = model.indexOf(SessionId{1});
    QList<uint> ids;
    for (int row = 0; row < model.rowCount(top); ++row) {
      ids.append(model.index(row, 0, top).data(SessionTreeModel::SessionIdRole).toUInt());
    }
    QCOMPARE(ids, (QList<uint>{3, 5, 7, 8, 9, 11}));
  }

  void aChangeOfStateIsToldOnce() {
    SessionTreeModel model;
    model.update({client(1, SessionState::connecting)});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update({client(1, SessionState::connected)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.indexOf(SessionId{1}).data(SessionTreeModel::StateRole).toInt(),
             static_cast<int>(SessionState::connected));
  }

  void manyClientsStandInAGroupThatGoesWithThem() {
    const auto ofGroup = [](std::uint32_t id, SessionState state = SessionState::connected) {
      return session(id, SessionRole::client, state, 2);
    };
    SessionTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.update({client(1), ofGroup(3, SessionState::connecting), ofGroup(4), client(5)});
    QCOMPARE(model.rowCount(model.clientsIndex()), 3);
    const QModelIndex many = model.indexOf(SessionId{3}).parent();
    QVERIFY(model.isGroup(many));
    QVERIFY(!model.isGroup(model.clientsIndex()));
    QCOMPARE(many.row(), 1);
    QCOMPARE(model.sessionAt(many), SessionId{});
    QCOMPARE(many.data(SessionTreeModel::RemarkRole).toString(), QStringLiteral("2 client(s), 1 open"));
    model.update({ofGroup(3), ofGroup(6)});
    QCOMPARE(many.data(SessionTreeModel::RemarkRole).toString(), QStringLiteral("3 client(s), 3 open"));
    model.remove({SessionId{3}, SessionId{4}, SessionId{6}});
    QCOMPARE(model.rowCount(model.clientsIndex()), 2);
    model.update({ofGroup(7)});
    QVERIFY(model.isGroup(model.indexOf(SessionId{7}).parent()));
  }

  void forgottenSessionsLeave() {
    SessionTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.update({listener(1), accepted(2, 1, SessionState::closed), accepted(3, 1), client(4)});
    model.remove({SessionId{2}, SessionId{99}});
    QVERIFY(!model.indexOf(SessionId{2}).isValid());
    QCOMPARE(model.rowCount(model.indexOf(SessionId{1})), 1);
  }

  void anOpenSessionOutlivesItsListener() {
    SessionTreeModel model;
    const QAbstractItemModelTester tester(&model);
    model.update({listener(1), accepted(2, 1, SessionState::closed), accepted(3, 1)});
    model.remove({SessionId{1}});
    QVERIFY(!model.indexOf(SessionId{2}).isValid());
    QCOMPARE(model.indexOf(SessionId{3}).parent(), model.serversIndex());
  }

  void hostileTargetsAreShownAsSymbols() {
    SessionSnapshot odd = client(1);
    odd.peer = {};
    odd.target = "tcp://a\x1b[2J:1";
    SessionTreeModel model;
    model.update({odd});
    QCOMPARE(model.indexOf(SessionId{1}).data(SessionTreeModel::NameRole).toString(),
             QStringLiteral("tcp  \u2192 a\u241b[2J:1"));
  }
};

QTEST_GUILESS_MAIN(TestSessionTreeModel)
#include "tst_session_tree_model.moc"
