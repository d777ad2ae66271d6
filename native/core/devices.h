// The list of interfaces, as JSON for native/helper-messages.ts (interfacesResult).
#pragma once

#include <string>

namespace layerscope {

// Opens each network interface for a moment to learn its link types: needs the rights to capture for these.
std::string interfaces_json();

// {"version","library","mayCapture","problem"}: what this installation can do.
std::string version_json();

// {"ok":true} or what is wrong with the filter and where.
std::string check_json(const std::string& filter, int link_type, int snaplen);

}  // namespace layerscope
