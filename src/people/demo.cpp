#include "people/demo.h"

#include <algorithm>
#include <stdexcept>

#include "base/csv.h"
#include "base/text.h"
#include "people/accounts.h"
#include "people/contact.h"
#include "people/demo_names.h"
#include "people/household_list.h"
#include "people/household_register.h"
#include "people/password.h"
#include "people/pin.h"
#include "people/sessions.h"
#include "people/units.h"
#include "store/setting.h"

namespace danchu::people {
namespace {

constexpr std::string_view paper = "Danh sách minh họa (người và hộ là giả định)";

struct DemoVillage {
  const char *commune_code, *kind, *name;
  int households;
  const char* slug;  // of its accounts
};
constexpr DemoVillage demo_villages[] = {
    {"03847", "ban", "Nà Cá", 0, "naca"},  // from demo_list_csv
    {"03847", "ban", "Nà Hin", 58, "nahin"},      {"03847", "tieu-khu", "2", 121, "tieukhu2"},
    {"03847", "ban", "Nà Pát", 66, "napat"},      {"03847", "ban", "Huổi Tao", 38, "huoitao"},
    {"03847", "ban", "Huổi Hao", 41, "huoihao"},  {"03808", "ban", "Pá Hốc", 64, "pahoc"},
    {"03808", "tieu-khu", "5", 97, "tieukhu5"},   {"03646", "to-dan-pho", "3", 143, "to3"},
    {"03646", "to-dan-pho", "7", 118, "to7"},     {"04123", "ban", "Nà Hạ Mẫu", 76, "naha"},
    {"04123", "tieu-khu", "1", 102, "tieukhu1"},  {"04048", "ban", "Suối Mây", 69, "suoimay"},
    {"04231", "ban", "Huổi Lặn", 236, "huoilan"},
};
// The numbers to call for help are nobody's: no subscriber of 0212, Sơn La, begins with 000.
struct DemoCommune {
  const char *code, *slug, *phone;
};
constexpr DemoCommune demo_communes[] = {
    {"03847", "muongbu", "02120000001"}, {"03808", "muongla", "02120000002"},
    {"03646", "tohieu", "02120000003"},  {"04123", "chiengmung", "02120000004"},
    {"04048", "vanho", "02120000005"},   {"04231", "sopcop", "02120000006"}};
constexpr const char* demo_province_phone = "02120000000";

const store::Statement set_authenticator{
    "UPDATE account SET totp_secret = $2, totp_confirmed = 1 WHERE id = $1"};
const store::Statement set_demo_pin{
    "INSERT INTO account_pin(account, pin_hash, chosen, failures, not_before) VALUES ($1, $2, $3, 0, 0)"};
const store::Statement account_named{"SELECT id FROM account WHERE user_name = $1"};

template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error("demo: " + std::string(result.problems()[0].message));
  return std::move(result).value();
}

class Demo {
 public:
  Demo(store::Writer& w, const acts::Keys& keys, std::string password_hash, std::string pin_hash)
      : w_(w),
        keys_(keys),
        password_hash_(std::move(password_hash)),
        pin_hash_(std::move(pin_hash)),
        today_(local_date(w.now())) {}

  void make() {
    load_units(w_);
    Id<Unit> province = people::province(w_, today_).value().id;
    person("tinh", "Cán bộ Sở Nội vụ (minh họa)", {{Role::province_officer, province}});
    for (const DemoCommune& commune : demo_communes) make_commune(commune);
    put_posts(w_, keys_, posts_, {});
    must(set_contact(w_, keys_, acting("tinh", Role::province_officer, province), province,
                     {Phone{demo_province_phone}}));
    for (const DemoCommune& commune : demo_communes) {
      const Id<Unit> id = unit_by_code(w_, commune.code, today_).value().id;
      must(set_contact(w_, keys_, acting("canbo." + std::string(commune.slug), Role::commune_officer, id), id,
                       {Phone{commune.phone}}));
    }
    for (const DemoVillage& village : demo_villages)
      if (village.households == 0) make_list(village);
  }

 private:
  // Since when villages, posts and households are there: this year, or, early in it, some months already.
  Date began() const {
    const Date since = std::min(today_ - 60, make_date(today_.year(), 1, 1));
    return std::min(today_, std::max(since, make_date(2025, 7, 1)));  // the communes' own first day
  }
  // The list is closed, and put up for the households to check, three days before the commune confirms it.
  Date closed() const { return today_ - 3; }

  Id<Account> person(const std::string& user, const std::string& name, const std::vector<Post>& posts,
                     Id<Household> household = {}, Id<Unit> village = {}) {
    Id<Account> account = put_account(w_, user, name, password_hash_, household, village);
    for (const Post& post : posts)
      posts_.push_back({w_.new_id<PostRow>(), account, post.role, post.unit, began(), {}, {}, {}, {}});
    if (!posts.empty() && (posts[0].role == Role::village_head || posts[0].role == Role::village_front))
      w_.run(set_demo_pin, account, pin_hash_, w_.now());
    if (needs_authenticator(posts))
      w_.run(set_authenticator, account,
             store::Bytes{hash_bytes("danchu-demo-authenticator:" + user).substr(0, 20)});
    return account;
  }

  void make_commune(const DemoCommune& commune) {
    Id<Unit> id = unit_by_code(w_, commune.code, today_).value().id;
    std::string slug = commune.slug;
    person("canbo." + slug, "Công chức UBND (minh họa)", {{Role::commune_officer, id}});
    person("chutich." + slug, "Chủ tịch UBND (minh họa)", {{Role::commune_chair, id}});
    person("mttq." + slug, "Chủ tịch UB MTTQ (minh họa)", {{Role::commune_front, id}});
    for (const DemoVillage& village : demo_villages)
      if (std::string_view(village.commune_code) == commune.code) make_village(village, id);
  }

  void make_village(const DemoVillage& v, Id<Unit> commune) {
    Id<Unit> village = must(add_village(w_, {v.kind, {v.name}, commune, began(), {}}));
    std::string slug = v.slug;
    person("truong." + slug, invented_name(village.number % 1000) + " (minh họa)",
           {{Role::village_head, village}});
    person("mt." + slug, invented_name(village.number % 1000 + 1) + " (minh họa)",
           {{Role::village_front, village}});
    person("thuky." + slug, "Tổ công nghệ số (minh họa)", {{Role::helper, village}});
    for (int i = 1; i <= v.households; ++i)
      put_household(w_,
                    {{},
                     village,
                     i,
                     {std::to_string(i)},
                     {invented_name(village.number + i)},
                     {invented_spouse(village.number + i)},
                     false,
                     {}},
                    began(), code_of(Change::imported));
    if (v.households == 0) import_list(v, village);
    household_accounts(slug, village);
  }

  void household_accounts(const std::string& slug, Id<Unit> village) {
    std::vector<Household> lines = households(w_, village);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, lines.size()); ++i)
      person("ho." + slug + "." + std::to_string(i + 1), "Hộ " + lines[i].head.value, {}, lines[i].id,
             village);
  }

  Viewer acting(const std::string& user, Role role, Id<Unit> unit) {
    Viewer viewer;
    viewer.account = w_.first(account_named, user).value().id<Account>(0);
    viewer.posts = {{role, unit}};
    return viewer;
  }

  // 91 lines, 2 of them twice, 3 moved away, 1 household split: 87 (story D1).
  void import_list(const DemoVillage& v, Id<Unit> village) {
    Viewer head = acting("truong." + std::string(v.slug), Role::village_head, village);
    must(import_households(w_, keys_, head, village, demo_list_csv(), closed() - 4, std::string(paper)));
    std::vector<Household> lines = households(w_, village);
    const Date changed = closed() - 2;
    auto change = [&](RegisterChange c) {
      c.happened = changed;
      must(change_register(w_, keys_, head, village, c));
    };
    for (int twice : {89, 90})
      change({.change = Change::duplicate,
              .household = lines[std::size_t(twice)].id,
              .other = lines[std::size_t(twice - 60)].id,
              .paper = {"Rà soát danh sách (minh họa)"}});
    for (std::size_t gone : {17u, 44u, 71u})
      change({.change = Change::moved_away,
              .household = lines[gone].id,
              .paper = {"Giấy báo chuyển đi (minh họa)"}});
    change({.change = Change::split,
            .household = lines[5].id,
            .paper = {"Đơn tách hộ ngày " + to_page(changed) + " (minh họa)"},
            .house = Line<40>{"6a"},
            .head = Line<120>{invented_name(600)},
            .beside = Line<120>{"con ông chủ hộ số 6 (minh họa)"}});
  }

  void make_list(const DemoVillage& v) {
    std::string slug = v.slug;
    Id<Unit> commune = unit_by_code(w_, v.commune_code, today_).value().id;
    Id<Unit> village;
    for (const Unit& child : children(w_, commune, today_))
      if (child.name == v.name && child.kind == v.kind) village = child.id;
    Viewer head = acting("truong." + slug, Role::village_head, village);
    Viewer front = acting("mt." + slug, Role::village_front, village);
    Viewer officer = acting("canbo.muongbu", Role::commune_officer, commune);
    Id<HouseholdList> list = must(draft_list(w_, keys_, head, village, closed()));
    must(lock_list(
        w_, keys_, head, list,
        {.as = LockAs::head, .posted_on = closed(), .posted_at = Line<200>{"Nhà văn hóa (minh họa)"}}));
    must(lock_list(w_, keys_, front, list, {.as = LockAs::front}));
    must(confirm_list(w_, keys_, law::Law::embedded(), officer, list));
  }

  store::Writer& w_;
  const acts::Keys& keys_;
  std::string password_hash_, pin_hash_;
  Date today_;
  std::vector<PostRow> posts_;
};

}  // namespace

void demo_people(store::Database& db, const acts::Keys& keys) {
  if (db.read([](store::Reader& r) { return r.first(account_named, "tinh").has_value(); })) return;
  std::string hash = must(hash_password(demo_password)), pin_hash = must(hash_password(demo_pin));
  must(db.write_official([&](store::Writer& w) -> Result<Done> {
    store::set(w, "demo-begun", "1");  // its villages are nobody's act
    Demo(w, keys, hash, pin_hash).make();
    return Done{};
  }));
}

std::vector<DemoAccount> demo_accounts(store::Reader& r, Instant now) {
  std::vector<DemoAccount> accounts;
  for (const char* user : {"tinh", "canbo.muongbu", "chutich.muongbu", "mttq.muongbu", "truong.naca",
                           "mt.naca", "thuky.naca", "ho.naca.1", "ho.naca.2"}) {
    auto row = r.first(account_named, user);
    if (!row) continue;
    Viewer viewer = viewer_for(r, row->id<Account>(0), local_date(now));
    if (viewer.posts.empty()) continue;
    accounts.push_back({user, std::string(demo_password), viewer.posts[0].role,
                        full_name(unit(r, viewer.posts[0].unit).value()),
                        current_code(r, viewer.account, now),
                        has_pin(r, viewer.account) ? std::string(demo_pin) : ""});
  }
  return accounts;
}

std::string demo_list_csv() {
  std::string csv = csv_line({"số thứ tự", "số nhà", "chủ hộ", "phân biệt", "tạm trú", "trường hợp"});
  for (int i = 1; i <= 91; ++i) {
    int person = i > 89 ? i - 60 : i;  // lines 90 and 91 repeat lines 30 and 31
    std::string head = person == 12 ? "Lò Thị Pâng" : invented_name(person);
    std::string beside = person == 12 ? "bà cụ ở một mình (minh họa)" : invented_spouse(person);
    // One old woman alone; three households wholly away at work, who stay counted.
    std::string circumstance = person == 12                                   ? "một người"
                               : person == 20 || person == 40 || person == 60 ? "đi làm ăn xa"
                                                                              : "";
    csv += csv_line(
        {std::to_string(i), std::to_string(person), head, beside, person % 29 == 0 ? "x" : "", circumstance});
  }
  return csv;
}

}  // namespace danchu::people
