// Who may do what, and what is due in which state. Tables of tests stand in decisions_test.cpp.
#pragma once
#include "assembly/records.h"
#include "people/people.h"

namespace danchu::assembly {

enum class Verb {
  propose,
  agree,
  agree_by_paper,
  reclassify,
  withdraw,
  ask_form,
  call_meeting,
  give_notice,
  move_meeting,
  cancel_meeting,
  attend,
  hear,  // a member of a household who asks to speak
  open,
  count_vote,
  conclude,
  sign,
  send,
  receive,
  answer,  // recognise or refuse
  report_execution,
  correct,
  agree_correction,  // to a correction that waits, or not: who may is asked of it (corrections.cpp)
  add_proposal_paper,
  add_meeting_paper,
  accept_papers,  // of an evening on paper, or return them
};

// Where a verb is done: the village, the commune it lies in, and the kind of matter where it is about one (0
// otherwise).
struct Where {
  Id<people::Unit> village, commune;
  int matter = 0;
};
// Does one of the viewer's posts allow this verb there? The state is another question. Of what a helper typed
// for the head (viewer.entered_by) only those below.
bool may(const people::Viewer& viewer, Verb verb, const Where& where);
// The head's official steps that a helper may type for him to confirm with his PIN (practice P53). Never what
// is the Front's (practice P20, P21), nor what takes back or corrects.
bool helper_may_type(Verb verb);
// May he do it himself, or, as a helper, type it for the head?
bool may_begin(const people::Viewer& viewer, Verb verb, const Where& where);

// Is the verb due in this state? Verbs about a meeting are not due for a motion, and the other way round.
bool is_due(Verb verb, MotionState state);
bool is_due(Verb verb, MeetingState state);
bool is_due(Verb verb, DecisionState state, int matter);

}  // namespace danchu::assembly
