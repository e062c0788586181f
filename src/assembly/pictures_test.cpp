// Pictures of signed papers: what is kept of them, what an act says, who sees them, and what verify finds.
#include "assembly/pictures.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "assembly/assembly_testing.h"
#include "assembly/decisions.h"
#include "assembly/tasks.h"
#include "assembly/views.h"
#include "store/backup.h"
#include "store/durable_files.h"

namespace danchu::assembly {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Pictures : public AssemblyTest {
 protected:
  // Passed on 12/12/2026 by 60 of 87; the paper is to be signed.
  Id<Motion> passed() {
    at(2026, 12, 9, 8, 0);
    const Id<Motion> id = proposed_and_agreed(contribution(100'000, 1));
    const Id<Meeting> evening = called(make_date(2026, 12, 12), {id});
    notice(evening);
    at(2026, 12, 12, 19, 30);
    came(evening, 71);
    opened(evening);
    taken(assembly().count_vote(head, id, {.yes = {60}, .no = {11}}));
    taken(assembly().conclude(head, evening, {}));
    at(2026, 12, 14, 9, 0);
    return id;
  }
  SignPaper signed_with(std::vector<SentFile> pictures) {
    SignPaper form = signed_paper(make_date(2026, 12, 13));
    form.pictures = std::move(pictures);
    return form;
  }
  std::vector<store::Attachment> kept_of(Id<Motion> id) {
    return get([&](store::Reader& r) { return pictures_of(r, id); });
  }
  acts::Recorded last_act(Id<Motion> id) {
    return get([&](store::Reader& r) { return acts::about(r, subject_of(id)); }).back();
  }
  std::size_t files_on_disk() {
    std::size_t count = 0;
    if (!std::filesystem::exists(db().files().directory())) return 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(db().files().directory()))
      count += entry.is_regular_file();
    return count;
  }
  static CorrectVote correction() {
    return {{71}, {59}, {12}, {0}, {"Biên bản ghi 59 hộ"}, {"Biên bản đính chính 01"}};
  }
};

TEST_P(Pictures, OfTheSignedPaperStandByTheirHashInTheAct) {
  const Id<Motion> id = passed();
  taken(assembly().sign(head, id, signed_with({one_picture()[0], one_picture("2")[0]})));
  auto pictures = kept_of(id);
  ASSERT_EQ(pictures.size(), 2u);
  EXPECT_EQ(pictures[0].purpose.value, "decision");
  EXPECT_EQ(pictures[0].media_type.value, "image/jpeg");
  EXPECT_EQ(get([&](store::Reader& r) { return decision_on(r, id); })->paper_hash, pictures[0].sha256);
  const std::string act = boost::json::serialize(last_act(id).body);
  for (const auto& picture : pictures) {
    EXPECT_THAT(act, HasSubstr(picture.sha256.value));
    const std::string bytes = db().files().get(picture.sha256.value).value();
    EXPECT_EQ(bytes.find("GPS"), bytes.npos) << "the place went along";
    EXPECT_EQ(static_cast<std::int64_t>(bytes.size()), picture.size.value);
  }
  EXPECT_EQ(act.find("Thoa"), act.npos) << "a file's name may name a person; acts are public";
  auto found = acts::verify(db());
  EXPECT_THAT(found.findings, IsEmpty());
  EXPECT_EQ(found.files_compared, 2);
}

TEST_P(Pictures, ThatAreMissingOrAlteredAreNamedByVerify) {
  const Id<Motion> id = passed();
  taken(assembly().sign(head, id, signed_with({one_picture()[0], one_picture("2")[0]})));
  auto pictures = kept_of(id);
  std::filesystem::remove(db().files().path_of(pictures[0].sha256.value));
  std::ofstream(db().files().path_of(pictures[1].sha256.value), std::ios::app) << "x";
  auto findings = acts::verify(db()).findings;
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_THAT(findings[0], HasSubstr(pictures[0].id.text()));
  EXPECT_THAT(findings[0], HasSubstr("is missing"));
  EXPECT_THAT(findings[1], HasSubstr(pictures[1].id.text()));
  EXPECT_THAT(findings[1], HasSubstr("was altered"));
}

TEST_P(Pictures, ARowThatNamesOtherBytesIsFound) {
  const Id<Motion> id = passed();
  taken(assembly().sign(head, id, signed_with(one_picture())));
  static const store::Statement meddle{"UPDATE attachment SET sha256 = $1"};
  const std::string other = db().files().put("another picture");
  put([&](store::Writer& w) { w.run(meddle, other); });
  EXPECT_THAT(acts::verify(db()).findings, testing::Contains(HasSubstr("attachment")));
}

TEST_P(Pictures, SurviveBackupAndRestore) {
  const Id<Motion> id = passed();
  taken(assembly().sign(head, id, signed_with(one_picture())));
  store::TemporaryDirectory copies;
  db().backup(copies.path());
  store().empty();
  store::restore(copies.path(), store().options());
  store().reopen();
  auto found = acts::verify(db());
  EXPECT_THAT(found.findings, IsEmpty());
  EXPECT_EQ(found.files_compared, 1);
}

TEST_P(Pictures, AreJudgedByTheirContentBesideTheirField) {
  const Id<Motion> id = passed();
  for (const SentFile& wrong : {SentFile{"anh.jpg", "<script>"},
                                SentFile{"anh.heic", std::string("\0\0\0\x18"
                                                                 "ftypheic",
                                                                 12)},
                                SentFile{"anh.jpg", one_picture()[0].bytes.substr(0, 60)}}) {
    auto answer = assembly().sign(head, id, signed_with({one_picture("3")[0], wrong}));
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.problems()[0].path, "pictures");
    EXPECT_EQ(answer.problems()[0].args[0].second, wrong.name);
  }
  for (auto [width, height] : {std::pair{1, 1}, {1600, 599}, {599, 1600}}) {
    auto answer = assembly().sign(head, id, signed_with({{"nho.jpg", paper::small_jpeg("", width, height)}}));
    ASSERT_FALSE(answer.ok()) << width << " x " << height;
    EXPECT_EQ(answer.problems()[0].path, "pictures");
    EXPECT_THAT(answer.problems()[0].message, HasSubstr("too small"));
  }
  EXPECT_EQ(files_on_disk(), 0u) << "nothing is kept of a form that is sent back for its pictures";
}

TEST_P(Pictures, AreNotKeptForSomebodyWhoMayNot) {
  const Id<Motion> id = passed();
  EXPECT_EQ(fault(assembly().sign(front, id, signed_with(one_picture()))), Fault::denied);
  EXPECT_EQ(fault(assembly().sign(officer, id, signed_with(one_picture()))), Fault::denied);
  EXPECT_EQ(files_on_disk(), 0u);
}

// Bytes come to disk only for a step that is done: what was refused filled disks.
TEST_P(Pictures, OfARefusedStepAreNotKept) {
  const Id<Motion> id = passed();
  SignPaper form = signed_with(one_picture());
  form.signed_on = today() + 400;
  EXPECT_EQ(assembly().sign(head, id, form).problems()[0].path, "signed_on");
  form = signed_with(one_picture());
  form.household_2 = form.household_1;
  EXPECT_EQ(assembly().sign(head, id, form).problems()[0].path, "household_2");
  CorrectVote wrong = correction();
  wrong.paper = one_picture("paper");
  wrong.minutes = one_picture("minutes");
  wrong.yes = {87};
  EXPECT_FALSE(assembly().correct(head, id, wrong).ok());
  EXPECT_EQ(files_on_disk(), 0u);
  Assembly rehearsal = assembly().rehearsing();
  taken(rehearsal.sign(head, id, signed_with(one_picture())));
  EXPECT_EQ(files_on_disk(), 0u) << "a rehearsal keeps nothing";
  taken(assembly().sign(head, id, signed_with(one_picture())));
  EXPECT_EQ(files_on_disk(), 1u);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Pictures, AreBoundedForAMatterAndForAnAccount) {
  at(2026, 12, 9, 8, 0);
  int number = 0;
  auto some = [&](std::size_t count) {
    std::vector<SentFile> files;
    for (std::size_t i = 0; i < count; ++i) files.push_back(one_picture(std::to_string(++number))[0]);
    return files;
  };
  auto proposed = [&] { return taken(assembly().propose(head, village, contribution(100'000, 1))); };
  const Id<Motion> id = proposed();
  taken(assembly().add_proposal_paper(head, id, {some(most_pictures_of_subject - 1)}));
  auto refused = assembly().add_proposal_paper(head, id, {some(2)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "pictures");
  taken(assembly().add_proposal_paper(head, id, {some(1)}));
  for (std::size_t sent = most_pictures_of_subject; sent < most_pictures_a_day; sent += 30)
    taken(assembly().add_proposal_paper(head, proposed(), {some(30)}));
  const Id<Motion> last = proposed();
  EXPECT_EQ(fault(assembly().add_proposal_paper(head, last, {some(1)})), Fault::too_many);
  EXPECT_EQ(files_on_disk(), most_pictures_a_day);
  at(2026, 12, 10, 8, 1);
  taken(assembly().add_proposal_paper(head, last, {some(1)}));
}

// Entered while he was impartial: that he since could sign in as the other makes it one person's word
// (HHL-02).
TEST_P(Pictures, WhoHandedOutAPostMeanwhileTurnsNoResultWithIt) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.yes = {57};
  form.no = {14};
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  taken(assembly().correct(officer, id, form));
  ASSERT_TRUE(people::reset_account(db(), keys(), officer, front.account));
  auto refused = assembly().agree_correction(front, id, asked(id));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].fault, Fault::denied);
  EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"HHL-02"});
  EXPECT_TRUE(get([&](store::Reader& r) { return vote_on(r, id); })->passed);
}

// He could have signed in as both (HHL-02).
TEST_P(Pictures, WhoResetTheHeadsPasswordDoesNotCorrectTheVote) {
  const Id<Motion> id = passed();
  ASSERT_TRUE(people::reset_account(db(), keys(), officer, head.account));
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  auto refused = assembly().correct(officer, id, form);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].rules, std::vector<std::string>{"HHL-02"});
  EXPECT_EQ(files_on_disk(), 0u);
  const people::Viewer colleague = viewer("colleague", people::Role::commune_officer, commune);
  taken(assembly().correct(colleague, id, form));
}

TEST_P(Pictures, AProgramMayStillSendTheHash) {
  const Id<Motion> id = passed();
  SignPaper form = signed_with(one_picture());
  form.hash = Line<64>{std::string(64, 'a')};
  EXPECT_EQ(assembly().sign(head, id, form).problems()[0].path, "hash");
  form.pictures.clear();
  taken(assembly().sign(head, id, form));
  EXPECT_EQ(get([&](store::Reader& r) { return decision_on(r, id); })->paper_hash->value,
            std::string(64, 'a'));
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Pictures, AFullDiskChangesNothing) {
  const Id<Motion> id = passed();
  store::watch_disk(
      [](store::DiskStep step, const std::string&) { return step == store::DiskStep::write ? ENOSPC : 0; });
  try {
    (void)assembly().sign(head, id, signed_with(one_picture()));
    ADD_FAILURE() << "it was signed";
  } catch (const store::StoreError& error) {
    EXPECT_EQ(error.kind, store::StoreError::Kind::full);
  }
  store::watch_disk({});
  EXPECT_THAT(kept_of(id), IsEmpty());
  EXPECT_EQ(get([&](store::Reader& r) { return decision_on(r, id); })->state, DecisionState::concluded);
  taken(assembly().sign(head, id, signed_with(one_picture())));
}

TEST_P(Pictures, ProveOnePaperOnly) {
  const Id<Motion> id = passed();
  AgreeByPaper agreement{.signed_on = today(),
                         .signed_by = {front.name},
                         .reference = {"Sổ 1"},
                         .pictures = one_picture("agreed")};
  const Id<Motion> other = taken(assembly().propose(head, village, contribution(50'000, 1)));
  taken(assembly().agree_by_paper(head, other, agreement));
  auto refused = assembly().sign(head, id, signed_with(one_picture("agreed")));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.problems()[0].path, "pictures");
  EXPECT_THAT(refused.problems()[0].message, HasSubstr("another paper"));
  EXPECT_EQ(fault(assembly().sign(head, id, signed_with({one_picture("a")[0], one_picture("a")[0]}))),
            Fault::invalid);
  taken(assembly().sign(head, id, signed_with(one_picture("a"))));
  CorrectVote form = correction();
  form.minutes = one_picture("a");
  EXPECT_EQ(assembly().correct(officer, id, form).problems()[0].path, "minutes");
  form.paper = one_picture("a");  // the very paper that was signed
  form.minutes = one_picture("minutes");
  taken(assembly().correct(officer, id, form));
}

// Who entered the numbers does not mend them alone, even where the result stays.
TEST_P(Pictures, AHeadsCorrectionCountsOnceTheFrontHeadAgreed) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  auto yes = [&] { return get([&](store::Reader& r) { return vote_on(r, id); })->yes.value; };
  auto tasks = [&](const people::Viewer& viewer) {
    std::vector<Verb> verbs;
    for (const Task& t :
         get([&](store::Reader& r) { return tasks_of(r, viewer, law::Law::embedded(), today()); }))
      verbs.push_back(t.verb);
    return verbs;
  };
  EXPECT_EQ(fault(assembly().agree_correction(front, id, asked(id))), Fault::conflict) << "nothing waits";
  taken(assembly().correct(head, id, form));
  EXPECT_EQ(yes(), 60);
  EXPECT_THAT(tasks(front), testing::Contains(Verb::agree_correction));
  EXPECT_EQ(fault(assembly().agree_correction(head, id, asked(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().agree_correction(officer, id, asked(id))), Fault::denied);
  EXPECT_EQ(fault(assembly().decline_correction(front, id, {{}, asked(id).request})), Fault::invalid)
      << "without a reason";
  taken(assembly().decline_correction(front, id, {{"Biên bản ghi 60"}, asked(id).request}));
  EXPECT_EQ(yes(), 60);
  EXPECT_EQ(fault(assembly().agree_correction(front, id, asked(id))), Fault::conflict);
  form.minutes = one_picture("minutes 2");
  taken(assembly().correct(head, id, form));
  taken(assembly().agree_correction(front, id, asked(id)));
  EXPECT_EQ(yes(), 59);
  auto made = get([&](store::Reader& r) { return corrections_of(r, id); });
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].entered_by, head.account);
  EXPECT_EQ(made[0].agreed_by, front.account);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

// Who came was sealed with the conclusion: no correction has more of them present.
TEST_P(Pictures, ACorrectionCannotClaimMoreHouseholdsThanCame) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  form.present = {72};
  form.yes = {72};
  form.no = form.other = {0};
  for (const people::Viewer& who : {head, officer}) {
    auto refused = assembly().correct(who, id, form);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].path, "present");
    EXPECT_EQ(refused.problems()[0].args[0].second, "71");
  }
  form.present = form.yes = {71};
  taken(assembly().correct(officer, id, form));
}

// The commune's correction that turns a result waits; a head's does not take its place.
TEST_P(Pictures, AHeadDoesNotReplaceTheCommunesCorrection) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  form.yes = {50};
  form.no = {21};
  taken(assembly().correct(officer, id, form));
  form = correction();
  form.minutes = one_picture("minutes 2");
  EXPECT_EQ(fault(assembly().correct(head, id, form)), Fault::conflict);
  taken(assembly().decline_correction(front, id, {{"Biên bản ghi 60"}, asked(id).request}));
  EXPECT_EQ(state_of(id), MotionState::passed);
}

TEST_P(Pictures, TheCommunesCorrectionTakesThePlaceOfOneThatWaits) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  taken(assembly().correct(head, id, form));
  form.minutes = one_picture("minutes 2");
  taken(assembly().correct(officer, id, form));
  EXPECT_EQ(fault(assembly().agree_correction(front, id, asked(id))), Fault::conflict);
  EXPECT_FALSE(get([&](store::Reader& r) { return corrections_of(r, id); })[0].agreed_by);
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

// Agreed to is what was shown: other numbers that were asked for meanwhile are not.
TEST_P(Pictures, ACorrectionThatWasReplacedMeanwhileIsNotAgreedTo) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  form.paper = one_picture();
  form.minutes = one_picture("minutes");
  taken(assembly().correct(head, id, form));
  auto waiting = [&] { return get([&](store::Reader& r) { return waiting_correction(r, id); }); };
  const AgreeCorrection shown{waiting()->id};
  form.yes = {58};
  form.no = {13};
  form.minutes = one_picture("minutes 2");
  taken(assembly().correct(head, id, form));
  const std::size_t acts_before =
      get([&](store::Reader& r) { return acts::about(r, subject_of(id)); }).size();
  EXPECT_EQ(fault(assembly().agree_correction(front, id, shown)), Fault::conflict);
  const Vote vote = *get([&](store::Reader& r) { return vote_on(r, id); });
  EXPECT_EQ(vote.yes.value, 60);
  EXPECT_EQ(vote.no.value, 11);
  EXPECT_THAT(get([&](store::Reader& r) { return corrections_of(r, id); }), IsEmpty());
  ASSERT_TRUE(waiting());
  EXPECT_EQ(waiting()->yes.value, 58) << "it still waits";
  EXPECT_EQ(get([&](store::Reader& r) { return acts::about(r, subject_of(id)); }).size(), acts_before);
  taken(assembly().agree_correction(front, id, {waiting()->id}));
  EXPECT_EQ(get([&](store::Reader& r) { return vote_on(r, id); })->yes.value, 58);
}

TEST_P(Pictures, AreTheProofOfAnAgreementOnPaper) {
  at(2026, 12, 9, 8, 0);
  const Id<Motion> id = taken(assembly().propose(head, village, contribution(100'000, 1)));
  AgreeByPaper form{.signed_on = today(), .signed_by = {front.name}, .reference = {"Sổ 1"}};
  EXPECT_EQ(assembly().agree_by_paper(head, id, form).problems()[0].path, "pictures");
  form.pictures = one_picture();
  taken(assembly().agree_by_paper(head, id, form));
  ASSERT_EQ(kept_of(id).size(), 1u);
  EXPECT_EQ(kept_of(id)[0].purpose.value, "agreement");
  EXPECT_THAT(boost::json::serialize(last_act(id).body), HasSubstr(kept_of(id)[0].sha256.value));
}

TEST_P(Pictures, ACorrectionHasBoth) {
  const Id<Motion> id = passed();
  CorrectVote form = correction();
  EXPECT_EQ(assembly().correct(head, id, form).problems()[0].path, "paper");
  form.paper = one_picture();
  EXPECT_EQ(assembly().correct(head, id, form).problems()[0].path, "minutes");
  form.minutes = one_picture("minutes");
  taken(assembly().correct(head, id, form));
  ASSERT_EQ(kept_of(id).size(), 2u);
  const std::string act = boost::json::serialize(last_act(id).body);
  for (const auto& picture : kept_of(id)) EXPECT_THAT(act, HasSubstr(picture.sha256.value));
  EXPECT_THAT(acts::verify(db()).findings, IsEmpty());
}

TEST_P(Pictures, ACorrectionNeedsNoPictureThatIsKeptAlready) {
  const Id<Motion> id = passed();
  taken(assembly().sign(head, id, signed_with(one_picture())));
  CorrectVote form = correction();
  form.minutes = one_picture("minutes");
  taken(assembly().correct(head, id, form));
  EXPECT_EQ(kept_of(id).size(), 2u);
}

TEST_P(Pictures, AreForTheVillageAndItsCommuneOnly) {
  using people::Role;
  auto with = [&](Role role, Id<people::Unit> unit) {
    people::Viewer viewer;
    viewer.account = {1};
    viewer.posts.push_back({role, unit});
    return viewer;
  };
  const Id<people::Unit> elsewhere{4711};
  for (Role role : {Role::village_head, Role::village_front}) {
    EXPECT_TRUE(may_see_pictures(with(role, village), village, commune));
    EXPECT_FALSE(may_see_pictures(with(role, elsewhere), village, commune));
  }
  for (Role role : {Role::commune_officer, Role::commune_chair, Role::commune_front}) {
    EXPECT_TRUE(may_see_pictures(with(role, commune), village, commune));
    EXPECT_FALSE(may_see_pictures(with(role, elsewhere), village, commune));
  }
  for (Role role : {Role::helper, Role::household, Role::province_officer})
    EXPECT_FALSE(may_see_pictures(with(role, village), village, commune));
  EXPECT_FALSE(may_see_pictures({}, village, commune));
}

DANCHU_ON_EACH_ENGINE(Pictures);

}  // namespace
}  // namespace danchu::assembly
