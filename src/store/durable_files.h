// Files put on disk so that after a power loss they are either whole or absent: write, fsync, rename, fsync
// the directory (ENGINEERING i8, i11). All functions throw StoreError.
#pragma once
#include <string>

namespace danchu::store {

void make_private_file(const std::string& path);  // 0600, empty when there was none
void make_directory(const std::string& path);
void sync_path(const std::string& path);  // a file or a directory
void put_in_place(const std::string& unfinished, const std::string& target);
void copy_file_durably(const std::string& from, const std::string& to);

}  // namespace danchu::store
