#include <atomic>
#include <thread>

#include "store/testing.h"

namespace danchu::store {
namespace {

struct Note;

const Statement make_notes{
    "CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT NOT NULL, n BIGINT, data BYTEA, r DOUBLE PRECISION)",
    "test"};
const Statement insert_note{"INSERT INTO note(id, body, n) VALUES ($1, $2, $3)", "test"};
const Statement insert_out_of_order{"INSERT INTO note(body, n, id) VALUES ($2, $3, $1)", "test"};
const Statement insert_whole{"INSERT INTO note(id, body, n, data, r) VALUES ($1, $2, $3, $4, $5)", "test"};
const Statement select_note{"SELECT id, body, n, data, r FROM note WHERE id = $1", "test"};
const Statement count_notes{"SELECT count(*) FROM note", "test"};
const Statement add_to_note{"UPDATE note SET n = n + $2 WHERE id = $1", "test"};
const Statement literals{"SELECT '$1', id FROM note WHERE body = '$2' OR id = $1 -- $3", "test"};
const Statement many{
    "SELECT CAST($11 AS BIGINT), CAST($10 AS BIGINT), CAST($1 AS BIGINT), "
    "CAST($2+$3+$4+$5+$6+$7+$8+$9 AS BIGINT)",
    "test"};

class Store : public OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (!IsSkipped()) make();
  }
  void make() {
    ASSERT_TRUE(db().write([](Writer& w) -> Result<Done> {
      w.run(make_notes);
      return Done{};
    }));
  }
  Result<Done> add(std::int64_t id, const std::string& body, std::int64_t n = 0) {
    return db().write([&](Writer& w) -> Result<Done> {
      w.run(insert_note, id, body, n);
      return Done{};
    });
  }
  std::int64_t count() {
    return db().read([](Reader& r) { return r.count(count_notes); });
  }
  std::optional<Row> note(std::int64_t id) {
    return db().read([&](Reader& r) { return r.first(select_note, id); });
  }
};

TEST_P(Store, KeepsWhatAWriteReturnedOk) {
  ASSERT_TRUE(add(7, "Đường nội bản", 1LL << 40));
  store().reopen();
  auto row = note(7);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->text(1), "Đường nội bản");
  EXPECT_EQ(row->integer(2), 1LL << 40);
  EXPECT_TRUE(row->is_null(3));
}

TEST_P(Store, BindsParametersByTheirNumber) {
  ASSERT_TRUE(db().write([](Writer& w) -> Result<Done> {
    EXPECT_EQ(w.run(insert_out_of_order, 1, "body", 5), 1);
    return Done{};
  }));
  EXPECT_EQ(note(1)->text(1), "body");
  EXPECT_EQ(note(1)->integer(2), 5);
  db().read([](Reader& r) {
    auto row = r.first(many, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    EXPECT_EQ(row->integer(0), 11);
    EXPECT_EQ(row->integer(1), 10);
    EXPECT_EQ(row->integer(2), 1);
    EXPECT_EQ(row->integer(3), 44);
    EXPECT_EQ(r.first(literals, 1)->text(0), "$1");
  });
}

TEST_P(Store, RefusesAWrongNumberOfParameters) {
  EXPECT_THROW(db().read([](Reader& r) { r.query(select_note); }), StoreError);
  EXPECT_THROW(db().read([](Reader& r) { r.query(select_note, 1, 2); }), StoreError);
}

TEST_P(Store, RollsBackWhenProblemsAreReturned) {
  auto result = db().write([](Writer& w) -> Result<Done> {
    w.run(insert_note, 1, "x", 0);
    return problem(Fault::conflict, "no");
  });
  EXPECT_FALSE(result);
  EXPECT_EQ(count(), 0);
}

TEST_P(Store, RollsBackAndRethrowsWhatAWriteThrows) {
  auto thrower = [](Writer& w) -> Result<Done> {
    w.run(insert_note, 1, "x", 0);
    throw std::runtime_error("stop");
  };
  EXPECT_THROW(db().write(thrower), std::runtime_error);
  EXPECT_EQ(count(), 0);
  EXPECT_TRUE(add(1, "y"));
}

TEST_P(Store, AFailedStatementEndsTheWriteAlsoWhenItIsCaught) {
  ASSERT_TRUE(add(1, "first"));
  auto careless = [](Writer& w) -> Result<Done> {
    w.run(insert_note, 2, "second", 0);
    try {
      w.run(insert_note, 1, "again", 0);
    } catch (const StoreError&) {
    }
    return Done{};
  };
  EXPECT_THROW(db().write(careless), StoreError);
  EXPECT_EQ(count(), 1);
}

TEST_P(Store, SaysThatAConstraintWasBroken) {
  ASSERT_TRUE(add(1, "first"));
  try {
    (void)add(1, "again");
    FAIL();
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::constraint);
  }
}

TEST_P(Store, KeepsEveryTypeOfValue) {
  std::string blob("\0\xff\x01'\\", 5);
  ASSERT_TRUE(db().write([&](Writer& w) -> Result<Done> {
    w.run(insert_whole, 1, "it's \"quoted\" \\ $1", INT64_MIN, Bytes{blob}, 0.1);
    w.run(insert_whole, 2, "", std::optional<int>(), Bytes{}, nullptr);
    return Done{};
  }));
  auto row = note(1);
  EXPECT_EQ(row->text(1), "it's \"quoted\" \\ $1");
  EXPECT_EQ(row->integer(2), INT64_MIN);
  EXPECT_EQ(row->bytes(3), blob);
  EXPECT_EQ(row->real(4), 0.1);
  EXPECT_THROW(row->integer(1), StoreError);
  EXPECT_THROW(row->text(2), StoreError);
  EXPECT_THROW(row->text(5), StoreError);
  auto empty = note(2);
  EXPECT_FALSE(empty->optional_integer(2));
  EXPECT_FALSE(empty->is_null(3));
  EXPECT_EQ(empty->text(1), "");
}

TEST_P(Store, ReadsOneSnapshot) {
  ASSERT_TRUE(add(1, "x"));
  db().read([&](Reader& r) {
    EXPECT_EQ(r.count(count_notes), 1);
    std::thread([&] { EXPECT_TRUE(add(2, "y")); }).join();
    EXPECT_EQ(r.count(count_notes), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(Store, ReadersCannotWrite) {
  EXPECT_THROW(db().read([](Reader& r) { r.query(insert_note, 1, "x", 0); }), StoreError);
  EXPECT_EQ(count(), 0);
}

TEST_P(Store, TellsTopicsOfACommitBeforeItAnswers) {
  std::vector<Topic> told;
  std::mutex mutex;
  db().on_commit([&](const std::vector<Topic>& topics) {
    std::lock_guard lock(mutex);
    told.insert(told.end(), topics.begin(), topics.end());
  });
  (void)db().write([](Writer& w) -> Result<Done> {
    w.touch("village/1");
    return Done{};
  });
  {
    std::lock_guard lock(mutex);
    EXPECT_EQ(told, std::vector<Topic>{"village/1"});
  }
  (void)db().write([](Writer& w) -> Result<Done> {
    w.touch("village/2");
    return problem(Fault::conflict, "no");
  });
  std::lock_guard lock(mutex);
  EXPECT_EQ(told.size(), 1u);
}

TEST_P(Store, LosesAndDoublesNothingUnderManyThreadsWithFailures) {
  constexpr int threads = 64, each = 20;
  ASSERT_TRUE(add(0, "sum", 0));
  std::vector<std::thread> writers;
  std::atomic<int> kept = 0;
  for (int t = 0; t < threads; ++t)
    writers.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        int id = 1 + t * each + i;
        auto result = db().write([&](Writer& w) -> Result<Done> {
          w.run(insert_note, id, "n", 1);
          if (id % 100 == 0) w.run(add_to_note, 0, 1);
          if (id % 10 == 3) return problem(Fault::conflict, "no");
          return Done{};
        });
        EXPECT_EQ(result.ok(), id % 10 != 3);
        if (result.ok()) ++kept;
      }
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(kept, threads * each - threads * each / 10);
  EXPECT_EQ(count(), kept + 1);
  EXPECT_EQ(note(0)->integer(2), threads * each / 100);
}

TEST_P(Store, TwoWritersOnOneRowEndAtTheExactSum) {
  ASSERT_TRUE(add(0, "sum", 0));
  auto increment = [&] {
    for (int i = 0; i < 50; ++i)
      EXPECT_TRUE(db().write([](Writer& w) -> Result<Done> {
        auto row = w.first(select_note, 0);
        w.run(add_to_note, 0, 1);
        EXPECT_EQ(w.first(select_note, 0)->integer(2), row->integer(2) + 1);
        return Done{};
      }));
  };
  std::thread one(increment), two(increment);
  one.join();
  two.join();
  EXPECT_EQ(note(0)->integer(2), 100);
}

TEST_P(Store, WhatIsPutIsThereForWhatComesNextAndAtTheCommit) {
  ASSERT_TRUE(db().write([](Writer& w) -> Result<Done> {
    w.put(insert_note, 1, "first", 0);
    w.put(add_to_note, 1, 2);
    EXPECT_EQ(w.first(select_note, 1)->integer(2), 2);
    w.put(add_to_note, 1, 3);
    return Done{};
  }));
  EXPECT_EQ(note(1)->integer(2), 5);
  EXPECT_FALSE(db().write([](Writer& w) -> Result<Done> {
    w.put(add_to_note, 1, 100);
    return problem(Fault::conflict, "no");
  }));
  EXPECT_EQ(note(1)->integer(2), 5);
}

TEST_P(Store, WhatIsPutAndBreaksAConstraintEndsTheWrite) {
  ASSERT_TRUE(add(1, "first"));
  auto doubled = [](bool asks_on) {
    return [asks_on](Writer& w) -> Result<Done> {
      w.first(select_note, 1);
      w.put(insert_note, 2, "second", 0);
      w.put(insert_note, 1, "again", 0);
      if (asks_on) w.first(select_note, 2);
      return Done{};
    };
  };
  for (bool asks_on : {false, true}) {
    try {
      (void)db().write(doubled(asks_on));
      ADD_FAILURE() << asks_on;
    } catch (const StoreError& error) {
      EXPECT_EQ(error.kind, StoreError::Kind::constraint) << error.what();
      EXPECT_NE(std::string(error.what()).find("INSERT INTO note"), std::string::npos) << error.what();
    }
    EXPECT_EQ(count(), 1);
  }
  ASSERT_TRUE(add(3, "after")) << "the connection is as good as before";
}

// Those of one lane go in one transaction: one that says no or fails takes nothing of the others with it.
TEST_P(Store, InOneLaneEachKeepsItsOwnAnswer) {
  constexpr int threads = 32, each = 20;
  ASSERT_TRUE(add(0, "sum", 0));
  std::vector<std::thread> writers;
  std::atomic<int> kept = 0;
  for (int t = 0; t < threads; ++t)
    writers.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        const int id = 1 + t * each + i;
        try {
          auto result = db().write_in_lane("hall", [&](Writer& w) -> Result<int> {
            w.put(insert_note, id, "n", 1);
            w.put(add_to_note, 0, 1);
            if (id % 50 == 3) return problem(Fault::conflict, "no");
            if (id % 50 == 7) w.run(insert_note, 0, "broken", 0);
            return id;
          });
          EXPECT_EQ(result.ok(), id % 50 != 3) << id;
          if (!result.ok()) continue;
          EXPECT_EQ(*result, id);
          ++kept;
        } catch (const StoreError& error) {
          EXPECT_EQ(id % 50, 7) << error.what();
        }
      }
    });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(note(0)->integer(2), kept);
  EXPECT_EQ(count(), kept + 1);
  EXPECT_GT(kept, threads * each * 9 / 10);
}

TEST_P(Store, NeverRepeatsAnIdWhenTheClockIsSetBack) {
  std::int64_t last = 0;
  for (int round = 0; round < 3; ++round) {
    auto made = db().write([](Writer& w) -> Result<std::int64_t> { return w.new_id<Note>().number; });
    EXPECT_GT(*made, last);
    last = *made;
    store().clock.set(store().clock.now() - std::chrono::hours(24));
    store().reopen();
  }
}

DANCHU_ON_EACH_ENGINE(Store);

}  // namespace
}  // namespace danchu::store
