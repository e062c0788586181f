#include "store/files.h"

#include <sodium.h>

#include <cassert>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "base/text.h"
#include "store/database.h"
#include "store/durable_files.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

bool is_hash(std::string_view text) {
  return text.size() == 2 * crypto_hash_sha256_BYTES &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

// A directory is on disk when its own entry is: the one around it is synced too.
void make_durable_directory(const fs::path& path) {
  if (fs::is_directory(path)) return;
  make_directory(path);
  std::error_code ignored;
  fs::permissions(path, fs::perms::owner_all, ignored);
  sync_path(path.parent_path().empty() ? "." : path.parent_path().string());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(hash.data()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return to_hex(hash);
}

std::string Files::path_of(std::string_view sha256) const {
  assert(is_hash(sha256));
  return directory_ + "/" + std::string(sha256.substr(0, 2)) + "/" + std::string(sha256.substr(2));
}

std::string Files::put(std::string_view bytes) {
  if (directory_.empty())
    throw StoreError(StoreError::Kind::gone, "there is no directory for files: name one with --files");
  const std::string hash = sha256_hex(bytes), path = path_of(hash);
  const fs::path folder = fs::path(path).parent_path();
  make_durable_directory(directory_);
  make_durable_directory(folder);
  if (hash_on_disk(hash) == hash)
    sync_path(folder);  // whoever put it may have ended before its name was on disk
  else
    write_durably(bytes, path);
  return hash;
}

std::optional<std::string> Files::get(std::string_view sha256) const {
  if (directory_.empty() || !is_hash(sha256)) return std::nullopt;
  std::ifstream in(path_of(sha256), std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return sha256_hex(bytes) == sha256 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<std::string> Files::hash_on_disk(std::string_view sha256) const {
  if (directory_.empty() || !is_hash(sha256)) return std::nullopt;
  std::ifstream in(path_of(sha256), std::ios::binary);
  if (!in) return std::nullopt;
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string part(256 * 1024, '\0');
  while (in.read(part.data(), static_cast<std::streamsize>(part.size())), in.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              static_cast<unsigned long long>(in.gcount()));
  std::string hash(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(hash.data()));
  return to_hex(hash);
}

}  // namespace danchu::store
