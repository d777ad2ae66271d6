// What passes interfaces, for the small graphs of a list: counted by the system, captured by nobody.
#pragma once

#include <string>
#include <vector>

namespace layerscope {

// A line of JSON each half second, until standard input ends or nobody reads. Returns the exit status.
int watch_interfaces(const std::vector<std::string>& names);

}  // namespace layerscope
