// The columns of this room's tables, in the order of their records' members: for the statements that read
// them (rows.cpp) and those that write them (recorded_step.cpp).
#pragma once

// Of which unit ($1) a list is: a village, by the table that names it; the villages of a commune; all of
// them. "u" is the village.
#define OF_VILLAGE(table) #table ".village = $1 AND "
#define OF_COMMUNE "u.parent = $1 AND "
#define OF_ALL "CAST($1 AS BIGINT) IS NOT NULL AND "

#define MOTION_COLUMNS                                                                                      \
  "id, village, title, asked, matter, state, previous, meeting, agenda, basis, money, goods, labour_days, " \
  "exemptions, collect_from, collect_to, shortfall, proposed_by, proposed_at, agreement, agreed_by, "       \
  "agreed_on, "                                                                                             \
  "reason, wording, version, put_off_at"
#define MEETING_COLUMNS                                                                                 \
  "id, village, starts, place, convenor, state, noticed_at, channel, posted_at, documents_sent, list, " \
  "households, "                                                                                        \
  "opened_at, present_at_opening, secretary_yes, method, method_yes, concluded_at, attended, "          \
  "attendance_hash, "                                                                                   \
  "reason, version, on_paper, called_on, title, accepted_by, accepted_at"
#define VOTE_COLUMNS                                                                              \
  "id, motion, meeting, village, households, present, yes, no, other, needed, passed, voted_at, " \
  "entered_by, "                                                                                  \
  "law_hash, version"
#define DECISION_COLUMNS                                                                                 \
  "id, motion, village, matter, title, wording, passed, state, voted_on, signed_on, paper_reference, "   \
  "paper_hash, "                                                                                         \
  "send_due, sent_on, received_on, answer_due, answered_on, answer_number, answer_reason, effect_from, " \
  "version"
#define CORRECTION_COLUMNS                                                                                   \
  "id, motion, reason, paper_reference, corrected_on, old_present, old_yes, old_no, old_other, old_passed, " \
  "new_present, new_yes, new_no, new_other, new_passed, entered_by, agreed_by, agreed_on"
#define REQUEST_COLUMNS                                                                           \
  "id, motion, vote_version, present, yes, no, other, reason, paper_reference, state, asked_by, " \
  "asked_at, answered_by, answered_at, answer_reason, version"
#define OPINION_COLUMNS "id, meeting, household, registered_at, struck, entered_by, version"
