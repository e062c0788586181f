#include "assembly/decisions.h"

#include <gtest/gtest.h>

#include <set>

namespace danchu::assembly {
namespace {

using people::Role;

const Id<people::Unit> village{11}, other_village{12}, commune{5};

people::Viewer holding(Role role, Id<people::Unit> unit) {
  people::Viewer v;
  v.account = {77};
  v.posts.push_back({role, unit});
  return v;
}

const std::vector<Verb> all_verbs = {Verb::propose,
                                     Verb::agree,
                                     Verb::agree_by_paper,
                                     Verb::reclassify,
                                     Verb::withdraw,
                                     Verb::ask_form,
                                     Verb::call_meeting,
                                     Verb::give_notice,
                                     Verb::cancel_meeting,
                                     Verb::attend,
                                     Verb::move_meeting,
                                     Verb::hear,
                                     Verb::open,
                                     Verb::count_vote,
                                     Verb::conclude,
                                     Verb::sign,
                                     Verb::send,
                                     Verb::receive,
                                     Verb::answer,
                                     Verb::report_execution,
                                     Verb::correct,
                                     Verb::agree_correction,
                                     Verb::add_proposal_paper,
                                     Verb::add_meeting_paper,
                                     Verb::accept_papers};

std::set<Verb> verbs_of(const people::Viewer& viewer, int matter) {
  std::set<Verb> found;
  for (Verb verb : all_verbs)
    if (may(viewer, verb, {village, commune, matter})) found.insert(verb);
  return found;
}

TEST(AssemblyMay, EachPostDoesItsOwnSteps) {
  const std::set<Verb> of_commune = {Verb::reclassify,    Verb::withdraw,        Verb::cancel_meeting,
                                     Verb::receive,       Verb::answer,          Verb::correct,
                                     Verb::accept_papers, Verb::agree_correction};
  std::set<Verb> of_head(all_verbs.begin(), all_verbs.end());
  for (Verb not_his : {Verb::agree, Verb::reclassify, Verb::receive, Verb::answer, Verb::agree_correction,
                       Verb::accept_papers})
    of_head.erase(not_his);
  EXPECT_EQ(verbs_of(holding(Role::village_head, village), 1), of_head);
  EXPECT_EQ(verbs_of(holding(Role::village_front, village), 1),
            (std::set<Verb>{Verb::agree, Verb::agree_correction}));
  EXPECT_EQ(verbs_of(holding(Role::helper, village), 1),
            (std::set<Verb>{Verb::attend, Verb::hear, Verb::add_proposal_paper, Verb::add_meeting_paper}));
  EXPECT_EQ(verbs_of(holding(Role::commune_officer, commune), 1), of_commune);
  EXPECT_EQ(verbs_of(holding(Role::commune_chair, commune), 3), of_commune);
  EXPECT_EQ(verbs_of(holding(Role::commune_officer, commune), 5),
            (std::set<Verb>{Verb::reclassify, Verb::withdraw, Verb::cancel_meeting, Verb::correct,
                            Verb::accept_papers, Verb::agree_correction}));
  EXPECT_EQ(verbs_of(holding(Role::commune_front, commune), 5),
            (std::set<Verb>{Verb::receive, Verb::answer, Verb::correct, Verb::agree_correction}));
}

// The head's official steps and no other: not the Front's agreement, nothing that takes back or corrects.
TEST(AssemblyMay, AHelperTypesTheHeadsStepsForHim) {
  const std::set<Verb> typed = {Verb::propose, Verb::call_meeting,    Verb::give_notice,
                                Verb::open,    Verb::count_vote,      Verb::conclude,
                                Verb::send,    Verb::report_execution};
  std::set<Verb> begun = typed;
  begun.insert(Verb::attend);
  for (Verb his : {Verb::hear, Verb::add_proposal_paper, Verb::add_meeting_paper}) begun.insert(his);
  for (Verb verb : all_verbs) {
    EXPECT_EQ(helper_may_type(verb), typed.contains(verb));
    EXPECT_EQ(may_begin(holding(Role::helper, village), verb, {village, commune, 1}), begun.contains(verb));
    EXPECT_FALSE(may_begin(holding(Role::helper, other_village), verb, {village, commune, 1}));
  }
  people::Viewer both = holding(Role::village_head, village);
  both.posts.push_back({Role::village_front, village});
  EXPECT_TRUE(may(both, Verb::agree, {village, commune, 1}));
  both.entered_by = {78};
  EXPECT_EQ(verbs_of(both, 1), typed) << "confirmed by PIN he does only what may be typed for him";
}

TEST(SamePerson, IsFoundUnderOtherSpellings) {
  for (const char* written :
       {"Giàng A Phương", "giang a phuong", "Giàng  A   Phương", "GiàngAPhương", "PhươngGiàngA",
        "Phương Giàng A", "Giàng A Phương, Phó ban", "Giàng A Phương (minh họa)"})
    EXPECT_TRUE(same_person(written, "Giàng A Phương")) << written;
  for (const char* other :
       {"", "Cà Văn Hai", "Giàng A Pháo", "Q", "Giàng", "Giàng A Phượng", "Phương Ang Gia"})
    EXPECT_FALSE(same_person(other, "Giàng A Phương")) << other;
  EXPECT_TRUE(same_person("Hoàng Văn Thoa, Trưởng ban CTMT", "Hoàng Văn Thoa (minh họa)"));
  EXPECT_TRUE(same_person("Hoàng Văn Thoa (trưởng ban", "Hoàng Văn Thoa"));
  EXPECT_FALSE(same_person("Lò Văn Hùng", "Lò Văn Hưng"));
  EXPECT_FALSE(same_person("Lò Thị Thanh", "Lò Thị Thành"));
  EXPECT_TRUE(same_person("lo van hung", "Lò Văn Hưng")) << "written without marks it may be he";
}

TEST(AssemblyMay, AnotherUnitsPostDoesNothing) {
  for (Role role : {Role::village_head, Role::village_front, Role::helper, Role::household})
    EXPECT_TRUE(verbs_of(holding(role, other_village), 1).empty());
  for (Role role : {Role::commune_officer, Role::commune_chair, Role::commune_front})
    EXPECT_TRUE(verbs_of(holding(role, {6}), 3).empty());
  for (Role role : {Role::province_officer, Role::household, Role::commune_front})
    EXPECT_TRUE(verbs_of(holding(role, village), 1).empty());
  EXPECT_TRUE(verbs_of({}, 1).empty());
}

TEST(AssemblyDue, EachStepFollowsTheOneBefore) {
  struct {
    Verb verb;
    std::set<MotionState> in;
  } const table[] = {
      {Verb::agree, {MotionState::proposed}},
      {Verb::call_meeting, {MotionState::agreed}},
      {Verb::reclassify, {MotionState::proposed, MotionState::agreed, MotionState::called}},
      {Verb::withdraw,
       {MotionState::proposed, MotionState::agreed, MotionState::called, MotionState::noticed}},
      {Verb::count_vote, {MotionState::noticed, MotionState::voted}},
      {Verb::propose, {MotionState::lost}},
      {Verb::send, {MotionState::passed}},
      {Verb::correct, {MotionState::passed, MotionState::lost}},
      {Verb::attend, {}},
  };
  for (const auto& line : table)
    for (int i = 0; i <= static_cast<int>(MotionState::withdrawn); ++i) {
      const auto state = static_cast<MotionState>(i);
      EXPECT_EQ(is_due(line.verb, state), line.in.contains(state))
          << static_cast<int>(line.verb) << " in " << code_of(state);
    }
}

TEST(AssemblyDue, OnlyMattersThatAreRecognisedAreAnswered) {
  for (int matter : {1, 2, 6}) {
    EXPECT_FALSE(is_due(Verb::answer, DecisionState::received, matter));
    EXPECT_TRUE(is_due(Verb::report_execution, DecisionState::concluded, matter));
  }
  for (int matter : {3, 4, 5}) {
    EXPECT_TRUE(is_due(Verb::answer, DecisionState::received, matter));
    EXPECT_FALSE(is_due(Verb::answer, DecisionState::sent, matter));
    EXPECT_FALSE(is_due(Verb::report_execution, DecisionState::received, matter));
  }
  EXPECT_FALSE(is_due(Verb::send, DecisionState::not_passed, 1));
}

TEST(AssemblyQuestions, FindTheKindOfMatter) {
  struct {
    PlainAnswers answers;
    int matter;
  } const table[] = {
      {{.collects = true, .works = true}, 1},
      {{.collects = true}, 2},
      {{.spends = true}, 2},
      {{.collects = true, .works = true, .spends = true}, 1},
      {{.works = true}, 6},
      {{.convention = true}, 3},
      {{.elects_head = true}, 4},
      {{.elects_board = true}, 5},
      {{}, 6},
      {{.spends = true, .convention = true}, 2},
  };
  for (const auto& line : table) EXPECT_EQ(matter_of(line.answers), line.matter);
}

TEST(AssemblyAgreement, NeedsAnotherPerson) {
  EXPECT_FALSE(wrong_with(Agreeing{.by_tap = true}));
  EXPECT_EQ(wrong_with(Agreeing{.by_tap = true, .same_account = true})->fault, Fault::denied);
  // A deputy's tap is one member's word: where one person holds both posts the committee's minutes are
  // needed.
  EXPECT_EQ(wrong_with(Agreeing{.by_tap = true, .one_person = true})->fault, Fault::unlawful);
  EXPECT_EQ(wrong_with(Agreeing{.by_tap = true, .same_account = true, .one_person = true})->fault,
            Fault::denied);
  EXPECT_FALSE(wrong_with(Agreeing{}));
  EXPECT_EQ(wrong_with(Agreeing{.one_person = true})->rules, std::vector<std::string>{"DEC-09"});
  EXPECT_FALSE(wrong_with(Agreeing{.one_person = true, .of_committee = true}));
}

TEST(AssemblyCorrection, NeedsASecondPersonToTurnAResult) {
  struct {
    Correcting correcting;
    std::optional<Fault> fault;
  } const table[] = {
      {{.by_head = true}, {}},
      {{.by_head = true, .turns = true}, Fault::denied},
      {{.by_recogniser = true, .turns = true}, {}},
      {{.by_head = true, .by_recogniser = true, .turns = true}, Fault::denied},  // one person, both posts
      {{.by_head = true, .recognised = true}, Fault::denied},
      {{.by_recogniser = true, .recognised = true}, {}},
      {{.by_recogniser = true, .turns = true, .recognised = true}, {}},
      {{.by_recogniser = true, .turns = true, .proposed_anew = true}, Fault::conflict},
      {{.by_head = true, .proposed_anew = true}, {}},
  };
  for (const auto& line : table) {
    auto wrong = wrong_with(line.correcting);
    EXPECT_EQ(wrong ? std::optional(wrong->fault) : std::nullopt, line.fault) << &line - table;
  }
}

TEST(AssemblyProposal, OfContributionsSaysWhatTheyAre) {
  ProposeMotion form;
  form.title.value = "Đường";
  form.asked.value = "Mỗi hộ góp";
  EXPECT_TRUE(wrong_with(form, 6).empty());
  std::set<std::string> paths;
  for (const Problem& p : wrong_with(form, 1)) paths.insert(p.path);
  EXPECT_EQ(paths, (std::set<std::string>{"money", "basis", "keeper", "checker"}));
}

// Practice P25 asks it of whatever is collected, not only for works.
TEST(AssemblyProposal, OfAFundSaysWhatEachGives) {
  ProposeMotion form;
  form.title.value = "Quỹ bản";
  form.asked.value = "Mỗi hộ đóng vào quỹ bản";
  form.collects = form.spends = true;
  std::set<std::string> paths;
  for (const Problem& p : wrong_with(form, 2)) paths.insert(p.path);
  EXPECT_EQ(paths, (std::set<std::string>{"money", "basis", "keeper", "checker"}));
}

TEST(AssemblyProposal, IsOfOneMatter) {
  struct {
    PlainAnswers answers;
    std::vector<std::string> refused;
  } const table[] = {
      {{}, {}},
      {{.collects = true, .works = true, .spends = true}, {}},
      {{.elects_board = true}, {}},
      {{.collects = true, .elects_head = true}, {"elects_head"}},
      {{.spends = true, .convention = true}, {"convention"}},
      {{.collects = true, .convention = true, .elects_board = true}, {"convention", "elects_board"}},
      {{.elects_head = true, .elects_board = true}, {"elects_board"}},
  };
  for (const auto& line : table) {
    std::vector<std::string> paths;
    for (const Problem& p : mixed(line.answers)) paths.push_back(p.path);
    EXPECT_EQ(paths, line.refused);
  }
}

TEST(AssemblyProposal, OfZeroOrEmptyContributionsSaysNothing) {
  ProposeMotion form;
  form.title.value = "Đường";
  form.asked.value = "Mỗi hộ góp";
  form.basis = Basis::household;
  form.money = Money{0};
  form.goods = Line<200>{};
  form.labour_days = Count{0};
  form.keeper = Line<120>{};
  form.checker = Line<120>{"Cà Thị Xuân"};
  std::set<std::string> paths;
  for (const Problem& p : wrong_with(form, 1)) paths.insert(p.path);
  EXPECT_EQ(paths, (std::set<std::string>{"money", "keeper"}));
}

TEST(AssemblyTerms, NoticeIsCountedBackAndNeverRollsForward) {
  const law::Law& law = law::Law::embedded();
  struct {
    Date noticed, meeting;
    bool in_time;
  } const table[] = {
      {make_date(2026, 12, 9), make_date(2026, 12, 12), true},
      {make_date(2026, 12, 10), make_date(2026, 12, 12), true},
      {make_date(2026, 12, 11), make_date(2026, 12, 12), false},
      {make_date(2026, 12, 12), make_date(2026, 12, 12), false},
      {make_date(2026, 12, 13), make_date(2026, 12, 12), false},
      {make_date(2026, 12, 13), make_date(2026, 12, 15), true},  // a Sunday counts
  };
  for (const auto& line : table) {
    auto answer = notice_in_time(law, line.noticed, line.meeting);
    EXPECT_EQ(answer.ok(), line.in_time) << to_iso(line.noticed) << " for " << to_iso(line.meeting);
    if (answer.ok()) continue;
    // Days are counted by X-04, which nobody has read again: the verdict says that it rests on it.
    EXPECT_EQ(answer.problems()[0].rules, (std::vector<std::string>{"MTG-04", "X-04"}));
    EXPECT_EQ(answer.problems()[0].fault, Fault::unlawful);
  }
  EXPECT_EQ(earliest_meeting(law, make_date(2026, 12, 11)), make_date(2026, 12, 13));
}

TEST(AssemblyTerms, AMeetingOpensOnItsDayAndNotBeforeItsHour) {
  const Instant notified = at_local(make_date(2026, 12, 12), 19, 30);
  struct {
    Instant opened;
    bool lawful;
  } const table[] = {
      {at_local(make_date(2026, 12, 12), 19, 29), false}, {at_local(make_date(2026, 12, 12), 7, 0), false},
      {notified - std::chrono::microseconds(1), false},   {notified, true},
      {at_local(make_date(2026, 12, 12), 20, 15), true},  {at_local(make_date(2026, 12, 12), 23, 59), true},
      {at_local(make_date(2026, 12, 13), 0, 0), false},   {at_local(make_date(2026, 12, 11), 19, 30), false},
  };
  for (const auto& line : table) {
    auto answer = opened_as_noticed(notified, line.opened);
    EXPECT_EQ(answer.ok(), line.lawful) << to_page(line.opened);
    if (!answer.ok()) {
      EXPECT_EQ(answer.problems()[0].rules, std::vector<std::string>{"MTG-04"});
    }
  }
}

TEST(AssemblyTerms, DocumentsAreForMattersOneToThree) {
  const law::Law& law = law::Law::embedded();
  const Date day = make_date(2026, 12, 12);
  for (int matter = 1; matter <= 6; ++matter) EXPECT_EQ(needs_documents(law, matter, day), matter <= 3);
  EXPECT_TRUE(documents_in_time(law, make_date(2026, 12, 10), day).ok());
  EXPECT_FALSE(documents_in_time(law, make_date(2026, 12, 11), day).ok());
  EXPECT_EQ(documents_in_time(law, std::nullopt, day).problems()[0].rules,
            (std::vector<std::string>{"MTG-05", "X-04"}));
}

TEST(AssemblyRunHere, NotConventionsAndVillageHeads) {
  const law::Law& law = law::Law::embedded();
  const Date day = make_date(2026, 12, 12);
  for (int matter : {1, 2, 5, 6}) EXPECT_TRUE(run_here(law, matter, day).ok()) << matter;
  EXPECT_EQ(run_here(law, 3, day).problems()[0].rules[0], "HU-07");
  EXPECT_EQ(run_here(law, 4, day).problems()[0].rules[0], "MTG-01");
  EXPECT_EQ(run_here(law, 4, day).problems()[0].fault, Fault::conflict);
}

TEST(AssemblyTimes, ALateEntrySaysWhen) {
  const Date day = make_date(2026, 12, 12);
  const Instant opened = at_local(day, 19, 30) + std::chrono::seconds(42);
  struct {
    std::optional<Instant> sent;
    Instant now;
    std::optional<Instant> at;  // nothing: refused
  } const table[] = {
      {{}, at_local(day, 20, 15), at_local(day, 20, 15)},
      {at_local(day, 20, 0), at_local(day, 20, 15), at_local(day, 20, 0)},
      {at_local(day, 20, 30), at_local(day, 20, 15), {}},
      {at_local(day, 19, 30), at_local(day, 20, 15), at_local(day, 19, 30)},  // forms know minutes only
      {at_local(day, 19, 29), at_local(day, 20, 15), {}},
      {{}, at_local(day + 1, 0, 20), {}},
      {at_local(day + 1, 0, 20), at_local(day + 1, 0, 20), at_local(day + 1, 0, 20)},
      {{}, at_local(day + 3, 9, 0), {}},
      {at_local(day, 20, 0), at_local(day + 3, 9, 0), at_local(day, 20, 0)},
      {at_local(day + 1, 5, 59), at_local(day + 3, 9, 0), at_local(day + 1, 5, 59)},
      {at_local(day + 1, 6, 0), at_local(day + 3, 9, 0), {}},
      {at_local(day + 3, 8, 0), at_local(day + 3, 9, 0), {}},
  };
  for (const auto& line : table) {
    auto answer = meeting_time(line.sent, line.now, day, opened, "voted_at", "When?");
    ASSERT_EQ(answer.ok(), line.at.has_value()) << to_page(line.now);
    if (answer.ok())
      EXPECT_EQ(*answer, *line.at);
    else
      EXPECT_EQ(answer.problems()[0].path, "voted_at");
  }
}

TEST(AssemblyProcedure, NeedsMoreThanHalfOfThosePresent) {
  const law::Law& law = law::Law::embedded();
  const Date day = make_date(2026, 12, 12);
  auto agreed = [&](std::int64_t yes, std::int64_t present) {
    return procedure_agreed(law, yes, present, day, "secretary_yes").ok();
  };
  EXPECT_TRUE(agreed(36, 71));
  EXPECT_FALSE(agreed(35, 71));
  EXPECT_FALSE(agreed(35, 70));
  EXPECT_FALSE(agreed(0, 0));
  EXPECT_FALSE(agreed(72, 71));
}

TEST(AssemblyEffect, IsTheVotesDayOrTheRecognitions) {
  const Date vote = make_date(2026, 12, 26), recognised = make_date(2026, 12, 30);
  const law::Law& law = law::Law::embedded();
  for (int matter : {1, 2, 6}) EXPECT_EQ(effect_from(law, matter, true, vote, std::nullopt), vote);
  for (int matter : {3, 4, 5}) {
    EXPECT_EQ(effect_from(law, matter, true, vote, std::nullopt), std::nullopt);
    EXPECT_EQ(effect_from(law, matter, true, vote, recognised), recognised);
  }
  EXPECT_EQ(effect_from(law, 1, false, vote, std::nullopt), std::nullopt);
  for (int matter : {1, 2, 6}) {
    EXPECT_EQ(effect_rule(law, matter, vote), "EFF-03");
    EXPECT_TRUE(names_matter(law, "EFF-03", matter, vote)) << "the law says the same of those left over";
  }
  for (int matter : {3, 4}) EXPECT_EQ(effect_rule(law, matter, vote), "EFF-05");
  EXPECT_EQ(effect_rule(law, 5, vote), "EFF-06");
  EXPECT_FALSE(names_matter(law, "EFF-05", 3, make_date(2023, 6, 30))) << "the law was not in force yet";
  EXPECT_EQ(household_signatures(law, vote), 2);
}

}  // namespace
}  // namespace danchu::assembly
