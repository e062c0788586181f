// POST: whatever the body came in becomes fields; sent twice it takes effect once.
#include "base/text.h"
#include "web/exchange.h"
#include "web/form.h"
#include "web/secrets.h"

namespace danchu::web {

std::optional<Reply> Exchange::read_body(WebRequest& request) {
  std::string_view type = http_.header("content-type");
  std::string_view kind = trim(type.substr(0, type.find(';')));
  std::optional<Problem> wrong;
  if (http_.body.empty() && type.empty()) return std::nullopt;
  if (kind == "application/x-www-form-urlencoded")
    wrong = parse_urlencoded(http_.body, request.body);
  else if (kind == "multipart/form-data")
    wrong = parse_multipart(type, http_.body, request.body);
  else if (kind == "application/json")
    wrong = parse_json_body(http_.body, request.body);
  else
    return request.refuse_as(415, problem(Fault::invalid, N_("Send a form or JSON (application/json)")));
  if (!wrong) return std::nullopt;
  return request.refuse_as(wrong->fault == Fault::too_large ? 413 : 400, {*wrong});
}

std::optional<Submission> Exchange::submission_of(WebRequest& request) {
  std::string key(http_.header("idempotency-key"));
  for (const auto& [name, value] : request.sent())
    if (name == "idempotency_key" && key.empty()) key = value;
  std::string path = std::string(request.path()) + request.canonical_query();
  Submission s;
  s.request = p_.idempotency.request_of(path, request.sent(), request.uploads());
  s.kept = sent_key_kept;
  if (key.empty()) {
    if (!request.signed_in() || request.wants_json()) return std::nullopt;
    // Of the account: a session's token changes while it is used.
    key = p_.idempotency.derived_key(id_to_text(request.viewer().account.number), s.request, request.now());
    s.kept = derived_key_kept;
  }
  s.account = request.viewer().account.number;
  s.key = p_.idempotency.key_of(s.account ? id_to_text(s.account) : request.session_token(), key);
  s.route = endpoint_->pattern;
  return s;
}

ReadyRef Exchange::submit(WebRequest& request) {
  if (auto refused = read_body(request)) return finish(request, std::move(*refused));
  if (http_.header("idempotency-key").size() > longest_key)
    return finish(request,
                  request.refuse_as(
                      400, problem(Fault::invalid, N_("The Idempotency-Key is longer than {max} characters"),
                                   {{"max", std::to_string(longest_key)}})));
  if (request.signed_in())
    request.idempotency_key = to_base64url(random_bytes(16));  // of the form shown again
  if (!endpoint_->route.idempotent) return finish(request, endpoint_->handler(request));
  auto submission = submission_of(request);
  if (!submission) return finish(request, endpoint_->handler(request));

  auto result = p_.idempotency.once(*submission, [&]() -> Idempotency::Kept {
    Idempotency::Kept kept{endpoint_->handler(request), ""};
    if (!request.changed_session()) kept.flash = p_.cookies.flash_in(request.set_cookies());
    return kept;
  });
  if (auto* problems = std::get_if<Problems>(&result)) return finish(request, request.refuse(*problems));
  auto& outcome = std::get<Idempotency::Outcome>(result);
  Reply reply = outcome.answer.reply;
  if (outcome.replayed) {
    reply.headers.emplace_back("Idempotent-Replayed", "true");
    if (!outcome.answer.flash.empty()) reply.headers.emplace_back("Set-Cookie", outcome.answer.flash);
  }
  if (outcome.effective) {
    keep_answer_ = reply.status < 400 && !request.changed_session();
    submission_ = std::move(submission);
    kept_ = std::move(outcome.answer);
  }
  return finish(request, std::move(reply));
}

}  // namespace danchu::web
