#include "people/pin.h"

#include <algorithm>
#include <array>

#include "people/accounts.h"
#include "people/password.h"
#include "people/sessions.h"

namespace danchu::people {
namespace {

const store::Statement put_pin{
    "INSERT INTO account_pin(account, pin_hash, chosen, failures, not_before) VALUES ($1, $2, $3, 0, 0) "
    "ON CONFLICT (account) DO UPDATE SET pin_hash = excluded.pin_hash, chosen = excluded.chosen, "
    "failures = 0, not_before = 0"};
const store::Statement pin_of_account{
    "SELECT p.pin_hash, p.failures, p.not_before FROM account_pin p JOIN account a ON a.id = p.account "
    "WHERE p.account = $1 AND a.closed = 0"};
const store::Statement count_wrong_pin{
    "UPDATE account_pin SET failures = $2, not_before = $3 WHERE account = $1"};
const store::Statement drop_pin{"DELETE FROM account_pin WHERE account = $1"};

const store::Statement put_device{
    "INSERT INTO remembered_device(id, account, token_hash, old_hash, rotated, created, used, ends, "
    "failures, device) VALUES ($1, $2, $3, $4, $5, $5, $5, $6, 0, $7)"};
const store::Statement device_of_token{
    "SELECT d.id, d.account, d.old_hash, d.rotated, d.ends, d.failures, a.display_name "
    "FROM remembered_device d JOIN account a ON a.id = d.account AND a.closed = 0 "
    "WHERE (d.token_hash = $1 OR d.old_hash = $1) AND d.ends > $2"};
const store::Statement rotate_device{
    "UPDATE remembered_device SET token_hash = $2, old_hash = $3, rotated = $4, used = $4, failures = 0 "
    "WHERE id = $1"};
const store::Statement count_wrong_on_device{"UPDATE remembered_device SET failures = $2 WHERE id = $1"};
const store::Statement drop_device{"DELETE FROM remembered_device WHERE id = $1 AND account = $2"};
const store::Statement drop_device_of_token{
    "DELETE FROM remembered_device WHERE token_hash = $1 OR old_hash = $1 RETURNING account"};
const store::Statement drop_devices{"DELETE FROM remembered_device WHERE account = $1"};
const store::Statement count_devices{
    "SELECT count(*) FROM remembered_device WHERE account = $1 AND ends > $2"};
const store::Statement devices_of_account{
    "SELECT id, created, used, ends, device, CASE WHEN token_hash = $2 OR old_hash = $2 THEN 1 ELSE 0 END "
    "FROM remembered_device WHERE account = $1 AND ends > $3 ORDER BY used DESC, id"};

store::Bytes device_hash(std::string_view token) {
  return {hash_bytes("danchu-device:" + std::string(token))};
}
bool is_token(std::string_view token) { return token.size() == new_token().size(); }

// What is kept of an account's PIN; an empty hash when it has none.
struct Pin {
  std::string hash;
  std::int64_t failures = 0;
  Instant not_before;
};
Pin pin_of(store::Reader& r, Id<Account> account) {
  auto row = r.first(pin_of_account, account);
  return row ? Pin{row->text(0), row->integer(1), row->instant(2)} : Pin{};
}

struct Remembered {
  Id<DeviceRow> id;
  Id<Account> account;
  bool by_old_token = false;
  Instant rotated, ends;
  std::int64_t failures = 0;
  std::string name;
};
std::optional<Remembered> remembered(store::Reader& r, std::string_view token, Instant now) {
  if (!is_token(token)) return std::nullopt;
  const store::Bytes hash = device_hash(token);
  auto row = r.first(device_of_token, hash, now);
  if (!row) return std::nullopt;
  return Remembered{row->id<DeviceRow>(0), row->id<Account>(1), row->bytes(2) == hash.data,
                    row->instant(3),       row->instant(4),     row->integer(5),
                    row->text(6)};
}

Problems pin_problem(Fault fault, std::string_view message, Args args = {}) {
  return {Problem{fault, "pin", message, std::move(args), {}}};
}
Problems wrong_pin() {
  return pin_problem(Fault::denied, N_("The PIN is not right. Try again; after several wrong ones you have "
                                       "to wait, then it no longer counts."));
}
Problems not_remembered() {
  return problem(Fault::missing,
                 N_("This device is not remembered, or no longer. Sign in with your password."));
}
Problems no_pin_here() {
  return problem(Fault::denied, N_("Only a village's head, Front head and digital helper have a PIN"));
}

std::string digits_of(const std::string& typed) {
  std::string digits;
  for (char c : typed)
    if (c != ' ') digits += c;
  return digits;
}

bool may_have_pin(store::Reader& r, Id<Account> account, Date today) {
  return people::may_have_pin(viewer_for(r, account, today).posts);
}

// Counts a wrong PIN of the account; too many make it void, and with it every device that asks for it.
void count_wrong(store::Writer& w, Id<Account> account, const Pin& pin, const Device& device) {
  const std::int64_t failures = pin.failures + 1;
  w.run(count_wrong_pin, account, failures, w.now() + wait_after(failures));
  if (failures < pin_failures) return;
  forget_pin(w, account);
  log_sign_in(w, account, "pin-void", device);
}

DeviceToken put(store::Writer& w, Id<Account> account, const Device& device) {
  DeviceToken made{new_token(), w.now() + device_life};
  w.run(put_device, w.new_id<DeviceRow>(), account, device_hash(made.token), store::Bytes{}, w.now(),
        made.expires, coarse_device(device.user_agent));
  log_sign_in(w, account, "device", device);
  return made;
}

// One browser remembers one person: whom it remembered before, it forgets.
Result<DeviceToken> remember(store::Writer& w, Id<Account> account, const Device& device,
                             std::string_view known, std::string path) {
  w.run(drop_device_of_token, device_hash(known));
  if (w.count(count_devices, account, w.now()) >= static_cast<std::int64_t>(most_devices))
    return Problems{Problem{Fault::conflict,
                            std::move(path),
                            N_("{max} devices are remembered already. Forget one of them first."),
                            {{"max", std::to_string(most_devices)}},
                            {}}};
  return put(w, account, device);
}

enum class Answer { right, wrong, not_remembered };

}  // namespace

bool may_have_pin(const std::vector<Post>& posts) {
  bool of_village = false;
  for (const Post& post : posts)
    of_village = of_village || post.role == Role::village_head || post.role == Role::village_front ||
                 post.role == Role::helper;
  return of_village && !needs_authenticator(posts);
}

Problems check_new_pin(std::string_view pin) {
  if (pin.size() != pin_digits || pin.find_first_not_of("0123456789") != std::string_view::npos)
    return problem_at("pin", N_("A PIN has six digits"));
  bool row = true, pairs = true;
  const int step = (pin[1] - pin[0] + 10) % 10;
  for (std::size_t i = 1; i < pin.size(); ++i) {
    row = row && (pin[i] - pin[i - 1] + 10) % 10 == step;
    if (i % 2 == 1) pairs = pairs && pin[i] == pin[i - 1];
  }
  const bool twice = pin.substr(0, 3) == pin.substr(3) || pin.substr(0, 4) == pin.substr(2);
  std::string digits(pin);
  std::sort(digits.begin(), digits.end());
  const bool few = std::unique(digits.begin(), digits.end()) - digits.begin() <= 2;
  static constexpr std::array<std::string_view, 8> known = {"123321", "102030", "147258", "159753",
                                                            "123654", "789456", "258369", "321123"};
  const bool tried_first = std::find(known.begin(), known.end(), pin) != known.end();
  if (row || pairs || twice || few || tried_first)
    return problem_at("pin", N_("This PIN is easy to guess. Choose six digits that are no row, do not repeat "
                                "and are not your birthday."));
  return {};
}

std::string coarse_device(std::string_view agent) {
  struct Mark {
    std::string_view mark, name;
  };
  constexpr Mark browsers[] = {{"Zalo", "Zalo"},       {"Edg", "Edge"},     {"CocCoc", "Cốc Cốc"},
                               {"coc_coc", "Cốc Cốc"}, {"OPR", "Opera"},    {"Firefox", "Firefox"},
                               {"Chrome", "Chrome"},   {"CriOS", "Chrome"}, {"Safari", "Safari"}};
  constexpr Mark systems[] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
                              {"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"}};
  auto first_of = [&](auto& marks) -> std::string {
    for (const Mark& m : marks)
      if (agent.find(m.mark) != std::string_view::npos) return std::string(m.name);
    return "";
  };
  std::string browser = first_of(browsers), system = first_of(systems);
  return browser.empty() || system.empty() ? browser + system : browser + ", " + system;
}

Result<std::optional<DeviceToken>> set_pin(store::Database& db, Id<Account> account, const SetPin& form,
                                           const Device& device, std::string_view known) {
  const std::string pin = digits_of(form.pin.value);
  Problems weak = check_new_pin(pin);
  if (!weak.empty()) return weak;
  if (pin != digits_of(form.again.value)) return problem_at("again", N_("The two PINs are not the same"));
  auto fits = present_password_is(db, account, form.password.value, device, "password");
  if (!fits) return fits.problems();
  Result<std::string> hash = hash_password(pin);
  if (!hash) return hash.problems();
  return db.write([&](store::Writer& w) -> Result<std::optional<DeviceToken>> {
    if (!may_have_pin(w, account, local_date(w.now()))) return no_pin_here();
    w.run(put_pin, account, *hash, w.now());
    log_sign_in(w, account, "pin-chosen", device);
    if (!form.remember) return std::optional<DeviceToken>();
    auto made = remember(w, account, device, known, "remember");
    if (!made) return made.problems();
    return std::optional(*made);
  });
}

Result<DeviceToken> remember_device(store::Database& db, Id<Account> account, const PinForm& form,
                                    const Device& device, std::string_view known) {
  const Pin first = db.read([&](store::Reader& r) { return pin_of(r, account); });
  if (first.hash.empty()) return pin_problem(Fault::missing, N_("Choose a PIN first"));
  if (first.not_before > db.clock().now()) return wait_for(first.not_before - db.clock().now());
  Result<bool> fits = password_fits(first.hash, digits_of(form.pin.value));
  if (!fits) return fits.problems();
  auto done = db.write([&](store::Writer& w) -> Result<std::optional<DeviceToken>> {
    if (!may_have_pin(w, account, local_date(w.now()))) return no_pin_here();
    const Pin pin = pin_of(w, account);
    if (pin.not_before > w.now()) return wait_for(pin.not_before - w.now());
    if (!*fits || pin.hash != first.hash) {
      log_sign_in(w, account, "pin-refused", device);
      count_wrong(w, account, pin, device);
      return std::optional<DeviceToken>();
    }
    w.run(count_wrong_pin, account, 0, Instant{0});
    auto made = remember(w, account, device, known, "pin");
    if (!made) return made.problems();
    return std::optional(*made);
  });
  if (!done) return done.problems();
  if (!*done) return wrong_pin();
  return **done;
}

bool has_pin(store::Reader& r, Id<Account> account) { return !pin_of(r, account).hash.empty(); }

std::string remembered_name(store::Reader& r, std::string_view token, Instant now) {
  auto device = remembered(r, token, now);
  return device ? device->name : "";
}

Result<PinSignedIn> sign_in_with_pin(store::Database& db, std::string_view token, const PinForm& form,
                                     const Device& device) {
  const Instant now = db.clock().now();
  Pin first;
  auto known = db.read([&](store::Reader& r) {
    auto found = remembered(r, token, now);
    if (found) first = pin_of(r, found->account);
    return found;
  });
  if (!known) return not_remembered();
  if (first.not_before > now) return wait_for(first.not_before - now);
  Result<bool> fits = password_fits(first.hash, digits_of(form.pin.value));
  if (!fits) return fits.problems();

  PinSignedIn in;
  auto done = db.write([&](store::Writer& w) -> Result<Answer> {
    auto at = remembered(w, token, w.now());  // others may have tried meanwhile
    if (!at) return Answer::not_remembered;
    const Pin pin = pin_of(w, at->account);
    const bool replayed = at->by_old_token && w.now() - at->rotated > old_token_life;
    if (replayed || pin.hash.empty() || !may_have_pin(w, at->account, local_date(w.now()))) {
      w.run(drop_device, at->id, at->account);
      log_sign_in(w, at->account, replayed ? "device-replayed" : "device-forgotten", device);
      return Answer::not_remembered;
    }
    if (pin.not_before > w.now()) return wait_for(pin.not_before - w.now());
    if (!*fits || pin.hash != first.hash) {
      log_sign_in(w, at->account, "pin-refused", device);
      w.run(count_wrong_on_device, at->id, at->failures + 1);
      const bool forgotten = at->failures + 1 >= device_failures;
      if (forgotten) {
        w.run(drop_device, at->id, at->account);
        log_sign_in(w, at->account, "device-forgotten", device);
      }
      count_wrong(w, at->account, pin, device);
      return forgotten || pin.failures + 1 >= pin_failures ? Answer::not_remembered : Answer::wrong;
    }
    w.run(count_wrong_pin, at->account, 0, Instant{0});
    in.device = {new_token(), at->ends};
    w.run(rotate_device, at->id, device_hash(in.device.token), device_hash(token), w.now());
    log_sign_in(w, at->account, "pin", device);
    in.session = begin_session(w, at->account, device);
    return Answer::right;
  });
  if (!done) return done.problems();
  if (*done == Answer::not_remembered) return not_remembered();
  if (*done == Answer::wrong) return wrong_pin();
  return in;
}

std::vector<DeviceShown> devices_of(store::Reader& r, Id<Account> account, std::string_view token,
                                    Instant now) {
  std::vector<DeviceShown> devices;
  for (const store::Row& row : r.query(devices_of_account, account, device_hash(token), now))
    devices.push_back(row.as<DeviceShown>());
  return devices;
}

Result<Done> forget_device(store::Database& db, Id<Account> account, Id<DeviceRow> id,
                           std::string_view session_token) {
  return db.write([&](store::Writer& w) -> Result<Done> {
    if (w.run(drop_device, id, account) == 0)
      return problem(Fault::missing, N_("This device is not remembered any more"));
    end_sessions(w, account, session_token);
    log_sign_in(w, account, "device-forgotten", {});
    return Done{};
  });
}

void forget_this_device(store::Database& db, std::string_view token) {
  (void)db.write([&](store::Writer& w) -> Result<Done> {
    if (auto row = w.first(drop_device_of_token, device_hash(token)))
      log_sign_in(w, row->id<Account>(0), "device-forgotten", {});
    return Done{};
  });
}

void forget_devices(store::Writer& w, Id<Account> account) { w.run(drop_devices, account); }
void forget_pin(store::Writer& w, Id<Account> account) {
  w.run(drop_pin, account);
  forget_devices(w, account);
}

std::optional<Viewer> head_for(store::Reader& r, const Viewer& helper, Id<Unit> village, Date today) {
  if (!helper.holds(Role::helper, village) || helper.holds(Role::village_head, village)) return std::nullopt;
  Viewer head;
  if (auto account = acting_head(r, village, today); account && *account != helper.account) {
    head.account = *account;
    head.name = display_name(r, *account);
  }
  head.posts = {{Role::village_head, village}};
  head.entered_by = helper.account;
  return head;
}

Result<Viewer> confirm_for_head(store::Database& db, const Viewer& helper, Id<Unit> village,
                                const std::string& typed, const Device& device) {
  const Instant now = db.clock().now();
  Pin first;
  auto head = db.read([&](store::Reader& r) {
    auto found = head_for(r, helper, village, local_date(now));
    if (found) first = pin_of(r, found->account);
    return found;
  });
  if (!head) return problem(Fault::denied, N_("You are not the digital helper of this village"));
  if (!head->account) return pin_problem(Fault::missing, N_("This village has no head today"));
  if (first.hash.empty())
    return pin_problem(Fault::missing,
                       N_("The village head has no PIN yet. He signs in with his password and "
                          "chooses one under My account."));
  if (first.not_before > now) return wait_for(first.not_before - now);
  Result<bool> fits = password_fits(first.hash, digits_of(typed));
  if (!fits) return fits.problems();
  auto right = db.write([&](store::Writer& w) -> Result<bool> {
    const Pin pin = pin_of(w, head->account);
    const bool same = acting_head(w, village, local_date(w.now())) == head->account;
    if (pin.not_before > w.now()) return wait_for(pin.not_before - w.now());
    const bool confirmed = *fits && same && !pin.hash.empty() && pin.hash == first.hash;
    log_sign_in(w, head->account, confirmed ? "confirmed" : "confirm-refused", device, helper.account);
    if (confirmed)
      w.run(count_wrong_pin, head->account, 0, Instant{0});
    else
      count_wrong(w, head->account, pin, device);
    return confirmed;
  });
  if (!right) return right.problems();
  if (!*right) return wrong_pin();
  return *head;
}

}  // namespace danchu::people
