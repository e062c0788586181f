// Pages over HTTP.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class Pages : public AssemblyWeb {};

// ---- what is told when ------------------------------------------------------------------------------------

TEST_F(Pages, ACountIsNotToldBeforeTheMeetingIsConcluded) {  // practice P18
  people_only();
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  taken(assembly().agree(front, id, {}));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 74);
  opened(evening, 74);
  taken(assembly().count_vote(head, id, {.yes = {58}, .no = {14}, .other = {2}}));
  auto seq_of = [&](const std::string& subject, const std::string& kind) {
    std::string seq;
    for (const acts::Recorded& act : read([&](store::Reader& r) { return acts::about(r, subject); }))
      if (act.kind == kind) seq = std::to_string(act.seq);
    return seq;
  };
  const std::string counted = "/kiem-chung/" + seq_of(subject_of(id), "assembly.counted");
  for (const std::string& who : {std::string(), as("truong.naca"), as("canbo.muongbu")}) {
    EXPECT_EQ(server.get(counted + "/bytes", who).status, 403);
    EXPECT_TRUE(json(counted, who).at("bytes_url").is_null());
    EXPECT_FALSE(json(counted, who).at("withheld").as_string().empty());
  }
  taken(assembly().conclude(head, evening, {}));
  EXPECT_EQ(server.get(counted + "/bytes").status, 200);
  EXPECT_FALSE(json(counted).at("bytes_url").is_null());

  // Of single households only the village's officers may read (practice P17, P97).
  taken(official([&](store::Writer& w) {
    return people::change_register(w, *server.keys, head, village,
                                   {.change = people::Change::died,
                                    .household = households[80].id,
                                    .happened = today(),
                                    .paper = {"Giấy chứng tử"}});
  }));
  const std::string died = "/kiem-chung/" + seq_of("register/" + village.text(), "register.died");
  const std::string list = read([&](store::Reader& r) { return people::list_of(r, village)->id.text(); });
  const std::string locked =
      "/kiem-chung/" + seq_of("household-list/" + list, "household-list.locked-by-front");
  for (const std::string& path : {died, locked}) {
    EXPECT_EQ(server.get(path + "/bytes").status, 403);
    EXPECT_EQ(server.get(path + "/bytes", as("ho.naca.1")).status, 403);
    EXPECT_EQ(server.get(path + "/bytes", as("truong.naca")).status, 200);
    EXPECT_EQ(server.get(path + "/bytes", as("canbo.muongbu")).status, 200);
  }
  EXPECT_THAT(server.get("/en" + died).body, Not(HasSubstr("died")));
  EXPECT_THAT(server.get("/en" + died).body, Not(HasSubstr("A household ended")));
  EXPECT_THAT(server.get("/en/kiem-chung").body, Not(HasSubstr("A household ended")));
  EXPECT_TRUE(acts::verify(*server.store).findings.empty());
}

}  // namespace
}  // namespace danchu::assembly
