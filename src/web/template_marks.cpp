// What stands between {{ and }}: values, sections, partials, fields of a form, messages.
#include <algorithm>
#include <cctype>

#include "web/template_parser.h"

namespace danchu::web {
namespace {

// "form.title": names joined by dots.
bool is_path(std::string_view text) {
  while (true) {
    std::size_t dot = text.find('.');
    if (!is_name(text.substr(0, dot))) return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

constexpr std::string_view looks[] = {"hidden",     "radios",        "select",     "text",     "area",
                                      "big",        "pin",           "secret_pin", "password", "new_password",
                                      "username",   "email",         "search",     "switch",   "needed",
                                      "needed_pin", "needed_select", "needed_big"};

}  // namespace

void TemplateParser::mark() {
  std::size_t start = at_ + 2;
  if (source_.substr(start).starts_with("_(") || source_.substr(start).starts_with("_n("))
    return message(start);
  std::size_t end = source_.find("}}", start);
  if (end == source_.npos) {
    error("{{ without }}");
    return skip_to(source_.size());
  }
  std::string_view inside = source_.substr(start, end - start);
  char kind = inside.empty() ? ' ' : inside[0];
  std::string_view rest = inside.empty() ? inside : trimmed(inside.substr(1));
  if (kind == '!') {
  } else if (kind == '#' || kind == '^') {
    begin(kind, rest);
  } else if (kind == '/') {
    finish(rest);
  } else if (kind == '>') {
    include(rest);
  } else if (kind == '&') {
    raw(rest);
  } else if (is_name(inside)) {
    value(inside);
  } else {
    error("{{" + std::string(inside) + "}} is no mark (modifiers and pragmas are refused)");
  }
  skip_to(end + 2);
}

void TemplateParser::value(std::string_view name) {
  if (where_ == Where::tag) error("{{" + std::string(name) + "}} stands in a tag outside a quoted value");
  if (where_ == Where::script) error("{{" + std::string(name) + "}} stands in a script");
  piece(PieceType::value, name);
}

void TemplateParser::raw(std::string_view name) {
  bool json_ld = where_ == Where::script && script_ld_;
  if (!is_name(name) || !(where_ == Where::text || json_ld))
    error("{{&…}} holds a name and stands in text only");
  piece(PieceType::raw, name);
}

void TemplateParser::begin(char kind, std::string_view name) {
  bool of_field = kind == '#' && name.starts_with("field ");
  if (of_field) name = trimmed(name.substr(6));
  if (of_field ? !is_path(name) : !is_name(name))
    error("{{" + std::string(1, kind) + std::string(name) + "}}: no such name");
  if (where_ == Where::script) error("a section stands in a script");
  PieceType type = of_field ? PieceType::begin_field : kind == '#' ? PieceType::begin : PieceType::begin_not;
  piece(type, name);
  open_.push_back({of_field ? "field" : std::string(name), type, where_, place(), line_});
}

void TemplateParser::finish(std::string_view name) {
  if (open_.empty() || open_.back().name != name)
    return error("{{/" + std::string(name) + "}} closes nothing open");
  const Open& open = open_.back();
  if (open.where != where_ || open.place != place())
    error("{{#" + open.name + "}} begins in one place of the HTML and ends in another");
  piece(open.type == PieceType::begin_field ? PieceType::end_field : PieceType::end, name);
  open_.pop_back();
}

void TemplateParser::include(std::string_view what) {
  if (where_ != Where::text) return error("{{>…}} stands in text only");
  bool one = what.starts_with("field "), all = what.starts_with("fields ");
  if (one || all) return field(trimmed(what.substr(one ? 6 : 7)), one);
  if (what == "page") return piece(PieceType::include, "page");
  std::size_t slash = what.find('/');
  std::string_view room = slash == what.npos ? "web" : what.substr(0, slash);
  std::string_view name = slash == what.npos ? what : what.substr(slash + 1);
  if (!is_name(room) || !is_name(name)) return error("{{>" + std::string(what) + "}}: no such partial");
  piece(PieceType::include, std::string(room) + "/_" + std::string(name));
}

void TemplateParser::field(std::string_view what, bool one) {
  std::size_t space = what.find(' ');
  std::string_view path = what.substr(0, space);
  std::string_view rest = space == what.npos ? "" : trimmed(what.substr(space));
  if (!is_path(path)) return error("{{>field …}} needs the path of a member, for example form.title");
  if (!rest.empty()) {
    bool known = one && rest.starts_with("as=") &&
                 std::find(std::begin(looks), std::end(looks), rest.substr(3)) != std::end(looks);
    if (!known) return error("unknown look: " + std::string(rest));
    rest.remove_prefix(3);
  }
  piece(one ? PieceType::field : PieceType::fields, path);
  out_.pieces.back().look = rest;
}

// ---- messages ----

std::optional<std::string> TemplateParser::quoted(std::size_t& at) {
  while (at < source_.size() && std::isspace(static_cast<unsigned char>(source_[at]))) ++at;
  if (at >= source_.size() || source_[at] != '"') return std::nullopt;
  std::string text;
  for (++at; at < source_.size() && source_[at] != '"'; ++at) {
    if (source_[at] == '\\' && at + 1 < source_.size()) ++at;
    text += source_[at];
  }
  ++at;
  while (at < source_.size() && std::isspace(static_cast<unsigned char>(source_[at]))) ++at;
  return text;
}

void TemplateParser::check_message(const std::string& text) {
  for (const std::string& name : placeholders(text))
    if (name.size() < 5 || !name.ends_with("}}") ||
        !is_name(std::string_view(name).substr(2, name.size() - 4)))
      error("a message holds plain {{names}} only: " + text);
}

void TemplateParser::message(std::size_t at) {
  bool counted = source_[at + 1] == 'n';
  at += counted ? 3 : 2;
  Piece found{counted ? PieceType::messages : PieceType::message, line_, {}, {}, {}, {}};
  auto text = quoted(at);
  bool good = text.has_value();
  if (good) found.text = *text;
  if (good && counted) {
    good = source_.substr(at).starts_with(",");
    auto many = good ? quoted(++at) : std::nullopt;
    good = many && source_.substr(at).starts_with(",");
    if (good) {
      std::size_t end = source_.find(')', at);
      found.many = *many;
      found.name = trimmed(source_.substr(at + 1, end - at - 1));
      at = end;
      good = is_name(found.name);
    }
  }
  if (!good || !source_.substr(at).starts_with(")}}")) {
    error("a message is {{_(\"text\")}} or {{_n(\"one\", \"many\", number)}}");
    return skip_to(source_.find("}}", at) == source_.npos ? source_.size() : source_.find("}}", at) + 2);
  }
  if (where_ != Where::text && where_ != Where::quoted) error("a message stands in a tag or a script");
  check_message(found.text);
  check_message(found.many);
  flush();
  out_.pieces.push_back(std::move(found));
  skip_to(at + 3);
}

}  // namespace danchu::web
