#include "core/traffic/filter/error_symbols.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

namespace sockbench {
namespace {

struct Codes {
  ErrorDomain domain;
  int first;
  int last;
};

// Wide enough for the names that each domain has; codes without one are passed over.
constexpr std::array kCodes{
    Codes{ErrorDomain::system, 1, 199}, Codes{ErrorDomain::addrinfo, -199, -1},
    Codes{ErrorDomain::hostdb, 1, 9},   Codes{ErrorDomain::dns, 1, 99},
    Codes{ErrorDomain::input, 1, 99},
};

constexpr std::array kOtherNames{
    std::pair{std::string_view("EWOULDBLOCK"), EWOULDBLOCK},
    std::pair{std::string_view("ENOTSUP"), ENOTSUP},
    std::pair{std::string_view("EDEADLOCK"), EDEADLOCK},
};

struct Symbol {
  std::string name;
  std::int64_t number;
};

std::vector<Symbol> allSymbols() {
  std::vector<Symbol> all;
  for (const Codes& codes : kCodes) {
    for (int code = codes.first; code <= codes.last; ++code) {
      Error error;
      error.domain = codes.domain;
      error.code = code;
      std::string name = error.symbol();
      if (!name.starts_with("E#")) all.push_back({std::move(name), errorNumber(codes.domain, code)});
    }
  }
  for (const auto& [name, code] : kOtherNames) {
    if (std::ranges::find(all, name, &Symbol::name) == all.end())
      all.push_back({std::string(name), errorNumber(ErrorDomain::system, code)});
  }
  return all;
}

const std::vector<Symbol>& symbols() {
  static const std::vector<Symbol> all = allSymbols();
  return all;
}

}  // namespace

std::span<const std::string_view> errorSymbols() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Symbol& symbol : symbols()) all.emplace_back(symbol.name);
    return all;
  }();
  return names;
}

std::optional<std::int64_t> errorNumberOf(std::string_view symbol) {
  const auto found = std::ranges::find(symbols(), symbol, &Symbol::name);
  return found == symbols().end() ? std::nullopt : std::optional(found->number);
}

}  // namespace sockbench
