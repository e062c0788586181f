#include "web/template_compiler.h"

#include "base/text.h"
#include "web/assets.h"
#include "web/i18n.h"

namespace danchu::web {
namespace {

class Compiler {
 public:
  Compiler(const Library& partials, TemplateTables& tables, std::string_view language)
      : partials_(partials), tables_(tables), language_(language) {}

  std::string compile(const Template& source) {
    std::string out = "{{%AUTOESCAPE context=\"HTML\"}}";
    for (const Piece& piece : source.pieces) append(out, piece);
    return out;
  }
  std::vector<std::string> errors;

 private:
  void mark(std::string& out, std::string_view before, std::size_t number, std::string_view after = "") {
    out.append("{{").append(before).append(std::to_string(number)).append(after).append("}}");
  }

  void append(std::string& out, const Piece& piece) {
    switch (piece.type) {
      case PieceType::html:
        out += piece.text;
        return;
      case PieceType::address:
        out += html_escape(address(piece.text));
        return;
      case PieceType::value:
        // Escaped with its line breaks: ctemplate by itself makes spaces of them, also in what was typed.
        return mark(out, "V", tables_.name(piece.name), ":p");
      case PieceType::url:
        return mark(out, "U", tables_.name(piece.name), ":none");
      case PieceType::raw:
        return mark(out, "H", tables_.name(piece.name), ":none");
      case PieceType::begin:
        return begin(out, "S", tables_.name(piece.name));
      case PieceType::begin_not:
        return begin(out, "N", tables_.name(piece.name));
      case PieceType::begin_field:
        return begin(out, "F", tables_.field({piece.name, "", false}));
      case PieceType::end:
      case PieceType::end_field:
        return end(out);
      case PieceType::include:
        return include(out, piece.name);
      case PieceType::field:
        return field(out, {piece.name, piece.look, false});
      case PieceType::fields:
        return field(out, {piece.name, "", true});
      case PieceType::message:
        return message(out, piece.text, piece.text);
      case PieceType::messages:
        return messages(out, piece);
    }
  }

  void begin(std::string& out, std::string letter, std::size_t number) {
    mark(out, "#" + letter, number);
    open_.push_back(letter + std::to_string(number));
  }
  void end(std::string& out) {
    out += "{{/" + open_.back() + "}}";
    open_.pop_back();
  }
  void field(std::string& out, FieldMark what) {
    begin(out, "F", tables_.field(std::move(what)));
    mark(out, ">P", tables_.include("web/_field"));
    end(out);
  }

  // What {{>page}} is, is known only while rendering; what is included ever deeper never ends.
  void include(std::string& out, const std::string& key) {
    const Template* partial = depth_ < deepest ? partials_.find(key) : nullptr;
    if (!partial) return mark(out, ">P", tables_.include(key));
    ++depth_;
    for (const Piece& piece : partial->pieces) append(out, piece);
    --depth_;
  }

  std::string address(const std::string& fixed) const {
    if (fixed.starts_with("asset:")) return asset_url(std::string_view(fixed).substr(6));
    return localised(fixed, language_);
  }

  // A translation can change words and their order, nothing else: its text is escaped, its placeholders are
  // the original's.
  void message(std::string& out, std::string_view msgid, std::string_view text) {
    std::string_view said = translation(language_, msgid);
    if (said.data() == msgid.data()) said = text;
    if (depth_ == 0 && placeholders(said) != placeholders(text))
      errors.push_back("the " + std::string(language_) +
                       " translation has other placeholders: " + std::string(msgid));
    while (true) {
      std::size_t at = said.find("{{");
      out += html_escape(said.substr(0, at));
      if (at == said.npos) return;
      std::size_t end = said.find("}}", at);
      mark(out, "V", tables_.name(std::string(said.substr(at + 2, end - at - 2))));
      said.remove_prefix(end + 2);
    }
  }

  void messages(std::string& out, const Piece& piece) {
    bool translated = translation(language_, piece.text).data() != piece.text.data();
    if (translated) return message(out, piece.text, piece.many);
    begin(out, "S", tables_.name(piece.name + "_one"));
    message(out, piece.text, piece.text);
    end(out);
    begin(out, "N", tables_.name(piece.name + "_one"));
    message(out, piece.many, piece.many);
    end(out);
  }

  static constexpr int deepest = 8;
  const Library& partials_;
  TemplateTables& tables_;
  std::string_view language_;
  std::vector<std::string> open_;
  int depth_ = 0;  // partials around the piece
};

}  // namespace

std::string compile_template(const Template& source, const Library& partials, std::string_view language,
                             TemplateTables& tables, std::vector<std::string>& errors) {
  Compiler compiler(partials, tables, language);
  std::string text = compiler.compile(source);
  for (const std::string& error : compiler.errors) errors.push_back(source.file + ": " + error);
  return text;
}

}  // namespace danchu::web
