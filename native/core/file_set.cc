#include "file_set.h"

#include "json.h"
#include "platform.h"

namespace layerscope {
namespace {

constexpr int kStandardOutput = 1;

}  // namespace

FileSet::FileSet(const CaptureOptions& options, pcapng::Bytes header, std::function<std::vector<pcapng::Bytes>()> statistics)
    : options_(options), header_(std::move(header)), statistics_(std::move(statistics)), end_size_(pcapng::kStatisticsSize * options.interfaces.size()) {}

std::optional<Failure> FileSet::begin() { return create(); }

std::optional<Failure> FileSet::next() {
  finish_file();
  // A disk that was full at the end of a file is not asked for another one.
  if (!output_.is_ok()) return std::nullopt;
  if (std::optional<Failure> failure = create()) return failure;
  events_.push_back(JsonObject().text("event", "file").text("file", file_).count("number", number_).finish());
  delete_old();
  return std::nullopt;
}

void FileSet::end() {
  finish_file();
  syncer_.finish();
}

std::optional<Failure> FileSet::create() {
  number_++;
  began_ms_ = platform::monotonic_ms();
  file_ = options_.is_file_set() ? name_of(number_) : options_.file;
  int file = file_ == "-" ? kStandardOutput : platform::create_file(file_);
  if (file < 0) {
    return Failure{code::kUnwritable, "The file " + file_ + " cannot be written: " + platform::last_error() + ". Choose another place" + platform::write_advice() + "."};
  }
  output_.begin(file);
  if (platform::is_regular_file(file)) syncer_.watch(file);
  if (options_.ring_files > 0) ring_.push_back(file_);
  output_.add(header_);
  output_.flush();
  return std::nullopt;
}

void FileSet::finish_file() {
  bool flushed = output_.flush();
  for (const pcapng::Bytes& block : statistics_()) {
    if (flushed) {
      output_.add(block);
    } else {
      output_.add_if_it_fits(block);
    }
  }
  int file = output_.end();
  if (file < 0 || file == kStandardOutput) return;
  if (platform::is_regular_file(file)) {
    syncer_.hand_over(file);
  } else {
    platform::close_file(file);
  }
}

void FileSet::delete_old() {
  while (options_.ring_files > 0 && ring_.size() > options_.ring_files) {
    if (platform::delete_file(ring_.front())) events_.push_back(JsonObject().text("event", "deleted").text("file", ring_.front()).finish());
    ring_.pop_front();
  }
}

// As dumpcap names them: BASE_00001_YYYYMMDDhhmmss.EXT.
std::string FileSet::name_of(uint64_t number) const {
  const std::string& path = options_.file;
  size_t slash = path.find_last_of("/\\");
  size_t dot = path.rfind('.');
  // A leading dot hides a file, it begins no extension.
  bool has_extension = dot != std::string::npos && dot != 0 && (slash == std::string::npos || dot > slash + 1);
  size_t base = has_extension ? dot : path.size();
  char digits[24];
  snprintf(digits, sizeof digits, "_%05llu_", static_cast<unsigned long long>(number));
  return path.substr(0, base) + digits + platform::local_time_stamp() + path.substr(base);
}

bool FileSet::is_full_for(size_t size) const {
  if (output_.file_packets() == 0) return false;
  if (options_.file_packets > 0 && output_.file_packets() >= options_.file_packets) return true;
  return options_.file_bytes > 0 && output_.file_bytes() + size + end_size_ > options_.file_bytes;
}

// Files without packets go on: an idle night must not push the evening out of a ring.
bool FileSet::is_over_time() const {
  return options_.file_seconds > 0 && output_.file_packets() > 0 && static_cast<double>(platform::monotonic_ms() - began_ms_) >= options_.file_seconds * 1000;
}

std::vector<std::string> FileSet::take_events() {
  std::vector<std::string> events = std::move(events_);
  events_.clear();
  return events;
}

}  // namespace layerscope
