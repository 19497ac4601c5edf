#include "core/payload/gbk_codec.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/payload/visible_text.h"

namespace sockbench {
namespace {

class Converter {
 public:
  Converter(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Converter() {
    if (isOpen()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Converts from the front of `input` as far as it goes, calls `take` with each piece of output, and takes
  // what was converted off `input`. True when all of it was.
  template <class Take>
  bool convert(std::string_view& input, Take&& take) {
    if (!isOpen()) return convertAscii(input, take);
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    std::array<char, 8192> buffer;
    while (!input.empty()) {
      // iconv's input is not const for historical reasons only; it is not written to.
      char* from = const_cast<char*>(input.data());
      std::size_t fromLeft = input.size();
      char* to = buffer.data();
      std::size_t toLeft = buffer.size();
      const bool ok = iconv(handle_, &from, &fromLeft, &to, &toLeft) != static_cast<std::size_t>(-1);
      const int failure = ok ? 0 : errno;
      take(std::string_view(buffer.data(), buffer.size() - toLeft));
      input.remove_prefix(input.size() - fromLeft);
      if (failure != 0 && failure != E2BIG) return false;
    }
    return true;
  }

 private:
  bool isOpen() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  template <class Take>
  static bool convertAscii(std::string_view& input, Take&& take) {
    const auto end =
        std::ranges::find_if(input, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    const auto length = static_cast<std::size_t>(end - input.begin());
    take(input.substr(0, length));
    input.remove_prefix(length);
    return input.empty();
  }

  iconv_t handle_;
};

// glibc drops the tag characters U+E0000..U+E007F without a word; to us they are characters that GBK lacks.
std::size_t lengthForIconv(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t start = at;
    const char32_t c = nextUtf8(utf8, at);
    if (c == kInvalidUtf8 || (c >= 0xE0000 && c <= 0xE007F)) return start;
  }
  return utf8.size();
}

}  // namespace

std::optional<std::size_t> encodeGbk(std::string_view utf8, Bytes& out) {
  thread_local Converter converter("GBK", "UTF-8");
  std::string_view rest = utf8.substr(0, lengthForIconv(utf8));
  converter.convert(rest, [&out](std::string_view piece) {
    const ByteView view = asBytes(piece);
    out.insert(out.end(), view.begin(), view.end());
  });
  const auto done = static_cast<std::size_t>(rest.data() - utf8.data());
  if (done == utf8.size()) return std::nullopt;
  return done;
}

std::string decodeGbk(ByteView bytes, std::size_t& invalid) {
  thread_local Converter converter("UTF-8", "GBK");
  std::string out;
  out.reserve(bytes.size());
  std::string_view rest = asChars(bytes);
  while (!converter.convert(rest, [&out](std::string_view piece) { out += piece; })) {
    appendUtf8(out, 0xFFFD);
    ++invalid;
    rest.remove_prefix(1);
  }
  return out;
}

}  // namespace sockbench
