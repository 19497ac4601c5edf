// A StreamPage in sight over the log of a real engine, which a test fills by hand.
#pragma once

#include <QComboBox>
#include <QTest>
#include <algorithm>

#include "tests/ui/models/traffic_fixture.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/traffic_source.h"
#include "ui/panels/traffic/stream/stream_page.h"
#include "ui/panels/traffic/stream/stream_view.h"

namespace sockbench::test {

struct StreamBench {
  explicit StreamBench(EngineSettings settings = {}) : bridge(std::move(settings)) {
    page.resize(900, 500);
    page.show();
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* found = page.findChild<Widget*>(QString::fromLatin1(name));
    if (found == nullptr) qFatal("no widget %s", name);
    return found;
  }
  ui::StreamView* view() { return page.view(); }
  void follow() { page.setSession(traffic.first->session); }
  void frame(const char* spec) { page.setFraming(FramingSpec::parse(spec).value()); }
  bool choose(const char* box, const QString& text) {
    auto* combo = find<QComboBox>(box);
    combo->setCurrentIndex(combo->findText(text));
    return combo->currentText() == text;
  }
  // Lines in view that are bytes: heads and events begin with an arrow or a bullet.
  QStringList body() {
    QStringList lines;
    for (const QString& line : view()->visibleLines()) {
      if (!QStringLiteral("\u2190\u2192\u2022/").contains(line.left(1))) lines += line;
    }
    return lines;
  }
  QStringList heads() {
    QStringList lines;
    for (const QString& line : view()->visibleLines()) {
      if (QStringLiteral("\u2190\u2192\u2022").contains(line.left(1))) lines += line;
    }
    return lines;
  }
  bool settled() {
    return QTest::qWaitFor(
        [this] {
          const auto* document = view()->document();
          return document != nullptr && document->state().upToDate &&
                 document->state() == document->conversation().state();
        },
        20'000);
  }

  ui::EngineBridge bridge;
  ui::LiveTraffic source{&bridge};
  TrafficFixture traffic{bridge.log().shared_from_this()};
  ui::StreamPage page{&source};
};

}  // namespace sockbench::test
