#include "web/openapi.h"

#include <boost/json/serialize.hpp>

#include "web/json.h"

namespace danchu::web {

namespace json = boost::json;

static json::object ref_to(std::string_view component) {
  return {{"$ref", "#/components/" + std::string(component)}};
}

// "get /viec/{motion}/bien-ban" -> "get_viec_motion_bien_ban".
static std::string operation_id(const Endpoint& e) {
  std::string id = e.method == Method::get ? "get" : "post";
  for (char c : e.pattern == "/" ? std::string("/home") : e.pattern) {
    bool plain = std::isalnum(static_cast<unsigned char>(c));
    if (plain)
      id += c;
    else if (id.back() != '_' && c != '}')
      id += '_';
  }
  return id;
}

static json::array parameters_of(const Endpoint& e) {
  json::array all;
  for (const std::string& name : e.names)
    all.push_back({{"name", name},
                   {"in", "path"},
                   {"required", true},
                   {"schema", {{"type", "string"}, {"maxLength", 200}}}});
  for (std::string_view name : e.route.queries)
    all.push_back({{"name", std::string(name)},
                   {"in", "query"},
                   {"schema", {{"type", "string"}, {"maxLength", 2000}}}});
  if (e.method == Method::post && e.route.idempotent) all.push_back(ref_to("parameters/IdempotencyKey"));
  return all;
}

static json::object content(std::string_view type, json::object schema) {
  return {{std::string(type), json::object{{"schema", std::move(schema)}}}};
}

// Of a form with files; nothing for one without.
static std::optional<json::object> multipart_schema(Fields fields) {
  json::object schema = schema_of(fields, true);
  bool any = false;
  for (const Field& field : fields) {
    if (field.kind != Kind::file) continue;
    any = true;
    schema["properties"].as_object()[std::string(field.name)] = {
        {"type", "array"},
        {"maxItems", most_files},
        {"description", std::string(field.label)},
        {"items", {{"type", "string"}, {"format", "binary"}}}};
  }
  return any ? std::optional(std::move(schema)) : std::nullopt;
}

static json::object success(const Endpoint& e) {
  json::object answer{{"description", std::string(e.route.summary)}};
  if (!e.route.produces.empty()) {
    answer["content"] = content(e.route.produces, json::object{{"type", "string"}});
  } else if (e.route.output) {
    json::object kinds = content("application/json", schema_of(e.route.output(), false));
    kinds["text/html"] = json::object{{"schema", {{"type", "string"}}}};
    answer["content"] = std::move(kinds);
  } else if (e.method == Method::post) {
    answer["content"] = content("application/json", ref_to("schemas/Moved"));
  } else {
    answer["content"] = content("text/html", {{"type", "string"}});
  }
  return answer;
}

static json::object responses_of(const Endpoint& e) {
  json::object answers;
  answers["200"] = success(e);
  if (e.method == Method::post) answers["303"] = ref_to("responses/SeeOther");
  if (e.method == Method::get && !e.names.empty()) answers["308"] = ref_to("responses/Moved");
  if (e.route.any_signed_in || !e.route.roles.empty()) {
    answers["401"] = ref_to("responses/Problem");
    answers["403"] = ref_to("responses/Problem");
  }
  if (!e.names.empty()) answers["404"] = ref_to("responses/Problem");
  if (e.method == Method::post) {
    answers["400"] = ref_to("responses/Problem");
    answers["409"] = ref_to("responses/Problem");
    answers["413"] = ref_to("responses/Problem");
    answers["422"] = ref_to("responses/Problem");
  }
  answers["503"] = ref_to("responses/Problem");
  answers["4XX"] = ref_to("responses/Problem");
  return answers;
}

static json::object operation(const Endpoint& e) {
  json::object op;
  op["operationId"] = operation_id(e);
  op["summary"] = std::string(e.route.summary);
  std::string_view tag = std::string_view(e.pattern).substr(1);
  tag = tag.substr(0, tag.find('/'));
  op["tags"] = json::array{tag.empty() || tag.starts_with('{') ? "home" : std::string(tag)};
  if (json::array parameters = parameters_of(e); !parameters.empty())
    op["parameters"] = std::move(parameters);
  if (e.method == Method::post && e.route.input) {
    json::object kinds = content("application/json", schema_of(e.route.input(), true));
    kinds["application/x-www-form-urlencoded"] = json::object{{"schema", schema_of(e.route.input(), true)}};
    if (auto with_files = multipart_schema(e.route.input()))
      kinds["multipart/form-data"] = json::object{{"schema", std::move(*with_files)}};
    op["requestBody"] = json::object{{"required", true}, {"content", std::move(kinds)}};
  }
  op["responses"] = responses_of(e);
  if (e.route.any_signed_in || !e.route.roles.empty())
    op["security"] = json::array{json::object{{"session", json::array{}}}};
  else
    op["security"] = json::array{};
  return op;
}

static json::object problem_schema() {
  json::object text{{"type", "string"}};
  json::object because{
      {"type", "object"},
      {"properties",
       {{"rule", text}, {"citation", text}, {"text", text}, {"unverified", {{"type", "boolean"}}}}}};
  json::object error{{"type", "object"},
                     {"properties",
                      {{"path", text},
                       {"message", text},
                       {"rules", {{"type", "array"}, {"items", text}}},
                       {"because", {{"type", "array"}, {"items", because}}}}}};
  return {{"type", "object"},
          {"required", json::array{"type", "title", "status", "errors"}},
          {"properties",
           {{"type", text},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", text},
            {"errors", {{"type", "array"}, {"items", error}}}}}};
}

static json::object components(bool secure) {
  json::object c;
  c["securitySchemes"] = {
      {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", secure ? "__Host-danchu" : "danchu"}}}};
  c["parameters"] = {
      {"IdempotencyKey",
       {{"name", "Idempotency-Key"},
        {"in", "header"},
        {"description",
         "Sent again with the same key, a submission takes effect once and is answered the same."},
        {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 255}}}}}};
  c["schemas"] = {
      {"Problem", problem_schema()},
      {"Moved",
       {{"type", "object"},
        {"required", json::array{"location"}},
        {"properties", {{"location", {{"type", "string"}}}, {"message", {{"type", "string"}}}}}}}};
  c["responses"] = {{"Problem",
                     {{"description", "What is wrong, where, and how to mend it (RFC 9457)"},
                      {"content", {{"application/problem+json", {{"schema", ref_to("schemas/Problem")}}}}}}},
                    {"Moved",
                     {{"description", "It stands at another address now, in the same language and form"},
                      {"headers", {{"Location", {{"schema", {{"type", "string"}}}}}}}}},
                    {"SeeOther",
                     {{"description", "Done; HTML clients are sent to the page that shows it"},
                      {"headers", {{"Location", {{"schema", {{"type", "string"}}}}}}}}}};
  return c;
}

std::string openapi_json(const RouteTable& routes, const Site& site, bool secure) {
  json::object paths;
  json::object tags_seen;
  for (const auto& e : routes.endpoints()) {
    json::object& path =
        paths[e->pattern].is_object() ? paths[e->pattern].as_object() : paths[e->pattern].emplace_object();
    path[e->method == Method::get ? "get" : "post"] = operation(*e);
    std::string_view tag = std::string_view(e->pattern).substr(1);
    tag = tag.substr(0, tag.find('/'));
    tags_seen[tag.empty() || tag.starts_with('{') ? "home" : std::string(tag)] = true;
  }
  json::array tags;
  for (const auto& entry : tags_seen)
    tags.push_back({{"name", entry.key()}, {"description", "Addresses under /" + std::string(entry.key())}});
  json::object document;
  document["openapi"] = "3.1.0";
  document["info"] = {
      {"title", "danchu"},
      {"version", DANCHU_VERSION},
      {"description",
       "Grassroots democracy of a province. Every page is also JSON: send Accept: application/json or put "
       ".json "
       "after the path. English under /en. Ids are strings of 13 characters; dates are days in Vietnam, "
       "instants are UTC."},
      {"license", {{"name", "See LICENSE"}, {"url", site.base_url + "/"}}}};
  document["servers"] = json::array{json::object{{"url", site.base_url}}};
  document["tags"] = std::move(tags);
  document["paths"] = std::move(paths);
  document["components"] = components(secure);
  return json::serialize(document);
}

}  // namespace danchu::web
