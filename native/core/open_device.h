// Opens capture devices as they were asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capture_options.h"
#include "failure.h"
#include "pcap_library.h"

namespace layerscope {

// Activates a created device. `warning` (may be null) gets what libpcap remarked without failing.
std::optional<Failure> activate(const PcapLibrary& pcap, pcap_t* device, const std::string& name, std::string* warning);

struct OpenDevice {
  pcap_t* handle = nullptr;
  int link_type = 0;
  int snaplen = 0;
  bool nanoseconds = false;
  // The source of time stamps by libpcap's name; empty where the device has but one.
  std::string timestamp_type;
  // What was asked for and could not be done, a sentence each; the capture goes on without.
  std::vector<std::string> remarks;
};

// The device without its filter, which is set when the rights have been given up.
std::optional<Failure> open_device(const PcapLibrary& pcap, const InterfaceOptions& options, OpenDevice* device);

}  // namespace layerscope
