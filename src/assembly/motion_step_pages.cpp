// A page for each verb about one matter.
#include "assembly/addresses.h"
#include "assembly/pictures.h"
#include "assembly/result_page_words.h"
#include "assembly/step_page.h"
#include "assembly/steps.h"

namespace danchu::assembly {
namespace {

Date today(const Request& q) { return local_date(q.now()); }

Result<StepSubject> subject(const Result<Motion>& found) {
  if (!found) return found.problems();
  return StepSubject{found->title.value, address(found->id)};
}

// May the verb be done on this matter now?
auto motion_allows(Verb verb) {
  return [verb](Request& q) -> Result<StepSubject> {
    return q.site().db.read(
        [&](store::Reader& r) { return subject(motion_for(r, doer(q, r, verb), motion_id(q), verb)); });
  };
}

auto decision_allows(Verb verb) {
  return [verb](Request& q) -> Result<StepSubject> {
    return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
      auto found = decided_for(r, doer(q, r, verb), motion_id(q), verb);
      if (!found) return found.problems();
      return StepSubject{found->motion.title.value, address(found->motion.id)};
    });
  };
}

template <class Form>
Form empty(Request&) {
  return {};
}

// A kind the commune changed after the Front had agreed, or before: from what to what, and why.
void add_reclassified(const Request& q, store::Reader& r, const Motion& m, std::vector<std::string>& lines) {
  std::int64_t from = 0;
  for (const acts::Recorded& act : acts::about(r, subject_of(m.id)))
    if (act.kind == "assembly.reclassified") from = act.body.at("from").as_int64();
  if (from == 0) return;
  lines.push_back(q.tr(N_("The commune changed the kind of matter; before it was: {kind}"),
                       {{"kind", matter_label(q, from)}}));
  if (m.reason) lines.push_back(q.tr(N_("Reason: {reason}"), {{"reason", m.reason->value}}));
}

// What the Front head agrees to: the question and what it costs, not its title alone.
std::vector<std::string> proposal_facts(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    std::vector<std::string> lines;
    auto m = motion(r, motion_id(q));
    if (!m) return lines;
    lines.push_back(q.tr(N_("Households are asked: {question}"), {{"question", m->asked.value}}));
    for (std::string& line : contribution_words(q, *m)) lines.push_back(std::move(line));
    const Persons persons = persons_of(r, m->id.number);
    for (const auto& [part, label] : {std::pair{"keeper", N_("Keeps what is collected")},
                                      std::pair{"checker", N_("Checks what is collected")}})
      if (auto named = persons.find(part); named != persons.end())
        lines.push_back(q.tr(label) + ": " + named->second);
    lines.push_back(q.tr(N_("Kind of matter: {kind}"), {{"kind", matter_label(q, m->matter.value)}}));
    add_reclassified(q, r, *m, lines);
    return lines;
  });
}

// One who may not agree reads why before he is shown what to agree to.
Result<StepSubject> agreeing(Request& q) {
  auto allowed = motion_allows(Verb::agree)(q);
  if (!allowed) return allowed;
  return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
    if (auto refused = agreement_refusal(r, q.viewer(), *motion(r, motion_id(q)), today(q))) return *refused;
    return allowed;
  });
}

// Nobody takes pictures and types numbers to learn that he may not correct them.
Result<StepSubject> correcting(Request& q) {
  auto allowed = motion_allows(Verb::correct)(q);
  if (!allowed) return allowed;
  return q.site().db.read([&](store::Reader& r) -> Result<StepSubject> {
    if (auto refused = correction_refusal(r, q.viewer(), *motion(r, motion_id(q)), today(q))) return *refused;
    return allowed;
  });
}

SignPaper sign_today(Request& q) {
  SignPaper form;
  form.signed_on = today(q);
  return form;
}

// The numbers as they stand, so that only what differs is typed.
CorrectVote as_counted(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    CorrectVote form;
    if (auto vote = vote_on(r, motion_id(q))) {
      form.present = vote->present;
      form.yes = vote->yes;
      form.no = vote->no;
      form.other = vote->other;
      form.version = vote->version;
    }
    return form;
  });
}

Result<StepSubject> reclassification(Request& q) {
  auto allowed = motion_allows(Verb::reclassify)(q);
  if (!allowed) return allowed;
  q.site().db.read([&](store::Reader& r) {
    for (std::string_view question : answers_to(acts::about(r, subject_of(motion_id(q)))))
      allowed->notes.push_back(q.tr(N_("The head answered yes: {question}"), {{"question", q.tr(question)}}));
  });
  if (allowed->notes.empty())
    allowed->notes.push_back(q.tr(N_("The head answered none of the questions with yes")));
  return allowed;
}

Reclassify as_classified(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    Reclassify form;
    if (auto found = motion(r, motion_id(q))) form.matter = found->matter;
    return form;
  });
}

void agreement_routes(web::Router& router) {
  step<AgreeByTap>(
      router, "/viec/{motion}/thong-nhat",
      {Verb::agree, N_("Agree as head of the Front committee"),
       N_("You confirm that the Front committee agrees to bring this matter before the households."),
       N_("I agree"), N_("The Front has agreed. The village head can call the meeting now."),
       "assembly/confirm"},
      agreeing, as_shown<AgreeByTap>, call(&Assembly::agree), proposal_facts);
  step<AgreeByPaper>(
      router, "/viec/{motion}/thong-nhat-giay",
      {Verb::agree_by_paper, N_("Enter the Front's agreement on paper"),
       N_("The half page that you and the head of the Front committee signed."), N_("Save"),
       N_("The agreement is entered.")},
      motion_allows(Verb::agree_by_paper),
      [](Request& q) {
        auto form = as_shown<AgreeByPaper>(q);
        form.signed_on = today(q);
        return form;
      },
      call(&Assembly::agree_by_paper));
  step<Reclassify>(router, "/viec/{motion}/phan-loai",
                   {Verb::reclassify, N_("Change the kind of matter"),
                    N_("Only before the notice of the meeting is given. The head of the Front committee is "
                       "asked again, and the matter leaves the agenda it stands on."),
                    N_("Save"), N_("The kind of matter is changed. The Front has to agree to it anew.")},
                   reclassification, as_classified, call(&Assembly::reclassify));
  step<WithReason>(
      router, "/viec/{motion}/rut",
      {Verb::withdraw, N_("Withdraw the matter"), N_("The matter stays visible with your reason."),
       N_("Withdraw"), N_("The matter is withdrawn.")},
      motion_allows(Verb::withdraw), empty<WithReason>, call(&Assembly::withdraw));
  step<AskForm>(router, "/viec/{motion}/hinh-thuc",
                {Verb::ask_form, N_("Decide in another form?"), N_("The program answers with the article."),
                 N_("Ask the law"), ""},
                motion_allows(Verb::ask_form), empty<AskForm>, call(&Assembly::ask_form));
}

Result<StepSubject> comparing(Request& q) {
  auto allowed = motion_allows(Verb::agree_correction)(q);
  if (allowed)
    allowed->pictures = q.site().db.read([&](store::Reader& r) { return picture_links(q, r, motion_id(q)); });
  return allowed;
}

// What the Front head agrees to, in words.
std::vector<std::string> asked_correction(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    std::vector<std::string> lines;
    auto waiting = waiting_correction(r, motion_id(q));
    auto vote = vote_on(r, motion_id(q));
    if (!waiting || !vote) return lines;
    auto numbers = [](Count present, Count yes, Count no, Count other) {
      return Args{{"present", std::to_string(present.value)},
                  {"yes", std::to_string(yes.value)},
                  {"no", std::to_string(no.value)},
                  {"other", std::to_string(other.value)}};
    };
    lines.push_back(q.tr(N_("Now: present {present}, agree {yes}, disagree {no}, other {other}"),
                         numbers(vote->present, vote->yes, vote->no, vote->other)));
    lines.push_back(q.tr(N_("Asked for: present {present}, agree {yes}, disagree {no}, other {other}"),
                         numbers(waiting->present, waiting->yes, waiting->no, waiting->other)));
    lines.push_back(q.tr(N_("Reason: {reason}"), {{"reason", waiting->reason.value}}));
    lines.push_back(q.tr(N_("Correction minutes: {where}"), {{"where", waiting->paper_reference.value}}));
    return lines;
  });
}

AgreeCorrection to_correction(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    AgreeCorrection form;
    if (auto waiting = waiting_correction(r, motion_id(q))) form.request = waiting->id;
    return form;
  });
}

DeclineCorrection to_decline(Request& q) { return {{}, to_correction(q).request}; }

void correction_routes(web::Router& router) {
  step<CorrectVote>(
      router, "/viec/{motion}/dinh-chinh",
      {Verb::correct, N_("Correct the numbers"),
       N_("Type the numbers as they stand on the signed paper. Both versions stay visible. What a head "
          "corrects "
          "counts once the head of the Front committee has agreed to it himself. What turns the result, the "
          "commune enters, and a second officer of the commune or the head of the Front committee agrees."),
       N_("Correct"), N_("Corrected. The result was judged anew.")},
      correcting, as_counted,
      [](Request& q, Assembly& assembly, const people::Viewer& as, const CorrectVote& form) -> Result<Told> {
        auto done = assembly.correct(as, motion_id(q), form);
        if (!done) return done.problems();
        const bool waits = q.site().db.read(
            [&](store::Reader& r) { return waiting_correction(r, motion_id(q)).has_value(); });
        return Told{address(motion_id(q)),
                    waits ? N_("Entered. The numbers change once it is agreed to.") : std::string_view{}};
      });
  step<AgreeCorrection>(
      router, "/viec/{motion}/dinh-chinh/thong-nhat",
      {Verb::agree_correction, N_("Agree to the correction"),
       N_("Compare the numbers with the pictures of the signed paper and of the correction minutes."),
       N_("I agree"), N_("Corrected. The result was judged anew.")},
      comparing, to_correction, call(&Assembly::agree_correction), asked_correction);
  step<DeclineCorrection>(
      router, "/viec/{motion}/dinh-chinh/khong-thong-nhat",
      {Verb::agree_correction, N_("Do not agree to the correction"), N_("The numbers stay as they are."),
       N_("Do not agree"), N_("Noted. The numbers stay as they are.")},
      comparing, to_decline, call(&Assembly::decline_correction), asked_correction);
}

void paper_step_routes(web::Router& router) {
  step<AddProposalPaper>(
      router, "/viec/{motion}/giay-de-xuat",
      {Verb::add_proposal_paper, N_("Add the picture of the proposal on paper"),
       N_("A proposal that was made on paper is proven by its picture."), N_("Save"), N_("Saved.")},
      motion_allows(Verb::add_proposal_paper), empty<AddProposalPaper>, call(&Assembly::add_proposal_paper));
  step<SignPaper>(router, "/viec/{motion}/ky",
                  {Verb::sign, N_("Enter the signed paper"),
                   N_("Village head, Front head and two household representatives signed by hand."),
                   N_("Save"), N_("Noted. Send the paper to the commune now."), "assembly/sign"},
                  decision_allows(Verb::sign), sign_today, call(&Assembly::sign));
  step<OnDay>(
      router, "/viec/{motion}/gui",
      {Verb::send, N_("Send to the commune"),
       N_("The button sends the decision to the desk of the commune in this program now: to its "
          "People's Committee and its Fatherland Front. Fill in the day only when the paper was handed "
          "in already."),
       N_("Send to the commune now"), N_("Sent. It stands on the commune's desk.")},
      decision_allows(Verb::send), empty<OnDay>, call(&Assembly::send));
}

// With the pictures of its signed papers, and the way to the other answer.
auto deciding(Verb verb, std::string_view label = "", const char* other = "") {
  return [=](Request& q) -> Result<StepSubject> {
    auto allowed = decision_allows(verb)(q);
    if (!allowed) return allowed;
    q.site().db.read([&](store::Reader& r) {
      if (auto w = whole(r, motion_id(q)); w && may_see_pictures(q.viewer(), w->village.id, w->commune.id))
        allowed->pictures = picture_links(q, r, w->motion.id);
    });
    if (!label.empty()) allowed->links.push_back({q.tr(label), address(motion_id(q), other)});
    return allowed;
  };
}

std::vector<std::string> facts_of_decision(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    auto w = whole(r, motion_id(q));
    return w ? decision_facts(q, r, *w) : std::vector<std::string>{};
  });
}

void answer_routes(web::Router& router) {
  step<OnDay>(
      router, "/viec/{motion}/tiep-nhan",
      {Verb::receive, N_("Receive the decision"), N_("Note the day on which the decision reached you."),
       N_("Note as received"), N_("Noted as received.")},
      deciding(Verb::receive), empty<OnDay>, call(&Assembly::receive), facts_of_decision);
  step<Recognise>(
      router, "/viec/{motion}/cong-nhan",
      {Verb::answer, N_("Recognise the decision"),
       N_("Number and day of the signed decision of recognition."), N_("Recognise"), N_("Recognised.")},
      deciding(Verb::answer, N_("Do not recognise"), "khong-cong-nhan"),
      [](Request& q) {
        Recognise form;
        form.signed_on = today(q);
        return form;
      },
      call(&Assembly::recognise), facts_of_decision);
  step<Refuse>(
      router, "/viec/{motion}/khong-cong-nhan",
      {Verb::answer, N_("Do not recognise"), N_("In writing, with reasons; they are public."), N_("Save"),
       N_("The refusal and its reasons are noted.")},
      deciding(Verb::answer, N_("Recognise the decision"), "cong-nhan"),
      [](Request& q) {
        Refuse form;
        form.signed_on = today(q);
        return form;
      },
      call(&Assembly::refuse), facts_of_decision);
  step<ReportExecution>(router, "/viec/{motion}/bao-cao",
                        {Verb::report_execution, N_("Report how it was carried out"),
                         N_("What was done, what it cost, what is left."), N_("Publish the report"),
                         N_("The report is public.")},
                        decision_allows(Verb::report_execution), empty<ReportExecution>,
                        call(&Assembly::report_execution));
}

}  // namespace

void motion_step_routes(web::Router& router) {
  agreement_routes(router);
  paper_step_routes(router);
  answer_routes(router);
  correction_routes(router);
}

}  // namespace danchu::assembly
