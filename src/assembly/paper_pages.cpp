// Papers of a matter and a meeting as PDF and DOCX. The decision is open to all and names only who had a part
// in it: chair, secretary, who keeps and checks what is collected, the two households that signed. What lists
// households is for those who may read the register.
#include "assembly/addresses.h"
#include "assembly/paper_versions.h"
#include "assembly/papers.h"
#include "assembly/step_page.h"
#include "assembly/wording.h"
#include "law/spelled.h"
#include "paper/turn.h"
#include "people/accounts.h"
#include "people/household_list.h"
#include "people/household_register.h"

namespace danchu::assembly {
namespace {

struct Made : Result<paper::Document> {
  using Result::Result;
  bool names = false;  // it names households or their members: who looked is noted (practice P115)
};
Made naming(paper::Document document) {
  Made made(std::move(document));
  made.names = true;
  return made;
}

// Those who did the steps of the posts on the day of the paper sign it: not their successors, and while the
// holder is away his substitute. One person does not sign twice (practice P20): then the line of the Front is
// its deputy's, or left to be written by a member of the committee.
Letterhead letterhead(Request& q, store::Reader& r, Id<people::Unit> village_id, Date date,
                      const std::string& path) {
  auto village = people::unit(r, village_id);
  auto commune = people::commune_of(r, village_id);
  Letterhead head;
  head.village = people::full_name(*village);
  head.commune = commune ? people::full_name(*commune) : "";
  head.place = commune ? commune->name : "";
  head.date = date;
  head.head_title = people::unit_kind(village->kind).head_title_vi;
  if (auto acts = people::acting_head(r, village_id, date)) {
    head.head_name = people::display_name(r, *acts);
    head.head_stood_in_for = acts != people::holder(r, people::Role::village_head, village_id, date);
  }
  if (auto acts = people::acting_front(r, village_id, date)) {
    head.front_name = people::display_name(r, *acts);
    head.front_stood_in_for = acts != people::holder(r, people::Role::village_front, village_id, date);
  }
  head.public_url = q.site().base_url + path;
  head.demo = q.site().demo;
  return head;
}

std::string person(const Persons& persons, const std::string& part) {
  auto found = persons.find(part);
  return found == persons.end() ? "" : found->second;
}

// Papers are Vietnamese whatever the language of the page.
std::string effect_words(const Decision& d) {
  if (!d.passed) return "Nội dung không được thông qua; chỉ được đưa ra bàn lại bằng một đề xuất mới.";
  if (d.effect_from) return "Có hiệu lực từ ngày " + to_page(*d.effect_from) + ".";
  return answerer_of(static_cast<int>(d.matter.value)) == Answerer::front_recognises
             ? "Có hiệu lực từ ngày được Ủy ban Mặt trận Tổ quốc Việt Nam xã công nhận."
             : "Có hiệu lực từ ngày Ủy ban nhân dân xã ban hành quyết định công nhận.";
}

std::string paper_title(Title title) {
  switch (title) {
    case Title::resolution:
      return "NGHỊ QUYẾT";
    case Title::minutes:
      return "BIÊN BẢN CUỘC HỌP";
    case Title::memorandum:
      return "BẢN GHI NHỚ";
    case Title::agreement:
      return "BẢN THỎA THUẬN";
  }
  return "NGHỊ QUYẾT";
}

// What members said who disagreed with their representatives; named only for who may read names.
void add_voices(store::Reader& r, const Meeting& m, bool names, CommunityDecision& form) {
  std::map<Id<people::Household>, std::int64_t> numbers;
  if (names && m.list)
    for (const people::ListLine& line : people::lines(r, *m.list)) numbers[line.household] = line.number;
  for (const MemberOpinion& o : opinions_of(r, m.id)) {
    if (o.struck) continue;
    ++form.voices;
    if (!names) continue;
    const Persons persons = persons_of(r, o.id.number);
    const std::string said = person(persons, "said");
    form.member_opinions.push_back(person(persons, "member") + ", thành viên hộ số " +
                                   std::to_string(numbers[o.household]) + ": " +
                                   (said.empty() ? "…………………………………………" : said));
  }
}

// Papers are Vietnamese whatever the language of the page.
std::string note_of(const people::ListLine& line) {
  std::string note = line.temporary ? "tạm trú" : "";
  const std::string_view special = people::written(line.circumstance);
  if (!special.empty()) note += (note.empty() ? "" : "; ") + std::string(special);
  return note;
}

// What the chair is, by who convened the meeting (Decree 59 art. 3.1).
std::string chair_post(Convenor convenor, const Letterhead& head) {
  switch (convenor) {
    case Convenor::head:
      return head.head_title;
    case Convenor::appointed:
      return "người được Chủ tịch UBND xã chỉ định";
  }
  return "";
}

MatterResult matter_result(store::Reader& r, const Motion& m, const Vote& v, const Decision& d) {
  MatterResult result{m.title.value,
                      "giơ tay",
                      v.present.value,
                      v.yes.value,
                      v.no.value,
                      v.other.value,
                      v.needed.value,
                      v.passed,
                      v.passed ? d.wording.value : "",
                      "",
                      "",
                      m.asked.value};
  if (!v.passed) return result;
  const Persons persons = persons_of(r, m.id.number);
  result.keeper = person(persons, "keeper");
  result.checker = person(persons, "checker");
  return result;
}

void add_corrections(const Motion& m, const std::vector<Correction>& corrections, CommunityDecision& form) {
  for (const Correction& c : corrections)
    form.corrections.push_back(
        {m.title.value,
         c.corrected_on,
         {c.old_present.value, c.old_yes.value, c.old_no.value, c.old_other.value, c.old_passed},
         {c.new_present.value, c.new_yes.value, c.new_no.value, c.new_other.value, c.new_passed},
         c.reason.value,
         c.paper_reference.value});
}

// What form 03 says of the evening. Chair and secretary are named, whom the meeting gave these parts; members
// who spoke against their representative only for whoever may read the register.
CommunityDecision of_meeting(Request& q, store::Reader& r, const Meeting& m, Date on,
                             const std::string& path) {
  CommunityDecision form;
  form.letterhead = letterhead(q, r, m.village, on, path);
  form.began = m.opened_at.value_or(m.starts);
  form.ended = m.concluded_at;
  form.where = m.place.value;
  auto commune = people::commune_of(r, m.village);
  const bool names = commune && people::may_read_register(q.viewer(), m.village, commune->id);
  add_voices(r, m, names, form);
  if (const law::Version* speak = q.site().law.in_force("X-08", local_date(m.starts)))
    form.voices_article = law::spelled_out(speak->citation);
  const Persons persons = persons_of(r, m.id.number);
  form.chair = person(persons, "chair");
  form.secretary = person(persons, "secretary");
  if (!form.chair.empty() && form.chair.find(',') == std::string::npos)
    form.chair_post = chair_post(m.convenor, form.letterhead);
  form.households = m.households.value;
  if (auto list = m.list ? people::household_list(r, *m.list) : std::nullopt)
    form.list_closed_on = list->closed_on;
  form.attended = m.attended.value_or(Count{}).value;
  if (m.present_at_opening && m.secretary_yes && m.method_yes)
    form.procedure = CommunityDecision::Procedure{m.present_at_opening->value, m.secretary_yes->value,
                                                  m.method_yes->value};
  return form;
}

Made decision_of(const CommunityDecision& form) {
  Made made(community_decision(form));
  made.names = !form.member_opinions.empty();
  return made;
}

Made paper_of(Request& q, store::Reader& r, const Whole& w, const DecisionVersion& version) {
  const Decision& d = version.decision;
  CommunityDecision form = of_meeting(q, r, *w.meeting, d.voted_on, address(w.motion.id).value);
  form.letterhead.check_code = version.check_code;
  form.letterhead.replaced = version.replaced_by.has_value();
  // Nothing was decided on a matter that did not pass: its paper is minutes, whatever name was chosen.
  form.title = paper_title(d.passed ? d.title : Title::minutes);
  if (!d.passed) form.outcome = "Kết quả: không được thông qua";
  form.subject = w.motion.title.value;
  form.households = version.vote.households.value;
  form.attended = w.meeting->attended.value_or(version.vote.present).value;
  form.matters = {matter_result(r, w.motion, version.vote, d)};
  if (d.signed_on && !version.replaced_by) {
    const Persons persons = persons_of(r, w.motion.id.number);
    form.witnesses = {person(persons, "witness_1"), person(persons, "witness_2")};
  }
  form.effects = {effect_words(d)};
  add_corrections(w.motion, version.corrections, form);
  return decision_of(form);
}

Made decision_paper(Request& q, store::Reader& r) {
  auto w = whole(r, q.id<Motion>("motion"));
  const auto versions = w && w->meeting ? versions_of(q.site().law, *w) : std::vector<DecisionVersion>{};
  if (versions.empty()) return problem(Fault::missing, N_("There is no decision on this matter yet"));
  return paper_of(q, r, *w, versions.back());
}

// As it stood before a correction, marked as replaced.
Made earlier_paper(Request& q, store::Reader& r) {
  auto w = whole(r, q.id<Motion>("motion"));
  if (w && w->meeting)
    for (const DecisionVersion& version : versions_of(q.site().law, *w))
      if (version.replaced_by == q.id<Correction>("correction")) return paper_of(q, r, *w, version);
  return problem(Fault::missing, N_("There is no such paper"));
}

// One paper of the whole evening, beside one decision paper for each matter (practice P7).
Made minutes_paper(Request& q, store::Reader& r) {
  auto m = meeting(r, q.id<Meeting>("meeting"));
  if (!m || m->state != MeetingState::concluded)
    return problem(Fault::missing, N_("The minutes are made when the meeting is concluded"));
  CommunityDecision form = of_meeting(q, r, *m, local_date(m->starts), address(m->id).value);
  form.letterhead.check_code = code_of_minutes(r, m->id);
  form.title = paper_title(Title::minutes);
  for (const Motion& on_agenda : motions_of(r, m->id)) {
    auto vote = vote_on(r, on_agenda.id);
    auto decision = decision_on(r, on_agenda.id);
    if (!vote || !decision) continue;
    form.matters.push_back(matter_result(r, on_agenda, *vote, *decision));
    form.effects.push_back(std::to_string(form.matters.size()) + ". " + effect_words(*decision));
    add_corrections(on_agenda, corrections_of(r, on_agenda.id), form);
  }
  for (const PutOff& put_off : put_off_at(r, m->id)) form.put_off.push_back({put_off.title, put_off.reason});
  return decision_of(form);
}

// The meeting of the address, when the viewer may read names of this village's households.
Problems not_noticed() { return problem(Fault::missing, N_("This paper is made when the notice is given")); }
Result<Meeting> may_read_names(Request& q, store::Reader& r) {
  auto m = meeting(r, q.id<Meeting>("meeting"));
  if (!m) return not_noticed();
  auto commune = people::commune_of(r, m->village);
  if (!commune || !people::may_read_register(q.viewer(), m->village, commune->id))
    return problem(Fault::denied, N_("This paper names households: it is for the village and its officers"));
  return *m;
}
// One whose list is frozen.
Result<Meeting> readable_meeting(Request& q, store::Reader& r) {
  auto m = may_read_names(q, r);
  if (m && !m->list) return not_noticed();
  return m;
}

Invitation invitation_of(Request& q, store::Reader& r, const Meeting& m) {
  Persons persons = persons_of(r, m.id.number);
  Invitation form;
  form.letterhead =
      letterhead(q, r, m.village, local_date(m.noticed_at.value_or(q.now())), address(m.id).value);
  form.draft = !m.noticed_at;
  if (!form.draft) form.letterhead.check_code = code_of_notice(r, m.id);
  form.subject = "họp cộng đồng dân cư";
  form.when = m.starts;
  form.where = m.place.value;
  form.chair = person(persons, "chair");
  form.attendees = "Ban công tác Mặt trận và đại diện các hộ gia đình";
  const Date noticed = local_date(m.noticed_at.value_or(q.now()));
  std::string documents;
  for (const Motion& on_agenda : motions_of(r, m.id)) {
    if (on_agenda.state == MotionState::withdrawn) continue;
    form.agenda.push_back(on_agenda.title.value);
    form.asked.push_back(asked_of_each(on_agenda));
    if (m.documents_sent && needs_documents(q.site().law, static_cast<int>(on_agenda.matter.value), noticed))
      documents += (documents.empty() ? "“" : "; “") + on_agenda.title.value + "”";
  }
  if (!documents.empty())
    form.documents.push_back("Tài liệu về nội dung " + documents + ", gửi đến các hộ ngày " +
                             to_page(*m.documents_sent) + ".");
  for (const PutOff& put_off : put_off_at(r, m.id)) {
    form.agenda.push_back(put_off.title);
    const auto matter = motion(r, put_off.motion);
    form.asked.push_back(matter ? asked_of_each(*matter) : "");
  }
  form.contact = person(persons, "contact");
  form.second_language = person(persons, "second_language");
  return form;
}

// One for all: as a draft before the notice, for it must be printed before it can be handed out.
Made invitation_paper(Request& q, store::Reader& r) {
  auto m = may_read_names(q, r);
  if (!m) return m.problems();
  if (!m->list && m->state != MeetingState::planned) return not_noticed();
  return invitation(invitation_of(q, r, *m));
}

std::vector<ListedHousehold> listed(store::Reader& r, Id<people::HouseholdList> list) {
  std::vector<ListedHousehold> lines;
  for (const people::ListLine& line : people::lines(r, list))
    lines.push_back({line.number, line.house.value, line.head.value, line.beside.value, note_of(line)});
  return lines;
}

Made invitations_paper(Request& q, store::Reader& r) {
  auto m = readable_meeting(q, r);
  if (!m) return m.problems();
  return naming(invitations(invitation_of(q, r, *m), listed(r, *m->list)));
}

Made list_paper(Request& q, store::Reader& r) {
  auto m = readable_meeting(q, r);
  if (!m) return m.problems();
  auto list = people::household_list(r, *m->list);
  return naming(household_list(letterhead(q, r, m->village, list->closed_on, address(m->id).value),
                               list->closed_on, listed(r, *m->list)));
}

Made attendance_paper(Request& q, store::Reader& r) {
  auto m = readable_meeting(q, r);
  if (!m) return m.problems();
  return naming(attendance_sheet(letterhead(q, r, m->village, local_date(m->starts), address(m->id).value),
                                 "Cuộc họp " + to_page(m->starts), listed(r, *m->list)));
}

// ---- before a notice: the list is posted and signing is prepared as soon as it stands ------------------

bool is_draft(const people::HouseholdList& l) {
  return l.state == people::ListState::draft || l.state == people::ListState::locked;
}

Result<people::HouseholdList> readable_list(Request& q, store::Reader& r) {
  auto list = people::household_list(r, q.id<people::HouseholdList>("list"));
  if (!list || list->village != q.id<people::Unit>("village") || list->state == people::ListState::returned)
    return problem(Fault::missing, N_("There is no such household list"));
  auto commune = people::commune_of(r, list->village);
  if (!commune || !people::may_read_register(q.viewer(), list->village, commune->id))
    return problem(Fault::denied, N_("This paper names households: it is for the village and its officers"));
  return *list;
}

Letterhead letterhead(Request& q, store::Reader& r, const people::HouseholdList& list) {
  Letterhead head = letterhead(q, r, list.village, list.closed_on,
                               address_of_village(list.village, "danh-sach/" + list.id.text()).value);
  head.draft = is_draft(list);
  return head;
}

Made waiting_list_paper(Request& q, store::Reader& r) {
  auto list = readable_list(q, r);
  if (!list) return list.problems();
  return naming(household_list(letterhead(q, r, *list), list->closed_on, listed(r, list->id)));
}

Made waiting_attendance_paper(Request& q, store::Reader& r) {
  auto list = readable_list(q, r);
  if (!list) return list.problems();
  return naming(attendance_sheet(letterhead(q, r, *list),
                                 "Danh sách hộ chốt ngày " + to_page(list->closed_on), listed(r, list->id)));
}

Made tally_paper(Request& q, store::Reader& r) {
  auto m = readable_meeting(q, r);
  if (!m) return m.problems();
  const std::int64_t households = households_of(r, *m);
  std::vector<TallyLine> matters;
  for (const Motion& on_agenda : motions_of(r, m->id))
    if (on_agenda.state != MotionState::withdrawn)
      matters.push_back(
          {on_agenda.title.value, least_needed(q.site().law, static_cast<int>(on_agenda.matter.value),
                                               households, local_date(m->starts))});
  return tally_sheet(letterhead(q, r, m->village, local_date(m->starts), address(m->id).value), households,
                     matters);
}

// The same document in both formats, under two addresses.
void paper_route(web::Router& router, const std::string& pattern, std::string_view summary,
                 const std::string& name, Made (*make)(Request&, store::Reader&), bool open) {
  auto route = [&](std::string_view type) {
    web::Route r = web::about(summary).makes(type);
    return open ? r : r.signed_in();
  };
  constexpr std::string_view pdf = "application/pdf";
  constexpr std::string_view docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  auto handler = [=](std::string_view type, std::string extension,
                     std::string (*print)(const paper::Document&)) {
    return [=](Request& q) {
      Slots::Held turn(paper::turns(), paper::turn_wait);
      if (!turn) return q.refuse(too_many_papers());
      Made made = q.site().db.read([&](store::Reader& r) { return make(q, r); });
      if (!made) return q.refuse(made.problems());
      if (made.names) note_names_shown(q, "paper");
      return web::bytes(type, print(*made), name + extension);
    };
  };
  router.get(pattern + ".pdf", handler(pdf, ".pdf", paper::to_pdf), route(pdf));
  router.get(pattern + ".docx", handler(docx, ".docx", paper::to_docx), route(docx));
}

}  // namespace

void paper_routes(web::Router& router) {
  paper_route(router, "/viec/{motion}/quyet-dinh", N_("Decision of the community (form 03)"), "quyet-dinh",
              decision_paper, true);
  paper_route(router, "/viec/{motion}/ban-truoc/{correction}/quyet-dinh", N_("The paper before, replaced"),
              "quyet-dinh-da-thay-the", earlier_paper, true);
  paper_route(router, "/cuoc-hop/{meeting}/bien-ban", N_("Minutes of the whole meeting"), "bien-ban",
              minutes_paper, true);
  paper_route(router, "/cuoc-hop/{meeting}/giay-moi", N_("Invitation (form 01)"), "giay-moi",
              invitation_paper, false);
  paper_route(router, "/cuoc-hop/{meeting}/giay-moi-tung-ho", N_("Invitations, one page for each household"),
              "giay-moi-tung-ho", invitations_paper, false);
  paper_route(router, "/cuoc-hop/{meeting}/danh-sach-ho", N_("Household list"), "danh-sach-ho", list_paper,
              false);
  paper_route(router, "/cuoc-hop/{meeting}/danh-sach-diem-danh", N_("Attendance sheet"),
              "danh-sach-diem-danh", attendance_paper, false);
  const std::string list = "/thon/{village}/danh-sach/{list}/";
  paper_route(router, list + "danh-sach-ho", N_("Household list"), "danh-sach-ho", waiting_list_paper, false);
  paper_route(router, list + "danh-sach-diem-danh", N_("Attendance sheet"), "danh-sach-diem-danh",
              waiting_attendance_paper, false);
  paper_route(router, "/cuoc-hop/{meeting}/bang-kiem-dem", N_("Tally sheet"), "bang-kiem-dem", tally_paper,
              false);
}

}  // namespace danchu::assembly
