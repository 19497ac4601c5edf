#include "ui/panels/scenario/scenario_templates.h"

#include <QCoreApplication>

namespace sockbench::ui {
namespace {

struct ScenarioTemplates {
  Q_DECLARE_TR_FUNCTIONS(ScenarioTemplates)
};

constexpr const char* kClient = R"toml(version = 1
title = "A client and an echo server"

[variables]
word = "hello"

[endpoints.server]
listen = "tcp://127.0.0.1:0"
respond = "echo"

[[steps]]
listen = "server"

[[steps]]
connect = "server"

[[steps]]
send = '{{word}}\r\n'

[[steps]]
expect = '{{word}}\r\n'
within = "2s"

[[steps]]
close = true
)toml";

constexpr const char* kMock = R"toml(version = 1
title = "A mock server for one client"
time-limit = "60s"

[endpoints.mock]
listen = "tcp://127.0.0.1:9000"

[[steps]]
listen = "mock"

[[steps]]
accept = "mock"

[[steps]]
expect = { regex = 'HELLO (\w+)\r?\n' }

[[steps]]
send = 'WELCOME {{1}}\r\n'

[[steps]]
expect = { closed = true }

[[steps]]
close = true
)toml";

constexpr const char* kHttp = R"toml(version = 1
title = "GET /"

[variables]
host = "127.0.0.1"
port = "8080"

[endpoints.web]
connect = "tcp://{{host}}:{{port}}"

[[steps]]
connect = "web"

[[steps]]
send = 'GET / HTTP/1.1\r\nHost: {{host}}\r\nConnection: close\r\n\r\n'

[[steps]]
expect = { regex = 'HTTP/1\.[01] 200 .*\r\n' }

[[steps]]
expect = { closed = true }

[[steps]]
close = true
)toml";

constexpr const char* kResp = R"toml(version = 1
title = "RESP: SET and GET"

[variables]
port = "6379"

[endpoints.redis]
connect = "tcp://127.0.0.1:{{port}}"

[[steps]]
connect = "redis"

[[steps]]
send = 'PING\r\n'

[[steps]]
expect = '+PONG\r\n'

[[steps]]
send = 'SET greeting hello\r\n'

[[steps]]
expect = '+OK\r\n'

[[steps]]
send = 'GET greeting\r\n'

[[steps]]
expect = { exactly = '$5\r\nhello\r\n' }

[[steps]]
close = true
)toml";

}  // namespace

QList<ScenarioTemplate> scenarioTemplates() {
  return {{ScenarioTemplates::tr("TCP client and echo server"), kClient},
          {ScenarioTemplates::tr("Mock server"), kMock},
          {ScenarioTemplates::tr("HTTP request"), kHttp},
          {ScenarioTemplates::tr("RESP (Redis, Valkey)"), kResp}};
}

}  // namespace sockbench::ui
