// Files put on disk so that after a power loss they are either whole or absent: write, fsync, rename, fsync
// the directory (ENGINEERING i8, i11). All functions throw StoreError.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace danchu::store {

void make_private_file(const std::string& path);  // 0600, empty when there was none
void make_directory(const std::string& path);
void make_private_directory(const std::string& path);  // 0700; one that stands is left as it is
void sync_path(const std::string& path);               // a file or a directory
void put_in_place(const std::string& unfinished, const std::string& target);
void copy_file_durably(const std::string& from, const std::string& to);
// Writes `bytes` under a name of its own beside `target` (0600) and puts it in place. Of a write that fails
// nothing is left. Writers of one target do not disturb each other. What root writes belongs to the owner of
// the directory: a command of the administrator's must leave nothing that the service may not read.
void write_durably(std::string_view bytes, const std::string& target);

// The seam for tests (ENGINEERING i11): called before each step that reaches the disk; an errno instead of 0
// lets that step fail. An empty function takes it away. Not for threads at work.
enum class DiskStep { write, sync, rename };
void watch_disk(std::function<int(DiskStep, const std::string& path)> watch);

}  // namespace danchu::store
