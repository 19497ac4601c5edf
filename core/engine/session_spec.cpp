#include "core/engine/session_spec.h"

#include <array>
#include <utility>

namespace sockbench {
namespace {

constexpr std::array<std::pair<Responder, std::string_view>, 3> kResponders = {{
    {Responder::none, "none"},
    {Responder::echo, "echo"},
    {Responder::discard, "discard"},
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
