// checksum: sums, CRCs and digests of text, bytes or a file.
#include "core/payload/checksum/checksum.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/file_descriptor.h"
#include "app/cli/input_error.h"
#include "app/cli/json_output.h"
#include "app/cli/text_table.h"
#include "app/cli/verbs/verbs.h"
#include "core/base/nearest_name.h"
#include "core/payload/escapes.h"
#include "core/payload/hex.h"
#include "core/payload/message/insertion_text.h"

namespace sockbench::cli {

namespace {

struct ChecksumOptions {
  std::string algorithm;
  std::string text;
  std::string hex;
  std::string file;
  bool list = false;
};

// What is computed: one of the list, or a CRC by its parameters.
struct Algorithm {
  std::string name;
  unsigned bits = 0;
  std::unique_ptr<Checksum> sum;
};

int listThem(Context& context) {
  if (!context.json) {
    TextTable table({"NAME", "BITS", "OF \"123456789\"", "ALIASES"});
    for (const ChecksumInfo& info : checksums()) {
      std::string aliases;
      for (const std::string_view alias : info.aliases)
        aliases += (aliases.empty() ? "" : ", ") + std::string(alias);
      table.add({std::string(info.name), std::to_string(info.bits), std::string(info.check), aliases});
    }
    context.out.write(table.text());
    return kDone;
  }
  Json all = Json::array();
  for (const ChecksumInfo& info : checksums()) {
    Json entry{{"name", info.name}, {"aliases", Json::array()}, {"bits", info.bits}, {"check", info.check}};
    for (const std::string_view alias : info.aliases) entry["aliases"].push_back(alias);
    all.push_back(std::move(entry));
  }
  context.print({{"algorithms", std::move(all)}});
  return kDone;
}

Result<Algorithm> customCrc(const std::string& text) {
  const Result<Insertion> read = readChecksumInsertion(text);
  if (!read) return std::unexpected(read.error());
  auto sum = makeCrc(read->crc);
  if (!sum) return std::unexpected(std::move(sum.error()));
  Insertion plain;
  plain.what = Insertion::What::checksum;
  plain.crc = read->crc;
  return Algorithm{insertionText(plain), read->crc.width, std::move(*sum)};
}

Result<Algorithm> findAlgorithm(const std::string& name) {
  if (name.starts_with("crc(")) return customCrc(name);
  if (const ChecksumInfo* info = findChecksum(name))
    return Algorithm{std::string(info->name), info->bits, makeChecksum(*info)};
  std::vector<std::string_view> names;
  for (const ChecksumInfo& info : checksums()) {
    names.push_back(info.name);
    names.insert(names.end(), info.aliases.begin(), info.aliases.end());
  }
  return std::unexpected(Error::fromInput(InputFault::unknownName, name, std::nullopt,
                                          "there is no checksum of this name" + didYouMean(name, names)));
}

Result<void> readInto(Checksum& sum, int descriptor, const std::string& name) {
  std::vector<std::byte> piece(std::size_t{256} << 10);
  for (;;) {
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(Error::fromErrno(Operation::read, errno, name));
    if (got == 0) return {};
    sum.update(ByteView(piece).first(static_cast<std::size_t>(got)));
  }
}

Result<void> readFileInto(Checksum& sum, const std::string& path) {
  if (path == "-") return readInto(sum, STDIN_FILENO, "standard input");
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return std::unexpected(Error::fromErrno(Operation::open, errno, path));
  return readInto(sum, file.number(), path);
}

int answer(Context& context, const Algorithm& algorithm) {
  const Bytes value = algorithm.sum->value();
  if (value.empty())
    return context.fail(Error::fromInput(InputFault::unknownName, algorithm.name, std::nullopt,
                                         "this machine's libcrypto does not do this digest"));
  if (context.json) {
    context.print({{"algorithm", algorithm.name}, {"bits", algorithm.bits}, {"value", toHex(value)}});
  } else {
    context.out.write(toHex(value) + "  " + algorithm.name + '\n');
  }
  return kDone;
}

int runChecksum(Context& context, const ChecksumOptions& given, const CLI::App& verb) {
  if (given.list) return listThem(context);
  if (verb.count("ALGORITHM") == 0)
    return Context::wrongUsage("the algorithm is missing",
                               "write one, such as crc32; checksum --list has all");
  Result<Algorithm> algorithm = findAlgorithm(given.algorithm);
  if (!algorithm) return wrongInput("", algorithm.error(), "checksum --list has all");
  if (verb.count("TEXT") + verb.count("--hex") + verb.count("--file") != 1)
    return Context::wrongUsage("one of TEXT, --hex and --file must be given", "see --help");
  if (verb.count("--file") > 0) {
    const auto read = readFileInto(*algorithm->sum, given.file);
    return read ? answer(context, *algorithm) : context.fail(read.error());
  }
  const bool isHex = verb.count("--hex") > 0;
  const Result<Bytes> bytes = isHex ? parseHex(given.hex) : unescape(given.text);
  if (!bytes)
    return wrongInput(isHex ? "--hex" : "", bytes.error(),
                      isHex ? "write two digits a byte, such as 68656c6c6f" : "write a backslash as \\\\");
  algorithm->sum->update(*bytes);
  return answer(context, *algorithm);
}

}  // namespace

void addChecksumVerb(CLI::App& app, Context& context) {
  const auto given = std::make_shared<ChecksumOptions>();
  const auto self = std::make_shared<CLI::App*>(nullptr);
  CLI::App* verb = addVerb(app, context, "checksum", "A sum, a CRC or a digest of text, bytes or a file",
                           [&context, given, self] { return runChecksum(context, *given, **self); });
  *self = verb;
  addArgument(*verb, "ALGORITHM", given->algorithm,
              "Its name in the CRC catalogue, a usual alias, or crc(WIDTH,POLY,INIT,REFIN,REFOUT,XOROUT)");
  addArgument(*verb, "TEXT", given->text, "Text; \\n \\r \\t \\0 \\\\ \\xHH \\u{1F600} are understood");
  addOption(*verb, "--hex", given->hex, "Bytes written in hexadecimal")->type_name("HEX");
  addOption(*verb, "--file", given->file, "The bytes of a file of any size; - is standard input")
      ->type_name("PATH");
  verb->add_flag("--list", given->list, "What there is, with the value of \"123456789\"");
}

}  // namespace sockbench::cli
