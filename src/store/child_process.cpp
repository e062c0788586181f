#include "store/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/database.h"

extern char** environ;

namespace danchu::store {
namespace {

constexpr std::size_t most_said = 4'000;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) all.emplace_back(*entry);
  for (const auto& [name, value] : added) {
    std::erase_if(all, [&](const std::string& entry) { return entry.starts_with(name + "="); });
    all.push_back(name + "=" + value);
  }
  return all;
}

std::string read_all(int fd) {
  std::string said;
  char buffer[1024];
  for (ssize_t got; (got = ::read(fd, buffer, sizeof buffer)) > 0 || (got < 0 && errno == EINTR);)
    if (got > 0 && said.size() < most_said) said.append(buffer, static_cast<std::size_t>(got));
  return said;
}

}  // namespace

void run_program(const std::vector<std::string>& argv,
                 const std::vector<std::pair<std::string, std::string>>& environment) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw StoreError(StoreError::Kind::busy, "cannot make a pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  auto arguments = argv, variables = environment_with(environment);
  pid_t child = 0;
  int failed = ::posix_spawnp(&child, argv[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                              pointers(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  std::string said = failed ? std::strerror(failed) : read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (!failed && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw StoreError(StoreError::Kind::gone, argv[0] + " failed: " + said);
}

}  // namespace danchu::store
