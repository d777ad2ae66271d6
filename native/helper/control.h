// The control channel of this system.
#pragma once

#ifdef _WIN32
#include "windows_control.h"
namespace layerscope {
using HelperControl = WindowsControl;
}
#else
#include "pipe_control.h"
namespace layerscope {
using HelperControl = PipeControl;
}
#endif
