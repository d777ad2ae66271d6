// Windows with Npcap. Captures cannot be attached to again: control goes through standard input alone.
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
#include <netioapi.h>
#include <objbase.h>

#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

#include <algorithm>

#include "platform.h"

namespace layerscope::platform {
namespace {

std::wstring wide(const std::string& text) {
  int length = MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
  std::wstring out(static_cast<size_t>(length), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), length);
  return out;
}

// libpcap's names carry the adapter's GUID: \Device\NPF_{…}.
std::optional<NET_LUID> luid_of(const std::string& name) {
  size_t brace = name.find('{');
  GUID guid;
  NET_LUID luid;
  if (brace == std::string::npos || CLSIDFromString(wide(name.substr(brace)).c_str(), &guid) != NOERROR) return std::nullopt;
  if (ConvertInterfaceGuidToLuid(&guid, &luid) != NO_ERROR) return std::nullopt;
  return luid;
}

std::optional<MIB_IF_ROW2> row_of(const std::string& name) {
  std::optional<NET_LUID> luid = luid_of(name);
  if (!luid) return std::nullopt;
  MIB_IF_ROW2 row = {};
  row.InterfaceLuid = *luid;
  if (GetIfEntry2(&row) != NO_ERROR) return std::nullopt;
  return row;
}

}  // namespace

// From System32\Npcap only, its own libraries too: never from the current folder or the path.
void* open_pcap(std::string* reason) {
  wchar_t folder[MAX_PATH];
  UINT length = GetSystemDirectoryW(folder, MAX_PATH);
  if (length == 0 || length >= MAX_PATH) return nullptr;
  std::wstring file = std::wstring(folder) + L"\\Npcap\\wpcap.dll";
  HMODULE library = LoadLibraryExW(file.c_str(), nullptr, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (library == nullptr) *reason = "error " + std::to_string(GetLastError());
  return library;
}

void* library_symbol(void* library, const char* name) { return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name)); }

std::string missing_pcap_message(const std::string& reason) { return "Npcap could not be loaded (" + reason + "). Install it from npcap.com."; }

std::string system_name() { return "Windows"; }

std::string hardware_name() {
  SYSTEM_INFO info;
  GetNativeSystemInfo(&info);
  return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_ARM64 ? "arm64" : "x86_64";
}

int64_t monotonic_ms() { return static_cast<int64_t>(GetTickCount64()); }

// FILETIME counts 100 ns since 1601.
uint64_t wall_clock_ns() {
  FILETIME time;
  GetSystemTimePreciseAsFileTime(&time);
  uint64_t ticks = (uint64_t{time.dwHighDateTime} << 32) | time.dwLowDateTime;
  return (ticks - 116'444'736'000'000'000ull) * 100;
}

std::string local_time_stamp() {
  time_t now = time(nullptr);
  struct tm local;
  localtime_s(&local, &now);
  char text[32];
  strftime(text, sizeof text, "%Y%m%d%H%M%S", &local);
  return text;
}

uint64_t process_id() { return GetCurrentProcessId(); }

// Npcap decides when a device is opened.
bool may_capture() { return true; }

std::string permission_advice() { return "Install Npcap again without restricting it to administrators, or start Layerscope as administrator."; }

std::string write_advice() { return ""; }

std::optional<Failure> drop_privileges(const std::string& user) {
  if (user.empty()) return std::nullopt;
  return Failure{code::kNoPermission, "The helper cannot become another user on Windows."};
}

void drop_all_privileges() {}

bool is_network_interface(const std::string& name) { return luid_of(name).has_value() || name.find("NPF_Loopback") != std::string::npos; }

unsigned interface_index(const std::string& name) {
  std::optional<MIB_IF_ROW2> row = row_of(name);
  return row ? row->InterfaceIndex : 0;
}

std::optional<bool> has_carrier(const std::string& name, unsigned) {
  std::optional<MIB_IF_ROW2> row = row_of(name);
  if (!row) return std::nullopt;
  return row->MediaConnectState == MediaConnectStateConnected;
}

bool is_wireless(const std::string& name, unsigned pcap_flags) {
  std::optional<MIB_IF_ROW2> row = row_of(name);
  return row ? row->Type == IF_TYPE_IEEE80211 : (pcap_flags & kDeviceWireless) != 0;
}

std::optional<uint64_t> speed_bits_per_second(const std::string& name) {
  std::optional<MIB_IF_ROW2> row = row_of(name);
  if (!row || row->TransmitLinkSpeed == 0 || row->TransmitLinkSpeed == ~0ull) return std::nullopt;
  return row->TransmitLinkSpeed;
}

std::optional<int> likely_link_type(const std::string&) { return std::nullopt; }

std::string link_layer_address(const struct sockaddr*) { return ""; }

std::vector<InterfaceCounts> interface_counts(const std::vector<std::string>& names) {
  std::vector<InterfaceCounts> counts;
  for (const std::string& name : names) {
    if (std::optional<MIB_IF_ROW2> row = row_of(name)) {
      counts.push_back({name, row->InUcastPkts + row->InNUcastPkts + row->OutUcastPkts + row->OutNUcastPkts, row->InOctets + row->OutOctets, row->InDiscards});
    }
  }
  return counts;
}

bool add_wait_handle(const PcapLibrary& pcap, pcap_t* device, std::vector<WaitHandle>* handles) {
  void* event = pcap.getEvent(device);
  if (event == nullptr || handles->size() + 1 >= MAXIMUM_WAIT_OBJECTS) return false;
  handles->push_back(event);
  return true;
}

void wait(std::vector<WaitHandle>* handles, int timeout_ms) {
  DWORD time_ms = static_cast<DWORD>(timeout_ms);
  if (handles->empty()) {
    Sleep(time_ms);
  } else {
    WaitForMultipleObjects(static_cast<DWORD>(handles->size()), handles->data(), FALSE, time_ms);
  }
}

Waker::Waker() : event_(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {}
Waker::~Waker() { CloseHandle(event_); }
void Waker::wake() { SetEvent(event_); }
void Waker::clear() { ResetEvent(event_); }
WaitHandle Waker::handle() const { return event_; }

bool standard_input_ends_within(int timeout_ms) {
  HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  int64_t until_ms = monotonic_ms() + timeout_ms;
  do {
    DWORD available = 0;
    if (PeekNamedPipe(input, nullptr, 0, nullptr, &available, nullptr) == 0) return GetLastError() == ERROR_BROKEN_PIPE;
    char bytes[256];
    DWORD count = 0;
    if (available > 0) ReadFile(input, bytes, sizeof bytes, &count, nullptr);
    Sleep(50);
  } while (monotonic_ms() < until_ms);
  return false;
}

int create_file(const std::string& path) {
  int file = -1;
  // Others may read and delete it meanwhile, as everywhere else.
  if (_wsopen_s(&file, wide(path).c_str(), _O_WRONLY | _O_CREAT | _O_TRUNC | _O_BINARY | _O_NOINHERIT, _SH_DENYNO, _S_IREAD | _S_IWRITE) != 0) return -1;
  return file;
}

WriteResult write_all(int file, const unsigned char* bytes, size_t length, bool (*)(), size_t* count, std::string* reason) {
  *count = 0;
  while (*count < length) {
    int written = _write(file, bytes + *count, static_cast<unsigned>(length - *count));
    if (written > 0) {
      *count += static_cast<size_t>(written);
      continue;
    }
    *reason = last_error();
    if (written == 0 || errno == ENOSPC) return WriteResult::kFull;
    return errno == EPIPE || errno == EINVAL ? WriteResult::kClosed : WriteResult::kFailed;
  }
  return WriteResult::kDone;
}

bool is_regular_file(int file) {
  struct _stat64 status;
  return _fstat64(file, &status) == 0 && (status.st_mode & _S_IFREG) != 0;
}

bool has_reader(int pipe) {
  DWORD ignored;
  auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(pipe));
  return GetNamedPipeHandleStateW(handle, &ignored, nullptr, nullptr, nullptr, nullptr, 0) != 0 || GetLastError() != ERROR_BROKEN_PIPE;
}

void truncate_file(int file, uint64_t length) {
  if (_chsize_s(file, static_cast<long long>(length)) == 0) _lseeki64(file, static_cast<long long>(length), SEEK_SET);
}

void sync_file(int file) { _commit(file); }
void close_file(int file) { _close(file); }
bool delete_file(const std::string& path) { return DeleteFileW(wide(path).c_str()) != 0; }

std::string last_error() {
  char text[128] = "";
  strerror_s(text, sizeof text, errno);
  return text;
}

}  // namespace layerscope::platform
