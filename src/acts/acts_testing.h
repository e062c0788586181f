// A store with a chain and one official table in it, for tests of acts.
#pragma once
#include <gtest/gtest.h>

#include "acts/acts.h"
#include "base/text.h"
#include "store/testing.h"

namespace danchu::acts {

class ChainTest : public store::OnEachEngine {
 protected:
  void SetUp() override {
    store::OnEachEngine::SetUp();
    if (IsSkipped()) return;
    keys_ = Keys::open(directory_.path() + "/keys");
    const std::string bytes = db().engine() == "sqlite" ? "BLOB" : "BYTEA";
    change(
        "CREATE TABLE matter(id BIGINT PRIMARY KEY, title TEXT NOT NULL, yes BIGINT, head TEXT, head_salt " +
        bytes + ", state TEXT NOT NULL)");
  }

  const Keys& keys() const { return *keys_; }
  std::string key_directory() const { return directory_.path() + "/keys"; }
  void use_keys(std::unique_ptr<Keys> keys) { keys_ = std::move(keys); }

  // Changes rows past every service, as somebody with the database's password would.
  void change(const std::string& sql, const std::vector<store::Value>& parameters = {}) {
    auto done = db().write([&](store::Writer& w) -> Result<Done> {
      w.query_text(sql, parameters);
      return Done{};
    });
    ASSERT_TRUE(done.ok());
  }

  // An official write: the matter's row and the act that covers it.
  Recorded decide(std::int64_t id, const std::string& title, std::int64_t yes) {
    auto done = db().write_official([&](store::Writer& w) -> Result<Recorded> {
      const std::string salt = new_salt();
      w.query_text(
          "INSERT INTO matter(id, title, yes, head, head_salt, state) VALUES ($1, $2, $3, $4, $5, 'decided')",
          {id, title, yes, std::string("Lò Văn Thoa"), store::Bytes{salt}});
      Draft draft{.kind = "motion.decided", .unit = 7, .actor = 3, .happened = w.now()};
      draft.subject = "matter/" + std::to_string(id);
      draft.covers = {
          {"matter",
           id,
           {{"title", title}, {"yes", yes}, {"head", personal("head_salt", salt, "Lò Văn Thoa")}}}};
      draft.body = {{"total", 87}};
      return append(w, keys(), draft);
    });
    return *done;
  }

  std::vector<std::string> findings(const std::string& anchors = "") {
    return verify(db(), anchors).findings;
  }

 private:
  store::TemporaryDirectory directory_;
  std::unique_ptr<Keys> keys_;
};

// Five decided matters, 101 to 105, each covered by its act.
class ChainOfFive : public ChainTest {
 protected:
  void SetUp() override {
    ChainTest::SetUp();
    if (IsSkipped()) return;
    for (int i = 1; i <= 5; ++i)
      hashes_.push_back(to_hex(decide(100 + i, "Việc " + std::to_string(i), 50 + i).hash));
    ASSERT_TRUE(findings().empty());
  }
  std::string anchor(int seq) const {
    return std::to_string(seq) + " " + hashes_[static_cast<std::size_t>(seq) - 1] + "\n";
  }
  std::vector<std::string> hashes_;
};

}  // namespace danchu::acts
