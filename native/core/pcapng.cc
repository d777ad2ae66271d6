#include "pcapng.h"

namespace layerscope::pcapng {
namespace {

constexpr uint16_t kLongestOption = 65'532;

class Block {
 public:
  explicit Block(uint32_t type) {
    add32(type);
    add32(0);  // The length, known at the end.
  }

  Block& add16(uint16_t value) { return add(&value, sizeof value); }
  Block& add32(uint32_t value) { return add(&value, sizeof value); }
  Block& add64(uint64_t value) { return add(&value, sizeof value); }

  Block& option(uint16_t code, const void* value, size_t length) {
    add16(code).add16(static_cast<uint16_t>(length)).add(value, length);
    while (bytes_.size() % 4 != 0) bytes_.push_back(0);
    return *this;
  }

  // Left out when empty.
  Block& text_option(uint16_t code, const std::string& text) { return text.empty() ? *this : option(code, text.data(), text.size() < kLongestOption ? text.size() : kLongestOption); }
  Block& count_option(uint16_t code, const std::optional<uint64_t>& value) { return value ? option(code, &*value, sizeof *value) : *this; }

  // Times are written high word first in either byte order.
  Block& time_option(uint16_t code, uint64_t time) {
    uint32_t halves[2] = {static_cast<uint32_t>(time >> 32), static_cast<uint32_t>(time)};
    return option(code, halves, sizeof halves);
  }

  Bytes finish() {
    add32(0);  // opt_endofopt
    uint32_t length = static_cast<uint32_t>(bytes_.size() + 4);
    add32(length);
    std::memcpy(bytes_.data() + 4, &length, sizeof length);
    return std::move(bytes_);
  }

 private:
  Block& add(const void* value, size_t length) {
    const auto* first = static_cast<const unsigned char*>(value);
    bytes_.insert(bytes_.end(), first, first + length);
    return *this;
  }

  Bytes bytes_;
};

}  // namespace

Bytes section_header(const std::string& hardware, const std::string& system, const std::string& application) {
  constexpr uint64_t kLengthUnknown = ~uint64_t{0};
  Block block(0x0a0d0d0a);
  block.add32(0x1a2b3c4d).add16(1).add16(0).add64(kLengthUnknown);
  return block.text_option(2, hardware).text_option(3, system).text_option(4, application).finish();
}

Bytes interface_description(const InterfaceDescription& description) {
  Block block(1);
  block.add16(description.link_type).add16(0).add32(description.snaplen);
  block.text_option(2, description.name).text_option(3, description.description).count_option(8, description.speed_bits_per_second);
  unsigned char resolution = description.nanoseconds ? 9 : 6;
  block.option(9, &resolution, 1);
  // if_filter: a zero byte says that a text for libpcap follows.
  if (!description.filter.empty()) block.text_option(11, std::string(1, '\0') + description.filter);
  return block.text_option(12, description.system).finish();
}

Bytes interface_statistics(const InterfaceStatistics& statistics) {
  Block block(5);
  block.add32(statistics.interface_id).add32(static_cast<uint32_t>(statistics.end_time >> 32)).add32(static_cast<uint32_t>(statistics.end_time));
  block.time_option(2, statistics.start_time).time_option(3, statistics.end_time).count_option(4, statistics.received);
  return block.count_option(5, statistics.dropped_by_interface).count_option(7, statistics.dropped_by_system).count_option(8, statistics.delivered).finish();
}

uint16_t link_type_of(int dlt) {
  switch (dlt) {
    case 11:
      return 100;  // ATM_RFC1483
    case 12:
    case 14:
      return 101;  // RAW; the second number is OpenBSD's
    case 15:
      return 102;  // SLIP_BSDOS
    case 16:
      return 103;  // PPP_BSDOS
    case 19:
      return 106;  // ATM_CLIP
    default:
      return static_cast<uint16_t>(dlt);
  }
}

}  // namespace layerscope::pcapng
