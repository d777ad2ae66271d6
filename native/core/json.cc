#include "json.h"

#include <cstdio>

namespace layerscope {
namespace {

// Length of the UTF-8 sequence at `at`, or 0 when there is no valid one (RFC 3629, section 4).
size_t utf8_length(std::string_view text, size_t at) {
  auto byte = [&](size_t index) { return index < text.size() ? static_cast<unsigned char>(text[index]) : 0; };
  auto follows = [&](size_t index) { return (byte(index) & 0xc0) == 0x80; };
  unsigned char first = byte(at);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(at + 1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    unsigned char second = byte(at + 1);
    if (first == 0xe0 && second < 0xa0) return 0;
    if (first == 0xed && second > 0x9f) return 0;
    return follows(at + 1) && follows(at + 2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    unsigned char second = byte(at + 1);
    if (first == 0xf0 && second < 0x90) return 0;
    if (first == 0xf4 && second > 0x8f) return 0;
    return follows(at + 1) && follows(at + 2) && follows(at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    unsigned char byte = static_cast<unsigned char>(text[at]);
    size_t length = utf8_length(text, at);
    if (length == 0) {
      out += "\xef\xbf\xbd";
      length = 1;
    } else if (byte == '"' || byte == '\\') {
      out += '\\';
      out += static_cast<char>(byte);
    } else if (byte < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      out += escaped;
    } else {
      out.append(text, at, length);
    }
    at += length;
  }
  return out + '"';
}

std::string json_array(const std::vector<std::string>& elements) {
  std::string out = "[";
  for (const std::string& element : elements) {
    if (out.size() > 1) out += ',';
    out += element;
  }
  return out + ']';
}

JsonObject& JsonObject::seconds(std::string_view name, double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  // Some locales write a comma; a helper never sets one, but the addon lives in a host that may.
  for (char& each : text) {
    if (each == ',') each = '.';
  }
  return raw(name, text);
}

JsonObject& JsonObject::raw(std::string_view name, std::string_view value) {
  if (!body_.empty()) body_ += ',';
  body_ += json_text(name);
  body_ += ':';
  body_ += value;
  return *this;
}

}  // namespace layerscope
