// Pages of matters, meetings and desks over HTTP: what is offered can be done, ticks of two officers stand
// together, and nothing is told before its time.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class Pages : public AssemblyWeb {
 protected:
  // Every address a page offers to this person is open to him.
  void offered(const std::string& path, const std::string& user) {
    const boost::json::value shown = json(path, as(user));
    auto follow = [&](const boost::json::value& url) {
      const std::string to(url.as_string());
      if (!tried.insert({user, to}).second) return;
      web::Answer answer = server.get(to, as(user));
      EXPECT_EQ(answer.status, 200) << user << " on " << path << " is offered " << to;
      ++followed;
    };
    for (const char* list : {"actions", "todos", "units"})
      if (auto* found = shown.as_object().if_contains(list))
        for (const auto& one : found->as_array()) {
          follow(one.at("url"));
          if (auto* more = one.as_object().if_contains("actions"))
            for (const auto& action : more->as_array()) follow(action.at("url"));
        }
    if (auto* agenda = shown.as_object().if_contains("agenda"))
      for (const auto& line : agenda->as_array())
        if (!line.at("vote_url").is_null()) follow(line.at("vote_url"));
    if (auto* papers = shown.as_object().if_contains("papers"))
      for (const auto& paper : papers->as_array()) {
        if (printed.insert({user, std::string(paper.at("docx").as_string())}).second)
          follow(paper.at("docx"));
      }
  }
  void everybody_may_do_what_is_offered(const std::vector<std::string>& paths) {
    tried.clear();
    for (const auto& [user, viewer] : server.sessions)
      for (const std::string& path : paths) offered(path, user);
  }

  int followed = 0;
  std::set<std::pair<std::string, std::string>> tried,
      printed;  // by whom, which address; since the last step, ever
};

TEST_F(Pages, OfferOnlyWhatCanBeDoneInStoryD1) {
  people_only();
  std::vector<std::string> paths{"/ban-lam-viec", "/thon/" + village.text()};
  auto look = [&] { everybody_may_do_what_is_offered(paths); };
  look();
  Id<Motion> id;
  Id<Meeting> evening;
  for (auto [money, yes] : {std::pair{200'000, 57}, std::pair{150'000, 58}}) {
    const Date saturday = money == 200'000 ? make_date(2026, 12, 12) : make_date(2026, 12, 26);
    server.store.clock.set(at_local(saturday - 3, 8, 0));
    id = taken(id ? assembly().propose_again(head, id, road(money))
                  : assembly().propose(head, village, road(money)));
    paths.push_back(page(id));
    look();
    taken(assembly().agree(front, id, seen(id)));
    look();
    evening = called(saturday, {id});
    paths.push_back(page(evening));
    look();
    notice(evening);
    look();
    server.store.clock.set(at_local(saturday, 19, 30));
    came(evening, 74);
    look();
    opened(evening, 74);
    look();
    taken(assembly().count_vote(head, id, {.yes = {yes}, .no = {72 - yes}, .other = {2}}));
    look();
    taken(assembly().conclude(head, evening, {}));
    look();
  }
  taken(assembly().sign(head, id, signed_today()));
  look();
  taken(assembly().send(head, id, {}));
  look();
  taken(assembly().receive(officer, id, {}));
  look();
  taken(assembly().report_execution(head, id, {std::nullopt, {"Đã thu"}}));
  look();
  EXPECT_EQ(server.get(page(id) + "/dinh-chinh", as("truong.naca")).status, 200);
  taken(assembly().correct(
      officer, id,
      {{74}, {57}, {15}, {2}, {"Biên bản ghi 57"}, {"Sổ đính chính"}, pictures("1"), pictures("2"), {}}));
  look();
  taken(assembly().agree_correction(viewers["chutich.muongbu"], id, asked(id)));
  look();
  EXPECT_GT(followed, 100);
}

TEST_F(Pages, OfferOnlyWhatCanBeDoneInEveryStateOfTheDemonstration) {
  const Instant now = at_local(make_date(2026, 12, 24), 10, 0);
  server.store.clock.set(demo_begins(now));
  people::demo_people(*server.store, *server.keys);
  demo_stories(*server.store, *server.keys, server.store.clock, now);
  static const store::Statement motions{"SELECT id, meeting, village FROM motion ORDER BY id"};
  static const store::Statement holders{
      "SELECT DISTINCT p.account FROM post p JOIN unit u ON u.id = $1 WHERE p.unit IN (u.id, u.parent) ORDER "
      "BY p.account"};
  read([&](store::Reader& r) {
    for (const store::Row& row : r.query(motions)) {
      std::vector<std::string> paths{"/ban-lam-viec", page(row.id<Motion>(0))};
      if (!row.is_null(1)) paths.push_back(page(row.id<Meeting>(1)));
      for (const store::Row& holder : r.query(holders, row.integer(2))) {
        const auto account = holder.id<people::Account>(0);
        server.sessions[account.text()] = people::viewer_for(r, account, today());
        for (const std::string& path : paths) offered(path, account.text());
      }
    }
  });
  EXPECT_GT(followed, 100);
}

// ---- attendance -------------------------------------------------------------------------------------------

TEST_F(Pages, TwoOfficersWithoutScriptsKeepEachOthersTicks) {
  people_only();
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  taken(assembly().agree(front, id, seen(id)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  at(2026, 12, 12, 19, 30);
  const std::string path = page(evening) + "/diem-danh";
  auto shown_to = [&](const std::string& user) {
    const std::string body = server.get(path, as(user)).body;
    const std::string before = "name=\"shown\" value=\"";
    const std::size_t from = body.find(before) + before.size();
    return body.substr(from, body.find('"', from) - from);
  };
  auto save = [&](const std::string& user, const std::string& shown, std::vector<std::size_t> ticked) {
    std::string body = "shown=" + shown;
    for (std::size_t i : ticked) body += "&here=" + households[i].id.text();
    EXPECT_EQ(server.post(path, body, as(user)).status, 303);
  };
  auto present = [&] {
    std::set<Id<people::Household>> here;
    for (const Attendance& a : read([&](store::Reader& r) { return attendance_of(r, evening); }))
      if (!a.left_at) here.insert(a.household);
    return here;
  };
  const std::string empty = shown_to("truong.naca");
  EXPECT_EQ(empty, std::string(87, '0'));
  save("truong.naca", empty, {0, 1});
  save("thuky.naca", empty, {2});  // her page was made before his ticks
  EXPECT_EQ(present(), (std::set{households[0].id, households[1].id, households[2].id}));
  const std::string three = shown_to("truong.naca");
  save("truong.naca", three, {0, 2});  // unticks the second
  save("thuky.naca", three, {0, 1, 2, 3});
  EXPECT_EQ(present(), (std::set{households[0].id, households[2].id, households[3].id}));
  // A correction of the list in between moves nobody's box.
  const std::string before = shown_to("truong.naca");
  taken(official([&](store::Writer& w) {
    return people::correct_list(w, *server.keys, officer, people::list_of(w, village)->id,
                                {{}, {households[10].id}, {"Ghi trùng"}});
  }));
  save("truong.naca", before, {0, 2, 3, 20});
  EXPECT_EQ(present(), (std::set{households[0].id, households[2].id, households[3].id, households[20].id}));
}

TEST_F(Pages, AttendanceIsSearchedByAPartOfALineAndSaysWhatIsTooLong) {
  people_only();
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  taken(assembly().agree(front, id, seen(id)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
  notice(evening);
  const std::string path = page(evening) + "/diem-danh";
  const std::string me = as("truong.naca");
  EXPECT_EQ(json(path, me).at("ticks").as_array().size(), 87u);
  EXPECT_EQ(json(path + "?tim=87", me).at("ticks").as_array().size(), 1u);
  const std::string long_name(61, 'x');
  web::Answer refused = server.get(path + "?tim=" + long_name, me);
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("60"));
  EXPECT_THAT(refused.body, HasSubstr(long_name)) << "what was typed stays";
}

// ---- what is told when ------------------------------------------------------------------------------------

TEST_F(Pages, ACountIsNotToldBeforeTheMeetingIsConcluded) {  // practice P18
  people_only();
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  taken(assembly().agree(front, id, seen(id)));
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
    EXPECT_EQ(server.get(counted + "/bytes", who + json_only).status, who.empty() ? 401 : 403);
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
    EXPECT_EQ(server.get(path + "/bytes").status, 303) << "a stranger is asked to sign in";
    EXPECT_EQ(server.get(path + "/bytes", as("ho.naca.1")).status, 403);
    EXPECT_EQ(server.get(path + "/bytes", as("truong.naca")).status, 200);
    EXPECT_EQ(server.get(path + "/bytes", as("canbo.muongbu")).status, 200);
  }
  EXPECT_THAT(server.get("/en" + died).body, Not(HasSubstr("died")));
  EXPECT_THAT(server.get("/en" + died).body, Not(HasSubstr("A household ended")));
  EXPECT_THAT(server.get("/en/kiem-chung").body, Not(HasSubstr("A household ended")));
  EXPECT_TRUE(acts::verify(*server.store).findings.empty());
}

// ---- papers -----------------------------------------------------------------------------------------------

TEST_F(Pages, PapersNameWhoHeldThePostsThenAndWhatWasCorrected) {
  people_only();
  const Id<Motion> id = taken(assembly().propose(head, village, road(200'000)));
  const Id<Motion> other = taken(assembly().propose(head, village, board_member()));
  taken(assembly().agree(front, id, seen(id)));
  taken(assembly().agree(front, other, seen(other)));
  const Id<Meeting> evening = called(make_date(2026, 12, 12), {id, other});
  EXPECT_EQ(server.get(page(evening) + "/bien-ban.pdf").status, 404);
  notice(evening);
  at(2026, 12, 12, 19, 30);
  came(evening, 74);
  opened(evening, 74);
  for (Id<Motion> each : {id, other})
    taken(assembly().count_vote(head, each, {.yes = {58}, .no = {14}, .other = {2}}));
  taken(assembly().conclude(head, evening, {}));
  at(2026, 12, 20, 8, 0);
  taken(assembly().correct(officer, id,
                           {{74},
                            {57},
                            {15},
                            {2},
                            {"Biên bản ghi 57 hộ"},
                            {"Sổ đính chính 01"},
                            pictures("1"),
                            pictures("2"),
                            {}}));
  taken(assembly().agree_correction(front, id, asked(id)));
  const std::string old_front = front.name;
  static const store::Statement post{
      "SELECT id FROM post WHERE account = $1 AND role = 'village_front' ORDER BY id DESC LIMIT 1"};
  taken(official([&](store::Writer& w) {
    return people::hand_over(w, *server.keys, officer, w.first(post, front.account)->id<people::PostRow>(0),
                             "thuky.naca", today());
  }));
  const std::string decision = words_of(server.get(page(id) + "/quyet-dinh.docx").body);
  EXPECT_THAT(decision, HasSubstr(old_front)) << "he signed it";
  EXPECT_THAT(decision, Not(HasSubstr(viewers["thuky.naca"].name)));
  EXPECT_THAT(decision, HasSubstr("đồng ý 58, không đồng ý 14"));
  EXPECT_THAT(decision, HasSubstr("Sổ đính chính 01"));
  EXPECT_THAT(decision, HasSubstr("Cà Thị Hặc")) << "the secretary the meeting chose";
  EXPECT_THAT(decision, Not(HasSubstr(households[3].head.value)))
      << "no household is named on the open paper";
  const std::string minutes = words_of(server.get(page(evening) + "/bien-ban.docx", as("truong.naca")).body);
  for (const char* part : {"BIÊN BẢN CUỘC HỌP", "Góp làm đường nội bản", "Bầu thành viên", "Cà Thị Hặc",
                           "Lò Văn Thoa, Trưởng bản", "ĐÍNH CHÍNH"})
    EXPECT_THAT(minutes, HasSubstr(part));
  const std::string invitation =
      words_of(server.get(page(evening) + "/giay-moi.docx", as("truong.naca")).body);
  EXPECT_THAT(invitation, HasSubstr("5. Tài liệu phục vụ cuộc họp"));
}

}  // namespace
}  // namespace danchu::assembly
