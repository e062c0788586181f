// JSON bodies become paths and texts without a document in between, so that duplicate keys and limits are
// seen at once.
#include <boost/json/basic_parser_impl.hpp>
#include <set>

#include "base/text.h"
#include "web/form.h"

namespace danchu::web {
namespace {

namespace json = boost::json;

struct BodyHandler {
  static constexpr std::size_t max_array_size = most_list_items;
  static constexpr std::size_t max_object_size = most_fields;
  static constexpr std::size_t max_string_size = 64 * 1024 * 1024;  // the body's own limit is lower
  static constexpr std::size_t max_key_size = longest_path;

  struct Level {
    bool is_list;
    std::size_t items = 0;
    std::set<std::string> keys;
    std::size_t path_size = 0;  // of path_ when this level began
  };
  SentBody* to = nullptr;
  std::string path_;
  std::string text_;
  std::vector<Level> levels_;
  std::string duplicate;
  bool over_limit = false;
  bool unclean_name = false;
  bool not_an_object = false;

  bool fail(json::error_code& ec) {
    ec = json::make_error_code(json::error::syntax);
    return false;
  }
  // Called before each value: in a list the position is part of the path.
  bool begin_value(json::error_code& ec) {
    if (levels_.empty()) return true;
    Level& level = levels_.back();
    if (level.is_list) {
      path_.resize(level.path_size);
      path_ += (path_.empty() ? "" : ".") + std::to_string(level.items++);
    }
    if (path_.size() > longest_path) return over_limit = true, fail(ec);
    return true;
  }
  bool value(SentKind kind, std::string text, json::error_code& ec) {
    if (levels_.empty()) return not_an_object = true, fail(ec);
    if (!begin_value(ec)) return false;
    if (to->fields.size() >= most_fields) return over_limit = true, fail(ec);
    to->fields.emplace_back(path_, std::move(text));
    to->kinds.push_back(kind);
    return true;
  }
  bool open(bool is_list, json::error_code& ec) {
    if (levels_.empty() && is_list) return not_an_object = true, fail(ec);
    if (!begin_value(ec)) return false;
    levels_.push_back({is_list, 0, {}, path_.size()});
    return true;
  }
  bool close(std::size_t n, SentKind empty, json::error_code& ec) {
    std::size_t size = levels_.back().path_size;
    levels_.pop_back();
    path_.resize(size);
    if (n > 0 || levels_.empty()) return true;
    if (to->fields.size() >= most_fields) return over_limit = true, fail(ec);
    to->fields.emplace_back(path_, "");
    to->kinds.push_back(empty);
    return true;
  }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code& ec) { return open(true, ec); }
  bool on_array_end(std::size_t n, json::error_code& ec) { return close(n, SentKind::empty_list, ec); }
  bool on_object_begin(json::error_code& ec) { return open(false, ec); }
  bool on_object_end(std::size_t n, json::error_code& ec) { return close(n, SentKind::empty_object, ec); }
  bool on_string_part(json::string_view s, std::size_t, json::error_code&) {
    text_.append(s.data(), s.size());
    return true;
  }
  bool on_string(json::string_view s, std::size_t, json::error_code& ec) {
    text_.append(s.data(), s.size());
    return value(SentKind::string, std::exchange(text_, {}), ec);
  }
  bool on_key_part(json::string_view s, std::size_t, json::error_code&) {
    text_.append(s.data(), s.size());
    return true;
  }
  bool on_key(json::string_view s, std::size_t, json::error_code& ec) {
    text_.append(s.data(), s.size());
    std::string key = std::exchange(text_, {});
    if (!is_clean_utf8(key)) return unclean_name = true, fail(ec);
    Level& level = levels_.back();
    path_.resize(level.path_size);
    path_ += (path_.empty() ? "" : ".") + key;
    // A dot in a key would name another field's inside.
    if (key.empty() || key.find('.') != std::string::npos || !level.keys.insert(key).second) {
      duplicate = path_;
      return fail(ec);
    }
    return true;
  }
  bool on_number_part(json::string_view s, json::error_code&) {
    text_.append(s.data(), s.size());
    return true;
  }
  bool number(json::string_view s, json::error_code& ec) {
    text_.append(s.data(), s.size());
    return value(SentKind::number, std::exchange(text_, {}), ec);
  }
  bool on_int64(std::int64_t, json::string_view s, json::error_code& ec) { return number(s, ec); }
  bool on_uint64(std::uint64_t, json::string_view s, json::error_code& ec) { return number(s, ec); }
  bool on_double(double, json::string_view s, json::error_code& ec) { return number(s, ec); }
  bool on_bool(bool b, json::error_code& ec) { return value(SentKind::boolean, b ? "true" : "false", ec); }
  bool on_null(json::error_code& ec) {
    if (levels_.empty()) return not_an_object = true, fail(ec);
    return begin_value(ec);
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

std::optional<Problem> parse_json_body(std::string_view text, SentBody& to) {
  json::parse_options options;
  options.max_depth = 32;
  json::basic_parser<BodyHandler> parser(options);
  parser.handler().to = &to;
  json::error_code error;
  std::size_t used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used == text.size() && parser.done()) return std::nullopt;

  const BodyHandler& handler = parser.handler();
  if (handler.over_limit || error == json::error::array_too_large || error == json::error::object_too_large ||
      error == json::error::key_too_large)
    return Problem{Fault::too_large,
                   "",
                   N_("Send at most {max} values at once"),
                   {{"max", std::to_string(most_fields)}},
                   {}};
  if (error == json::error::too_deep)
    return Problem{
        Fault::invalid, "", N_("The JSON is nested too deeply; at most {max} levels"), {{"max", "32"}}, {}};
  if (!handler.duplicate.empty())
    return Problem{Fault::invalid,
                   handler.duplicate,
                   N_("The JSON has this key twice, or it is not a valid key"),
                   {},
                   {}};
  if (handler.unclean_name)
    return Problem{Fault::invalid, "", N_("The name of a field is not valid"), {}, {}};
  if (handler.not_an_object) return Problem{Fault::invalid, "", N_("Send a JSON object"), {}, {}};
  return Problem{Fault::invalid,
                 "",
                 N_("This is not well-formed JSON (at byte {position})"),
                 {{"position", std::to_string(used)}},
                 {}};
}

}  // namespace danchu::web
