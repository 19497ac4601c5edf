#include "core/resolve/name_service_switch.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <fstream>
#include <iterator>

namespace sockbench {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// The next line of `text`, without what follows a #; `text` is moved behind it.
std::string_view takeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line.substr(0, line.find('#'));
}

// The next word of `line`, empty at its end; `line` is moved behind it.
std::string_view takeWord(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

std::string lowered(std::string_view name) {
  std::string text(name);
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin));
}

std::vector<NameSource> takeSources(std::string_view rest) {
  std::vector<NameSource> sources;
  for (;;) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
    if (rest.empty()) return sources;
    if (rest.front() == '[') {
      const std::size_t end = std::min(rest.find(']'), rest.size());
      if (!sources.empty()) sources.back().actions = trimmed(rest.substr(1, end - 1));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      continue;
    }
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t\r["));
    sources.push_back({std::string(word), {}});
    rest.remove_prefix(word.size());
  }
}

Result<std::string> readWhole(const std::string& path) {
  errno = 0;
  std::ifstream file(path);
  if (!file) return std::unexpected(Error::fromErrno(Operation::open, errno == 0 ? EIO : errno, path));
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return std::unexpected(Error::fromErrno(Operation::read, errno == 0 ? EIO : errno, path));
  return text;
}

}  // namespace

std::vector<NameSource> parseNameSources(std::string_view text, std::string_view database) {
  std::vector<NameSource> sources;
  while (!text.empty()) {
    std::string_view line = takeLine(text);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || trimmed(line.substr(0, colon)) != database) continue;
    sources = takeSources(line.substr(colon + 1));
  }
  return sources;
}

Result<std::vector<NameSource>> hostNameSources(const std::string& path) {
  const Result<std::string> text = readWhole(path);
  if (!text) return std::unexpected(text.error());
  return parseNameSources(*text, "hosts");
}

HostsFile HostsFile::parse(std::string_view text) {
  HostsFile file;
  while (!text.empty()) {
    std::string_view line = takeLine(text);
    const std::string address(takeWord(line));
    for (std::string_view word = takeWord(line); !word.empty(); word = takeWord(line)) {
      std::vector<std::string>& known = file.addresses_[lowered(word)];
      if (known.empty() || known.back() != address) known.push_back(address);
    }
  }
  return file;
}

HostsFile HostsFile::read(const std::string& path) {
  const Result<std::string> text = readWhole(path);
  return text ? parse(*text) : HostsFile();
}

std::vector<std::string> HostsFile::addressesOf(std::string_view name) const {
  if (name.ends_with('.')) name.remove_suffix(1);
  const auto found = addresses_.find(lowered(name));
  return found == addresses_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace sockbench
