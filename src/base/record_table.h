// How record.h builds a record's table of field operations. Rooms never need to read this.
#pragma once
#include "base/record.h"

namespace danchu {
namespace detail {

// Checks and stores one value; implemented once for all records in record.cpp.
Complaint parse_string(std::string& to, std::string_view text, std::int64_t max, bool many_lines);
Complaint parse_integer(std::int64_t& to, std::string_view text, std::int64_t min, std::int64_t max);
Complaint parse_money(std::int64_t& to, std::string_view text);
Complaint parse_phone(std::string& to, std::string_view text);
Complaint parse_url(std::string& to, std::string_view text);
Complaint parse_boolean(bool& to, std::string_view text);
Complaint parse_date_field(Date& to, std::string_view text);
Complaint parse_instant_field(Instant& to, std::string_view text);
Complaint parse_id_field(std::int64_t& to, std::string_view text);
Complaint no_such_choice();
Complaint not_readable();
std::string_view number_text(std::int64_t value, std::string& scratch);

template <class T>
struct FieldType;  // no FieldType: the member cannot be described (Secret<T>, maps, pointers …)

struct StringLike {
  template <class T>
  static std::string_view text(const T& v, std::string&) {
    return v.value;
  }
  template <class T>
  static std::int64_t number(const T&) {
    return 0;
  }
  template <class T>
  static void set_number(T&, std::int64_t) {}
};

template <std::size_t Max>
struct FieldType<Line<Max>> : StringLike {
  static constexpr Kind kind = Kind::line;
  static constexpr Limits limits{0, Max};
  static Complaint parse(Line<Max>& v, std::string_view t) { return parse_string(v.value, t, Max, false); }
};
template <std::size_t Max>
struct FieldType<Text<Max>> : StringLike {
  static constexpr Kind kind = Kind::text;
  static constexpr Limits limits{0, Max};
  static Complaint parse(Text<Max>& v, std::string_view t) { return parse_string(v.value, t, Max, true); }
};
template <>
struct FieldType<std::string> {  // output only: a line without a limit
  static constexpr Kind kind = Kind::line;
  static constexpr Limits limits{0, 100'000};
  static std::string_view text(const std::string& v, std::string&) { return v; }
  static std::int64_t number(const std::string&) { return 0; }
  static void set_number(std::string&, std::int64_t) {}
  static Complaint parse(std::string& v, std::string_view t) { return parse_string(v, t, limits.max, true); }
};
template <>
struct FieldType<Phone> : StringLike {
  static constexpr Kind kind = Kind::phone;
  static constexpr Limits limits{8, 16};
  static Complaint parse(Phone& v, std::string_view t) { return parse_phone(v.value, t); }
};
template <>
struct FieldType<Url> : StringLike {
  static constexpr Kind kind = Kind::url;
  static constexpr Limits limits{0, 2000};
  static Complaint parse(Url& v, std::string_view t) { return parse_url(v.value, t); }
};
template <>
struct FieldType<SafeHtml> : StringLike {
  static constexpr Kind kind = Kind::html;
  static constexpr Limits limits{};
  static Complaint parse(SafeHtml&, std::string_view) { return not_readable(); }
};
template <>
struct FieldType<SentFile> {
  static constexpr Kind kind = Kind::file;
  static constexpr Limits limits{};
  static std::string_view text(const SentFile&, std::string&) { return {}; }
  static std::int64_t number(const SentFile&) { return 0; }
  static void set_number(SentFile&, std::int64_t) {}
  static Complaint parse(SentFile&, std::string_view) { return not_readable(); }
};

template <>
struct FieldType<bool> {
  static constexpr Kind kind = Kind::boolean;
  static constexpr Limits limits{0, 1};
  static std::string_view text(bool v, std::string&) { return v ? "true" : "false"; }
  static std::int64_t number(bool v) { return v; }
  static void set_number(bool& v, std::int64_t n) { v = n != 0; }
  static Complaint parse(bool& v, std::string_view t) { return parse_boolean(v, t); }
};
template <>
struct FieldType<std::int64_t> {
  static constexpr Kind kind = Kind::integer;
  static constexpr Limits limits{INT64_MIN, INT64_MAX};
  static std::string_view text(std::int64_t v, std::string& s) { return number_text(v, s); }
  static std::int64_t number(std::int64_t v) { return v; }
  static void set_number(std::int64_t& v, std::int64_t n) { v = n; }
  static Complaint parse(std::int64_t& v, std::string_view t) {
    return parse_integer(v, t, limits.min, limits.max);
  }
};
template <std::int64_t Min, std::int64_t Max>
struct FieldType<Integer<Min, Max>> {
  static constexpr Kind kind = Kind::integer;
  static constexpr Limits limits{Min, Max};
  static std::string_view text(Integer<Min, Max> v, std::string& s) { return number_text(v.value, s); }
  static std::int64_t number(Integer<Min, Max> v) { return v.value; }
  static void set_number(Integer<Min, Max>& v, std::int64_t n) { v.value = n; }
  static Complaint parse(Integer<Min, Max>& v, std::string_view t) {
    return parse_integer(v.value, t, Min, Max);
  }
};
template <>
struct FieldType<Money> {
  static constexpr Kind kind = Kind::money;
  static constexpr Limits limits{0, 1'000'000'000'000'000};
  static std::string_view text(Money v, std::string& s) { return number_text(v.dong, s); }
  static std::int64_t number(Money v) { return v.dong; }
  static void set_number(Money& v, std::int64_t n) { v.dong = n; }
  static Complaint parse(Money& v, std::string_view t) { return parse_money(v.dong, t); }
};
template <>
struct FieldType<Date> {
  static constexpr Kind kind = Kind::date;
  static constexpr Limits limits{};
  static std::string_view text(Date v, std::string& s) { return s = to_iso(v); }
  static std::int64_t number(Date v) { return v.days; }
  static void set_number(Date& v, std::int64_t n) { v.days = static_cast<std::int32_t>(n); }
  static Complaint parse(Date& v, std::string_view t) { return parse_date_field(v, t); }
};
template <>
struct FieldType<Instant> {
  static constexpr Kind kind = Kind::instant;
  static constexpr Limits limits{};
  static std::string_view text(Instant v, std::string& s) { return s = to_iso(v); }
  static std::int64_t number(Instant v) { return v.us; }
  static void set_number(Instant& v, std::int64_t n) { v.us = n; }
  static Complaint parse(Instant& v, std::string_view t) { return parse_instant_field(v, t); }
};
template <class R>
struct FieldType<Id<R>> {
  static constexpr Kind kind = Kind::id;
  static constexpr Limits limits{13, 13};
  static std::string_view text(Id<R> v, std::string& s) {
    return v ? std::string_view(s = v.text()) : std::string_view();
  }
  static std::int64_t number(Id<R> v) { return v.number; }
  static void set_number(Id<R>& v, std::int64_t n) { v.number = n; }
  static Complaint parse(Id<R>& v, std::string_view t) { return parse_id_field(v.number, t); }
};
template <ChoiceEnum E>
struct FieldType<E> {
  static constexpr Kind kind = Kind::choice;
  static constexpr Limits limits{};
  static std::string_view text(E v, std::string&) { return code_of(v); }
  static std::int64_t number(E v) { return static_cast<std::int64_t>(v); }
  static void set_number(E& v, std::int64_t n) { v = static_cast<E>(n); }
  static Complaint parse(E& v, std::string_view t) {
    auto found = choice_from<E>(t);
    if (found) v = *found;
    return found ? Complaint{} : no_such_choice();
  }
};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !requires {
  FieldType<T>::kind;
};
template <class T>
concept Scalar = requires {
  FieldType<T>::kind;
};

// How a member holds its values: alone, optional, or in a list.
template <class M>
struct Holder {
  using Item = M;
  static constexpr bool optional = false, list = false;
  static std::size_t count(const M&) { return 1; }
  static const M& at(const M& m, std::size_t) { return m; }
  static M& add(M& m) { return m; }
  static void clear(M& m) { m = M{}; }
};
template <class T>
struct Holder<std::optional<T>> {
  using Item = T;
  static constexpr bool optional = true, list = false;
  static std::size_t count(const std::optional<T>& m) { return m ? 1 : 0; }
  static const T& at(const std::optional<T>& m, std::size_t) { return *m; }
  static T& add(std::optional<T>& m) { return m.emplace(); }
  static void clear(std::optional<T>& m) { m.reset(); }
};
template <class T>
struct Holder<std::vector<T>> {
  using Item = T;
  static constexpr bool optional = true, list = true;
  static std::size_t count(const std::vector<T>& m) { return m.size(); }
  static const T& at(const std::vector<T>& m, std::size_t i) { return m[i]; }
  static T& add(std::vector<T>& m) { return m.emplace_back(); }
  static void clear(std::vector<T>& m) { m.clear(); }
};

template <class Record, class Members>
consteval bool labels_name_members() {
  if constexpr (requires { Record::about; }) {
    for (const About& about : Record::about) {
      bool found = false;
      boost::mp11::mp_for_each<Members>([&](auto member) { found = found || about.name == member.name; });
      if (!found) return false;
    }
  }
  return true;
}

template <class Record, auto Pointer>
struct Operations {
  using Member = std::remove_cvref_t<decltype(std::declval<Record>().*Pointer)>;
  using Hold = Holder<Member>;
  using Item = typename Hold::Item;

  static const Member& member(const void* r) { return static_cast<const Record*>(r)->*Pointer; }
  static Member& member(void* r) { return static_cast<Record*>(r)->*Pointer; }
  static std::size_t count(const void* r) { return Hold::count(member(r)); }
  static void clear(void* r) { Hold::clear(member(r)); }
  static std::string_view text(const void* r, std::size_t i, std::string& scratch) {
    if constexpr (Scalar<Item>)
      return FieldType<Item>::text(Hold::at(member(r), i), scratch);
    else
      return {};
  }
  static std::int64_t number(const void* r, std::size_t i) {
    if constexpr (Scalar<Item>)
      return FieldType<Item>::number(Hold::at(member(r), i));
    else
      return 0;
  }
  static const void* nested(const void* r, std::size_t i) {
    if constexpr (Described<Item>)
      return &Hold::at(member(r), i);
    else
      return nullptr;
  }
  static Complaint parse(void* r, std::string_view t) {
    if constexpr (Scalar<Item>)
      return FieldType<Item>::parse(Hold::add(member(r)), t);
    else
      return not_readable();
  }
  static void set_number(void* r, std::int64_t n) {
    if constexpr (Scalar<Item>) FieldType<Item>::set_number(Hold::add(member(r)), n);
  }
  static void* add_nested(void* r) {
    if constexpr (Described<Item> || std::is_same_v<Item, SentFile>)
      return &Hold::add(member(r));
    else
      return nullptr;
  }

  static constexpr Field field(std::string_view name) {
    About about = about_of(name);
    Field f{};
    f.name = name;
    f.label = about.label;
    f.hint = about.hint;
    f.optional = Hold::optional;
    f.list = Hold::list;
    if constexpr (Described<Item>) {
      f.kind = Kind::record;
      f.fields = &fields_of<Item>;
    } else {
      f.kind = FieldType<Item>::kind;
      f.limits = FieldType<Item>::limits;
      if constexpr (std::is_enum_v<Item>) f.choices = Choices<Item>::names;
    }
    f.count = &count;
    f.text = &text;
    f.number = &number;
    f.nested = &nested;
    f.parse = &parse;
    f.set_number = &set_number;
    f.add_nested = &add_nested;
    f.clear = &clear;
    return f;
  }
  static constexpr About about_of(std::string_view name) {
    if constexpr (requires { Record::about; }) {
      for (const About& about : Record::about)
        if (about.name == name) return about;
      return {};
    }
    return {name, "", ""};
  }
};

template <class Record, class Members>
consteval bool every_member_labelled() {
  if constexpr (requires { Record::about; }) {
    bool all = true;
    boost::mp11::mp_for_each<Members>([&](auto member) {
      bool found = false;
      for (const About& about : Record::about) found = found || about.name == member.name;
      all = all && found;
    });
    return all;
  }
  return true;
}

template <class Record, template <class...> class List, class... Members>
constexpr auto make_table(List<Members...>) {
  return std::array<Field, sizeof...(Members)>{Operations<Record, Members::pointer>::field(Members::name)...};
}

}  // namespace detail

template <class Record>
Fields fields_of() {
  using Members =
      boost::describe::describe_members<Record, boost::describe::mod_public | boost::describe::mod_inherited>;
  static_assert(detail::labels_name_members<Record, Members>(), "a label names no member of this record");
  static_assert(detail::every_member_labelled<Record, Members>(), "a member of this record has no label");
  static constexpr auto table = detail::make_table<Record>(Members{});
  return table;
}

}  // namespace danchu
