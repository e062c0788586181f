#include "web/template.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace danchu::web {

namespace {

bool is_name(std::string_view text) {
  if (text.empty() || !(text[0] >= 'a' && text[0] <= 'z')) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

// "form.title": names joined by dots.
bool is_path(std::string_view text) {
  while (true) {
    std::size_t dot = text.find('.');
    if (!is_name(text.substr(0, dot))) return false;
    if (dot == text.npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

constexpr std::string_view looks[] = {"hidden", "radios", "select",   "text",         "area",
                                      "big",    "pin",    "password", "new_password", "username",
                                      "email",  "search", "switch"};

// Walks the HTML once. `where_` names the place of the reader; every tag and every quoted value has a number,
// so that a section can be seen to end in the very place it began.
class Parser {
 public:
  Parser(Template& out, std::string_view source) : out_(out), source_(source) {}

  void run() {
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

 private:
  enum class Where { text, tag, quoted, script };
  struct Open {
    std::string name;
    PieceType type;
    Where where;
    int place;
    int line;
  };

  void error(const std::string& what) {
    out_.errors.push_back(out_.file + ":" + std::to_string(line_) + ": " + what);
  }
  bool next_is(std::string_view text) const { return source_.substr(at_).starts_with(text); }

  // Copies n bytes; line starts lose their indentation, which pages do not need.
  void copy(std::size_t n) {
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
  void skip_to(std::size_t end) {
    end = std::min(end, source_.size());
    line_ += static_cast<int>(std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                                         source_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }
  void flush() {
    fresh_line_ = false;
    if (!html_.empty()) out_.pieces.push_back({PieceType::html, line_, std::move(html_), {}, {}, {}});
    html_.clear();
  }
  void piece(PieceType type, std::string_view name) {
    flush();
    out_.pieces.push_back({type, line_, {}, std::string(name), {}, {}});
  }

  // A line that holds nothing but sections and partials leaves no empty line behind.
  void drop_bare_lines() {
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

  void step() {
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

  void step_text() {
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

  void step_tag() {
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

  void attribute(const std::string& name) {
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

  void url_value(const std::string& name, char quote) {
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

  void end_tag() {
    copy(1);
    bool script = element_ == "script";
    where_ = script ? Where::script : Where::text;
    if (script && !script_src_ && !script_ld_)
      error("no inline script: use src=\"asset:…\" or type=\"application/ld+json\"");
  }

  void step_script() {
    if (next_is("</script>")) {
      where_ = Where::text;
      return copy(9);
    }
    if (!std::isspace(static_cast<unsigned char>(source_[at_])))
      error("a script element holds nothing of its own");
    copy(1);
  }

  // ---- marks ----

  void mark() {
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

  void value(std::string_view name) {
    if (where_ == Where::tag) error("{{" + std::string(name) + "}} stands in a tag outside a quoted value");
    if (where_ == Where::script) error("{{" + std::string(name) + "}} stands in a script");
    piece(PieceType::value, name);
  }

  void raw(std::string_view name) {
    bool json_ld = where_ == Where::script && script_ld_;
    if (!is_name(name) || !(where_ == Where::text || json_ld))
      error("{{&…}} holds a name and stands in text only");
    piece(PieceType::raw, name);
  }

  void begin(char kind, std::string_view name) {
    bool of_field = kind == '#' && name.starts_with("field ");
    if (of_field) name = trimmed(name.substr(6));
    if (of_field ? !is_path(name) : !is_name(name))
      error("{{" + std::string(1, kind) + std::string(name) + "}}: no such name");
    if (where_ == Where::script) error("a section stands in a script");
    PieceType type = of_field      ? PieceType::begin_field
                     : kind == '#' ? PieceType::begin
                                   : PieceType::begin_not;
    piece(type, name);
    open_.push_back({of_field ? "field" : std::string(name), type, where_, place(), line_});
  }

  // Text is one place however many tags are passed; a tag and a quoted value are each their own.
  int place() const { return where_ == Where::tag ? tag_ : where_ == Where::quoted ? value_ : 0; }

  void finish(std::string_view name) {
    if (open_.empty() || open_.back().name != name)
      return error("{{/" + std::string(name) + "}} closes nothing open");
    const Open& open = open_.back();
    if (open.where != where_ || open.place != place())
      error("{{#" + open.name + "}} begins in one place of the HTML and ends in another");
    piece(open.type == PieceType::begin_field ? PieceType::end_field : PieceType::end, name);
    open_.pop_back();
  }

  void include(std::string_view what) {
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

  void field(std::string_view what, bool one) {
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

  std::optional<std::string> string(std::size_t& at) {
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

  void check_message(const std::string& text) {
    for (const std::string& name : placeholders(text))
      if (name.size() < 5 || !name.ends_with("}}") ||
          !is_name(std::string_view(name).substr(2, name.size() - 4)))
        error("a message holds plain {{names}} only: " + text);
  }

  void message(std::size_t at) {
    bool counted = source_[at + 1] == 'n';
    at += counted ? 3 : 2;
    Piece found{counted ? PieceType::messages : PieceType::message, line_, {}, {}, {}, {}};
    auto text = string(at);
    bool good = text.has_value();
    if (good) found.text = *text;
    if (good && counted) {
      good = source_.substr(at).starts_with(",");
      auto many = good ? string(++at) : std::nullopt;
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

  Template& out_;
  std::string_view source_;
  std::size_t at_ = 0;
  int line_ = 1;
  Where where_ = Where::text;
  char quote_ = '"';
  int tag_ = 0, value_ = 0;
  std::string element_;
  bool script_src_ = false, script_ld_ = false;
  bool fresh_line_ = true;
  std::string html_;
  std::vector<Open> open_;
};

}  // namespace

Template parse_template(std::string key, std::string file, std::string_view source) {
  Template out{std::move(key), std::move(file), {}, {}};
  Parser(out, source).run();
  return out;
}

}  // namespace danchu::web
