// What a capture was asked for, from the words of a command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace layerscope {

inline constexpr int kDefaultSnaplen = 262'144;

struct InterfaceOptions {
  std::string name;
  std::string filter;
  int snaplen = kDefaultSnaplen;
  bool promiscuous = true;
  bool monitor = false;
  // 87 ms of 1 Gbit/s in full packets fit into libpcap's 2 MiB, 0.4 s of 200,000 small packets a second into 16 MiB:
  // too little for a writer that waits for a busy machine. A packet costs the same whatever the size.
  int buffer_kib = 65'536;
  std::string link_type;
  std::string timestamp_type;
  bool nanoseconds = true;
};

// 0 everywhere: no limit.
struct CaptureOptions {
  std::string file;
  std::string control;
  std::string user;
  std::vector<InterfaceOptions> interfaces;
  uint64_t max_packets = 0;
  uint64_t max_bytes = 0;
  double max_seconds = 0;
  uint64_t max_files = 0;
  uint64_t file_bytes = 0;
  double file_seconds = 0;
  uint64_t file_packets = 0;
  uint64_t ring_files = 0;

  bool is_file_set() const { return file_bytes > 0 || file_seconds > 0 || file_packets > 0; }
};

// Options before the first -i hold for every interface, those after one for that one.
// Null, with `problem` set to one sentence, when the words cannot be followed.
std::optional<CaptureOptions> parse_capture_options(const std::vector<std::string>& words, std::string* problem);

std::optional<uint64_t> parse_count(const std::string& text, uint64_t most);

}  // namespace layerscope
