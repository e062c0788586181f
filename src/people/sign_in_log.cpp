#include "people/sign_in_log.h"

#include <limits>

#include "people/pin.h"

namespace danchu::people {
namespace {

const store::Statement lines_of_log{
    "SELECT l.id, l.at, a.user_name, a.display_name, l.outcome, l.address, l.device, h.display_name "
    "FROM sign_in_log l LEFT JOIN account a ON a.id = l.account LEFT JOIN account h ON h.id = l.helper "
    "WHERE l.id < $1 AND (CAST($2 AS BIGINT) = 0 OR l.account = $2) AND (CAST($3 AS BIGINT) = 0 "
    "OR EXISTS (SELECT 1 FROM post p JOIN unit u ON u.id = p.unit WHERE p.account = l.account "
    "AND (p.unit = $3 OR u.parent = $3)) "
    "OR EXISTS (SELECT 1 FROM unit v WHERE v.id = a.village AND v.parent = $3)) "
    "ORDER BY l.id DESC LIMIT $4"};

struct Outcome {
  std::string_view code, label;
};
constexpr Outcome outcomes[] = {
    {"ok", N_("Signed in with the password")},
    {"refused", N_("Refused: user name, password or code was wrong")},
    {"out", N_("Signed out")},
    {"ended", N_("A sign-in was ended")},
    {"password", N_("Changed the password")},
    {"authenticator", N_("Set up the authenticator app")},
    {"pin", N_("Signed in with the PIN")},
    {"pin-refused", N_("Refused: the PIN was wrong")},
    {"pin-chosen", N_("Chose a PIN")},
    {"pin-void", N_("The PIN is void after too many wrong ones")},
    {"device", N_("A device was remembered")},
    {"device-forgotten", N_("A device was forgotten")},
    {"device-replayed", N_("A remembered device was copied; it was forgotten")},
    {"confirmed", N_("Confirmed with the PIN what the digital helper typed")},
    {"confirm-refused", N_("Refused: a wrong PIN for what the digital helper typed")},
    {"factor-pin", N_("Chose PIN for the officers of villages")},
    {"factor-totp", N_("Chose the authenticator app for the officers of villages")},
};

std::string text_or_nothing(const store::Row& row, int column) {
  return row.is_null(column) ? "" : row.text(column);
}

}  // namespace

std::string_view label_of_outcome(std::string_view code) {
  for (const Outcome& outcome : outcomes)
    if (outcome.code == code) return outcome.label;
  return code;
}

std::vector<LoggedSignIn> sign_ins(store::Reader& r, const SignInsAsked& asked) {
  const std::int64_t before = asked.before ? asked.before.number : std::numeric_limits<std::int64_t>::max();
  std::vector<LoggedSignIn> lines;
  for (const store::Row& row :
       r.query(lines_of_log, before, asked.account.number, asked.commune.number, asked.most)) {
    LoggedSignIn line{row.id<SignInLine>(0),
                      row.instant(1),
                      text_or_nothing(row, 2),
                      text_or_nothing(row, 3),
                      row.text(4),
                      "",
                      row.text(5),
                      row.text(6),
                      text_or_nothing(row, 7)};
    if (std::string known = coarse_device(line.device); !known.empty()) line.device = known;
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace danchu::people
