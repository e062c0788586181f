#include "web/form.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"

namespace danchu::web {
namespace {

// One sent value, seen from the record that is being read: what is left of its path.
struct Entry {
  std::string_view rest;
  std::size_t index;  // in Sent
};
using Entries = std::vector<Entry>;

std::string_view first_segment(std::string_view path) { return path.substr(0, path.find('.')); }
std::string_view after_first(std::string_view path) {
  std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
}

class Reading {
 public:
  Reading(const Sent& sent, const std::vector<SentKind>& kinds, const std::vector<Upload>& uploads,
          bool refuse_unknown)
      : sent_(sent), kinds_(kinds), uploads_(uploads), refuse_unknown_(refuse_unknown) {}

  void record(void* to, Fields fields, const std::string& prefix, const Entries& entries) {
    std::map<std::string_view, Entries> by_name;
    for (const Entry& e : entries) by_name[first_segment(e.rest)].push_back({after_first(e.rest), e.index});
    static const Entries none;
    for (const Field& field : fields) {
      auto found = by_name.find(field.name);
      member(to, field, prefix + std::string(field.name), found == by_name.end() ? none : found->second);
      if (found != by_name.end()) by_name.erase(found);
    }
    if (!refuse_unknown_) return;
    for (const auto& [name, unknown] : by_name)
      if (!(prefix.empty() && name == "idempotency_key"))
        add(sent_[unknown.front().index].first, N_("There is no field of this name here"));
  }

  Problems problems;

 private:
  SentKind kind(const Entry& e) const { return kinds_.empty() ? SentKind::text : kinds_[e.index]; }
  const std::string& text(const Entry& e) const { return sent_[e.index].second; }
  const std::string& path(const Entry& e) const { return sent_[e.index].first; }
  void add(std::string path, std::string_view message, Args args = {}) {
    if (problems.size() < 1000)
      problems.push_back({Fault::invalid, std::move(path), message, std::move(args), {}});
  }

  // A form sends every row it shows: those left empty were not meant.
  bool all_blank(const Entries& entries) const {
    return std::all_of(entries.begin(), entries.end(),
                       [&](const Entry& e) { return kind(e) == SentKind::text && trim(text(e)).empty(); });
  }

  void member(void* to, const Field& field, const std::string& path, const Entries& entries) {
    if (field.kind == Kind::file) return files(to, field, path, entries);
    if (field.list) return list(to, field, path, entries);
    if (field.kind == Kind::record) return nested(to, field, path, entries);
    scalar(to, field, path, entries);
  }

  // "pictures", or "pictures.1" of a second control.
  static bool belongs_to(std::string_view sent, std::string_view path) {
    if (!sent.starts_with(path)) return false;
    sent.remove_prefix(path.size());
    return sent.empty() || (sent.size() > 1 && sent.size() <= 3 && sent[0] == '.' &&
                            sent.find_first_not_of("0123456789", 1) == sent.npos);
  }
  static std::string named(const Upload& upload) { return upload.file_name.empty() ? "?" : upload.file_name; }
  // A browser sends an empty text for a file field only where it does not know files.
  void files(void* to, const Field& field, const std::string& path, const Entries& entries) {
    field.clear(to);
    if (!all_blank(entries)) return add(path, N_("Send this as a file, in a multipart form"));
    std::vector<const Upload*> here;
    for (const Upload& upload : uploads_)
      if (belongs_to(upload.field, path)) here.push_back(&upload);
    if (here.size() > most_files || (!field.list && here.size() > 1))
      return add(path, N_("At most {max} files fit here"),
                 {{"max", std::to_string(field.list ? most_files : 1)}});
    for (const Upload* upload : here) file(to, field, path, *upload);
    if (here.empty() && !field.optional && !field.list) missing(field, path);
  }

  void file(void* to, const Field& field, const std::string& path, const Upload& upload) {
    if (upload.bytes.empty())
      return add(path, N_("“{name}” is empty: choose it again"), {{"name", named(upload)}});
    if (upload.bytes.size() > largest_file)
      return add(path,
                 N_("“{name}” is too large: at most {max} MB. Take the picture with a lower resolution"),
                 {{"name", named(upload)}, {"max", std::to_string(largest_file / (1024 * 1024))}});
    *static_cast<SentFile*>(field.add_nested(to)) = {upload.file_name, upload.bytes};
  }

  void nested(void* to, const Field& field, const std::string& path, const Entries& entries) {
    if (field.optional && all_blank(entries)) return field.clear(to);
    for (const Entry& e : entries)
      if (e.rest.empty() && kind(e) != SentKind::empty_object)
        return add(path, N_("Send an object with fields here"));
    record(field.add_nested(to), field.fields(), path + ".", without_markers(entries));
  }

  static Entries without_markers(const Entries& entries) {
    Entries real;
    for (const Entry& e : entries)
      if (!e.rest.empty()) real.push_back(e);
    return real;
  }

  // The items of a list in order, each with its entries; false when the paths are no list's.
  bool items_of(const Entries& entries, const std::string& path, std::map<std::size_t, Entries>& items) {
    std::size_t repeated = most_list_items;  // "tags" said again and again: after all that are numbered
    for (const Entry& e : entries) {
      if (kind(e) == SentKind::empty_list && e.rest.empty()) continue;
      if (e.rest.empty()) {
        if (kind(e) != SentKind::text) return add(path, N_("Send a list here")), false;
        items[repeated++].push_back(e);
      } else {
        std::string_view number = first_segment(e.rest);
        std::size_t n = 0;
        auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), n);
        if (error != std::errc() || end != number.data() + number.size() || n >= most_list_items)
          return add(this->path(e), N_("Send a list here")), false;
        items[n].push_back({after_first(e.rest), e.index});
      }
      if (items.size() > most_list_items)
        return add(path, N_("Send at most {max} of these at once"),
                   {{"max", std::to_string(most_list_items)}}),
               false;
    }
    return true;
  }

  void list(void* to, const Field& field, const std::string& path, const Entries& entries) {
    field.clear(to);
    std::map<std::size_t, Entries> items;
    if (!items_of(entries, path, items)) return;
    for (const auto& [number, item] : items) {
      if (all_blank(item)) continue;
      if (field.kind == Kind::record) {
        if (item.front().rest.empty() && kind(item.front()) != SentKind::empty_object) {
          add(this->path(item.front()), N_("Send an object with fields here"));
          continue;
        }
        record(field.add_nested(to), field.fields(), path + "." + std::to_string(number) + ".",
               without_markers(item));
      } else if (item.size() != 1 || !item.front().rest.empty()) {
        add(this->path(item.front()), wrong_kind(field));
      } else {
        value(to, field, this->path(item.front()), item.front());
      }
    }
  }

  static std::string_view wrong_kind(const Field& field) {
    if (field.kind == Kind::boolean) return N_("Send true or false here");
    if (field.kind == Kind::integer || field.kind == Kind::money)
      return N_("Send a whole number here, without quotes");
    return N_("Send a text here, in quotes");
  }
  static bool fits(SentKind kind, const Field& field) {
    if (kind == SentKind::text) return true;
    if (field.kind == Kind::boolean) return kind == SentKind::boolean;
    if (field.kind == Kind::integer || field.kind == Kind::money) return kind == SentKind::number;
    return kind == SentKind::string;
  }
  void missing(const Field& field, const std::string& path) {
    add(path, field.kind == Kind::choice ? N_("Choose one of the given answers") : N_("Fill this in"));
  }

  void scalar(void* to, const Field& field, const std::string& path, const Entries& entries) {
    if (entries.empty()) {
      if (field.kind == Kind::boolean && !field.optional) return field.set_number(to, 0);  // a box not ticked
      if (field.optional) return field.clear(to);
      return missing(field, path);
    }
    for (const Entry& e : entries)
      if (!e.rest.empty() || !fits(kind(e), field)) return add(this->path(e), wrong_kind(field));
    if (entries.size() > 1 && field.kind != Kind::boolean)
      return add(path, N_("This was sent more than once"));
    const Entry& last = entries.back();
    if (field.kind != Kind::boolean && trim(text(last)).empty()) {
      if (field.optional) return field.clear(to);
      return missing(field, path);
    }
    value(to, field, path, last);
  }

  void value(void* to, const Field& field, const std::string& path, const Entry& e) {
    // A money field would read the dot of 1.5 as people write thousands.
    bool fraction =
        kind(e) == SentKind::number && text(e).find_first_not_of("-0123456789") != std::string::npos;
    if (fraction || !fits(kind(e), field)) return add(path, wrong_kind(field));
    Complaint complaint = field.parse(to, text(e));
    if (!complaint) return;
    if (field.optional && !field.list) field.clear(to);
    add(path, complaint.message,
        {{"min", std::to_string(field.limits.min)}, {"max", std::to_string(field.limits.max)}});
  }

  const Sent& sent_;
  const std::vector<SentKind>& kinds_;
  const std::vector<Upload>& uploads_;
  bool refuse_unknown_;
};

Problems read(void* record, Fields fields, const Sent& sent, const std::vector<SentKind>& kinds,
              const std::vector<Upload>& uploads, bool strict) {
  Entries all;
  for (std::size_t i = 0; i < sent.size(); ++i)
    if (!sent[i].first.empty()) all.push_back({sent[i].first, i});
  Reading reading(sent, kinds, uploads, strict);
  reading.record(record, fields, "", all);
  return std::move(reading.problems);
}

}  // namespace

Problems read_fields(void* record, Fields fields, const Sent& sent, const std::vector<SentKind>& kinds,
                     const std::vector<Upload>& uploads) {
  return read(record, fields, sent, kinds, uploads, true);
}

Problems read_known_fields(void* record, Fields fields, const Sent& sent) {
  return read(record, fields, sent, {}, {}, false);
}

}  // namespace danchu::web
