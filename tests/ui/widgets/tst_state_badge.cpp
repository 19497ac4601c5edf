#include <QLabel>
#include <QTest>

#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

using namespace sockbench;
using namespace sockbench::ui;

class TestStateBadge : public QObject {
  Q_OBJECT
 private slots:
  void showsTheStateInWords_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("by");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, SessionState state, Party by, const char* words) {
      QTest::newRow(name) << static_cast<int>(state) << static_cast<int>(by) << QString::fromLatin1(words);
    };
    row("connected", SessionState::connected, Party::none, "connected");
    row("half-closed by the peer", SessionState::halfClosed, Party::peer, "half-closed (by the peer)");
    row("closed by us", SessionState::closed, Party::us, "closed (by us)");
    row("failed with its reason", SessionState::failed, Party::none, "failed (ECONNREFUSED)");
  }
  void showsTheStateInWords() {
    QFETCH(int, state);
    QFETCH(int, by);
    QFETCH(QString, words);
    SessionSnapshot session;
    session.state = static_cast<SessionState>(state);
    session.by = static_cast<Party>(by);
    if (session.state == SessionState::failed)
      session.error = Error::fromErrno(Operation::connect, ECONNREFUSED);
    StateBadge badge(QStringLiteral("clientStateLabel"));
    badge.setSession(session, QStringLiteral("fd 14"));
    auto* label = badge.findChild<QLabel*>(QStringLiteral("clientStateLabel"));
    QVERIFY(label);
    QCOMPARE(label->text(), words);
    QCOMPARE(badge.accessibleName(), words + QStringLiteral(", fd 14"));
    QCOMPARE(label->palette().color(QPalette::WindowText), theme::stateColor(session.state));
  }

  void startsIdle() {
    StateBadge badge(QStringLiteral("serverStateLabel"));
    QCOMPARE(badge.findChild<QLabel*>(QStringLiteral("serverStateLabel"))->text(), QStringLiteral("idle"));
  }

  void colourFollowsTheTheme() {
    theme::apply(*qApp, theme::Mode::light);
    SessionSnapshot session;
    session.state = SessionState::connected;
    StateBadge badge(QStringLiteral("x"));
    badge.setSession(session);
    theme::apply(*qApp, theme::Mode::dark);
    QCOMPARE(badge.findChild<QLabel*>(QStringLiteral("x"))->palette().color(QPalette::WindowText),
             theme::stateColor(SessionState::connected));
  }
};

QTEST_MAIN(TestStateBadge)
#include "tst_state_badge.moc"
