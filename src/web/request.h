// One request as rooms see it (web.h), made for the time of one answer on one worker thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/address.h"
#include "web/form.h"
#include "web/http.h"
#include "web/pages.h"
#include "web/router.h"
#include "web/server.h"
#include "web/session.h"

namespace danchu::web {

// What requests share; lives as long as the server.
struct Surroundings {
  const Site& site;
  const ServerOptions& options;
  const Pages& pages;
  const Cookies& cookies;
};

class WebRequest final : public Request {
 public:
  WebRequest(const Surroundings& around, const HttpRequest& http, const Address& address,
             const Matched& matched, const Endpoint& endpoint, bool json);

  const Site& site() const override { return around_.site; }
  Method method() const override { return endpoint_.method; }
  std::string_view path() const override { return address_.path; }
  std::string_view language() const override { return address_.language; }
  bool wants_json() const override { return json_; }
  Instant now() const override { return now_; }
  const std::string& param(std::string_view name) const override;
  std::string query(std::string_view name) const override;
  const Sent& sent() const override { return body.fields; }
  const std::vector<Upload>& uploads() const override { return body.uploads; }
  const people::Viewer& viewer() const override { return viewer_; }
  const std::string& session_token() const override { return session_token_; }
  void set_session(std::string_view token, Instant expires) override;
  void clear_session() override;
  const std::string& device_token() const override { return device_token_; }
  void set_device(std::string_view token, Instant expires) override;
  void clear_device() override;
  const std::string& client_address() const override { return client_address_; }
  std::string user_agent() const override;
  void describe(PageHead head) override { head_ = std::move(head); }
  Reply refuse(const Problems& problems) override;
  Reply refuse(const Problems& problems, const WayOn& way) override;
  Reply see_other(std::string_view path, std::string_view message, const Args& args) override;
  std::string href(std::string_view path) const override;
  std::string tr(std::string_view message, const Args& args) const override;
  Problems read_into(void* record, Fields fields) const override;
  Problems read_query_into(void* record, Fields fields) const override;
  Reply show_ref(std::string_view page, RecordRef model) override;
  Reply show_again_ref(std::string_view page, RecordRef model, const Problems& problems) override;

  // ---- for the application only ----
  void recognise(people::Viewer viewer) { viewer_ = std::move(viewer); }
  // Another token for the same session: unlike set_session() it changes nothing of who asks.
  void renew_session(std::string_view token, Instant expires);
  // As refuse, with a status of HTTP's own (405, 415 …).
  Reply refuse_as(int status, const Problems& problems);
  // 303 to the sign-in page that leads back here.
  Reply to_sign_in();
  // 401 with all that was sent but secrets and files, in a form to send it again.
  Reply sign_in_again();
  // The declared query parameters that were sent, in declared order, with '?'; what a cached page is known
  // by.
  std::string canonical_query() const;
  const std::vector<std::string>& set_cookies() const { return set_cookies_; }
  bool changed_session() const { return changed_session_; }

  SentBody body;
  bool cacheable = false;       // this page will be shared: nothing of this visitor may enter it
  std::string idempotency_key;  // for the forms of this page
  std::string help_number;      // whom to call: of the viewer's commune, or the province's

 private:
  PageContext context(RecordRef model) const;
  Reply html(int status, std::string_view page, RecordRef model, const Problems& problems);
  Reply problem_reply(int status, const Problems& problems);
  Reply problem_page(int status, const Problems& problems, const WayOn& way);

  const Surroundings& around_;
  const HttpRequest& http_;
  Address address_;
  const Matched& matched_;
  const Endpoint& endpoint_;
  bool json_;
  Instant now_;
  Sent query_;
  people::Viewer viewer_;
  std::string session_token_, device_token_, client_address_;
  PageHead head_;
  std::vector<std::string> set_cookies_;
  bool changed_session_ = false;
};

}  // namespace danchu::web
