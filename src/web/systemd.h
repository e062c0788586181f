// What systemd expects of a service, without its library: sockets handed over, and notes about the state.
#pragma once
#include <string_view>

namespace danchu::web {

// The first listening socket systemd passed to this process, or -1.
int systemd_socket();
// "READY=1", "STOPPING=1", "WATCHDOG=1"; nothing happens outside systemd.
void systemd_notify(std::string_view state);
// How often systemd wants WATCHDOG=1, in microseconds; 0: not at all.
long systemd_watchdog();

}  // namespace danchu::web
