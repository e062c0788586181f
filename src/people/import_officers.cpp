// Officers from a list: their accounts and posts.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "base/text.h"
#include "people/accounts.h"
#include "people/import_places.h"
#include "people/importer.h"
#include "people/password.h"
#include "people/units.h"

namespace danchu::people {
namespace {

constexpr auto headings = joined(headings_of("commune", commune_words), headings_of("village", village_words),
                                 std::to_array<Heading>({{"display_name", "họ và tên"},
                                                         {"display_name", "họ tên"},
                                                         {"display_name", "full name"},
                                                         {"role", "chức vụ"},
                                                         {"role", "chức danh"},
                                                         {"role", "post"},
                                                         {"user_name", "tên đăng nhập"},
                                                         {"user_name", "tài khoản"},
                                                         {"user_name", "user name"},
                                                         {"valid_from", "từ ngày"},
                                                         {"valid_from", "from"},
                                                         {"valid_to", "đến ngày"},
                                                         {"valid_to", "until before"}}));

struct RoleWords {
  Role role;
  std::string_view written;
};
constexpr RoleWords role_words[] = {{Role::commune_officer, "cán bộ xã"},
                                    {Role::commune_officer, "công chức xã"},
                                    {Role::commune_officer, "công chức"},
                                    {Role::commune_chair, "chủ tịch UBND xã"},
                                    {Role::commune_chair, "chủ tịch UBND phường"},
                                    {Role::commune_chair, "chủ tịch UBND"},
                                    {Role::commune_front, "MTTQ xã"},
                                    {Role::commune_front, "Ủy ban MTTQ xã"},
                                    {Role::commune_front, "mặt trận xã"},
                                    {Role::village_head, "trưởng bản"},
                                    {Role::village_head, "trưởng thôn"},
                                    {Role::village_head, "trưởng tiểu khu"},
                                    {Role::village_head, "tổ trưởng"},
                                    {Role::village_head, "tổ trưởng tổ dân phố"},
                                    {Role::village_front, "trưởng ban công tác mặt trận"},
                                    {Role::village_front, "trưởng ban CTMT"},
                                    {Role::helper, "thư ký số"},
                                    {Role::helper, "người hỗ trợ"}};

constexpr std::size_t most_accounts_on_a_page = 100;

const store::Statement account_of{"SELECT id, display_name, closed FROM account WHERE user_name = $1"};

std::optional<Role> role_named(std::string_view text) {
  const std::string written = fold(text);
  for (const RoleWords& known : role_words)
    if (fold(known.written) == written) return known.role;
  auto role = choice_from<Role>(text);
  return role && *role != Role::household && *role != Role::province_officer ? role : std::nullopt;
}

struct OfficerLine {
  std::int64_t line = 0;
  std::string commune, village;
  Line<40> user_name;
  Line<80> display_name;
  Role role = Role::village_head;
  std::string post_written;  // as the file says it
  std::optional<Date> valid_from, valid_to;
  bool readable = true;  // else only where it belongs is looked at
  bool role_known = false;
  PostRow post;  // as planned
  bool changes = true;
};
DANCHU_RECORD(OfficerLine, user_name, display_name)

struct Prepared {
  std::string password, hash;
};

class OfficerImport final : public Importer {
 public:
  OfficerImport() : sheet_(headings, {"display_name", "role", "user_name"}) {}

  Result<Done> read(const Table& table, Lettering lettering, std::string_view level,
                    const ImportProgress&) override {
    if (level == "province") sheet_ = Sheet(headings, {"commune", "display_name", "role", "user_name"});
    return sheet_.read(table, lettering, [&](const SheetRow& row) { read_row(row); });
  }

  void plan(store::Reader& r, const ImportOrder& order, Date today, ImportOutcome& outcome,
            const ImportProgress&) override {
    Mistakes mistakes = reading_;
    Places places(r, order.within, today);
    std::map<std::string, std::string> names;   // user name -> full name, in the file
    std::map<std::string, std::int64_t> posts;  // in the file
    new_accounts_.clear();
    for (OfficerLine& line : lines_) {
      auto wrong = [&](std::string_view field, std::string_view value, std::string_view message,
                       Args args = {}) {
        mistakes.add(line.line, sheet_.has(field) ? sheet_.heading(field) : "", value, message,
                     std::move(args));
      };
      // Of an unknown post the village counts where the row names one.
      const bool in_village = line.role_known ? level_of(line.role) == "village" : !line.village.empty();
      if (in_village && line.village.empty()) {
        wrong("village", "", N_("Say which village this post is in"));
        continue;
      }
      const Places::Found& at =
          in_village ? places.village(line.commune, line.village) : places.commune(line.commune);
      if (!at.unit) {
        wrong(in_village && places.commune(line.commune).unit ? "village" : "commune", at.place, at.wrong,
              {{"place", at.place}});
        continue;
      }
      if (!line.readable) continue;
      auto [known, first] = names.emplace(line.user_name.value, line.display_name.value);
      if (!first && known->second != line.display_name.value) {
        wrong("user_name", line.user_name.value, N_("The file gives this user name to {name} too"),
              {{"name", known->second}});
      }
      const std::string post_key = at.unit->id.text() + "/" + std::string(code_of(line.role)) +
                                   (held_by_one(line.role) ? "" : "/" + line.user_name.value);
      auto [before, only] = posts.emplace(post_key, line.line);
      if (!only) {
        wrong("role", line.post_written, N_("This post stands in line {line} already"),
              {{"line", std::to_string(before->second)}});
      }
      if (known->second != line.display_name.value || !only) continue;
      compare(r, line, *at.unit, order, today, outcome, wrong);
    }
    outcome.refused = mistakes.rows();
    outcome.mistakes = mistakes.total();
    outcome.errors = mistakes.take();
  }

  // A hash takes a fraction of a second and 64 MB. At the machine nobody signs in meanwhile, so both slots
  // are used.
  Result<Done> prepare(const ImportOrder& order, const ImportProgress& progress) override {
    std::vector<std::string> todo;
    for (const std::string& user : new_accounts_)
      if (!prepared_.count(user)) todo.push_back(user);
    if (!order.at_the_machine && todo.size() > most_accounts_on_a_page)
      return problem(Fault::too_large, N_("A page makes at most {max} accounts at once: split the list"),
                     {{"max", std::to_string(most_accounts_on_a_page)}});
    std::vector<Prepared> made(todo.size());
    std::atomic<std::size_t> next{0};
    std::atomic<bool> refused{false};
    auto work = [&] {
      for (std::size_t i; (i = next++) < todo.size() && !refused;) {
        made[i].password = random_password();
        auto hash = hash_password(made[i].password);
        if (hash)
          made[i].hash = *hash;
        else
          refused = true;
      }
    };
    std::vector<std::thread> others;
    for (int i = 1; order.at_the_machine && i < password_slots; ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    if (refused)
      return problem(Fault::unavailable, N_("Too many people sign in at the moment. Try again in a minute."));
    for (std::size_t i = 0; i < todo.size(); ++i) prepared_[todo[i]] = std::move(made[i]);
    if (progress)
      progress(ImportStage::passwords, static_cast<std::int64_t>(todo.size()),
               static_cast<std::int64_t>(todo.size()));
    return Done{};
  }

  Result<std::vector<acts::Draft::Covered>> write(store::Writer& w, const ImportOrder&,
                                                  ImportOutcome& outcome, const ImportProgress&) override {
    std::vector<acts::Draft::Covered> rows;
    std::map<std::string, Id<Account>> made;
    for (OfficerLine& line : lines_) {
      if (!line.changes) continue;
      if (!line.post.account) {
        auto [at, first] = made.emplace(line.user_name.value, Id<Account>{});
        if (first) {
          auto ready = prepared_.find(line.user_name.value);
          if (ready == prepared_.end())  // an account was closed or renamed since the plan
            return problem(Fault::conflict, N_("Something changed meanwhile. Look at the list again."));
          at->second =
              put_account(w, line.user_name.value, line.display_name.value, ready->second.hash, {}, {}, true);
          outcome.passwords.push_back(
              {line.user_name.value, line.display_name.value, ready->second.password});
        }
        line.post.account = at->second;
      }
      line.post.id = w.new_id<PostRow>();
      rows.push_back(put_post(w, line.post));
    }
    return rows;
  }

 private:
  void read_row(const SheetRow& row) {
    OfficerLine line;
    line.line = row.line();
    line.commune = row.cell_or_block("commune");
    line.village = row.cell_or_block("village");
    line.post_written = row.cell("role");
    const std::int64_t before = reading_.total();
    for (std::string_view field : {"user_name", "display_name"})
      read_cell(&line, fields_of<OfficerLine>(), field, row.cell(field), sheet_, row, reading_);
    if (row.cell("display_name").empty())
      reading_.add(line.line, sheet_.heading("display_name"), "", N_("Write the full name"));
    if (!is_user_name(line.user_name.value))
      reading_.add(line.line, sheet_.heading("user_name"), row.cell("user_name"),
                   N_("Use 3 to 40 small letters without marks, digits, dots and hyphens"));
    if (auto role = role_named(row.cell("role"))) {
      line.role = *role;
      line.role_known = true;
    } else
      reading_.add(
          line.line, sheet_.heading("role"), row.cell("role"),
          N_("This is no post we know. Write: trưởng bản, trưởng ban công tác mặt trận, thư ký số, công chức "
             "xã, chủ tịch UBND xã or MTTQ xã"));
    read_day(row, "valid_from", line.valid_from);
    read_day(row, "valid_to", line.valid_to);
    line.readable = reading_.total() == before;
    lines_.push_back(std::move(line));
  }

  void read_day(const SheetRow& row, std::string_view field, std::optional<Date>& day) {
    const std::string_view cell = row.cell(field);
    if (cell.empty()) return;
    day = date_in_cell(cell);
    if (!day) reading_.add(row.line(), sheet_.heading(field), cell, N_("Write the day as 31/12/2026"));
  }

  // The post, if the account holds it today and not as a substitute.
  static std::optional<PostRow> held_already(store::Reader& r, const OfficerLine& line, const Unit& at,
                                             Date today) {
    for (const Officer& held : posts_of(r, line.post.account, today))
      if (held.post.role == line.role && held.post.unit == at.id && !held.post.substitute_for)
        return held.post;
    return std::nullopt;
  }

  template <class Wrong>
  void compare(store::Reader& r, OfficerLine& line, const Unit& at, const ImportOrder& order, Date today,
               ImportOutcome& outcome, const Wrong& wrong) {
    line.post = {{}, {}, line.role, at.id, line.valid_from.value_or(order.happened), line.valid_to,
                 {}, {}, {}};
    line.changes = true;
    bool refused = false;
    auto fault = [&](std::string_view field, std::string_view value, std::string_view message,
                     Args args = {}) {
      refused = true;
      wrong(field, value, message, std::move(args));
    };
    auto account = r.first(account_of, line.user_name);
    if (account) {
      line.post.account = account->id<Account>(0);
      if (account->boolean(2))
        fault("user_name", line.user_name.value, N_("This account is closed: choose another user name"));
      else if (account->text(1) != line.display_name.value)
        fault("user_name", line.user_name.value, N_("This user name belongs to {name}"),
              {{"name", account->text(1)}});
      else if (auto held = held_already(r, line, at, today)) {
        if (line.valid_to && line.valid_to != held->valid_to) {
          wrong("valid_to", to_page(*line.valid_to),
                N_("He holds this post already: change its end on the officers' page"));
          return;
        }
        line.changes = false;
        ++outcome.unchanged;
        return;
      }
    }
    auto commune = commune_of(r, at.id);
    if (!order.at_the_machine &&
        !may_grant(order.viewer, line.role, at.id, commune ? std::optional(commune->id) : std::nullopt,
                   line.post.account))
      fault("role", line.post_written,
            N_("You may not grant this post. The province does it for communes, the commune for its "
               "villages, and "
               "nobody for himself."));
    Problems no_post = check_post(r, line.post);
    if (no_post.empty() && !refused && line.post.account) no_post = check_person(r, line.post);
    for (const Problem& why : no_post) {
      if (why.path == "user_name")
        fault("user_name", line.user_name.value, why.message, why.args);
      else if (why.path == "valid_to" && line.valid_to)
        fault("valid_to", to_page(*line.valid_to), why.message, why.args);
      else
        fault("role", line.post_written, why.message, why.args);
    }
    if (refused) return;
    if (!line.post.account) new_accounts_.insert(line.user_name.value);
    ++(line.post.account ? outcome.changed : outcome.fresh);
  }

  Sheet sheet_;
  Mistakes reading_;
  std::vector<OfficerLine> lines_;
  std::set<std::string> new_accounts_;
  std::map<std::string, Prepared> prepared_;
};

}  // namespace

std::unique_ptr<Importer> officer_importer() { return std::make_unique<OfficerImport>(); }

}  // namespace danchu::people
