// The one door to ctemplate. Our templates (template.h) become ctemplate's (template_compiler.h), one cache
// for each language, where every name is a number into a table; while rendering, ctemplate asks a View for
// values, and the View reads them straight from the record. Nobody fills dictionaries (they take a
// process-wide lock for every value).
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>

#include <array>
#include <charconv>
#include <shared_mutex>

#include "base/text.h"
#include "web/chrome.h"
#include "web/form_part.h"
#include "web/format.h"
#include "web/i18n.h"
#include "web/names.h"
#include "web/pages.h"
#include "web/template_compiler.h"
#include "web/template_set.h"

namespace danchu::web {

namespace {

using ctemplate::TemplateString;

struct Token {
  char letter;
  std::size_t number;
};
Token token(const TemplateString& name) {
  Token t{name.size() > 0 ? name.data()[0] : ' ', 0};
  std::from_chars(name.data() + 1, name.data() + name.size(), t.number);
  return t;
}

// ---- the view
// ------------------------------------------------------------------------------------------------

// What a name means in one record type is asked again for each line of a list: kept while a page is shown.
class Meanings {
 public:
  const std::optional<Meaning>& of(Fields fields, const Name& name) {
    Known& known = known_[(reinterpret_cast<std::uintptr_t>(fields.data()) / sizeof(Field) +
                           reinterpret_cast<std::uintptr_t>(&name) / sizeof(Name)) %
                          known_.size()];
    if (known.fields != fields.data() || known.name != &name)
      known = {fields.data(), &name, meaning_in(fields, name)};
    return known.meaning;
  }

 private:
  struct Known {
    const Field* fields = nullptr;
    const Name* name = nullptr;
    std::optional<Meaning> meaning;
  };
  std::array<Known, 256> known_{};
};

struct Rendering {
  const TemplateTables& tables;
  const PageContext& context;
  const std::string& page;  // the key {{>page}} stands for
  RecordRef model;
  std::string unknown;  // the first name nothing answered to: a gap in the check
  Meanings meanings;
};

class View final : public ctemplate::TemplateDictionaryInterface {
 public:
  View(Rendering& rendering, RecordRef record, const View* parent = nullptr)
      : r_(rendering), record_(record), parent_(parent) {}

  TemplateString GetValue(const TemplateString& variable) const override {
    Token t = token(variable);
    std::string_view text = t.letter == 'U' ? url(t.number) : value(t.number);
    return {text.data(), text.size()};
  }
  bool IsHiddenSection(const TemplateString& name) const override {
    Token t = token(name);
    if (t.letter == 'F') return false;
    return shown(r_.tables.names[t.number]) != (t.letter == 'S');
  }
  bool IsUnhiddenSection(const TemplateString& name) const override { return !IsHiddenSection(name); }
  bool IsHiddenTemplate(const TemplateString&) const override { return false; }
  const char* GetIncludeTemplateName(const TemplateString& variable, int) const override {
    const std::string& key = r_.tables.includes[token(variable).number];
    return (key == "page" ? r_.page : key).c_str();
  }
  Iterator* CreateTemplateIterator(const TemplateString& name) const override;
  Iterator* CreateSectionIterator(const TemplateString& section) const override;
  void DumpToString(std::string*, int) const override {}

 private:
  struct Found {
    const View* view;
    Meaning meaning;
  };
  struct Items;
  struct List;

 public:
  View(const View& other)
      : TemplateDictionaryInterface(),
        r_(other.r_),
        record_(other.record_),
        parent_(other.parent_),
        item_(other.item_),
        item_record_(other.item_record_),
        index_(other.index_),
        position_(other.position_) {}

 private:
  std::optional<Found> find(const Name& name) const {
    for (const View* view = this; view; view = view->parent_) {
      if (view->item_ && name.is_this)
        return Found{view, {view->item_, name.this_variant.value_or(Variant::plain), {}}};
      if (!view->record_.at) continue;
      if (const auto& meaning = r_.meanings.of(view->record_.fields, name)) return Found{view, *meaning};
    }
    if (r_.unknown.empty()) r_.unknown = name.text;
    return std::nullopt;
  }

  std::string_view value(std::size_t number) const {
    const Name& name = r_.tables.names[number];
    if (name.is_position) return scratch_ = std::to_string(nearest_position());
    auto found = find(name);
    if (!found) return {};
    const View& at = *found->view;
    bool item = at.item_ == found->meaning.field && name.is_this;
    return show_value(*found->meaning.field, item ? at.item_record_ : at.record_.at, item ? at.index_ : 0,
                      found->meaning.variant, r_.context.language, scratch_);
  }

  std::string_view url(std::size_t number) const {
    std::string_view address = value(number);
    return scratch_ = html_escape(localised(address, r_.context.language));
  }

  std::size_t nearest_position() const {
    for (const View* view = this; view; view = view->parent_)
      if (view->position_) return view->position_;
    return 0;
  }

  bool shown(const Name& name) const {
    if (name.is_position) return true;
    auto found = find(name);
    if (!found) return false;
    const Field& field = *found->meaning.field;
    const void* record = found->view->record_.at;
    switch (found->meaning.variant) {
      case Variant::is: {
        std::string scratch;
        return field.count(record) && field.text(record, 0, scratch) == found->meaning.code;
      }
      case Variant::one:
        return field.count(record) && field.number(record, 0) == 1;
      case Variant::count:
        return field.count(record) > 0;
      default:
        break;
    }
    // A member may itself be called this_…: only the item of a list stands for {{this}}.
    if (name.is_this && found->view->item_ == &field)
      return is_set(field, found->view->item_record_, found->view->index_);
    if (field.list) return field.count(record) > 0;
    return is_set(field, record, 0);
  }

  Iterator* items(const Name& name) const;

  // ---- forms ----

  std::vector<OptionPart> options(std::string_view field) const {
    auto found = lookup(std::string(field) + "_options");
    std::vector<OptionPart> parts;
    if (!found || !found->meaning.field->list || found->meaning.field->kind != Kind::record) return parts;
    const Field& list = *found->meaning.field;
    for (std::size_t i = 0; i < list.count(found->view->record_.at); ++i) {
      RecordRef item{list.nested(found->view->record_.at, i), list.fields()};
      parts.push_back({"", text_of(item, "value"), text_of(item, "label"), text_of(item, "hint"), false});
    }
    return parts;
  }
  static std::string text_of(RecordRef record, std::string_view name) {
    const Field* field = find_field(record.fields, name);
    std::string scratch;
    return field && field->count(record.at) ? std::string(field->text(record.at, 0, scratch)) : "";
  }
  std::optional<Found> lookup(const std::string& name) const {
    for (const View* view = this; view; view = view->parent_)
      if (const Field* field = view->record_.at ? find_field(view->record_.fields, name) : nullptr)
        return Found{view, {field, Variant::plain, {}}};
    return std::nullopt;
  }

  Iterator* fields(const FieldMark& mark) const;

  Rendering& r_;
  RecordRef record_;
  const View* parent_;
  const Field* item_ = nullptr;  // in a list of texts or numbers
  const void* item_record_ = nullptr;
  std::size_t index_ = 0, position_ = 0;
  mutable std::string scratch_;  // what GetValue's answer points to until the next question
};

// The sub-views of a section, made when it begins.
struct View::Items final : Iterator {
  std::vector<View> views;
  std::vector<FieldPart> parts;  // what the views of a form's fields read
  std::size_t next = 0;
  bool HasNext() const override { return next < views.size(); }
  const TemplateDictionaryInterface& Next() override { return views[next++]; }
};

// One after the other, without a View for each item beforehand.
struct View::List final : Iterator {
  List(const View& around, const Field& field, const void* record)
      : field_(field), record_(record), size_(field.count(record)), view_(around.r_, {}, &around) {}
  bool HasNext() const override { return next_ < size_; }
  const TemplateDictionaryInterface& Next() override {
    if (field_.kind == Kind::record) view_.record_ = {field_.nested(record_, next_), field_.fields()};
    view_.item_ = field_.kind == Kind::record ? nullptr : &field_;
    view_.item_record_ = record_;
    view_.index_ = next_;
    view_.position_ = field_.list ? ++next_ : (++next_, 0);
    return view_;
  }
  const Field& field_;
  const void* record_;
  std::size_t next_ = 0, size_;
  View view_;
};

ctemplate::TemplateDictionaryInterface::Iterator* View::CreateTemplateIterator(
    const TemplateString& name) const {
  auto* items = new Items;
  if (r_.tables.includes[token(name).number] == "page") items->views.emplace_back(r_, r_.model, this);
  return items;
}

ctemplate::TemplateDictionaryInterface::Iterator* View::CreateSectionIterator(
    const TemplateString& section) const {
  Token t = token(section);
  if (t.letter == 'S') return items(r_.tables.names[t.number]);
  if (t.letter == 'F') return fields(r_.tables.fields[t.number]);
  return new Items;
}

ctemplate::TemplateDictionaryInterface::Iterator* View::items(const Name& name) const {
  auto found = find(name);
  bool plain = found && found->meaning.variant == Variant::plain && !name.is_this;
  if (!plain) return new Items;
  const Field& field = *found->meaning.field;
  if (!field.list && field.kind != Kind::record) return new Items;
  return new List(*this, field, found->view->record_.at);
}

ctemplate::TemplateDictionaryInterface::Iterator* View::fields(const FieldMark& mark) const {
  auto* made = new Items;
  std::string_view path = mark.path;
  std::string first(path.substr(0, path.find('.')));
  auto found = lookup(first);
  if (!found) {
    if (r_.unknown.empty()) r_.unknown = mark.path;
    return made;
  }
  const Field& member = *found->meaning.field;
  const void* record = found->view->record_.at;
  std::string prefix = first == "form" ? "" : first + "-";
  if (std::size_t position = found->view->nearest_position())
    prefix = "n" + std::to_string(position) + "-" + prefix;
  FormAt form{member.count(record) ? member.nested(record, 0) : nullptr, member.fields(), prefix, r_.context,
              [this](std::string_view field) { return options(field); }};
  if (mark.all)
    made->parts = field_parts(form);
  else
    made->parts.push_back(field_part(form, path.substr(first.size() + 1), mark.look));
  for (const FieldPart& part : made->parts) made->views.emplace_back(r_, ref(part), this);
  return made;
}

// ---- all templates of all languages
// --------------------------------------------------------------------------

class Set final : public TemplateSet, Library {
 public:
  explicit Set(const std::vector<TemplateFile>& files) {
    for (const TemplateFile& file : files) {
      Template parsed = parse_template(file.key, file.path, file.source);
      errors_.insert(errors_.end(), parsed.errors.begin(), parsed.errors.end());
      templates_.push_back(std::move(parsed));
    }
    if (errors_.empty())
      for (std::string_view language : languages()) compile(language);
    const Template* layout = find("web/layout");
    if (!layout || !find("web/_field")) errors_.push_back("web/layout or web/_field is missing");
    if (!errors_.empty()) return;
    for (std::string& wrong : check_names(*this, *layout, {}, fields_of<Chrome>()))
      errors_.push_back(std::move(wrong));
  }

  const std::vector<std::string>& errors() const override { return errors_; }
  const Template* find(std::string_view key) const override {
    for (const Template& t : templates_)
      if (t.key == key) return &t;
    return nullptr;
  }
  std::vector<std::string> check(std::string_view page, Fields model) const override {
    const Template* found = find(page);
    if (!found) return {"there is no page " + std::string(page)};
    return check_names(*this, *found, model, fields_of<Chrome>());
  }

  std::string render(std::string_view page, RecordRef model, const PageContext& context) const override {
    std::string key(page);
    check_once(key, model.fields);
    Chrome chrome = make_chrome(context, model);
    Rendering rendering{tables_, context, key, model, {}, {}};
    View view(rendering, ref(chrome));
    std::string out;
    out.reserve(16 * 1024);
    ctemplate::StringEmitter emitter(&out);
    auto cache = caches_.find(context.language);
    bool good = cache != caches_.end() &&
                cache->second->ExpandNoLoad("web/layout", ctemplate::DO_NOT_STRIP, &view, nullptr, &emitter);
    if (!good || !rendering.unknown.empty())
      throw std::logic_error(
          key + ": the template could not be shown" +
          (rendering.unknown.empty() ? "" : ", nothing answers to {{" + rendering.unknown + "}}"));
    return out;
  }

 private:
  void compile(std::string_view language) {
    auto cache = std::make_unique<ctemplate::TemplateCache>();
    for (const Template& t : templates_) {
      std::string text = compile_template(t, *this, language, tables_, errors_);
      if (!cache->StringToTemplateCache(t.key, text, ctemplate::DO_NOT_STRIP))
        errors_.push_back(t.file + ": does not parse");
    }
    cache->Freeze();
    caches_.emplace(language, std::move(cache));
  }

  // The names of a page are checked against a model's fields the first time both meet.
  void check_once(const std::string& page, Fields model) const {
    std::pair<std::string, const Field*> both{page, model.data()};
    {
      std::shared_lock lock(checked_mutex_);
      if (checked_.contains(both)) return;
    }
    const Template* found = find(page);
    if (!found) throw std::runtime_error("there is no page " + page);
    std::vector<std::string> wrong = check_names(*this, *found, model, fields_of<Chrome>());
    std::string all = page + ": the template does not fit its model";
    for (const std::string& what : wrong) all += "\n  " + what;
    if (!wrong.empty()) throw std::logic_error(all);
    std::unique_lock lock(checked_mutex_);
    checked_.insert(std::move(both));
  }

  TemplateTables tables_;
  std::vector<Template> templates_;
  std::map<std::string, std::unique_ptr<ctemplate::TemplateCache>, std::less<>> caches_;
  std::vector<std::string> errors_;
  mutable std::shared_mutex checked_mutex_;
  mutable std::set<std::pair<std::string, const Field*>> checked_;
};

}  // namespace

std::unique_ptr<TemplateSet> make_template_set(const std::vector<TemplateFile>& files) {
  return std::make_unique<Set>(files);
}

}  // namespace danchu::web
