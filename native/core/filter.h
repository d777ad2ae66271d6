// Capture filters: libpcap's compiler, with the place of a mistake where it can be derived.
#pragma once

#include <optional>
#include <string>

#include "failure.h"
#include "pcap_library.h"

namespace layerscope {

// Null when `text` compiles for the link type (DLT_ number). Names in it may be looked up, which takes time.
std::optional<Failure> check_filter(const PcapLibrary& pcap, const std::string& text, int link_type, int snaplen);

// Compiles for an open device and sets it there.
std::optional<Failure> set_filter(const PcapLibrary& pcap, pcap_t* device, const std::string& interface_name, const std::string& text, int snaplen);

}  // namespace layerscope
