#include "core/engine/detail/manners_text.h"

#include <chrono>

namespace sockbench::detail {
namespace {

std::string milliseconds(std::chrono::nanoseconds time) {
  const auto whole = std::chrono::floor<std::chrono::milliseconds>(time);
  std::string text = std::to_string(whole.count());
  if (const auto rest = time - whole; rest.count() > 0) {
    std::string digits = std::to_string(1'000'000 + rest.count()).substr(1);
    text += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  return text + " ms";
}

std::string pieces(const Manners& m) {
  std::string text = m.pieceBytes == 0 ? "writes of any size"
                                       : "writes of at most " + std::to_string(m.pieceBytes) + " bytes";
  if (m.pieceGap.count() > 0) text += ", at least " + milliseconds(m.pieceGap) + " between them";
  return text;
}

}  // namespace

std::string mannersChange(const Manners& from, const Manners& to, bool listens) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (from.reading != to.reading) add(to.reading ? "reading goes on" : "reading stopped");
  if (from.pieceBytes != to.pieceBytes || from.pieceGap != to.pieceGap) add(pieces(to));
  if (from.neverAnswer != to.neverAnswer)
    add(to.neverAnswer ? "nothing is answered by itself" : "answers go on");
  if (from.garbageAfterClose != to.garbageAfterClose)
    add(to.garbageAfterClose == 0
            ? "no garbage after the peer's end"
            : std::to_string(to.garbageAfterClose) + " bytes of garbage are to follow the peer's end");
  if (listens && from.accepting != to.accepting)
    add(to.accepting ? "accepting goes on" : "accepting stopped");
  if (listens && from.acceptDelay != to.acceptDelay)
    add(to.acceptDelay.count() > 0 ? "each accept waits " + milliseconds(to.acceptDelay)
                                   : "accepts do not wait");
  return text;
}

}  // namespace sockbench::detail
