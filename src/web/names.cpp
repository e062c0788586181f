#include "web/names.h"

#include <algorithm>

#include "web/form_part.h"

namespace danchu::web {

namespace {
constexpr std::pair<std::string_view, Variant> suffixes[] = {
    {"_iso", Variant::iso},   {"_date", Variant::date},   {"_time", Variant::time}, {"_raw", Variant::raw},
    {"_code", Variant::code}, {"_count", Variant::count}, {"_one", Variant::one}};
}

Name::Name(std::string_view written) : text(written) {
  is_this = written == "this" || written.starts_with("this_");
  is_position = written == "item_number";
  splits.push_back({text, Variant::plain, {}});
  for (const auto& [suffix, variant] : suffixes) {
    if (!written.ends_with(suffix) || written.size() == suffix.size()) continue;
    splits.push_back({std::string(written.substr(0, written.size() - suffix.size())), variant, {}});
    if (is_this) this_variant = variant;
  }
  for (std::size_t at = written.find("_is_"); at != written.npos; at = written.find("_is_", at + 1))
    splits.push_back({std::string(written.substr(0, at)), Variant::is, std::string(written.substr(at + 4))});
}

bool variant_fits(const Field& field, Variant variant) {
  switch (variant) {
    case Variant::plain:
      return true;
    case Variant::iso:
      return field.kind == Kind::date || field.kind == Kind::instant;
    case Variant::date:
    case Variant::time:
      return field.kind == Kind::instant;
    case Variant::raw:
      return field.kind == Kind::integer || field.kind == Kind::money;
    case Variant::code:
      return field.kind == Kind::choice || field.kind == Kind::boolean;
    case Variant::count:
      return field.list;
    case Variant::is:
      return field.kind == Kind::choice && !field.list;
    case Variant::one:
      return field.kind == Kind::integer && !field.list;
  }
  return false;
}

std::optional<Meaning> meaning_in(Fields fields, const Name& name) {
  for (const Name::Split& split : name.splits) {
    const Field* field = find_field(fields, split.member);
    if (field && variant_fits(*field, split.variant)) return Meaning{field, split.variant, split.code};
  }
  return std::nullopt;
}

namespace {

class Check {
 public:
  Check(const Library& library, Fields chrome) : library_(library) { scopes_.push_back({chrome, nullptr}); }

  void page(const Template& page, Fields model) {
    scopes_.push_back({model, nullptr});
    walk(page);
  }
  std::vector<std::string> errors;

 private:
  struct Scope {
    Fields fields;
    const Field* item;  // of a list of texts or numbers
  };

  void error(const Template& in, const Piece& piece, const std::string& what) {
    std::string text = in.file + ":" + std::to_string(piece.line) + ": " + what;
    if (std::find(errors.begin(), errors.end(), text) == errors.end()) errors.push_back(text);
  }

  std::optional<Meaning> find(const Name& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      if (scope->item && name.is_this)
        return Meaning{scope->item, name.this_variant.value_or(Variant::plain), {}};
      if (auto found = meaning_in(scope->fields, name)) return found;
    }
    return std::nullopt;
  }

  void walk(const Template& in) {
    for (const Piece& piece : in.pieces) one(in, piece);
  }

  void one(const Template& in, const Piece& piece) {
    switch (piece.type) {
      case PieceType::value:
        return value(in, piece, piece.name);
      case PieceType::url:
        return link(in, piece, Kind::url);
      case PieceType::raw:
        return link(in, piece, Kind::html);
      case PieceType::begin:
        return begin(in, piece);
      case PieceType::begin_not:
        return begin_not(in, piece);
      case PieceType::begin_field:
        field(in, piece);
        return scopes_.push_back({fields_of<FieldPart>(), nullptr});
      case PieceType::field:
      case PieceType::fields:
        return field(in, piece);
      case PieceType::end:
      case PieceType::end_field:
        return scopes_.pop_back();
      case PieceType::include:
        return include(in, piece);
      case PieceType::message:
        return message(in, piece, piece.text);
      case PieceType::messages:
        value(in, piece, piece.name + "_one");
        message(in, piece, piece.text);
        return message(in, piece, piece.many);
      case PieceType::html:
      case PieceType::address:
        return;
    }
  }

  void message(const Template& in, const Piece& piece, const std::string& text) {
    for (const std::string& mark : placeholders(text)) value(in, piece, mark.substr(2, mark.size() - 4));
  }

  void value(const Template& in, const Piece& piece, const std::string& text) {
    Name name(text);
    if (name.is_position) return;
    auto found = find(name);
    if (!found) return error(in, piece, "{{" + text + "}} is no member of the model");
    Kind kind = found->field->kind;
    bool printable = found->variant == Variant::count ||
                     (kind != Kind::record && kind != Kind::html && kind != Kind::file && kind != Kind::url);
    if (!printable || (found->field->list && found->variant != Variant::count && !name.is_this))
      error(in, piece, "{{" + text + "}} cannot be printed as text");
  }

  void link(const Template& in, const Piece& piece, Kind kind) {
    auto found = find(Name(piece.name));
    if (!found || found->field->kind != kind)
      error(in, piece,
            piece.name + (kind == Kind::url ? " is no Url of the model" : " is no SafeHtml of the model"));
  }

  void begin(const Template& in, const Piece& piece) {
    const Name name(piece.name);  // what is found refers to it
    auto found = find(name);
    if (!found) error(in, piece, "{{#" + piece.name + "}} is no member of the model");
    if (found) check_code(in, piece, *found);
    bool plain = found && found->variant == Variant::plain;
    if (plain && found->field->kind == Kind::record)
      return scopes_.push_back({found->field->fields(), nullptr});
    scopes_.push_back({{}, plain && found->field->list ? found->field : nullptr});
  }

  void begin_not(const Template& in, const Piece& piece) {
    const Name name(piece.name);  // what is found refers to it
    auto found = find(name);
    if (!found) error(in, piece, "{{^" + piece.name + "}} is no member of the model");
    if (found) check_code(in, piece, *found);
    scopes_.push_back({{}, nullptr});
  }

  void check_code(const Template& in, const Piece& piece, const Meaning& found) {
    if (found.variant != Variant::is) return;
    for (const ChoiceName& choice : found.field->choices)
      if (choice.code == found.code) return;
    error(in, piece, "{{#" + piece.name + "}}: there is no such choice");
  }

  void field(const Template& in, const Piece& piece) {
    std::string_view path = piece.name;
    std::size_t dot = path.find('.');
    auto found = find(Name(path.substr(0, dot)));
    bool record = found && found->variant == Variant::plain && found->field->kind == Kind::record &&
                  !found->field->list;
    if (!record) return error(in, piece, std::string(path.substr(0, dot)) + " is no record of the model");
    if (piece.type != PieceType::fields && dot == path.npos)
      return error(in, piece, "name one field: " + piece.name + ".…");
    Fields fields = found->field->fields();
    while (dot != path.npos) {
      path.remove_prefix(dot + 1);
      dot = path.find('.');
      const Field* member = find_field(fields, path.substr(0, dot));
      if (!member) return error(in, piece, "the form has no field " + piece.name);
      if (dot != path.npos && (member->kind != Kind::record || member->list))
        return error(in, piece, "the form has no field " + piece.name);
      if (member->kind == Kind::record) fields = member->fields();
    }
  }

  void include(const Template& in, const Piece& piece) {
    if (piece.name == "page") return;
    const Template* partial = library_.find(piece.name);
    if (!partial) return error(in, piece, "there is no partial " + piece.name);
    if (std::find(including_.begin(), including_.end(), partial) != including_.end()) return;
    including_.push_back(partial);
    walk(*partial);
    including_.pop_back();
  }

  const Library& library_;
  std::vector<Scope> scopes_;
  std::vector<const Template*> including_;
};

}  // namespace

std::vector<std::string> check_names(const Library& library, const Template& page, Fields model,
                                     Fields chrome) {
  Check check(library, chrome);
  check.page(page, model);
  return check.errors;
}

}  // namespace danchu::web
