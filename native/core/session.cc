#include "session.h"

#include <algorithm>

#include "filter.h"
#include "json.h"

namespace layerscope {
namespace {

constexpr int64_t kCountersEveryMs = 500;
// With the kernel's tenth of a second, the most that a killed helper loses is 150 ms.
constexpr int64_t kFlushEveryMs = 50;
// After a request to stop: longer than the kernel collects packets.
constexpr int64_t kDrainMs = 130;
// Packets taken from one device before others, and the control channel, have their turn.
constexpr int kPacketsPerTurn = 20'000;
// Devices that cannot wake us are asked this often.
constexpr int kAskEveryMs = 10;

}  // namespace

Session::~Session() {
  for (const auto& source : sources_) {
    if (source->device.handle != nullptr) pcap_->close(source->device.handle);
  }
}

bool Session::run() {
  start_ms_ = platform::monotonic_ms();
  std::optional<Failure> failure = prepare();
  if (failure) {
    emit_problem(*failure, true);
    control_->emit(EventKind::kOther, counts_json("stopped", "error"));
    return false;
  }
  emit_started();
  loop();
  update_statistics();
  check_last_write();
  files_->end();
  control_->emit(EventKind::kOther, counts_json("stopped", stop_reason_));
  return std::string_view(stop_reason_) != "error";
}

// Devices first, rights away, and only then anything that reads or writes on the caller's behalf.
std::optional<Failure> Session::prepare() {
  std::optional<Failure> failure;
  pcap_ = pcap_library(&failure);
  if (pcap_ == nullptr) return failure;
  if ((failure = open_sources())) return failure;
  if (drops_privileges_ && (failure = platform::drop_privileges(options_.user))) return failure;
  for (const auto& source : sources_) {
    const InterfaceOptions& options = *source->options;
    if ((failure = set_filter(*pcap_, source->device.handle, options.name, options.filter, source->device.snaplen))) return failure;
  }
  return begin_files();
}

std::optional<Failure> Session::open_sources() {
  for (const InterfaceOptions& options : options_.interfaces) {
    auto source = std::make_unique<Source>();
    source->session = this;
    source->options = &options;
    source->id = static_cast<uint32_t>(sources_.size());
    source->system_index = options.name == "any" ? 0 : platform::interface_index(options.name);
    Source& opened = *source;
    sources_.push_back(std::move(source));
    if (std::optional<Failure> failure = open_device(*pcap_, options, &opened.device)) return failure;
  }
  return std::nullopt;
}

std::optional<Failure> Session::begin_files() {
  files_ = std::make_unique<FileSet>(options_, headers(), [this] { return end_statistics(); });
  start_time_ns_ = platform::wall_clock_ns();
  if (std::optional<Failure> failure = files_->begin()) return failure;
  start_ms_ = last_flush_ms_ = platform::monotonic_ms();
  next_counters_ms_ = start_ms_ + kCountersEveryMs;
  if (files_->output().is_ok()) return std::nullopt;
  bool full = files_->output().result() == platform::WriteResult::kFull;
  return Failure{full ? code::kDiskFull : code::kUnwritable, "Nothing could be written to " + files_->file() + ": " + files_->output().reason() + "."};
}

void Session::loop() {
  while (stop_reason_ == nullptr) {
    bool more = read_sources();
    tick(platform::monotonic_ms());
    if (stop_reason_ == nullptr) wait_for_packets(more ? 0 : wait_ms(platform::monotonic_ms()));
  }
}

// True when a device has more at once.
bool Session::read_sources() {
  bool more = false;
  for (const auto& source : sources_) {
    if (!source->gone && stop_reason_ == nullptr) read_source(*source, &more);
  }
  return more;
}

void Session::read_source(Source& source, bool* more) {
  int turn = kPacketsPerTurn;
  if (options_.max_packets > 0) turn = static_cast<int>(std::min<uint64_t>(static_cast<uint64_t>(turn), options_.max_packets - delivered_));
  int count = pcap_->dispatch(source.device.handle, turn, on_packet, reinterpret_cast<unsigned char*>(&source));
  if (count >= turn) *more = true;
  if (count < 0 && count != kErrorBreak) lose(source, pcap_->geterr(source.device.handle));
}

void Session::on_packet(unsigned char* user, const PacketHeader* header, const unsigned char* bytes) {
  auto& source = *reinterpret_cast<Source*>(user);
  if (source.session->stop_reason_ == nullptr) source.session->take(source, *header, bytes);
}

void Session::take(Source& source, const PacketHeader& header, const unsigned char* bytes) {
  Output& output = files_->output();
  size_t size = pcapng::enhanced_packet_size(header.captured_length);
  if (size > Output::kLargestBlock) return;
  if (options_.is_file_set() && files_->is_full_for(size) && !begin_next_file()) return;
  if (options_.max_bytes > 0 && files_->total_bytes_with(size) > options_.max_bytes) return stop("bytes");
  uint64_t seconds = static_cast<uint64_t>(header.ts.tv_sec);
  uint64_t time = seconds * (source.device.nanoseconds ? 1'000'000'000u : 1'000'000u) + static_cast<uint64_t>(header.ts.tv_usec);
  pcapng::write_enhanced_packet(output.reserve(size), source.id, time, header.captured_length, header.wire_length, bytes);
  output.commit_packet(size);
  source.delivered++;
  delivered_++;
  if (delivered_ == options_.max_packets) return stop("packets");
  if (!output.is_ok()) check_output();
}

// False when there is to be no next one.
bool Session::begin_next_file() {
  if (files_->is_last()) {
    stop("files");
    return false;
  }
  update_statistics();
  std::optional<Failure> failure = files_->next();
  emit_file_events();
  if (failure) {
    emit_problem(*failure, true);
    stop("error");
  }
  check_output();
  return stop_reason_ == nullptr;
}

// One interface of several may go; the capture ends with the last.
void Session::lose(Source& source, const std::string& why) {
  source.gone = true;
  bool last = std::all_of(sources_.begin(), sources_.end(), [](const auto& each) { return each->gone; });
  std::string rest = last ? " The capture has ended; what was captured is in its file." : " The capture goes on with the other interfaces.";
  emit_problem({code::kInterfaceGone, "The interface " + source.options->name + " cannot be read any more: " + why + "." + rest}, last);
  if (last) stop("interface-gone");
}

void Session::tick(int64_t now_ms) {
  Output& output = files_->output();
  if (now_ms - last_flush_ms_ >= kFlushEveryMs && output.has_pending()) {
    output.flush();
    last_flush_ms_ = now_ms;
    check_output();
  }
  if (stop_reason_ == nullptr && files_->is_over_time()) begin_next_file();
  if (stop_reason_ == nullptr && options_.max_seconds > 0 && static_cast<double>(now_ms - start_ms_) >= options_.max_seconds * 1000) stop("seconds");
  if (pending_reason_ == nullptr && control_->stop_reason() != nullptr) {
    pending_reason_ = control_->stop_reason();
    drain_until_ms_ = now_ms + kDrainMs;
  }
  if (stop_reason_ == nullptr && pending_reason_ != nullptr && now_ms >= drain_until_ms_) stop(pending_reason_);
  if (now_ms < next_counters_ms_) return;
  next_counters_ms_ = std::max(next_counters_ms_ + kCountersEveryMs, now_ms);
  for (const auto& source : sources_) {
    // Some kernels keep silent when an interface is deleted, or give its name to another one.
    if (source->system_index == 0 || source->gone || platform::interface_index(source->options->name) == source->system_index) continue;
    lose(*source, "it was removed");
  }
  if (!files_->output().has_reader()) return stop("output-closed");
  update_statistics();
  control_->emit(EventKind::kCounters, counts_json("counters", nullptr));
}

// What is written last may be what does not fit.
void Session::check_last_write() {
  if (!files_->output().is_ok() || files_->output().flush()) return;
  stop_reason_ = nullptr;
  check_output();
}

// A file that takes no more ends the capture, with what it has.
void Session::check_output() {
  const Output& output = files_->output();
  if (output.is_ok() || stop_reason_ != nullptr) return;
  switch (output.result()) {
    case platform::WriteResult::kFull:
      emit_problem({code::kDiskFull, "There is no more room for " + files_->file() + " (" + output.reason() + "). The capture has ended; what fitted is in the file."}, true);
      return stop("disk-full");
    case platform::WriteResult::kClosed:
      return stop("output-closed");
    default:
      emit_problem({code::kUnwritable, "Writing to " + files_->file() + " failed: " + output.reason() + ". The capture has ended; what was written is in the file."}, true);
      return stop("error");
  }
}

int Session::wait_ms(int64_t now_ms) const {
  int64_t until_ms = next_counters_ms_;
  if (files_->output().has_pending()) until_ms = std::min(until_ms, last_flush_ms_ + kFlushEveryMs);
  if (pending_reason_ != nullptr) until_ms = std::min(until_ms, drain_until_ms_);
  if (options_.max_seconds > 0) until_ms = std::min(until_ms, start_ms_ + static_cast<int64_t>(options_.max_seconds * 1000) + 1);
  return static_cast<int>(std::max<int64_t>(until_ms - now_ms, 0));
}

void Session::wait_for_packets(int timeout_ms) {
  std::vector<WaitHandle> handles;
  control_->add_wait_handles(&handles);
  for (const auto& source : sources_) {
    if (!source->gone && !platform::add_wait_handle(*pcap_, source->device.handle, &handles)) timeout_ms = std::min(timeout_ms, kAskEveryMs);
  }
  platform::wait(&handles, timeout_ms);
  control_->service(handles);
}

// The system's counters have 32 bits and begin anew; ours have 64.
void Session::update_statistics() {
  for (const auto& source : sources_) {
    PcapStatistics now = {};
    if (source->gone || pcap_->stats(source->device.handle, &now) != 0) continue;
    source->dropped_by_kernel = source->dropped_by_kernel.value_or(0) + (now.dropped - source->last.dropped);
    // The sum over all interfaces is not counted for "any".
    if (source->system_index != 0) source->dropped_by_interface = source->dropped_by_interface.value_or(0) + (now.dropped_by_interface - source->last.dropped_by_interface);
    source->last = now;
  }
}

pcapng::Bytes Session::headers() const {
  std::string system = platform::system_name();
  pcapng::Bytes bytes = pcapng::section_header(platform::hardware_name(), system, "Layerscope " LAYERSCOPE_VERSION " (libpcap " + library_version(*pcap_) + ")");
  for (const auto& source : sources_) {
    const InterfaceOptions& options = *source->options;
    const OpenDevice& device = source->device;
    pcapng::Bytes block = pcapng::interface_description({pcapng::link_type_of(device.link_type), static_cast<uint32_t>(device.snaplen), options.name, "", options.filter, system, platform::speed_bits_per_second(options.name), device.nanoseconds});
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  return bytes;
}

std::vector<pcapng::Bytes> Session::end_statistics() {
  uint64_t now_ns = platform::wall_clock_ns();
  std::vector<pcapng::Bytes> blocks;
  for (const auto& source : sources_) {
    uint64_t divisor = source->device.nanoseconds ? 1 : 1000;
    blocks.push_back(pcapng::interface_statistics({source->id, start_time_ns_ / divisor, now_ns / divisor, source->received(), source->dropped_by_interface, source->dropped_by_kernel, source->delivered}));
  }
  return blocks;
}

void Session::stop(const char* reason) {
  if (stop_reason_ != nullptr) return;
  stop_reason_ = reason;
  for (const auto& source : sources_) pcap_->breakloop(source->device.handle);
}

void Session::emit_problem(const Failure& failure, bool fatal) {
  JsonObject object;
  object.text("event", "problem").text("code", failure.code).text("message", failure.message).flag("fatal", fatal);
  if (failure.token || failure.at) object.text_or_null("token", failure.token).count_or_null("at", failure.at ? std::optional<uint64_t>(*failure.at) : std::nullopt);
  control_->emit(EventKind::kOther, object.finish());
}

void Session::emit_started() {
  std::vector<std::string> interfaces;
  for (const auto& source : sources_) {
    const char* name = pcap_->datalink_val_to_name(source->device.link_type);
    JsonObject object;
    object.text("name", source->options->name).count("linkType", static_cast<uint64_t>(source->device.link_type)).text("linkTypeName", name == nullptr ? "?" : name);
    object.count("snaplen", static_cast<uint64_t>(source->device.snaplen)).text("precision", source->device.nanoseconds ? "nano" : "micro");
    const std::string& clock = source->device.timestamp_type;
    object.text_or_null("timestampType", clock.empty() ? std::nullopt : std::optional(clock));
    interfaces.push_back(object.finish());
  }
  JsonObject object;
  object.text("event", "started").count("pid", platform::process_id()).raw("interfaces", json_array(interfaces)).text("file", files_->file());
  control_->emit(EventKind::kStarted, object.finish());
  for (const auto& source : sources_) {
    for (const std::string& remark : source->device.remarks) emit_problem({code::kInternal, remark}, false);
  }
}

void Session::emit_file_events() {
  for (const std::string& line : files_->take_events()) control_->emit(EventKind::kFile, line);
}

std::string Session::counts_json(const char* event, const char* reason) const {
  uint64_t received = 0;
  std::optional<uint64_t> kernel;
  std::optional<uint64_t> device;
  std::vector<std::string> each;
  for (const auto& source : sources_) {
    received += source->received();
    if (source->dropped_by_kernel) kernel = kernel.value_or(0) + *source->dropped_by_kernel;
    if (source->dropped_by_interface) device = device.value_or(0) + *source->dropped_by_interface;
    JsonObject object;
    object.text("name", source->options->name).count("received", source->received());
    each.push_back(object.count_or_null("droppedByKernel", source->dropped_by_kernel).count_or_null("droppedByInterface", source->dropped_by_interface).finish());
  }
  JsonObject object;
  object.text("event", event);
  if (reason != nullptr) object.text("reason", reason);
  object.seconds("seconds", static_cast<double>(platform::monotonic_ms() - start_ms_) / 1000).count("received", received);
  object.count("written", files_ ? files_->output().written_packets() : 0).count("bytes", files_ ? files_->output().written_bytes() : 0);
  return object.count_or_null("droppedByKernel", kernel).count_or_null("droppedByInterface", device).raw("perInterface", json_array(each)).finish();
}

}  // namespace layerscope
