#include "web/form_part.h"

#include <algorithm>

#include "web/format.h"
#include "web/i18n.h"

namespace danchu::web {

namespace {

// What was typed at a path, once for each time it was sent; "path.0", "path.1" … count as its items.
std::vector<std::string_view> typed(const Sent& sent, std::string_view path) {
  std::vector<std::string_view> found;
  for (const auto& [name, text] : sent) {
    bool item = name.size() > path.size() + 1 && name.starts_with(path) && name[path.size()] == '.' &&
                name.find('.', path.size() + 1) == name.npos;
    if (name == path || item) found.push_back(text);
  }
  return found;
}

std::string_view error_at(const PageContext& context, std::string_view path) {
  for (const ShownProblem& problem : context.problems)
    if (problem.path == path) return problem.message;
  return {};
}

// The page's own word on what it shows, which nobody types: a version, the request that is agreed to.
bool is_own(const Field& field) {
  return field.optional && field.label.empty() && (field.kind == Kind::integer || field.kind == Kind::id);
}

Look usual_look(const Field& field, bool has_options) {
  if (field.optional && field.label.empty()) return Look::hidden;  // the page's own
  if (has_options || field.kind == Kind::choice) return field.list ? Look::checkboxes : Look::radios;
  switch (field.kind) {
    case Kind::text:
      return Look::area;
    case Kind::boolean:
      return field.optional ? Look::yes_no : Look::checkbox;
    case Kind::id:
      return Look::hidden;
    case Kind::money:
      return Look::money;
    case Kind::file:
      return Look::file;
    default:
      return Look::input;
  }
}

Look asked_look(std::string_view look, Look usual) {
  if (look == "hidden") return Look::hidden;
  if (look == "radios") return Look::radios;
  if (look == "select") return Look::select;
  if (look == "area") return Look::area;
  if (look == "big") return Look::big;
  if (look == "pin" || look == "secret_pin") return Look::pin;
  if (look == "password" || look == "new_password") return Look::password;
  if (look == "switch") return Look::switch_;
  return look.empty() ? usual : Look::input;
}

void keyboard(FieldPart& part, const Field& field, std::string_view look) {
  part.input_type = "text";
  switch (field.kind) {
    case Kind::integer:
    case Kind::money:
      part.input_mode = "numeric";
      break;
    case Kind::phone:
      part.input_type = "tel";
      part.autocomplete = "tel";
      break;
    case Kind::date:
      part.input_type = "date";
      break;
    case Kind::instant:
      part.input_type = "datetime-local";
      break;
    case Kind::url:
      part.input_type = "url";
      break;
    default:
      break;
  }
  if (look == "email") part.input_type = part.autocomplete = "email";
  if (look == "search") part.input_type = "search";
  if (look == "username") part.autocomplete = "username";
  if (look == "password" || look == "new_password") part.input_type = "password";
  if (look == "password") part.autocomplete = "current-password";
  if (look == "new_password") part.autocomplete = "new-password";
  if (look == "pin") part.autocomplete = "one-time-code";
  if (look == "secret_pin") part.input_type = "password", part.autocomplete = "off";
}

// Members of one form, one after the other; `record` is null where an optional record is not there.
class Builder {
 public:
  Builder(const FormAt& form)
      : form_(form), sent_(was_sent(form.context, form.fields) ? form.context.sent : nullptr) {}

  std::vector<FieldPart> all(const void* record, Fields fields, const std::string& prefix) {
    std::vector<FieldPart> parts;
    for (const Field& field : fields) append(parts, record, field, prefix);
    return parts;
  }

  void append(std::vector<FieldPart>& parts, const void* record, const Field& field,
              const std::string& prefix) {
    std::string path = prefix + std::string(field.name);
    if (field.kind != Kind::record) return parts.push_back(one(record, field, path, ""));
    if (!field.list) return parts.push_back(group(record, field, path, 0, false));
    for (std::size_t i = 0; i < items(record, field, path); ++i)
      parts.push_back(group(record, field, path + "." + std::to_string(i), i, true));
  }

  FieldPart one(const void* record, const Field& field, const std::string& path, std::string_view look) {
    FieldPart part;
    // It may be left out of the record, but is needed in the case this page stands for: no "may be left
    // empty".
    const bool needed = look.starts_with("needed");
    if (needed) look.remove_prefix(std::min<std::size_t>(look.size(), std::string_view("needed_").size()));
    part.name = path;
    part.id = field_id(form_.id_prefix, path);
    part.label = say(field.label);
    part.hint = say(field.hint);
    if (was_sent(form_.context, form_.fields)) part.error = error_at(form_.context, path);
    part.optional = field.optional && !field.list && !needed;  // of a list its hint says how many
    part.required = !field.optional && field.kind != Kind::boolean;
    part.limit_min = field.limits.min;
    bool counts = field.kind == Kind::line || field.kind == Kind::text || field.kind == Kind::integer;
    part.limit_max = counts && field.limits.max < 100'000 ? field.limits.max : 0;
    std::vector<OptionPart> given = form_.options ? form_.options(field.name) : std::vector<OptionPart>{};
    part.look = asked_look(look, usual_look(field, !given.empty()));
    keyboard(part, field, look);
    auto values = values_of(record, field, path);
    if (!values.empty() && part.look != Look::password && part.look != Look::pin) part.value = values.front();
    part.checked = part.value == "true" || part.value == "on" || part.value == "1" || part.value == "yes";
    part.options = options(field, part, std::move(given), values);
    if (look.empty() && part.look == Look::radios && part.options.size() > 5) part.look = Look::select;
    part.choose_again = part.look == Look::file && sent_ && has_file(path);
    part.described_by = described_by(part);
    return part;
  }

  FieldPart group(const void* record, const Field& field, const std::string& path, std::size_t i,
                  bool numbered) {
    FieldPart part;
    part.look = Look::group;
    part.name = path;
    part.id = field_id(form_.id_prefix, path);
    part.label = say(field.label) + (numbered ? " " + std::to_string(i + 1) : "");
    part.hint = say(field.hint);
    if (was_sent(form_.context, form_.fields)) part.error = error_at(form_.context, path);
    const void* nested = record && i < field.count(record) ? field.nested(record, i) : nullptr;
    part.members = all(nested, field.fields(), path + ".");
    part.described_by = described_by(part);
    return part;
  }

 private:
  bool has_file(std::string_view path) const {
    if (!form_.context.files) return false;
    return std::any_of(form_.context.files->begin(), form_.context.files->end(),
                       [&](const Upload& upload) { return upload.field == path; });
  }

  std::string say(std::string_view msgid) const {
    return msgid.empty() ? std::string() : translate(form_.context.language, msgid);
  }

  static std::string described_by(const FieldPart& part) {
    std::string ids;
    if (!part.hint.empty()) ids = part.id + "-hint";
    if (part.choose_again) ids += (ids.empty() ? "" : " ") + part.id + "-again";
    if (!part.error.empty()) ids += (ids.empty() ? "" : " ") + part.id + "-error";
    return ids;
  }

  std::vector<std::string> values_of(const void* record, const Field& field, std::string_view path) const {
    std::vector<std::string> values;
    if (sent_ && !is_own(field)) {  // a page shown again shows what is there now
      for (std::string_view text : typed(*sent_, path)) values.emplace_back(text);
    } else if (record) {
      for (std::size_t i = 0; i < field.count(record); ++i) values.push_back(input_value(field, record, i));
    }
    return values;
  }

  // As many rows as were sent, or as there are.
  std::size_t items(const void* record, const Field& field, const std::string& path) const {
    if (!sent_) return record ? field.count(record) : 0;
    std::size_t most = 0;
    for (const auto& [name, text] : *sent_) {
      if (!name.starts_with(path + ".")) continue;
      std::size_t n = static_cast<std::size_t>(std::atoi(name.c_str() + path.size() + 1));
      most = std::max(most, std::min<std::size_t>(n + 1, 500));
    }
    return most;
  }

  std::vector<OptionPart> options(const Field& field, const FieldPart& part, std::vector<OptionPart> given,
                                  const std::vector<std::string>& values) const {
    if (given.empty())  // a page that gives some offers those alone
      for (const ChoiceName& choice : field.choices)
        if (!choice.label.empty())
          given.push_back({"", std::string(choice.code), say(choice.label), "", false});
    if (part.look == Look::yes_no)
      given = {{"", "true", say(N_("Yes")), "", false}, {"", "false", say(N_("No")), "", false}};
    std::size_t n = 0;
    for (OptionPart& option : given) {
      option.id = n == 0 ? part.id : part.id + "-" + std::to_string(n);  // an error's link leads to the first
      ++n;
      option.checked = std::find(values.begin(), values.end(), option.value) != values.end();
    }
    return given;
  }

  const FormAt& form_;
  const Sent* sent_;
};

}  // namespace

bool was_sent(const PageContext& context, Fields fields) {
  bool any = context.sent != nullptr || !context.problems.empty();
  return any && (context.form.empty() || context.form.data() == fields.data());
}

std::string field_id(std::string_view prefix, std::string_view path) {
  std::string id = std::string(prefix) + std::string(path);
  std::replace(id.begin(), id.end(), '.', '-');
  return id;
}

FieldPart field_part(const FormAt& form, std::string_view path, std::string_view look) {
  const void* record = form.record;
  Fields fields = form.fields;
  std::string_view rest = path;
  while (true) {
    std::size_t dot = rest.find('.');
    const Field* field = find_field(fields, rest.substr(0, dot));
    if (!field) return {};
    if (dot == rest.npos) {
      if (field->kind != Kind::record) return Builder(form).one(record, *field, std::string(path), look);
      std::string prefix(path.substr(0, path.size() - field->name.size()));
      std::vector<FieldPart> parts;
      Builder(form).append(parts, record, *field, prefix);
      if (!field->list) return parts.front();
      FieldPart group;
      group.look = Look::group;
      group.id = field_id(form.id_prefix, path);
      group.name = path;
      group.label = field->label.empty() ? "" : translate(form.context.language, field->label);
      group.members = std::move(parts);
      return group;
    }
    record = record && field->count(record) ? field->nested(record, 0) : nullptr;
    fields = field->fields();
    rest.remove_prefix(dot + 1);
  }
}

std::vector<FieldPart> field_parts(const FormAt& form) {
  return Builder(form).all(form.record, form.fields, "");
}

}  // namespace danchu::web
