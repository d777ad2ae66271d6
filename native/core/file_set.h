// The files of a capture: one, or a set of which each begins with its own headers and ends with its
// statistics, so that every file can be opened alone.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "capture_options.h"
#include "failure.h"
#include "output.h"
#include "pcapng.h"
#include "syncer.h"

namespace layerscope {

class FileSet {
 public:
  FileSet(const CaptureOptions& options, pcapng::Bytes header, std::function<std::vector<pcapng::Bytes>()> statistics);

  // The first file.
  std::optional<Failure> begin();
  // Ends this file and begins another. Events are JSON lines about files, in order.
  std::optional<Failure> next();
  // The statistics, and everything on the disk.
  void end();

  Output& output() { return output_; }
  const Output& output() const { return output_; }
  const std::string& file() const { return file_; }
  uint64_t number() const { return number_; }
  // Whether a block of this size may not go into this file any more.
  bool is_full_for(size_t size) const;
  bool is_over_time() const;
  // Whether this is the last file that may be written.
  bool is_last() const { return options_.max_files > 0 && number_ >= options_.max_files; }
  // What the whole capture would take with one more block and its end.
  uint64_t total_bytes_with(size_t size) const { return output_.total_bytes() + size + end_size_; }

  std::vector<std::string> take_events();

 private:
  std::optional<Failure> create();
  void finish_file();
  void delete_old();
  std::string name_of(uint64_t number) const;

  const CaptureOptions& options_;
  pcapng::Bytes header_;
  std::function<std::vector<pcapng::Bytes>()> statistics_;
  size_t end_size_;
  Output output_;
  Syncer syncer_;
  std::string file_;
  uint64_t number_ = 0;
  int64_t began_ms_ = 0;
  std::deque<std::string> ring_;
  std::vector<std::string> events_;
};

}  // namespace layerscope
