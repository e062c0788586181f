#include "web/chrome.h"

#include "web/assets.h"
#include "web/because.h"
#include "web/form_part.h"
#include "web/i18n.h"

namespace danchu::web {

namespace {

// A model may say its own title, description or the number to call for help.
std::string model_text(RecordRef model, std::string_view name) {
  const Field* field = find_field(model.fields, name);
  if (!field || field->list || field->kind == Kind::record || !model.at || field->count(model.at) == 0)
    return {};
  std::string scratch;
  return std::string(field->text(model.at, 0, scratch));
}

std::string first_of(std::string a, const std::string& b) { return a.empty() ? b : std::move(a); }

std::string absolute(const PageContext& context, const std::string& address) {
  return address.starts_with("/") ? context.base_url + address : address;
}

bool under(std::string_view path, std::string_view place) {
  return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
}

Nav nav_of(std::string_view path) {
  if (path == "/") return Nav::home;
  if (under(path, "/tim-kiem")) return Nav::search;
  if (under(path, "/luat")) return Nav::law;
  if (under(path, "/kiem-chung")) return Nav::verify;
  if (under(path, "/ban-lam-viec")) return Nav::desk;
  if (under(path, "/dang-nhap")) return Nav::sign_in;
  return Nav::none;
}

std::vector<AlternatePart> alternates(const PageContext& context) {
  std::vector<AlternatePart> all;
  std::string address = std::string(context.path) + context.query;
  for (std::string_view language : languages()) {
    std::string url = address;
    if (language != languages()[0])
      url = "/" + std::string(language) + (context.path == "/" ? context.query : address);
    std::string name = language == "vi" ? "Tiếng Việt" : "English";
    all.push_back({std::string(language), name, Url{context.base_url + url}, Url{"/." + url},
                   language == context.language});
  }
  return all;
}

// The id of the field a problem belongs to: the model's member that holds the form's record is its prefix.
std::string id_of_problem(const PageContext& context, RecordRef model, const std::string& path) {
  for (const Field& field : model.fields)
    if (field.kind == Kind::record && !field.list && was_sent(context, field.fields()))
      return field_id(field.name == "form" ? "" : std::string(field.name) + "-", path);
  return field_id("", path);
}

// The msgid of the field at "place" or "households.3.name" of these fields; empty for none.
std::string_view label_at(Fields fields, std::string_view path) {
  const Field* field = find_field(fields, path.substr(0, path.find('.')));
  if (!field) return {};
  std::size_t dot = path.find('.');
  if (field->list && dot != path.npos) dot = path.find('.', dot + 1);  // past the item's number
  if (field->kind != Kind::record || dot == path.npos) return field->label;
  return label_at(field->fields(), path.substr(dot + 1));
}

// What the field a problem belongs to is called on the page.
std::string label_of_problem(const PageContext& context, RecordRef model, const std::string& path) {
  std::string_view label;
  for (const Field& field : model.fields)
    if (label.empty() && field.kind == Kind::record && !field.list && was_sent(context, field.fields()))
      label = label_at(field.fields(), path);
  return label.empty() ? std::string() : translate(context.language, label);
}

std::vector<ProblemPart> problems(const PageContext& context, RecordRef model) {
  std::vector<ProblemPart> parts;
  for (const ShownProblem& problem : context.problems) {
    ProblemPart part;
    part.message = problem.message;
    if (!problem.path.empty()) {
      part.href.value = "#" + id_of_problem(context, model, problem.path);
      part.label = label_of_problem(context, model, problem.path);
    }
    for (const auto& b : problem.because)
      part.because.push_back(web::because(b.rule, b.citation, b.text, b.unverified));
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace

Chrome make_chrome(const PageContext& context, RecordRef model) {
  Chrome c;
  c.page_language = context.language;
  c.page_title = first_of(model_text(model, "page_title"), context.head.title);
  std::string site = translate(context.language, N_("Sơn La grassroots democracy"));
  c.page_full_title = c.page_title.empty() ? site : c.page_title + " – " + site;
  c.page_form_wrong = !context.problems.empty() && context.sent;
  if (c.page_form_wrong)
    c.page_full_title = translate(context.language, N_("Error:")) + " " + c.page_full_title;
  c.page_description = first_of(model_text(model, "page_description"), context.head.description);
  if (c.page_description.empty())
    c.page_description =
        translate(context.language, N_("People know, discuss, decide, do, inspect, supervise and benefit."));
  c.page_type = context.path == "/" ? "website" : "article";
  c.page_url = context.canonical_url;
  c.page_link.value = context.canonical_url;
  c.page_image = absolute(context, context.head.image.empty() ? asset_url("share.png") : context.head.image);
  c.page_indexed = context.head.index;
  if (!context.head.feed.empty()) c.page_feed = Url{context.head.feed};
  c.page_alternates = alternates(context);
  c.page_nav = nav_of(context.path);
  c.page_flash = context.flash;
  c.page_key = context.idempotency_key;
  c.page_problems = problems(context, model);
  c.page_back.value = std::string(context.path) + context.query;
  // The commune the page is about, else the viewer's, else the province (practice P54).
  c.support_phone = first_of(model_text(model, "support_phone"), context.help_number);
  if (!c.support_phone.empty()) c.support_link = Url{"tel:" + c.support_phone};
  c.site_demo = context.demo;
  c.site_signed_in = context.viewer && context.viewer->account;
  if (context.viewer) c.site_viewer = context.viewer->name;
  return c;
}

}  // namespace danchu::web
