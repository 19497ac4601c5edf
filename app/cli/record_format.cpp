#include "app/cli/record_format.h"

#include "app/cli/record_json.h"
#include "app/cli/record_text.h"

namespace sockbench::cli {

std::unique_ptr<RecordFormat> makeRecordFormat(bool json, std::optional<PayloadForm> payload) {
  if (json) return std::make_unique<JsonLines>(payload.value_or(PayloadForm::hex));
  return std::make_unique<RecordText>(payload.value_or(PayloadForm::text));
}

}  // namespace sockbench::cli
