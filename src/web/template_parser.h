// Reads one template: template.cpp walks the HTML, template_marks.cpp what stands between {{ and }}. `where_`
// names the place of the reader; every tag and every quoted value has a number, so that a section can be seen
// to end in the very place it began. Only these two files include this.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/template.h"

namespace danchu::web {

class TemplateParser {
 public:
  TemplateParser(Template& out, std::string_view source) : out_(out), source_(source) {}

  void run();

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
  // Text is one place however many tags are passed; a tag and a quoted value are each their own.
  int place() const { return where_ == Where::tag ? tag_ : where_ == Where::quoted ? value_ : 0; }
  // Copies n bytes; line starts lose their indentation, which pages do not need.
  void copy(std::size_t n);
  void skip_to(std::size_t end);
  void flush();
  void piece(PieceType type, std::string_view name);
  void drop_bare_lines();

  // ---- HTML ----
  void step();
  void step_text();
  void step_tag();
  void attribute(const std::string& name);
  void url_value(const std::string& name, char quote);
  void end_tag();
  void step_script();

  // ---- marks ----
  void mark();
  void value(std::string_view name);
  void raw(std::string_view name);
  void begin(char kind, std::string_view name);
  void finish(std::string_view name);
  void include(std::string_view what);
  void field(std::string_view what, bool one);
  std::optional<std::string> quoted(std::size_t& at);
  void check_message(const std::string& text);
  void message(std::size_t at);

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

bool is_name(std::string_view text);  // lower case letters, digits and _

}  // namespace danchu::web
