// Values and ends of calls as JSON, both ways: bytes are {"b":base64}, tuples and lists are arrays, a socket
// is {"h":handle}, a bytearray to be filled is {"buffer":its size} or {"buffer":{"b":...}}.
#pragma once

#include <expected>
#include <string>

#include "app/cli/json_tree.h"
#include "core/calls/call_outcome.h"
#include "core/calls/call_value.h"

namespace sockbench::cli {

// Arrays become tuples. Errors: a sentence that says what is wrong with which object.
std::expected<CallValue, std::string> callValueFromJson(const JsonTree& tree);
void appendCallValue(std::string& out, const CallValue& value);

// What a call answers: as appendCallValue, but {"h":8,"peer":...} of accept and {"h":[9,10]} of socketpair.
void appendCallAnswer(std::string& out, const CallValue& value);
// {"type":"os","errno":111,"symbol":"ECONNREFUSED","msg":"Connection refused"}, with "done" (bytes that had
// gone), "interrupted", "arg" (the wrong argument, from 0) and "param" (its name) where they apply.
void appendCallFault(std::string& out, const CallFault& fault);

}  // namespace sockbench::cli
