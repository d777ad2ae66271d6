#include "open_device.h"

#include <cstdlib>

#include "platform.h"

namespace layerscope {
namespace {

// How long the kernel collects packets before it hands them over: a tenth of a second behind at most.
constexpr int kCollectMs = 100;

std::string why(const PcapLibrary& pcap, pcap_t* device, int status) {
  std::string general = pcap.statustostr(status);
  std::string detail = pcap.geterr(device);
  if (detail.empty() || detail == general) return general;
  return status == -1 ? detail : general + " (" + detail + ")";
}

std::string link_type_name(const PcapLibrary& pcap, int number) {
  const char* name = pcap.datalink_val_to_name(number);
  return name == nullptr ? std::to_string(number) : name;
}

std::string offered_link_types(const PcapLibrary& pcap, pcap_t* device) {
  std::string names;
  int* numbers = nullptr;
  int count = pcap.list_datalinks(device, &numbers);
  for (int index = 0; index < count; index++) names += (index == 0 ? "" : ", ") + link_type_name(pcap, numbers[index]);
  if (count >= 0) pcap.free_datalinks(numbers);
  return names;
}

std::optional<Failure> choose_link_type(const PcapLibrary& pcap, pcap_t* device, const InterfaceOptions& options) {
  if (options.link_type.empty()) return std::nullopt;
  std::optional<uint64_t> given = parse_count(options.link_type, 65'535);
  int number = given ? static_cast<int>(*given) : pcap.datalink_name_to_val(options.link_type.c_str());
  if (number >= 0 && (number == pcap.datalink(device) || pcap.set_datalink(device, number) == 0)) return std::nullopt;
  return Failure{code::kBadLinkType, options.name + " has no link type " + options.link_type + "; it has " + offered_link_types(pcap, device) + "."};
}

// The device's default; empty where it has but one source.
std::string default_timestamp_type(const PcapLibrary& pcap, pcap_t* device) {
  int* types = nullptr;
  int count = pcap.list_tstamp_types(device, &types);
  const char* name = count > 0 ? pcap.tstamp_type_val_to_name(types[0]) : nullptr;
  if (count > 0) pcap.free_tstamp_types(types);
  return name == nullptr ? "" : name;
}

void set_timestamps(const PcapLibrary& pcap, const InterfaceOptions& options, OpenDevice* device) {
  // Where the device has none, microseconds stay.
  if (options.nanoseconds) pcap.set_tstamp_precision(device->handle, kPrecisionNano);
  device->timestamp_type = default_timestamp_type(pcap, device->handle);
  if (options.timestamp_type.empty()) return;
  int type = pcap.tstamp_type_name_to_val(options.timestamp_type.c_str());
  if (type >= 0 && pcap.set_tstamp_type(device->handle, type) == 0) {
    device->timestamp_type = options.timestamp_type;
  } else {
    device->remarks.push_back(options.name + " has no time stamps of the type " + options.timestamp_type + "; it uses its default.");
  }
}

}  // namespace

std::optional<Failure> activate(const PcapLibrary& pcap, pcap_t* device, const std::string& name, std::string* warning) {
  int status = pcap.activate(device);
  if (status > 0 && warning != nullptr) *warning = why(pcap, device, status);
  if (status >= 0) return std::nullopt;
  std::string reason = why(pcap, device, status);
  switch (status) {
    case kErrorNoSuchDevice:
      return Failure{code::kNoSuchInterface, "There is no interface " + name + " to capture on."};
    case kErrorPermission:
    case kErrorPromiscuousPermission:
      return Failure{code::kNoPermission, "Capturing on " + name + " is not permitted to this user. " + platform::permission_advice()};
    case kErrorNotUp:
      return Failure{code::kNoSuchInterface, "The interface " + name + " is down: bring it up, then start again."};
    case kErrorNoMonitorMode:
      return Failure{code::kInternal, name + " has no monitor mode: capture without it."};
    default:
      return Failure{code::kInternal, "The interface " + name + " could not be opened: " + reason + "."};
  }
}

std::optional<Failure> open_device(const PcapLibrary& pcap, const InterfaceOptions& options, OpenDevice* device) {
  char reason[kErrorBufferSize] = "";
  pcap_t* handle = pcap.create(options.name.c_str(), reason);
  if (handle == nullptr) return Failure{code::kNoSuchInterface, "The interface " + options.name + " could not be opened: " + reason + "."};
  device->handle = handle;
  pcap.set_snaplen(handle, options.snaplen);
  pcap.set_promisc(handle, options.promiscuous ? 1 : 0);
  pcap.set_timeout(handle, kCollectMs);
  if (options.buffer_kib > 0) pcap.set_buffer_size(handle, options.buffer_kib * 1024);
  if (options.monitor && pcap.can_set_rfmon(handle) != 1) return Failure{code::kInternal, options.name + " has no monitor mode: capture without it."};
  if (options.monitor) pcap.set_rfmon(handle, 1);
  set_timestamps(pcap, options, device);
  std::string warning;
  if (std::optional<Failure> failure = activate(pcap, handle, options.name, &warning)) return failure;
  if (!warning.empty()) device->remarks.push_back(options.name + ": " + warning + ".");
  if (std::optional<Failure> failure = choose_link_type(pcap, handle, options)) return failure;
  if (pcap.setnonblock(handle, 1, reason) != 0) return Failure{code::kInternal, "The interface " + options.name + " could not be read: " + reason + "."};
  device->link_type = pcap.datalink(handle);
  device->snaplen = pcap.snapshot(handle);
  device->nanoseconds = pcap.get_tstamp_precision(handle) == kPrecisionNano;
  return std::nullopt;
}

}  // namespace layerscope
