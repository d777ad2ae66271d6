// Sends numbered UDP frames on an interface at a bounded rate, for tests and benchmarks (Linux only).
//
//   packet-sender INTERFACE COUNT FRAME_BYTES PACKETS_PER_SECOND     (0 a second: as fast as it goes)
//
// Frame n is the same in every run: Ethernet, IPv4 and UDP headers, n as 8 bytes in network order,
// then (n + position) modulo 256 up to the length. Prints one JSON object when it has finished.
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace {

constexpr size_t kHeaders = 14 + 20 + 8;
constexpr size_t kSmallest = kHeaders + 8;
constexpr size_t kLargest = 9000;
constexpr size_t kBatch = 64;
constexpr uint64_t kMostPackets = 100'000'000;
constexpr long kTurnNs = 500'000;

int64_t now_ns() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

void put16(unsigned char* out, size_t value) {
  out[0] = static_cast<unsigned char>(value >> 8);
  out[1] = static_cast<unsigned char>(value);
}

// 192.0.2.1:40000 to 192.0.2.2:9 (documentation addresses), TTL 64, no UDP checksum.
std::vector<unsigned char> headers(size_t size) {
  static const unsigned char fixed[kHeaders] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0x9c, 0x40, 0, 9, 0, 0, 0, 0};
  std::vector<unsigned char> frame(fixed, fixed + kHeaders);
  put16(&frame[16], size - 14);
  put16(&frame[38], size - 34);
  uint32_t sum = 0;
  for (size_t at = 14; at < 34; at += 2) sum += static_cast<uint32_t>(frame[at] << 8 | frame[at + 1]);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  put16(&frame[24], ~sum & 0xffff);
  frame.resize(size);
  return frame;
}

void number_frame(std::vector<unsigned char>& frame, uint64_t number) {
  for (size_t index = 0; index < 8; index++) frame[kHeaders + index] = static_cast<unsigned char>(number >> (56 - 8 * index));
  for (size_t at = kSmallest; at < frame.size(); at++) frame[at] = static_cast<unsigned char>(number + at);
}

int open_socket(const char* interface) {
  int descriptor = socket(AF_PACKET, SOCK_RAW, 0);
  if (descriptor < 0) return -1;
  struct sockaddr_ll address = {};
  address.sll_family = AF_PACKET;
  address.sll_ifindex = static_cast<int>(if_nametoindex(interface));
  address.sll_protocol = htons(ETH_P_IP);
  if (address.sll_ifindex == 0 || bind(descriptor, reinterpret_cast<struct sockaddr*>(&address), sizeof address) != 0) return -1;
  int bypass = 1;
  setsockopt(descriptor, SOL_PACKET, PACKET_QDISC_BYPASS, &bypass, sizeof bypass);
  return descriptor;
}

// How many of the next frames may go now.
uint64_t due(uint64_t sent, uint64_t rate, int64_t start_ns) {
  if (rate == 0) return kBatch;
  uint64_t allowed = static_cast<uint64_t>(static_cast<double>(now_ns() - start_ns) / 1e9 * static_cast<double>(rate)) + 1;
  return allowed > sent ? allowed - sent : 0;
}

uint64_t send_all(int descriptor, uint64_t count, size_t size, uint64_t rate, int64_t start_ns) {
  std::vector<std::vector<unsigned char>> frames(kBatch, headers(size));
  std::vector<struct iovec> parts(kBatch);
  std::vector<struct mmsghdr> messages(kBatch);
  for (size_t index = 0; index < kBatch; index++) {
    parts[index] = {frames[index].data(), size};
    messages[index].msg_hdr.msg_iov = &parts[index];
    messages[index].msg_hdr.msg_iovlen = 1;
  }
  uint64_t sent = 0;
  while (sent < count) {
    uint64_t batch = std::min<uint64_t>({due(sent, rate, start_ns), kBatch, count - sent});
    if (batch == 0) {
      struct timespec turn = {0, kTurnNs};
      nanosleep(&turn, nullptr);
      continue;
    }
    for (uint64_t index = 0; index < batch; index++) number_frame(frames[index], sent + index);
    int done = sendmmsg(descriptor, messages.data(), static_cast<unsigned>(batch), 0);
    if (done > 0) sent += static_cast<uint64_t>(done);
    // A full queue empties by itself; an interface that is gone does not come back.
    if (done < 0 && errno != ENOBUFS && errno != EAGAIN && errno != EINTR) break;
  }
  return sent;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    fprintf(stderr, "packet-sender INTERFACE COUNT FRAME_BYTES PACKETS_PER_SECOND\n");
    return 2;
  }
  uint64_t count = std::min<uint64_t>(strtoull(argv[2], nullptr, 10), kMostPackets);
  size_t size = std::clamp<size_t>(strtoull(argv[3], nullptr, 10), kSmallest, kLargest);
  int descriptor = open_socket(argv[1]);
  if (descriptor < 0) {
    fprintf(stderr, "packet-sender: %s: %s\n", argv[1], strerror(errno));
    return 1;
  }
  int64_t start_ns = now_ns();
  uint64_t sent = send_all(descriptor, count, size, strtoull(argv[4], nullptr, 10), start_ns);
  double seconds = static_cast<double>(now_ns() - start_ns) / 1e9;
  printf("{\"sent\":%llu,\"frameBytes\":%zu,\"seconds\":%.6f}\n", static_cast<unsigned long long>(sent), size, seconds);
  close(descriptor);
  return sent == count ? 0 : 1;
}
