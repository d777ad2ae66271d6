#include "capture_options.h"

#include <cmath>
#include <cstdlib>

namespace layerscope {
namespace {

constexpr uint64_t kMostCount = uint64_t{1} << 53;
// 30 years: no limit that anybody means, and no overflow.
constexpr double kMostSeconds = 1e9;
constexpr uint64_t kMostBufferKib = 2 * 1024 * 1024 - 1;

std::optional<double> parse_seconds(const std::string& text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  double value = std::strtod(text.c_str(), &end);
  if (*end != '\0' || !std::isfinite(value) || value > kMostSeconds) return std::nullopt;
  return value;
}

class Parser {
 public:
  Parser(const std::vector<std::string>& words, std::string* problem) : words_(words), problem_(problem) {}

  std::optional<CaptureOptions> parse() {
    while (next_ < words_.size()) {
      if (!option(words_[next_++])) return std::nullopt;
    }
    if (options_.interfaces.empty()) return refuse("no interface was named (-i)");
    if (options_.file.empty()) return refuse("no file was named (--out)");
    if (options_.is_file_set() && options_.file == "-") return refuse("several files cannot go to standard output");
    if (!options_.is_file_set() && (options_.ring_files > 0 || options_.max_files > 0)) return refuse("a number of files needs --file-bytes, --file-seconds or --file-packets");
    return options_;
  }

 private:
  bool option(const std::string& name) {
    if (name == "-i") return add_interface();
    if (name == "--no-promiscuous") return (settings().promiscuous = false, true);
    if (name == "--monitor") return (settings().monitor = optional_flag(), true);
    if (next_ == words_.size()) return refuse(name + " is not an option, or lacks its value").has_value();
    const std::string& value = words_[next_++];
    return text_option(name, value) || number_option(name, value) || choice_option(name, value) || refuse(name + " " + value + " cannot be understood").has_value();
  }

  bool add_interface() {
    if (next_ == words_.size()) return refuse("-i lacks its interface").has_value();
    options_.interfaces.push_back(common_);
    options_.interfaces.back().name = words_[next_++];
    return true;
  }

  bool text_option(const std::string& name, const std::string& value) {
    std::string* target = name == "--out"              ? &options_.file
                          : name == "--control"        ? &options_.control
                          : name == "--user"           ? &options_.user
                          : name == "--filter"         ? &settings().filter
                          : name == "--link-type"      ? &settings().link_type
                          : name == "--timestamp-type" ? &settings().timestamp_type
                                                       : nullptr;
    if (target == nullptr) return false;
    *target = value;
    return true;
  }

  bool number_option(const std::string& name, const std::string& value) {
    if (name == "--snaplen") return set_int(value, kDefaultSnaplen, [&](int count) { settings().snaplen = count == 0 ? kDefaultSnaplen : count; });
    if (name == "--buffer-kib") return set_int(value, kMostBufferKib, [&](int count) { settings().buffer_kib = count; });
    if (name == "--max-seconds" || name == "--file-seconds") {
      std::optional<double> seconds = parse_seconds(value);
      if (!seconds) return false;
      (name == "--max-seconds" ? options_.max_seconds : options_.file_seconds) = *seconds;
      return true;
    }
    uint64_t* target = name == "--max-packets"    ? &options_.max_packets
                       : name == "--max-bytes"    ? &options_.max_bytes
                       : name == "--max-files"    ? &options_.max_files
                       : name == "--file-bytes"   ? &options_.file_bytes
                       : name == "--file-packets" ? &options_.file_packets
                       : name == "--ring-files"   ? &options_.ring_files
                                                  : nullptr;
    std::optional<uint64_t> count = parse_count(value, kMostCount);
    if (target == nullptr || !count) return false;
    *target = *count;
    return true;
  }

  bool choice_option(const std::string& name, const std::string& value) {
    if (name == "--promiscuous" && (value == "0" || value == "1")) return (settings().promiscuous = value == "1", true);
    if (name == "--timestamp-precision" && (value == "micro" || value == "nano")) return (settings().nanoseconds = value == "nano", true);
    return false;
  }

  template <typename Set>
  bool set_int(const std::string& value, uint64_t most, Set set) {
    std::optional<uint64_t> count = parse_count(value, most);
    if (!count) return false;
    set(static_cast<int>(*count));
    return true;
  }

  bool optional_flag() {
    if (next_ == words_.size() || (words_[next_] != "0" && words_[next_] != "1")) return true;
    return words_[next_++] == "1";
  }

  InterfaceOptions& settings() { return options_.interfaces.empty() ? common_ : options_.interfaces.back(); }

  std::optional<CaptureOptions> refuse(const std::string& why) {
    *problem_ = why;
    return std::nullopt;
  }

  const std::vector<std::string>& words_;
  std::string* problem_;
  size_t next_ = 0;
  InterfaceOptions common_;
  CaptureOptions options_;
};

}  // namespace

std::optional<CaptureOptions> parse_capture_options(const std::vector<std::string>& words, std::string* problem) { return Parser(words, problem).parse(); }

std::optional<uint64_t> parse_count(const std::string& text, uint64_t most) {
  if (text.empty() || text.size() > 16 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  uint64_t value = std::strtoull(text.c_str(), nullptr, 10);
  if (value > most) return std::nullopt;
  return value;
}

}  // namespace layerscope
