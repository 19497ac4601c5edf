// Saved sends as a table.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/payload/csv.h"
#include "core/payload/visible_text.h"
#include "core/workspace/send_import.h"

namespace sockbench {
namespace {

enum Column : std::size_t { name, folder, endpoint, form, body, encoding, ending, hotKey, note, kColumns };

constexpr std::array<std::string_view, kColumns> kTitles{"name",     "folder", "endpoint", "form", "body",
                                                         "encoding", "ending", "hotkey",   "note"};

// Which cell of a row is which column.
using Places = std::array<std::optional<std::size_t>, kColumns>;

std::string lowered(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '_') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// A row of titles has `body` and no title twice; nullopt: it is none.
std::optional<Places> placesOf(const CsvRow& row, SendImport& import) {
  Places places;
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto* title = std::ranges::find(kTitles, lowered(row.cells[i]));
    if (title == kTitles.end()) {
      unknown.push_back(row.cells[i]);
      continue;
    }
    auto& place = places[static_cast<std::size_t>(title - kTitles.begin())];
    if (place) return std::nullopt;
    place = i;
  }
  if (!places[body]) return std::nullopt;
  for (const std::string& title : unknown)
    import.remark(row.line, "the column \"" + title + "\" is not known: it was passed over");
  return places;
}

template <class Value, class Names>
std::optional<Value> named(std::string_view text, const std::vector<Value>& values, Names nameOf) {
  for (const Value value : values) {
    if (lowered(nameOf(value)) == lowered(text)) return value;
  }
  return std::nullopt;
}

class RowReader {
 public:
  RowReader(const CsvRow& row, const Places& places) : row_(row), places_(places) {}

  // What is wrong, or nothing.
  std::optional<std::string> read(SendImport::Item& item) const {
    item.line = row_.line;
    item.folder = cell(folder);
    item.send.name = cell(name);
    item.send.endpoint = cell(endpoint);
    item.send.note = cell(note);
    item.send.message.body = cell(body);
    if (auto wrong = readWords(item.send)) return wrong;
    if (item.send.name.empty()) item.send.name = previewText(asBytes(item.send.message.body), kNameFromBody);
    const auto message = Message::read(item.send.message);
    if (!message) return message.error().message();
    return std::nullopt;
  }

 private:
  static constexpr std::size_t kNameFromBody = 40;  // characters

  std::string cell(Column column) const {
    const auto& place = places_[column];
    return place && *place < row_.cells.size() ? row_.cells[*place] : std::string();
  }

  std::optional<std::string> readWords(SavedSend& send) const {
    const auto wrong = [](Column column, const std::string& text) {
      return std::string(kTitles[column]) + " \"" + text + "\" is not known";
    };
    if (const std::string text = cell(form); !text.empty()) {
      const auto known = named(text, kForms, messageFormName);
      if (!known) return wrong(form, text);
      send.message.form = *known;
    }
    if (const std::string text = cell(ending); !text.empty()) {
      const auto known = named(text, kEndings, lineEndingName);
      if (!known) return wrong(ending, text);
      send.message.ending = *known;
    }
    if (const std::string text = cell(encoding); !text.empty()) {
      const auto encodings = textEncodings();
      const auto known =
          named(text, std::vector<TextEncoding>(encodings.begin(), encodings.end()), textEncodingName);
      if (!known) return wrong(encoding, text);
      send.message.encoding = *known;
    }
    if (const std::string text = cell(hotKey); !text.empty() && text != "0") {
      if (text.size() != 1 || text[0] < '1' || text[0] > '9') return wrong(hotKey, text);
      send.hotKey = static_cast<unsigned>(text[0] - '0');
    }
    return std::nullopt;
  }

  static inline const std::vector<MessageForm> kForms{MessageForm::text, MessageForm::hex,
                                                      MessageForm::base64, MessageForm::file};
  static inline const std::vector<LineEnding> kEndings{LineEnding::none, LineEnding::lf, LineEnding::crLf,
                                                       LineEnding::cr, LineEnding::nul};
  const CsvRow& row_;
  const Places& places_;
};

}  // namespace

Result<SendImport> importCsv(std::string_view text) {
  SendImport import;
  CsvReader reader(text, CsvReader::guessDelimiter(text));
  std::optional<CsvRow> row = reader.next();
  if (!row) return import;
  Places places;
  if (const auto titled = placesOf(*row, import)) {
    places = *titled;
    row = reader.next();
  } else if (row->cells.size() == 2) {
    places[name] = 0;
    places[body] = 1;
  } else {
    return std::unexpected(Error::fromInput(
        InputFault::badSyntax, {}, std::nullopt,
        "line " + std::to_string(row->line) +
            ": a row of titles with \"body\" among them is needed where there are not two columns"));
  }
  for (; row; row = reader.next()) {
    SendImport::Item item;
    if (reader.unclosedLine() != 0) {
      import.skip(reader.unclosedLine(), "a quote is not closed: the rest of the file was not read");
    } else if (import.isFull()) {
      import.skipBeyond(row->line);
    } else if (const auto wrong = RowReader(*row, places).read(item)) {
      import.skip(row->line, *wrong);
    } else {
      import.items.push_back(std::move(item));
    }
  }
  return import;
}

std::string exportCsv(const SavedSends& sends, std::size_t* lost) {
  std::string out;
  const auto row = [&out](const std::array<std::string_view, kColumns>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += ',';
      appendCsvCell(out, cells[i]);
    }
    out += "\r\n";
  };
  row(kTitles);
  std::size_t incomplete = 0;
  for (const SendNodeId id : sends.inOrder()) {
    const SavedSends::Node& node = *sends.find(id);
    if (node.isFolder) continue;
    const MessageSpec& message = node.send.message;
    if (!message.insertions.empty() || !node.send.plan.isOnce()) ++incomplete;
    row({node.send.name, sends.folderPath(node.parent), node.send.endpoint, messageFormName(message.form),
         message.body, textEncodingName(message.encoding), lineEndingName(message.ending),
         node.send.hotKey ? std::to_string(node.send.hotKey) : std::string(), node.send.note});
  }
  if (lost) *lost = incomplete;
  return out;
}

}  // namespace sockbench
