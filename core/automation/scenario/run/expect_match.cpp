#include "core/automation/scenario/run/expect_match.h"

#include <algorithm>
#include <utility>

#include "core/automation/scenario/byte_difference.h"
#include "core/automation/scenario/run/step_texts.h"
#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

using Kind = ScenarioExpect::Kind;
using Answer = ExpectMatch::Answer;
using State = ExpectMatch::State;
using End = Unread::End;

constexpr std::size_t kMostGroupBytes = std::size_t{1} << 20;
// A literal needs no more of what was searched than its own length; the rest stays for what is said of it.
constexpr std::size_t kKeptForPeople = 4096;

std::string count(std::uint64_t number, std::string_view what) {
  return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

Bytes bounded(ByteView bytes) {
  const ByteView part = bytes.first(std::min(bytes.size(), kMostGroupBytes));
  return {part.begin(), part.end()};
}

Answer failed(std::string problem) {
  Answer answer;
  answer.state = State::failed;
  answer.problem = std::move(problem);
  return answer;
}

Answer held(ByteView whole, std::size_t consumed, std::size_t messages = 0) {
  Answer answer;
  answer.state = State::held;
  answer.consumed = consumed;
  answer.messages = messages;
  answer.groups.push_back(bounded(whole));
  return answer;
}

std::vector<Bytes> groupsOf(const BytePattern& pattern, ByteView bytes, const BytePattern::Match& match) {
  std::vector<Bytes> groups;
  for (const BytePattern::Match& group : pattern.findGroups(bytes, match.offset))
    groups.push_back(bounded(bytes.subspan(group.offset, group.length)));
  return groups;
}

std::size_t messageBegin(const Unread& unread, std::size_t index) {
  return index == 0 ? 0 : unread.messages[index - 1];
}

ByteView messageAt(const Unread& unread, std::size_t index) {
  const std::size_t begin = messageBegin(unread, index);
  return unread.bytes.subspan(begin, unread.messages[index] - begin);
}

std::string_view endWords(End end) {
  switch (end) {
    case End::open:
      return "the session is open";
    case End::finished:
      return "the peer has closed its side";
    case End::closed:
      return "the session is closed";
    case End::reset:
      return "the connection was reset";
    case End::failed:
      return "the session has failed";
  }
  std::unreachable();
}

}  // namespace

Result<ExpectMatch> ExpectMatch::make(const ScenarioExpect& expect, const FieldValues& values,
                                      const std::string& folder) {
  ExpectMatch match;
  match.spec_ = expect;
  if (expect.kind == Kind::exactly) {
    auto bytes = messageBytes(expect.bytes, values, folder);
    if (!bytes) return std::unexpected(bytes.error());
    match.bytes_ = std::move(*bytes);
  }
  if (expect.kind == Kind::text) {
    auto bytes = messageBytes(textMessage(expect.pattern.text, expect.pattern.encoding), values, folder);
    if (!bytes) return std::unexpected(bytes.error());
    match.bytes_ = std::move(*bytes);
  }
  if (expect.kind == Kind::text || expect.kind == Kind::hex || expect.kind == Kind::regex) {
    auto pattern = filledPattern(expect.pattern, values);
    if (!pattern) return std::unexpected(pattern.error());
    match.pattern_ = std::move(*pattern);
  }
  return match;
}

std::size_t ExpectMatch::needs() const {
  if (spec_.kind == Kind::exactly) return bytes_.size();
  if (spec_.kind == Kind::length) return static_cast<std::size_t>(spec_.length);
  return pattern_ ? pattern_->literalLength().value_or(0) : 0;
}

Answer ExpectMatch::look(const Unread& unread) {
  switch (spec_.kind) {
    case Kind::text:
    case Kind::hex:
    case Kind::regex:
      return lookForPattern(unread);
    case Kind::exactly:
    case Kind::length:
      return unread.byMessages ? lookAtMessages(unread) : lookAtStream(unread);
    case Kind::closed:
    case Kind::reset:
      return lookForEnd(unread);
    case Kind::nothing:
      if (!unread.bytes.empty() || !unread.messages.empty()) return failed("something came");
      if (unread.end != End::open) return failed(std::string(endWords(unread.end)));
      return {};
  }
  std::unreachable();
}

Answer ExpectMatch::noMore(const Unread& unread) const {
  if (unread.end == End::open) return {};
  return failed(std::string(endWords(unread.end)) +
                (unread.bytes.empty() ? ", and nothing came before" : ", and it did not come before"));
}

Answer ExpectMatch::lookForPattern(const Unread& unread) {
  if (unread.byMessages) {
    for (std::size_t i = 0; i < unread.messages.size(); ++i) {
      const ByteView message = messageAt(unread, i);
      const auto found = pattern_->find(message);
      if (!found) continue;
      Answer answer = held({}, unread.messages[i], i + 1);
      answer.groups = groupsOf(*pattern_, message, *found);
      return answer;
    }
    return noMore(unread);
  }
  if (const auto found = pattern_->find(unread.bytes, searched_)) {
    Answer answer = held({}, found->offset + found->length);
    answer.groups = groupsOf(*pattern_, unread.bytes, *found);
    return answer;
  }
  Answer answer = noMore(unread);
  const auto length = pattern_->literalLength();
  if (!length || answer.state != State::waiting) return answer;
  searched_ = unread.bytes.size() - std::min(unread.bytes.size(), *length - 1);
  if (searched_ > 2 * kKeptForPeople) {
    answer.consumed = searched_ - kKeptForPeople;
    searched_ = kKeptForPeople;
  }
  return answer;
}

Answer ExpectMatch::lookAtMessages(const Unread& unread) const {
  if (unread.messages.empty()) return noMore(unread);
  const ByteView message = messageAt(unread, 0);
  const bool holds =
      spec_.kind == Kind::length ? message.size() == spec_.length : std::ranges::equal(message, bytes_);
  if (holds) return held(message, message.size(), 1);
  if (spec_.kind == Kind::exactly) return failed("something else came");
  return failed("it has " + count(message.size(), "byte"));
}

Answer ExpectMatch::lookAtStream(const Unread& unread) const {
  const std::size_t wanted = needs();
  const ByteView came = unread.bytes.first(std::min(unread.bytes.size(), wanted));
  if (spec_.kind == Kind::exactly && !std::ranges::equal(came, ByteView(bytes_).first(came.size())))
    return failed("something else came");
  if (came.size() == wanted) return held(came, wanted);
  return noMore(unread);
}

Answer ExpectMatch::lookForEnd(const Unread& unread) const {
  const bool wantsReset = spec_.kind == Kind::reset;
  Answer answer;
  if (unread.end == (wantsReset ? End::reset : End::finished) || (!wantsReset && unread.end == End::closed))
    return held({}, unread.bytes.size(), unread.messages.size());
  if (unread.end != End::open && !(wantsReset && unread.end == End::finished))
    return failed(std::string(endWords(unread.end)));
  answer.consumed = unread.bytes.size() - std::min(unread.bytes.size(), kKeptForPeople);
  if (unread.byMessages) answer.consumed = 0;
  return answer;
}

std::string ExpectMatch::lateProblem(const Unread& unread) const {
  const std::string came =
      unread.byMessages ? count(unread.messages.size(), "message") : count(unread.bytes.size(), "byte");
  const bool none = unread.byMessages ? unread.messages.empty() : unread.bytes.empty();
  switch (spec_.kind) {
    case Kind::closed:
      return "the peer did not close its side";
    case Kind::reset:
      return "the peer did not reset the connection";
    default:
      return none ? "nothing came" : "it did not come, but " + came;
  }
}

std::string ExpectMatch::expected() const {
  switch (spec_.kind) {
    case Kind::text:
      return describeBytes(bytes_);
    case Kind::hex:
    case Kind::regex:
      return std::string(expectKindName(spec_.kind)) + " \"" + previewText(asBytes(spec_.pattern.text), 100) +
             "\"";
    case Kind::exactly:
      return "exactly " + describeBytes(bytes_);
    case Kind::length:
      return count(spec_.length, "byte");
    case Kind::closed:
      return "the peer closes its side";
    case Kind::reset:
      return "the peer resets the connection";
    case Kind::nothing:
      return "nothing";
  }
  std::unreachable();
}

std::string ExpectMatch::difference(const Unread& unread) const {
  if (spec_.kind == Kind::exactly) {
    const ByteView came = unread.byMessages && !unread.messages.empty() ? messageAt(unread, 0) : unread.bytes;
    return compareBytes(bytes_, came);
  }
  if (spec_.kind != Kind::text || unread.bytes.empty()) return showBytes(unread.bytes);
  return compareBytes(bytes_, unread.bytes.subspan(nearestPlace(bytes_, unread.bytes)));
}

}  // namespace sockbench
