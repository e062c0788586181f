// Decisions and meetings for other programs: feeds, calendars, tables.
#include "assembly/pages_testing.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::Not;

class OpenData : public AssemblyWeb {
 protected:
  void SetUp() override {
    people_only();
    asked = taken(assembly().propose(head, village, road(1'200'000)));
    taken(assembly().agree(front, asked, seen(asked)));
  }
  std::string get(const std::string& path, const std::string& type) {
    const web::Answer answer = server.get(path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_TRUE(answer.header("content-type").starts_with(type)) << answer.header("content-type");
    return answer.body;
  }
  std::string calendar(const std::string& of) { return get(of + "/lich-hop.ics", "text/calendar"); }
  std::string feed(const std::string& of) { return get(of + "/ket-qua.atom", "application/atom+xml"); }
  std::string table(const std::string& of) { return get(of + "/ket-qua.csv", "text/csv"); }
  std::vector<std::string> places() { return {"/thon/" + village.text(), "/xa/03847", "/xa/14", ""}; }
  void decided(Id<Meeting> meeting) {
    at(2026, 12, 12, 19, 30);
    came(meeting, 70);
    opened(meeting, 70);
    taken(assembly().count_vote(head, asked, {.yes = {61}, .no = {9}, .other = {0}}));
    at(2026, 12, 12, 21, 0);
    taken(assembly().conclude(head, meeting, {}));
  }

  Id<Motion> asked;
};

TEST_F(OpenData, AMeetingIsInTheCalendarFromItsNoticeOn) {
  const Id<Meeting> meeting = called(make_date(2026, 12, 12), {asked});
  for (const std::string& place : places()) EXPECT_THAT(calendar(place), Not(HasSubstr("BEGIN:VEVENT")));
  notice(meeting);
  for (const std::string& place : places()) {
    const std::string shown = calendar(place);
    EXPECT_THAT(shown, HasSubstr("UID:" + meeting.text() + "@danchu\r\n"));
    EXPECT_THAT(shown, HasSubstr("DTSTART:20261212T123000Z\r\n")) << "19:30 in Viet Nam";
    EXPECT_THAT(shown, HasSubstr("STATUS:CONFIRMED\r\n"));
    EXPECT_THAT(shown, HasSubstr("LOCATION:Nhà văn hóa bản\r\n"));
  }
}

TEST_F(OpenData, AMeetingThatIsCancelledStaysInTheCalendarAsCancelled) {
  const Id<Meeting> meeting = called(make_date(2026, 12, 12), {asked});
  notice(meeting);
  taken(assembly().cancel_meeting(head, meeting, {{"Mưa lũ"}}));
  EXPECT_THAT(calendar("/thon/" + village.text()), HasSubstr("STATUS:CANCELLED\r\n"));
}

TEST_F(OpenData, MovedAndThenCancelledItIsCancelledToo) {
  const Id<Meeting> meeting = called(make_date(2026, 12, 12), {asked});
  notice(meeting);
  MoveMeeting move{.starts = at_local(make_date(2026, 12, 15), 19, 30), .place = {"Nhà ông Thoa"}};
  move.reason = Text<1000>{"Mưa lũ"};
  move.version = read([&](store::Reader& r) { return assembly::meeting(r, meeting)->version; });
  taken(assembly().move_meeting(head, meeting, move));
  taken(assembly().cancel_meeting(head, meeting, {{"Mưa lũ"}}));
  const Id<Meeting> unheard = called(make_date(2026, 12, 20), {asked});
  taken(assembly().cancel_meeting(head, unheard, {{"Gọi nhầm ngày"}}));
  const std::string shown = calendar("/thon/" + village.text());
  EXPECT_THAT(shown, HasSubstr("UID:" + meeting.text() + "@danchu\r\n"));
  EXPECT_THAT(shown, HasSubstr("STATUS:CANCELLED\r\n"));
  EXPECT_THAT(shown, Not(HasSubstr(unheard.text()))) << "nobody was told of it";
}

TEST_F(OpenData, WhatWasDecidedIsInFeedsAndTables) {
  const Id<Meeting> meeting = called(make_date(2026, 12, 12), {asked});
  notice(meeting);
  for (const std::string& place : places()) {
    EXPECT_THAT(feed(place), Not(HasSubstr("<entry>")));
    EXPECT_THAT(table(place), Not(HasSubstr("Góp làm đường")));
  }
  decided(meeting);
  for (const std::string& place : places()) {
    const std::string entries = feed(place);
    EXPECT_THAT(entries, HasSubstr("bản Nà Cá: Góp làm đường nội bản 1200000"));
    EXPECT_THAT(entries, HasSubstr("Được thông qua: 61/87 hộ tán thành, cần 58"));
    EXPECT_THAT(entries, HasSubstr(page(asked)));
    EXPECT_THAT(table(place), HasSubstr("2026-12-12,03847,xã Mường Bú,bản Nà Cá,"));
    EXPECT_THAT(table(place), HasSubstr(",passed,87,58,70,61,9,0,"));
  }
}

TEST_F(OpenData, ThePagesNameThem) {
  const std::string at_village = "/thon/" + village.text();
  const std::string shown = server.get(at_village).body;
  EXPECT_THAT(shown, HasSubstr("type=\"application/atom+xml\" href=\"" + at_village + "/ket-qua.atom\""));
  EXPECT_THAT(shown, HasSubstr("href=\"" + at_village + "/lich-hop.ics\""));
  EXPECT_THAT(server.get("/").body, HasSubstr("href=\"/ket-qua.csv\""));
  EXPECT_EQ(server.get("/thon/0000000000001/ket-qua.csv").status, 404);
  EXPECT_EQ(server.get("/xa/99999/lich-hop.ics").status, 404);
}

}  // namespace
}  // namespace danchu::assembly
