#include "assembly/presence.h"

#include "assembly/attendance.h"

namespace danchu::assembly {

std::string presence_words(const Request& q, store::Reader& r, const Meeting& m, const Vote& vote) {
  const std::int64_t came = m.attended ? m.attended->value : attended(r, m.id);
  const std::int64_t missing = came - vote.present.value;
  if (missing <= 0) return "";
  std::int64_t gone = 0;
  for (const Attendance& a : attendance_of(r, m.id)) gone += a.left_at && *a.left_at <= vote.voted_at;
  const Args args = {{"came", std::to_string(came)},
                     {"gone", std::to_string(missing)},
                     {"present", std::to_string(vote.present.value)}};
  // Who came later, or was out for a while, was not there either: then nobody is said to have gone home.
  return gone == missing
             ? q.tr(N_("{came} households came, {gone} went home before this vote, {present} were "
                       "present when voting."),
                    args)
             : q.tr(N_("{came} households came to the meeting, {present} of them were present "
                       "when voting."),
                    args);
}

}  // namespace danchu::assembly
