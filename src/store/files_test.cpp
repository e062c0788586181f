#include "store/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <future>

#include "store/attachment.h"
#include "store/backup.h"
#include "store/durable_files.h"
#include "store/file_sweep.h"
#include "store/testing.h"

namespace danchu::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* hash_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

struct Watching {
  explicit Watching(std::function<int(DiskStep, const std::string&)> watch) { watch_disk(std::move(watch)); }
  ~Watching() { watch_disk({}); }
};

std::size_t files_below(const std::string& directory) {
  std::size_t count = 0;
  if (!fs::exists(directory)) return 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) count += entry.is_regular_file();
  return count;
}

void write_over(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

TEST(KeptFiles, AreNamedByTheirContentAndKeptOnce) {
  TemporaryDirectory place;
  Files files(place.path() + "/files");
  EXPECT_EQ(files.put("abc"), hash_of_abc);
  EXPECT_EQ(files.put("abc"), hash_of_abc);
  EXPECT_EQ(files.path_of(hash_of_abc),
            place.path() + "/files/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(files.get(hash_of_abc), "abc");
  EXPECT_EQ(files_below(files.directory()), 1u);
  struct stat about {};
  ASSERT_EQ(::stat(files.path_of(hash_of_abc).c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  EXPECT_FALSE(files.get(std::string(64, '0')));
  EXPECT_FALSE(files.get("../../etc/passwd"));
}

TEST(KeptFiles, AnAlteredOneIsNotHandedOutAndMendedWhenItComesAgain) {
  TemporaryDirectory place;
  Files files(place.path() + "/files");
  files.put("abc");
  write_over(files.path_of(hash_of_abc), "abd");
  EXPECT_FALSE(files.get(hash_of_abc));
  EXPECT_NE(files.hash_on_disk(hash_of_abc), hash_of_abc);
  files.put("abc");
  EXPECT_EQ(files.get(hash_of_abc), "abc");
}

TEST(KeptFiles, ComeToDiskInTheOrderThatSurvivesALossOfPower) {
  TemporaryDirectory place;
  Files files(place.path() + "/files");
  std::vector<std::string> steps;
  Watching watching([&](DiskStep step, const std::string& path) {
    const char* names[] = {"write ", "sync ", "rename "};
    std::string shown = fs::path(path).lexically_relative(place.path());
    if (shown.ends_with(".tmp")) shown = "tmp";
    steps.push_back(names[static_cast<int>(step)] + shown);
    return 0;
  });
  files.put("abc");
  EXPECT_EQ(steps, (std::vector<std::string>{
                       "sync .", "sync files", "write tmp", "sync tmp",
                       "rename files/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                       "sync files/ba"}));
}

TEST(KeptFiles, OfAFailedWriteNothingIsLeftAndItSaysWhy) {
  struct {
    DiskStep step;
    int error;
    StoreError::Kind kind;
  } const table[] = {{DiskStep::write, ENOSPC, StoreError::Kind::full},
                     {DiskStep::write, EDQUOT, StoreError::Kind::full},
                     {DiskStep::sync, EIO, StoreError::Kind::gone},
                     {DiskStep::rename, EACCES, StoreError::Kind::gone}};
  for (const auto& line : table) {
    TemporaryDirectory place;
    Files files(place.path() + "/files");
    files.put("something else in the way of no one");
    {
      Watching watching([&](DiskStep step, const std::string& path) {
        const bool of_file = path.ends_with(".tmp") || step == DiskStep::rename;
        return step == line.step && of_file ? line.error : 0;
      });
      try {
        files.put("abc");
        FAIL() << "it was kept";
      } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, line.kind) << error.what();
      }
    }
    EXPECT_FALSE(files.get(hash_of_abc));
    EXPECT_EQ(files_below(files.directory()), 1u);
    EXPECT_EQ(files.put("abc"), hash_of_abc) << "afterwards all is as before";
  }
}

TEST(KeptFiles, WhatNothingNamesIsSweptWhenItIsADayOld) {
  TemporaryDirectory place;
  Files files(place.path() + "/files");
  const std::string named = files.put("named"), young = files.put("young"), old = files.put("old"),
                    again = files.put("again");
  const auto aged = fs::file_time_type::clock::now() - swept_after - std::chrono::minutes(1);
  for (const std::string& hash : {named, old, again}) fs::last_write_time(files.path_of(hash), aged);
  write_over(files.path_of(old) + ".1.tmp", "cut off");
  fs::last_write_time(files.path_of(old) + ".1.tmp", aged);
  auto others = [&](const Hashes& asked) {
    EXPECT_EQ(std::count(asked.begin(), asked.end(), young), 0);
    EXPECT_EQ(files.put("again"), again) << "a write that runs meanwhile names it next";
    Hashes unnamed = asked;
    std::erase(unnamed, named);
    return unnamed;
  };
  EXPECT_EQ(sweep(files, others), 2) << "the old one, and what a write left";
  EXPECT_TRUE(files.get(named) && files.get(young) && files.get(again));
  EXPECT_FALSE(files.get(old));
  EXPECT_EQ(files_below(files.directory()), 3u);
  EXPECT_EQ(sweep(Files(""), others), 0);
}

// Several processes share one directory: who sweeps there holds the others back for a moment.
TEST(KeptFiles, WaitForWhoeverSweepsInAnotherProcess) {
  TemporaryDirectory place;
  Files files(place.path());
  const int fd = ::open(place.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(::flock(fd, LOCK_EX), 0);
  auto putting = std::async(std::launch::async, [&] { return files.put("abc"); });
  EXPECT_EQ(putting.wait_for(std::chrono::milliseconds(100)), std::future_status::timeout);
  ::close(fd);
  EXPECT_EQ(putting.get(), hash_of_abc);
}

TEST(KeptFiles, DamagedInAnEarlierBackupAreCopiedAgain) {
  TemporaryDirectory place, copies;
  Files files(place.path() + "/files"), copied(copies.path() + "/files");
  files.put("abc");
  copy_files(files.directory(), copied.directory());
  write_over(copied.path_of(hash_of_abc), "abd");
  copy_files(files.directory(), copied.directory());
  EXPECT_EQ(copied.get(hash_of_abc), "abc");
  write_over(files.path_of(hash_of_abc), "abd");
  copy_files(files.directory(), copied.directory());
  EXPECT_EQ(copied.get(hash_of_abc), "abc") << "a good copy is not replaced by a damaged file";
}

TEST(KeptFiles, NeedAPlace) { EXPECT_THROW(Files("").put("abc"), StoreError); }

class Attachments : public OnEachEngine {
 protected:
  Attachment kept(const std::string& bytes, const std::string& subject) {
    Attachment a;
    a.sha256.value = db().files().put(bytes);
    a.size.value = static_cast<std::int64_t>(bytes.size());
    a.media_type.value = "image/jpeg";
    a.name.value = "Ảnh 1.jpg";
    a.subject.value = subject;
    a.purpose.value = "decision";
    a.added_by = 7;
    auto done = db().write([&](Writer& w) -> Result<Done> {
      a.id = w.new_id<Attachment>();
      a.added_at = w.now();
      add(w, a);
      return Done{};
    });
    EXPECT_TRUE(done.ok());
    return a;
  }
};

TEST_P(Attachments, AreFoundBySubject) {
  expect_columns<Attachment>(db(), "attachment");
  const Attachment first = kept("one", "motion/1"), second = kept("two", "motion/1");
  kept("three", "motion/2");
  auto found = db().read([](Reader& r) { return attachments_of(r, "motion/1"); });
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].id, first.id);
  EXPECT_EQ(found[1].sha256, second.sha256);
  auto again = db().read([&](Reader& r) { return attachment(r, first.id); });
  ASSERT_TRUE(again);
  EXPECT_EQ(again->name.value, "Ảnh 1.jpg");
  EXPECT_EQ(again->added_at, first.added_at);
}

TEST_P(Attachments, ABackupBringsRowsAndFilesBack) {
  TemporaryDirectory copies;
  const Attachment a = kept("a paper that four signed", "motion/1");
  db().backup(copies.path());
  kept("one that came after the backup", "motion/1");
  EXPECT_THROW(restore(copies.path(), store().options()), StoreError) << "over a store that holds data";
  store().empty();
  EXPECT_FALSE(fs::exists(files_directory(store().options())));
  restore(copies.path(), store().options());
  store().reopen();
  auto found = db().read([](Reader& r) { return attachments_of(r, "motion/1"); });
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].sha256, a.sha256);
  EXPECT_EQ(db().files().get(a.sha256.value), "a paper that four signed");
}

TEST_P(Attachments, ABackupTakesTheDatabaseFirst) {
  TemporaryDirectory copies;
  kept("before", "motion/1");
  std::size_t files_when_the_database_came = 1;
  {
    Watching watching([&](DiskStep step, const std::string& path) {
      if (step == DiskStep::rename && path.find("/danchu.d") != path.npos)
        files_when_the_database_came = files_below(copies.path() + "/files");
      return 0;
    });
    back_up(store().options(), copies.path());
  }
  EXPECT_EQ(files_when_the_database_came, 0u);
  EXPECT_EQ(files_below(copies.path() + "/files"), 1u);
}

DANCHU_ON_EACH_ENGINE(Attachments);

}  // namespace
}  // namespace danchu::store
