// A site with a board and a form, on which whoever holds a token is signed in. Only *_test.cpp files include
// this.
#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "store/setting.h"
#include "web/testing.h"

namespace danchu::web {

// Any table will do to see how often something was written.
inline const store::Statement count_wishes{"SELECT count(*) FROM setting WHERE name LIKE 'wish-%'"};

struct Wish {
  Line<40> text;
  std::optional<Line<10>> note;
};
DANCHU_RECORD(Wish, text, note)
struct Board {
  std::int64_t wishes = 0;
};
DANCHU_RECORD(Board, wishes)

// Shows what the server hands to templates.
class PlainPages final : public Pages {
 public:
  std::string render(std::string_view page, RecordRef model, const PageContext& c) const override {
    std::string all = "page=" + std::string(page) + " title=" + c.head.title + " flash=" + c.flash +
                      " key=" + (c.idempotency_key.empty() ? "no" : "yes") + " canonical=" + c.canonical_url +
                      " viewer=" + c.viewer->name + "\n";
    for (const ShownProblem& p : c.problems) all += "problem " + p.path + ": " + p.message + "\n";
    if (c.sent)
      for (const auto& [name, value] : *c.sent) all += "kept " + name + "=" + value + "\n";
    return all + values(model) + std::string(2000, '.');
  }

 private:
  static std::string values(RecordRef model) {
    std::string all, scratch;
    for (const Field& f : model.fields)
      for (std::size_t i = 0; i < f.count(model.at); ++i) {
        all += std::string(f.name) + "=";
        all += f.kind == Kind::record ? "{" + values({f.nested(model.at, i), f.fields()}) + "}"
                                      : std::string(f.text(model.at, i, scratch));
        all += "\n";
      }
    return all;
  }
};
inline const PlainPages plain_pages;

class OnSite : public store::OnEachEngine {
 protected:
  void SetUp() override {
    OnEachEngine::SetUp();
    if (IsSkipped()) return;
    ServerOptions options;
    options.pages = &plain_pages;
    options.viewer_of = [this](std::string_view token, Instant now) -> std::optional<Recognised> {
      auto found = server->sessions.find(token);
      if (found == server->sessions.end()) return std::nullopt;
      return Recognised(found->second, renewed_token, now + std::chrono::hours(1));
    };
    server = std::make_unique<TestServer>([this](Router& r) { routes(r); }, options, GetParam());
    db = &*server->store;
    people::Viewer head;
    head.account = {7};
    head.name = "Head";
    head.posts = {{people::Role::village_head, {1}}};
    server->sessions["head-token"] = head;
    people::Viewer chair = head;
    chair.account = {8};
    chair.posts = {{people::Role::commune_chair, {2}}};
    server->sessions["chair-token"] = chair;
  }

  std::int64_t count() {
    return db->read([](store::Reader& r) { return r.count(count_wishes); });
  }
  Result<Done> add(const std::string& text) {
    return db->write([&](store::Writer& w) -> Result<Done> {
      store::set(w, "wish-" + w.new_id<Wish>().text(), text);
      w.touch("board");
      return Done{};
    });
  }

  void routes(Router& r) {
    r.get(
        "/board",
        [this](Request& q) {
          ++built;
          return q.show("board", Board{count()});
        },
        about("Board")
            .cached([](Request&) { return Topics{"board"}; })
            .query({"page", "sort"})
            .answers<Board>());
    r.get(
        "/desk", [this](Request& q) { return q.show("desk", Board{count()}); },
        about("Desk").only({people::Role::village_head}));
    r.get(
        "/mine", [](Request& q) { return q.show("mine", Board{}); }, about("Mine").signed_in());
    r.post(
        "/wish",
        [this](Request& q) {
          ++ran;
          auto wish = q.read<Wish>();
          if (!wish) return q.show_again("form", Board{}, wish.problems());
          if (slow) std::this_thread::sleep_for(std::chrono::milliseconds(80));
          (void)add(wish->text.value);
          return q.see_other("/board", N_("Kept: {text}"), {{"text", wish->text.value}});
        },
        about("Wish").reads<Wish>());
    r.post(
        "/own-wish",
        [this](Request& q) {
          auto wish = q.read<Wish>();
          if (!wish) return q.show_again("form", Board{}, wish.problems());
          (void)add(wish->text.value);
          return q.see_other("/board");
        },
        about("Own wish").signed_in().reads<Wish>());
    r.post(
        "/fail", [](Request&) -> Reply { throw std::runtime_error("a bug"); }, about("Fail"));
    r.get(
        "/full",
        [](Request&) -> Reply { throw store::StoreError(store::StoreError::Kind::full, "disk full"); },
        about("Full"));
    r.post(
        "/lost", [](Request&) -> Reply { throw store::StoreError(store::StoreError::Kind::unknown, "lost"); },
        about("Lost"));
    r.get(
        "/law", [](Request& q) { return q.refuse(unlawful({"DEC-01"}, N_("Too few"))); }, about("Law"));
    r.get(
        "/nothing", [](Request& q) { return q.refuse(problem(Fault::missing, N_("No such thing"))); },
        about("Nothing"));
    r.post(
        "/in",
        [](Request& q) {
          q.set_session("new-token", q.now() + std::chrono::hours(1));
          return q.see_other("/board");
        },
        about("In"));
  }

  static constexpr const char* head = "Cookie: danchu=head-token\r\n";
  static constexpr const char* json = "Accept: application/json\r\n";
  std::unique_ptr<TestServer> server;
  store::Database* db = nullptr;
  std::atomic<int> built{0}, ran{0};
  std::atomic<bool> slow{false};
  std::string renewed_token;  // given to whoever asks next; empty: none
};

inline bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace danchu::web
