// The whole site on the demonstration's people, with whoever holds a post signed in by a short token, for
// tests of pages over HTTP. Only *_test.cpp files include this.
#pragma once
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <fstream>

#include "acts/pages.h"
#include "assembly/assembly.h"
#include "assembly/attendance.h"
#include "assembly/demo.h"
#include "assembly/pages.h"
#include "assembly/rows.h"
#include "assembly/tasks.h"
#include "assembly/views.h"
#include "law/pages.h"
#include "paper/photograph_testing.h"
#include "people/accounts.h"
#include "people/demo.h"
#include "people/household_list.h"
#include "people/household_register.h"
#include "people/pages.h"
#include "people/password.h"
#include "people/sign_in.h"
#include "people/units.h"
#include "site/pages.h"
#include "store/setting.h"
#include "web/testing.h"

namespace danchu::assembly {

inline void whole_site(web::Router& router) {
  assembly::routes(router);
  people::routes(router);
  law::routes(router);
  acts::routes(router);
  site::routes(router);
}

// The text of a DOCX.
inline std::string words_of(const std::string& docx) {
  store::TemporaryDirectory directory;
  const std::string file = directory.path() + "/paper.docx";
  std::ofstream(file, std::ios::binary) << docx;
  std::string text;
  FILE* out = popen(("unzip -p " + file + " word/document.xml | sed 's/<[^>]*>//g'").c_str(), "r");
  char part[4096];
  for (std::size_t n; out && (n = fread(part, 1, sizeof part, out)) > 0;) text.append(part, n);
  if (out) pclose(out);
  return text;
}

class AssemblyWeb : public testing::Test {
 protected:
  AssemblyWeb() : server(whole_site, {}, store::Engine::sqlite, true) {
    people::set_password_cost({.operations = 1, .memory_bytes = 8192});
  }
  template <class F>
  auto read(F&& fn) {
    return server.store->read(std::forward<F>(fn));
  }
  template <class F>
  auto official(F&& fn) {
    return server.store->write_official(std::forward<F>(fn));
  }
  // Bản Nà Cá with its 87 households and a list that is confirmed, on the morning of 9 December 2026.
  void people_only() {
    at(2026, 12, 8, 8, 0);
    people::demo_people(*server.store, *server.keys);
    at(2026, 12, 9, 8, 0);
    read([&](store::Reader& r) {
      commune = people::unit_by_code(r, "03847", today())->id;
      village = people::search_units(r, "bản Nà Cá", today(), 1).at(0).unit.id;
      households = people::households(r, village);
    });
    for (const char* user : {"truong.naca", "mt.naca", "thuky.naca", "canbo.muongbu", "chutich.muongbu",
                             "mttq.muongbu", "tinh", "ho.naca.1"})
      viewers[user] = server.sessions[token(user)] = account_named(user);
    head = viewers["truong.naca"];
    front = viewers["mt.naca"];
    officer = viewers["canbo.muongbu"];
  }

  people::Viewer account_named(const std::string& user) {
    static const store::Statement find{"SELECT id FROM account WHERE user_name = $1"};
    return read([&](store::Reader& r) {
      return people::viewer_for(r, r.first(find, user)->id<people::Account>(0), today());
    });
  }
  void at(int year, unsigned month, unsigned day, int hour, int minute) {
    server.store.clock.set(at_local(make_date(year, month, day), hour, minute));
  }
  Date today() { return local_date(server.store.clock.now()); }
  Assembly assembly() { return {*server.store, *server.keys, law::Law::embedded()}; }
  template <class T>
  static T taken(Result<T> answer) {
    if (answer.ok()) return std::move(answer).value();
    const Problem& p = answer.problems()[0];
    ADD_FAILURE() << p.path << ": " << p.message << (p.rules.empty() ? "" : " " + p.rules[0]);
    return T{};
  }

  static std::string token(std::string user) {
    std::replace(user.begin(), user.end(), '.', '-');
    return user;
  }
  static std::string as(const std::string& user) { return "Cookie: danchu=" + token(user) + "\r\n"; }
  static constexpr const char* json_only = "Accept: application/json\r\n";
  boost::json::value json(const std::string& path, const std::string& headers = "") {
    web::Answer answer = server.get(path, headers + json_only);
    EXPECT_EQ(answer.status, 200) << path << "\n" << answer.body.substr(0, 400);
    return answer.status == 200 ? boost::json::parse(answer.body) : boost::json::object();
  }
  // The words of a paper as DOCX.
  std::string text(const std::string& path, const std::string& user = "") {
    web::Answer answer = server.get(path, user.empty() ? "" : as(user));
    EXPECT_EQ(answer.status, 200) << path;
    return words_of(answer.body);
  }
  // The check code of the last act of this kind.
  std::string code(const std::string& subject, const std::string& kind) {
    return read([&](store::Reader& r) {
      std::string found;
      for (const acts::Recorded& act : acts::about(r, subject))
        if (act.kind == kind) found = act.check_code();
      return found;
    });
  }
  std::string page(Id<Motion> id) { return "/viec/" + id.text(); }
  std::string page(Id<Meeting> id) { return "/cuoc-hop/" + id.text(); }

  static ProposeMotion road(std::int64_t dong) {
    ProposeMotion form;
    form.title.value = "Góp làm đường nội bản " + std::to_string(dong);
    form.asked.value = "Mỗi hộ góp tiền và ngày công làm 600 m đường";
    form.collects = form.works = true;
    form.basis = Basis::household;
    form.money = Money{dong};
    form.labour_days = Count{3};
    form.keeper = Line<120>{"Lò Văn Quý"};
    form.checker = Line<120>{"Cà Thị Xuân"};
    return form;
  }
  static std::vector<SentFile> pictures(const std::string& words) {
    return {{"anh.jpg",
             paper::small_jpeg(paper::exif_with_place(6)).insert(2, paper::jpeg_segment(0xDB, words + "q"))}};
  }
  // What the Front of the commune recognises.
  static ProposeMotion board_member() {
    ProposeMotion form;
    form.title.value = "Bầu thành viên Ban Thanh tra nhân dân";
    form.asked.value = "Bầu ông Lò Văn Ín";
    form.elects_board = true;
    return form;
  }
  AgreeCorrection asked(Id<Motion> id) {  // the correction that waits, as its page shows it
    auto waiting = read([&](store::Reader& r) { return waiting_correction(r, id); });
    return {waiting ? std::optional(waiting->id) : std::nullopt};
  }
  AgreeByTap seen(Id<Motion> id) {  // as the page shows it
    return {read([&](store::Reader& r) { return motion(r, id)->version; })};
  }
  Id<Meeting> called(Date day, std::vector<Id<Motion>> motions) {
    return taken(assembly().call_meeting(head, village,
                                         {.starts = at_local(day, 19, 30),
                                          .place = {"Nhà văn hóa bản"},
                                          .chair = {"Lò Văn Thoa"},
                                          .contact = {"0912 345 678"},
                                          .motions = std::move(motions)}));
  }
  void notice(Id<Meeting> id) {
    taken(assembly().give_notice(
        head, id,
        {.channel = Channel::invitation, .posted_at = {"Nhà văn hóa bản"}, .documents_sent = today()}));
  }
  void came(Id<Meeting> id, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) taken(assembly().attend(head, id, households[i].id, {}));
  }
  void opened(Id<Meeting> id, std::int64_t present) {
    taken(assembly().open(
        head, id, {.secretary = {"Cà Thị Hặc"}, .secretary_yes = {present}, .method_yes = {present}}));
  }
  SignPaper signed_today() {
    return {.signed_on = today(),
            .household_1 = {"Lò Văn Một"},
            .household_2 = {"Lò Văn Hai"},
            .reference = {"Sổ 2026, tờ 3"}};
  }

  web::TestServer server;
  std::map<std::string, people::Viewer> viewers;
  people::Viewer head, front, officer;
  Id<people::Unit> commune, village;
  std::vector<people::Household> households;
};

}  // namespace danchu::assembly
