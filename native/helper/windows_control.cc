#include "windows_control.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <stdio.h>

namespace layerscope {
namespace {

std::atomic<const char*> reason{nullptr};

// One for the process: the console's handler has no other way to reach the loop.
platform::Waker& waker() {
  static platform::Waker only;
  return only;
}

void stop(const char* why) {
  const char* none = nullptr;
  reason.compare_exchange_strong(none, why);
  waker().wake();
}

BOOL WINAPI on_console(DWORD) {
  stop("signal");
  return TRUE;
}

// Waits for lines on a thread that ends with the process; the end of input does not stop a capture.
void read_commands() {
  char line[256];
  while (fgets(line, sizeof line, stdin) != nullptr) {
    std::string text = line;
    if (text == "stop\n" || text == "stop\r\n") stop("request");
  }
}

}  // namespace

void catch_signals() { SetConsoleCtrlHandler(on_console, TRUE); }

WindowsControl::WindowsControl(int events) : events_(events) {
  // Captures on standard output are bytes, not text.
  _setmode(1, _O_BINARY);
  std::thread(read_commands).detach();
}

std::optional<Failure> WindowsControl::listen_at(const std::string& path) {
  return Failure{code::kInternal, "The control socket " + path + " could not be made: on Windows there are none. Leave --control out."};
}

// A pipe of the reader's takes a line at once unless the reader has stopped reading for thousands of them.
void WindowsControl::emit(EventKind, const std::string& line) {
  std::string text = line + "\n";
  if (events_ >= 0 && _write(events_, text.data(), static_cast<unsigned>(text.size())) < 0) events_ = -1;
}

void WindowsControl::add_wait_handles(std::vector<WaitHandle>* handles) { handles->push_back(waker().handle()); }

void WindowsControl::service(const std::vector<WaitHandle>&) { waker().clear(); }

const char* WindowsControl::stop_reason() const { return reason.load(); }

}  // namespace layerscope
