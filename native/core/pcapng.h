// pcapng blocks (draft-ietf-opsawg-pcapng) in this machine's byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace layerscope::pcapng {

using Bytes = std::vector<unsigned char>;

struct InterfaceDescription {
  uint16_t link_type;  // LINKTYPE_, not DLT_
  uint32_t snaplen;
  std::string name;
  std::string description;
  std::string filter;
  std::string system;
  std::optional<uint64_t> speed_bits_per_second;
  bool nanoseconds;
};

struct InterfaceStatistics {
  uint32_t interface_id;
  // In the interface's units since 1970.
  uint64_t start_time;
  uint64_t end_time;
  uint64_t received;
  std::optional<uint64_t> dropped_by_interface;
  std::optional<uint64_t> dropped_by_system;
  uint64_t delivered;
};

Bytes section_header(const std::string& hardware, const std::string& system, const std::string& application);
Bytes interface_description(const InterfaceDescription& description);
Bytes interface_statistics(const InterfaceStatistics& statistics);

// The most that one statistics block takes.
inline constexpr size_t kStatisticsSize = 104;

// LINKTYPE_ of a DLT_ number: they differ where systems disagree (tcpdump.org/linktypes.html).
uint16_t link_type_of(int dlt);

inline constexpr uint32_t kEnhancedPacketType = 6;
inline constexpr size_t kEnhancedPacketOverhead = 32;

inline size_t enhanced_packet_size(uint32_t captured_length) { return kEnhancedPacketOverhead + ((size_t{captured_length} + 3) & ~size_t{3}); }

// Writes one packet block to `out`, which has room for it (enhanced_packet_size); packet after packet, so inline.
inline void write_enhanced_packet(unsigned char* out, uint32_t interface_id, uint64_t time, uint32_t captured_length, uint32_t wire_length, const unsigned char* bytes) {
  uint32_t size = static_cast<uint32_t>(enhanced_packet_size(captured_length));
  uint32_t head[7] = {kEnhancedPacketType, size, interface_id, static_cast<uint32_t>(time >> 32), static_cast<uint32_t>(time), captured_length, wire_length};
  std::memcpy(out, head, sizeof head);
  // Padding first: the packet then overwrites what is not padding.
  std::memset(out + size - 8, 0, 4);
  std::memcpy(out + sizeof head, bytes, captured_length);
  std::memcpy(out + size - 4, &size, 4);
}

}  // namespace layerscope::pcapng
