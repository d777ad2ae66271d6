// One capture file at a time: whole blocks collected in memory, written in large pieces. Whatever
// happens to the disk, what stays in the file ends with a whole block, and the count of packets that
// are in the file is exact.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "pcapng.h"
#include "platform.h"

namespace layerscope {

// A signal handler sets it to end a write that waits for somebody to read a pipe.
extern std::atomic<bool> abandon_blocked_write;

class Output {
 public:
  Output();

  // Takes over a descriptor for a new, empty file.
  void begin(int file);
  // Gives it back, with everything written as far as possible.
  int end();

  // Room for one block of at most kLargestBlock bytes; written to the file when the buffer fills up.
  unsigned char* reserve(size_t length) {
    if (used_ + length > kCapacity) flush();
    return buffer_.get() + used_;
  }
  void commit_packet(size_t length) {
    used_ += length;
    buffered_packets_++;
    if (used_ >= kWriteAt) flush();
  }
  void add(const pcapng::Bytes& block);

  // Writes what is collected. False when the file takes no more, now or before.
  bool flush();

  bool is_ok() const { return result_ == platform::WriteResult::kDone; }
  platform::WriteResult result() const { return result_; }
  const std::string& reason() const { return reason_; }
  // Adds blocks after the file was full: some may fit where others did not.
  void add_if_it_fits(const pcapng::Bytes& block);

  // False when the other end of a pipe is closed: it shows before the next packet is written.
  bool has_reader() const { return regular_ || platform::has_reader(file_); }

  bool has_pending() const { return used_ > 0; }
  // Of this file, with what is still collected.
  uint64_t file_bytes() const { return flushed_bytes_ + used_; }
  uint64_t file_packets() const { return flushed_packets_ + buffered_packets_; }
  // Of all files, only what is in them.
  uint64_t written_packets() const { return earlier_packets_ + flushed_packets_; }
  uint64_t written_bytes() const { return earlier_bytes_ + flushed_bytes_; }
  // Of all files, with what is still collected.
  uint64_t total_bytes() const { return earlier_bytes_ + file_bytes(); }

  static constexpr size_t kLargestBlock = size_t{1} << 19;

 private:
  // Bytes a write. Larger ones save nothing: measured on ext4, the processor time of a packet of 1,400
  // bytes is 1.0 µs at 4 and 16 KiB, 1.5 to 3 µs at 64 and 256 KiB, where the page cache takes large
  // pages that no cache of the processor has seen lately.
  static constexpr size_t kWriteAt = size_t{1} << 14;
  static constexpr size_t kCapacity = kWriteAt + kLargestBlock;

  void keep_whole_blocks(size_t written);

  std::unique_ptr<unsigned char[]> buffer_;
  size_t used_ = 0;
  uint64_t buffered_packets_ = 0;
  int file_ = -1;
  bool regular_ = false;
  uint64_t flushed_bytes_ = 0;
  uint64_t flushed_packets_ = 0;
  uint64_t earlier_bytes_ = 0;
  uint64_t earlier_packets_ = 0;
  platform::WriteResult result_ = platform::WriteResult::kDone;
  std::string reason_;
};

}  // namespace layerscope
