// Writes JSON objects of one line. Text that is no UTF-8 (names of devices and files may be any
// bytes) has its invalid bytes replaced, so that a reader always gets valid JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace layerscope {

std::string json_text(std::string_view text);
std::string json_array(const std::vector<std::string>& elements);

class JsonObject {
 public:
  JsonObject& text(std::string_view name, std::string_view value) { return raw(name, json_text(value)); }
  JsonObject& text_or_null(std::string_view name, const std::optional<std::string>& value) { return raw(name, value ? json_text(*value) : "null"); }
  JsonObject& count(std::string_view name, uint64_t value) { return raw(name, std::to_string(value)); }
  JsonObject& count_or_null(std::string_view name, const std::optional<uint64_t>& value) { return raw(name, value ? std::to_string(*value) : "null"); }
  JsonObject& flag(std::string_view name, bool value) { return raw(name, value ? "true" : "false"); }
  JsonObject& flag_or_null(std::string_view name, const std::optional<bool>& value) { return raw(name, value ? (*value ? "true" : "false") : "null"); }
  JsonObject& seconds(std::string_view name, double value);
  // `value` is JSON already.
  JsonObject& raw(std::string_view name, std::string_view value);
  std::string finish() const { return "{" + body_ + "}"; }

 private:
  std::string body_;
};

}  // namespace layerscope
