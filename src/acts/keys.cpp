#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "acts/acts.h"
#include "acts/canonical.h"
#include "acts/rotation.h"
#include "base/text.h"
#include "store/durable_files.h"

namespace danchu::acts {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
  throw std::runtime_error(what + " " + path.string() + ": " + std::strerror(errno));
}

class DirectoryKeys final : public Keys {
 public:
  explicit DirectoryKeys(const std::string& seed) {
    crypto_sign_seed_keypair(public_, secret_, reinterpret_cast<const unsigned char*>(seed.data()));
    sodium_mlock(secret_, sizeof secret_);
  }
  ~DirectoryKeys() override { sodium_munlock(secret_, sizeof secret_); }
  DirectoryKeys(const DirectoryKeys&) = delete;

  std::string key_id() const override { return key_id_of(public_key()); }
  std::string public_key() const override { return {reinterpret_cast<const char*>(public_), sizeof public_}; }
  std::string sign(std::string_view message) const override {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(), secret_);
    return signature;
  }

 private:
  unsigned char public_[crypto_sign_PUBLICKEYBYTES];
  unsigned char secret_[crypto_sign_SECRETKEYBYTES];
};

void sync_directory(const fs::path& directory) {
  int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0 || ::fsync(fd) != 0) fail("cannot sync", directory);
  ::close(fd);
}

void write_file(const fs::path& path, const std::string& text) { store::write_durably(text, path.string()); }

std::string read_line(const fs::path& path) {
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line)) fail("cannot read", path);
  return line;
}

fs::path file_of(const fs::path& directory, const std::string& key_id) {
  return directory / (key_id + ".key");
}

std::unique_ptr<Keys> load(const fs::path& directory, const std::string& key_id) {
  fs::path path = file_of(directory, key_id);
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) fail("cannot read the key", path);
  if (status.st_mode & 077)
    throw std::runtime_error("others may read the key " + path.string() + "; chmod 600 it");
  auto seed = from_hex(read_line(path));
  if (!seed || seed->size() != crypto_sign_SEEDBYTES) throw std::runtime_error("no key in " + path.string());
  auto keys = std::make_unique<DirectoryKeys>(*seed);
  sodium_memzero(seed->data(), seed->size());
  if (keys->key_id() != key_id)
    throw std::runtime_error(path.string() + " holds another key than its name says");
  return keys;
}

std::unique_ptr<Keys> make(const fs::path& directory) {
  std::string seed(crypto_sign_SEEDBYTES, '\0');
  randombytes_buf(seed.data(), seed.size());
  auto keys = std::make_unique<DirectoryKeys>(seed);
  write_file(file_of(directory, keys->key_id()), to_hex(seed) + "\n");
  return keys;
}

void prepare_directory(const fs::path& directory) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  fs::create_directories(directory.parent_path());
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make", directory);
  struct stat status;
  if (::stat(directory.c_str(), &status) != 0) fail("cannot read", directory);
  if (status.st_mode & 077)
    throw std::runtime_error("others may enter the key directory " + directory.string() + "; chmod 700 it");
}

fs::path absolute_path(const std::string& directory) {
  return (fs::absolute(directory).lexically_normal() / "").parent_path();
}

}  // namespace

std::string key_id_of(std::string_view public_key) { return to_hex(blake2b(public_key)).substr(0, 16); }

bool signed_by(std::string_view public_key, std::string_view message, std::string_view signature) {
  if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature.data()),
                                     reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                                     reinterpret_cast<const unsigned char*>(public_key.data())) == 0;
}

std::unique_ptr<Keys> Keys::open(const std::string& directory) {
  fs::path path = absolute_path(directory);
  prepare_directory(path);
  if (fs::exists(path / "current")) return load(path, read_line(path / "current"));
  auto keys = make(path);
  write_file(path / "current", keys->key_id() + "\n");
  return keys;
}

KeysHeld keys_held(const std::string& directory) {
  fs::path path = absolute_path(directory);
  KeysHeld held;
  auto is_there = [&](const fs::path& file) {
    if (::faccessat(AT_FDCWD, file.c_str(), R_OK, AT_EACCESS) == 0) return true;
    if (errno == EACCES && held.denied.empty()) held.denied = file.string();
    return false;
  };
  auto named = [&](const char* file) {  // a name without its key is none
    if (!is_there(path / file)) return std::string();
    std::ifstream in(path / file);
    std::string id;
    return std::getline(in, id) && is_there(file_of(path, id)) ? id : std::string();
  };
  held.current = named("current");
  held.next = named("next");
  return held;
}

std::unique_ptr<Keys> prepare_next_key(const std::string& directory) {
  fs::path path = absolute_path(directory);
  prepare_directory(path);
  if (fs::exists(path / "next")) return load(path, read_line(path / "next"));
  auto keys = make(path);
  write_file(path / "next", keys->key_id() + "\n");
  return keys;
}

void switch_to_next_key(const std::string& directory) {
  fs::path path = absolute_path(directory);
  std::string retired = fs::exists(path / "current") ? read_line(path / "current") : "";
  fs::rename(path / "next", path / "current");
  sync_directory(path);
  if (!retired.empty() && retired != read_line(path / "current")) fs::remove(file_of(path, retired));
}

}  // namespace danchu::acts
