#include "assembly/verbs.h"

#include "assembly/decisions.h"

namespace danchu::assembly {
namespace {

using people::Role;

bool in_village(const people::Viewer& viewer, const Where& where, Role role) {
  return viewer.holds(role, where.village);
}
bool in_commune(const people::Viewer& viewer, const Where& where) {
  return viewer.holds(Role::commune_officer, where.commune) ||
         viewer.holds(Role::commune_chair, where.commune);
}
bool answers(const people::Viewer& viewer, const Where& where) {
  if (answerer_of(where.matter) == Answerer::front_recognises)
    return viewer.holds(Role::commune_front, where.commune);
  return in_commune(viewer, where);
}

}  // namespace

bool may(const people::Viewer& viewer, Verb verb, const Where& where) {
  const bool head = in_village(viewer, where, Role::village_head);
  if (viewer.entered_by && !helper_may_type(verb)) return false;
  switch (verb) {
    case Verb::attend:  // ticks are no official step
    case Verb::hear:
    case Verb::add_proposal_paper:
    case Verb::add_meeting_paper:
      return head || in_village(viewer, where, Role::helper);
    case Verb::agree:
      return in_village(viewer, where, Role::village_front);
    case Verb::agree_correction:
      return in_village(viewer, where, Role::village_front) || in_commune(viewer, where) ||
             answers(viewer, where);
    case Verb::reclassify:
    case Verb::accept_papers:
      return in_commune(viewer, where);
    case Verb::correct:
      return head || in_commune(viewer, where) || answers(viewer, where);
    case Verb::withdraw:
    case Verb::cancel_meeting:
      return head || in_commune(viewer, where);
    case Verb::receive:
    case Verb::answer:
      return answers(viewer, where);
    default:
      return head;
  }
}

bool helper_may_type(Verb verb) {
  switch (verb) {
    case Verb::propose:
    case Verb::call_meeting:
    case Verb::give_notice:
    case Verb::open:
    case Verb::count_vote:
    case Verb::conclude:
    case Verb::send:
    case Verb::report_execution:
      return true;  // not sign: its pictures cannot wait in a page for the PIN
    default:
      return false;
  }
}

bool may_begin(const people::Viewer& viewer, Verb verb, const Where& where) {
  return may(viewer, verb, where) || (helper_may_type(verb) && in_village(viewer, where, Role::helper));
}

bool is_due(Verb verb, MotionState state) {
  using enum MotionState;
  switch (verb) {
    case Verb::agree:
    case Verb::agree_by_paper:
      return state == proposed;
    case Verb::reclassify:
      return state == proposed || state == agreed || state == called;
    case Verb::withdraw:
      return state == proposed || state == agreed || state == called || state == noticed;
    case Verb::ask_form:
      return state != withdrawn && state != passed;
    case Verb::call_meeting:
      return state == agreed;
    case Verb::count_vote:
      return state == noticed || state == voted;
    case Verb::propose:  // proposed anew
      return state == lost;
    case Verb::sign:
    case Verb::send:
    case Verb::receive:
    case Verb::answer:
    case Verb::report_execution:
      return state == passed;
    case Verb::correct:
    case Verb::agree_correction:
      return state == passed || state == lost;
    case Verb::add_proposal_paper:
      return state == proposed || state == agreed;
    default:
      return false;
  }
}

bool is_due(Verb verb, MeetingState state) {
  using enum MeetingState;
  switch (verb) {
    case Verb::give_notice:
      return state == planned;
    case Verb::move_meeting:
    case Verb::cancel_meeting:
      return state == planned || state == noticed;
    case Verb::open:
      return state == noticed;
    case Verb::attend:
    case Verb::hear:
      return state == noticed || state == open;
    case Verb::count_vote:
    case Verb::conclude:
      return state == open;
    case Verb::add_meeting_paper:
      return state == planned || state == noticed || state == open;
    case Verb::accept_papers:
      return state == submitted;
    default:
      return false;
  }
}

bool is_due(Verb verb, DecisionState state, int matter) {
  using enum DecisionState;
  const bool recognised_here = answerer_of(matter) != Answerer::commune_receives;
  switch (verb) {
    case Verb::sign:
      return state == concluded;
    case Verb::send:
      return state == signed_by_four;
    case Verb::receive:
      return state == sent;
    case Verb::answer:
      return state == received && recognised_here;
    case Verb::report_execution:
      return recognised_here ? state == recognised : state != not_passed;
    default:
      return false;
  }
}

}  // namespace danchu::assembly
