#include "output.h"

namespace layerscope {

std::atomic<bool> abandon_blocked_write{false};

namespace {

bool give_up() { return abandon_blocked_write.load(); }

}  // namespace

Output::Output() : buffer_(new unsigned char[kCapacity]) {}

void Output::begin(int file) {
  earlier_bytes_ += flushed_bytes_;
  earlier_packets_ += flushed_packets_;
  flushed_bytes_ = 0;
  flushed_packets_ = 0;
  file_ = file;
  regular_ = platform::is_regular_file(file);
}

int Output::end() {
  flush();
  int file = file_;
  file_ = -1;
  return file;
}

void Output::add(const pcapng::Bytes& block) {
  std::memcpy(reserve(block.size()), block.data(), block.size());
  used_ += block.size();
}

bool Output::flush() {
  if (used_ > 0 && is_ok() && file_ >= 0) {
    size_t written = 0;
    result_ = platform::write_all(file_, buffer_.get(), used_, give_up, &written, &reason_);
    if (is_ok()) {
      flushed_bytes_ += used_;
      flushed_packets_ += buffered_packets_;
    } else {
      keep_whole_blocks(written);
    }
  }
  used_ = 0;
  buffered_packets_ = 0;
  return is_ok();
}

// Counts the blocks of which every byte was written, and cuts the file behind the last of them.
void Output::keep_whole_blocks(size_t written) {
  size_t whole = 0;
  while (whole + 8 <= used_) {
    uint32_t head[2];
    std::memcpy(head, buffer_.get() + whole, sizeof head);
    if (whole + head[1] > written) break;
    whole += head[1];
    if (head[0] == pcapng::kEnhancedPacketType) flushed_packets_++;
  }
  flushed_bytes_ += whole;
  if (regular_) platform::truncate_file(file_, flushed_bytes_);
}

void Output::add_if_it_fits(const pcapng::Bytes& block) {
  size_t written = 0;
  std::string ignored;
  if (!regular_ || file_ < 0) return;
  if (platform::write_all(file_, block.data(), block.size(), give_up, &written, &ignored) == platform::WriteResult::kDone) {
    flushed_bytes_ += block.size();
  } else {
    platform::truncate_file(file_, flushed_bytes_);
  }
}

}  // namespace layerscope
