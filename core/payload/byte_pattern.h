// BytePattern: what is looked for in bytes: text in an encoding, hexadecimal bytes, or a regular expression.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/payload/text_codec.h"

namespace sockbench {

enum class PatternKind { text, hex, regex };

// Immutable; copies share. Thread: any.
class BytePattern {
 public:
  struct Match {
    std::size_t offset = 0;
    std::size_t length = 0;  // a regular expression may match 0 bytes
    bool operator==(const Match&) const = default;
  };

  // Text: as it stands, its escapes read as in the composer (escapes.h), in `encoding`; without
  // `caseSensitive` ASCII letters match either way (UTF-16: too). Errors: badEscape, badEncoding; empty text:
  // badSyntax.
  static Result<BytePattern> fromText(std::string_view escaped, TextEncoding encoding, bool caseSensitive);
  // Bytes as parseHex() reads them; a "?" stands for any digit: "??" for any byte, "4?" for 40 to 4f. Errors:
  // badHex; none at all: badSyntax.
  static Result<BytePattern> fromHex(std::string_view text);
  // RE2's syntax over bytes (Latin-1: every byte is a character; . matches a new line only with (?s)).
  // Memory and time are linear in the input. Errors: badSyntax with RE2's words and the wrong part.
  static Result<BytePattern> fromRegex(std::string_view pattern, bool caseSensitive = true);
  static Result<BytePattern> make(PatternKind kind, std::string_view text, TextEncoding encoding,
                                  bool caseSensitive);
  // These, not empty; or, without `caseSensitive`, with ASCII letters of either case.
  static BytePattern fromBytes(Bytes bytes, bool caseSensitive = true);

  // The first match that begins at `from` or behind it (bytes before it are context for ^ and \b).
  std::optional<Match> find(ByteView bytes, std::size_t from = 0) const;
  // The last match that begins before `before`.
  std::optional<Match> findLast(ByteView bytes, std::size_t before) const;
  bool isIn(ByteView bytes) const;  // the fastest: whether there is one

  // What the groups of a regular expression hold in the first match at `from` or behind it, in the order of
  // their brackets: [0] the whole match, alone for text and hex. A group that took no part is empty and
  // stands at 0. Empty: there is no match.
  std::vector<Match> findGroups(ByteView bytes, std::size_t from = 0) const;

  // The length of each match of text or hex, by which pieces have to overlap so that none is missed between
  // them; nullopt for a regular expression, whose matches have no bound.
  std::optional<std::size_t> literalLength() const;

 private:
  struct Impl;
  explicit BytePattern(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

}  // namespace sockbench
