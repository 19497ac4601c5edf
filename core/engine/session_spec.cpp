#include "core/engine/session_spec.h"

#include <array>
#include <utility>

namespace sockbench {
namespace {

constexpr std::array<std::pair<Responder, std::string_view>, 7> kResponders = {{
    {Responder::none, "none"},
    {Responder::echo, "echo"},
    {Responder::discard, "discard"},
    {Responder::chargen, "chargen"},
    {Responder::daytime, "daytime"},
    {Responder::time, "time"},
    {Responder::qotd, "qotd"},
}};

}  // namespace

std::string_view responderName(Responder r) {
  return kResponders.at(static_cast<std::size_t>(r)).second;
}

std::optional<Responder> findResponder(std::string_view name) {
  for (const auto& [responder, known] : kResponders)
    if (known == name) return responder;
  return std::nullopt;
}

}  // namespace sockbench
