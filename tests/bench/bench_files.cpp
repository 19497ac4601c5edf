// bench_files: a file from the page cache over loopback TCP, by a session, beside a plain loop of sendfile(2)
// and Python's socket.sendfile. The same receiver throws away what it gets from each of them, in turn, and
// says how fast it came, from its first byte to the end.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <vector>

#include "child.h"
#include "contest.h"
#include "loopback.h"
#include "report.h"
#include "served_engine.h"

namespace {

using namespace bench;

double gigabytesPerSecond(Child& taker) {
  double bytes = 0;
  double seconds = 0;
  if (std::sscanf(taker.line().c_str(), "%lf %lf", &bytes, &seconds) != 2) fail("bench_peer is unclear");
  taker.waitForEnd();
  return bytes / seconds / 1e9;
}

// A file of so many bytes that goes with the benchmark.
class BigFile {
 public:
  explicit BigFile(std::size_t size) : size_(size) {
    const Descriptor file(::mkstemp(path_.data()));
    const std::vector<char> piece(std::size_t{1} << 20, 'x');
    for (std::size_t done = 0; done < size; done += piece.size())
      if (::write(*file, piece.data(), piece.size()) < 0) fail("write", errno);
  }
  ~BigFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }
  std::size_t size() const { return size_; }

 private:
  std::string path_ = "/tmp/sockbench-bench-XXXXXX";
  std::size_t size_;
};

class Files {
 public:
  explicit Files(std::size_t size) : file_(size) {}

  double ours(bool keep) {
    Child taker({besideUs("bench_peer"), "take", std::to_string(engine_.portOf(listener_))}, true);
    const sockbench::SessionId before = last_;
    engine_.waitUntil("a connection", [&] {
      last_ = engine_.lastChildOf(listener_);
      return last_ && last_ != before && engine_.now(last_).state == sockbench::SessionState::connected;
    });
    const auto file = sockbench::FileSend::open({.path = file_.path(), .keepBytes = keep});
    if (!file || !engine_.engine().sendFile(last_, *file)) fail("the file cannot be sent");
    engine_.engine().close(last_);
    return gigabytesPerSecond(taker);
  }

  double plainLoop() {
    const Descriptor listener = listenTcp();
    Child taker({besideUs("bench_peer"), "take", std::to_string(portOf(listener))}, true);
    {
      const Descriptor socket = acceptOne(listener);
      setBlocking(socket, true);
      const Descriptor file(::open(file_.path().c_str(), O_RDONLY | O_CLOEXEC));
      off_t offset = 0;
      while (static_cast<std::size_t>(offset) < file_.size())
        if (::sendfile(*socket, *file, &offset, file_.size()) <= 0) fail("sendfile", errno);
    }
    return gigabytesPerSecond(taker);
  }

  double python() {
    const std::uint16_t port = freePort();
    const std::string script = "import socket\nl = socket.create_server(('127.0.0.1', " +
                               std::to_string(port) + "))\nc, _ = l.accept()\nwith open('" + file_.path() +
                               "', 'rb') as f: c.sendfile(f)\nc.close()\n";
    Child sender({"python3", "-c", script});
    waitForListener(port);
    Child taker({besideUs("bench_peer"), "take", std::to_string(port)}, true);
    const double rate = gigabytesPerSecond(taker);
    sender.waitForEnd();
    return rate;
  }

 private:
  BigFile file_;
  ServedEngine engine_;
  sockbench::SessionId listener_ = engine_.listen("tcp://127.0.0.1:0");
  sockbench::SessionId last_;
};

}  // namespace

int main(int argc, char** argv) {
  const Options options = parseOptions(argc, argv);
  Files files(options.quick ? std::size_t{256} << 20 : std::size_t{1} << 30);
  const std::vector<Contestant> contestants{
      {"ours", [&] { return files.ours(false); }},
      {"a loop of sendfile(2)", [&] { return files.plainLoop(); }},
      {"python3, socket.sendfile", [&] { return files.python(); }},
      {"ours, bytes kept", [&] { return files.ours(true); }},
  };
  const auto rounds = alternate(contestants);
  const Report report("files");
  for (std::size_t i = 1; i < 3; ++i)
    report.add({.what = "a file by sendfile(2)",
                .unit = "GB/s",
                .ours = rounds[0],
                .against = contestants[i].name,
                .baseline = rounds[i],
                .target = ratioAtLeast(0.9)});
  report.add({.what = "a file, bytes kept",
              .unit = "GB/s",
              .ours = rounds[3],
              .against = contestants[1].name,
              .baseline = rounds[1],
              .target = {}});
  report.note("the file is in the page cache; the receiver reads 256 KiB at a time and keeps nothing");
}
