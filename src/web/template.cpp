#include "web/template.h"

#include <algorithm>
#include <cctype>

#include "web/template_parser.h"

namespace danchu::web {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

}  // namespace

bool is_name(std::string_view text) {
  if (text.empty() || !(text[0] >= 'a' && text[0] <= 'z')) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

void TemplateParser::run() {
  while (at_ < source_.size()) step();
  if (html_.ends_with('\n')) html_.pop_back();
  flush();
  drop_bare_lines();
  if (where_ != Where::text) error("the file ends inside a tag or an attribute");
  for (const Open& open : open_) {
    line_ = open.line;
    error("{{#" + open.name + "}} is never closed");
  }
}

void TemplateParser::copy(std::size_t n) {
  for (std::size_t i = 0; i < n && at_ < source_.size(); ++i) {
    char c = source_[at_++];
    if (c == '\n') {
      ++line_;
      if (where_ == Where::text && !html_.empty() && html_.back() == '\n') continue;
    }
    if ((c == ' ' || c == '\t') && where_ == Where::text &&
        (html_.empty() ? fresh_line_ : html_.back() == '\n'))
      continue;
    html_ += c;
  }
}
void TemplateParser::skip_to(std::size_t end) {
  end = std::min(end, source_.size());
  line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                                       source_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
  at_ = end;
}
void TemplateParser::flush() {
  fresh_line_ = false;
  if (!html_.empty()) out_.pieces.push_back({PieceType::html, line_, std::move(html_), {}, {}, {}});
  html_.clear();
}
void TemplateParser::piece(PieceType type, std::string_view name) {
  flush();
  out_.pieces.push_back({type, line_, {}, std::string(name), {}, {}});
}

// A line that holds nothing but sections and partials leaves no empty line behind.
void TemplateParser::drop_bare_lines() {
  bool fresh = true;
  for (Piece& piece : out_.pieces) {
    bool prints = piece.type == PieceType::value || piece.type == PieceType::url ||
                  piece.type == PieceType::raw || piece.type == PieceType::message ||
                  piece.type == PieceType::messages || piece.type == PieceType::address;
    if (prints) fresh = false;
    if (piece.type != PieceType::html) continue;
    if (fresh && piece.text.starts_with('\n')) piece.text.erase(0, 1);
    if (!piece.text.empty()) fresh = piece.text.ends_with('\n');
  }
}

void TemplateParser::step() {
  if (next_is("{{")) return mark();
  switch (where_) {
    case Where::text:
      return step_text();
    case Where::tag:
      return step_tag();
    case Where::script:
      return step_script();
    case Where::quoted:
      if (source_[at_] == quote_) where_ = Where::tag;
      return copy(1);
  }
}

void TemplateParser::step_text() {
  if (next_is("<!--")) {
    std::size_t end = source_.find("-->", at_);
    if (end == source_.npos) error("this comment is never closed");
    return skip_to(end == source_.npos ? end : end + 3);
  }
  if (next_is("<{{") || next_is("</{{")) error("an element's name is not a value");
  bool opens = source_[at_] == '<' && at_ + 1 < source_.size() &&
               std::isalpha(static_cast<unsigned char>(source_[at_ + 1]));
  if (!opens) return copy(1);
  std::size_t end = at_ + 1;
  while (end < source_.size() &&
         (std::isalnum(static_cast<unsigned char>(source_[end])) || source_[end] == '-'))
    ++end;
  element_ = lower(source_.substr(at_ + 1, end - at_ - 1));
  if (!element_allowed(element_)) error("<" + element_ + "> is not allowed");
  script_src_ = script_ld_ = false;
  copy(end - at_);
  where_ = Where::tag;
  ++tag_;
}

void TemplateParser::step_tag() {
  char c = source_[at_];
  if (c == '>') return end_tag();
  if (std::isspace(static_cast<unsigned char>(c)) || c == '/') return copy(1);
  std::size_t end = source_.find_first_of(" \t\n=>/{", at_);
  if (end == at_ || c == '"' || c == '\'' || c == '<') {
    error("this is no attribute of <" + element_ + ">");
    return copy(1);
  }
  std::string name = lower(source_.substr(at_, end - at_));
  copy(end - at_);
  if (!next_is("=")) {
    if (place_of(element_, name) == Place::forbidden) error("the attribute " + name + " is not allowed");
    return;
  }
  copy(1);
  attribute(name);
}

void TemplateParser::attribute(const std::string& name) {
  Place place = place_of(element_, name);
  if (place == Place::forbidden) error("the attribute " + name + " is not allowed");
  char quote = at_ < source_.size() ? source_[at_] : ' ';
  if (quote != '"' && quote != '\'') {
    std::size_t end = source_.find_first_of(" \t\n>", at_);
    if (source_.substr(at_, end - at_).find("{{") != source_.npos) error("quote the value of " + name);
    if (place == Place::url) error("quote the value of " + name);
    return copy(end == source_.npos ? source_.size() - at_ : end - at_);
  }
  if (element_ == "script" && name == "type")
    script_ld_ = source_.substr(at_ + 1).starts_with("application/ld+json\"");
  copy(1);
  if (place == Place::url) return url_value(name, quote);
  where_ = Where::quoted;
  quote_ = quote;
  ++value_;
}

void TemplateParser::url_value(const std::string& name, char quote) {
  std::size_t end = source_.find(quote, at_);
  std::string_view value = source_.substr(at_, end == source_.npos ? end : end - at_);
  if (element_ == "script" && name == "src") {
    script_src_ = true;
    if (!value.starts_with("asset:")) error("a script comes from web/: src=\"asset:…\"");
  }
  if (value.starts_with("{{") && value.ends_with("}}") && is_name(value.substr(2, value.size() - 4))) {
    piece(PieceType::url, value.substr(2, value.size() - 4));
  } else if (value.find("{{") != value.npos) {
    error(name + " holds one {{url}} or a fixed address, nothing pieced together");
  } else if (!fixed_address_allowed(value)) {
    error(name + "=\"" + std::string(value) + "\" is no address this site may name");
  } else {
    piece(PieceType::address, "");
    out_.pieces.back().text = value;
  }
  if (end == source_.npos) where_ = Where::quoted;  // reported at the end of the file
  skip_to(end);
  copy(1);
}

void TemplateParser::end_tag() {
  copy(1);
  bool script = element_ == "script";
  where_ = script ? Where::script : Where::text;
  if (script && !script_src_ && !script_ld_)
    error("no inline script: use src=\"asset:…\" or type=\"application/ld+json\"");
}

void TemplateParser::step_script() {
  if (next_is("</script>")) {
    where_ = Where::text;
    return copy(9);
  }
  if (!std::isspace(static_cast<unsigned char>(source_[at_])))
    error("a script element holds nothing of its own");
  copy(1);
}

Template parse_template(std::string key, std::string file, std::string_view source) {
  Template out{std::move(key), std::move(file), {}, {}};
  TemplateParser(out, source).run();
  return out;
}

}  // namespace danchu::web
