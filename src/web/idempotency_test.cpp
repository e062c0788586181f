// What the table of submissions keeps; what a client sees of it stands in application_test.cpp.
#include "web/idempotency.h"

#include <gtest/gtest.h>

#include "store/setting.h"
#include "store/testing.h"

namespace danchu::web {
namespace {

class Submissions : public store::OnEachEngine {
 protected:
  Idempotency::Outcome taken(Idempotency& all) {
    auto done = all.once(submission, [&] {
      auto written = db().write([&](store::Writer& w) -> Result<Done> {
        store::set(w, "wish", "a road");
        return Done{};
      });
      EXPECT_TRUE(written.ok());
      Idempotency::Kept kept;
      kept.reply.status = 200;
      kept.reply.body = "kept";
      return kept;
    });
    return std::get<Idempotency::Outcome>(done);
  }
  // What another process does when this one's row ran out.
  void taken_by_another() {
    ASSERT_TRUE(db().write([](store::Writer& w) -> Result<Done> {
      w.query_text("UPDATE idempotency SET claim = $1", {store::Bytes{std::string(16, 'o')}});
      return Done{};
    }));
  }
  std::pair<std::int64_t, std::int64_t> rows_and_answers() {
    return db().read([](store::Reader& r) {
      auto rows = r.query_text("SELECT count(*), count(status) FROM idempotency", {});
      return std::pair{rows[0].integer(0), rows[0].integer(1)};
    });
  }
  Submission submission{std::string(32, 'k'), std::string(32, 'r'), 7, "/wish", std::chrono::hours(1)};
};
DANCHU_ON_EACH_ENGINE(Submissions);

TEST_P(Submissions, GetTheirAnswerOrAreForgotten) {
  Idempotency all(db(), std::string(32, 's'));
  Idempotency::Outcome first = taken(all);
  EXPECT_TRUE(first.effective);
  EXPECT_EQ(rows_and_answers(), std::pair(std::int64_t{1}, std::int64_t{0}));
  all.finish(submission, first.answer, true);
  EXPECT_EQ(rows_and_answers(), std::pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_TRUE(taken(all).replayed);
}

TEST_P(Submissions, ThatAnotherProcessTookSinceAreLeftToIt) {
  for (bool keep : {true, false}) {
    Idempotency all(db(), std::string(32, 's'));
    submission.key = std::string(32, keep ? 'a' : 'b');
    const auto before = rows_and_answers();
    Idempotency::Outcome first = taken(all);
    taken_by_another();
    all.finish(submission, first.answer, keep);
    EXPECT_EQ(rows_and_answers(), std::pair(before.first + 1, before.second));
  }
}

}  // namespace
}  // namespace danchu::web
