// What can go wrong in the world is a value: a Result holds either what was asked for or Problems.
// Programming errors are assertions. A store that cannot answer throws (store/database.h).
#pragma once
#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// Marks a string for translation where it stands; it is translated where it is shown (xgettext -kN_).
#define N_(text) text

namespace danchu {

// Named values for the {placeholders} of a message: {"needed", "58"}.
using Args = std::vector<std::pair<std::string, std::string>>;

enum class Fault {
  invalid,      // what was sent is wrong; the sender can mend it (HTTP 422)
  unlawful,     // the law does not allow it; `rules` says which (422)
  denied,       // not signed in, or not for this role or unit (401, 403)
  missing,      // there is no such thing (404)
  conflict,     // somebody else was first, or the step is not due in this state (409)
  too_large,    // over a limit (413)
  too_many,     // too often (429)
  unavailable,  // the store or another part cannot answer now (503)
};

// One thing that is wrong: what, where, and how to mend it. `message` is a translatable English
// sentence with {named} placeholders; `path` names the field ("yes", "households.3.name"), empty for
// the whole; `rules` are ids of law/*.toml the refusal rests on.
struct Problem {
  Fault fault = Fault::invalid;
  std::string path;
  std::string_view message;  // from N_("..."), so it lives as long as the program
  Args args;
  std::vector<std::string> rules;
};
using Problems = std::vector<Problem>;

inline Problems problem(Fault fault, std::string_view message, Args args = {}) {
  return {Problem{fault, "", message, std::move(args), {}}};
}
inline Problems problem_at(std::string path, std::string_view message, Args args = {}) {
  return {Problem{Fault::invalid, std::move(path), message, std::move(args), {}}};
}
inline Problems unlawful(std::vector<std::string> rules, std::string_view message, Args args = {}) {
  return {Problem{Fault::unlawful, "", message, std::move(args), std::move(rules)}};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Problems problems) : held_(std::move(problems)) { assert(!this->problems().empty()); }
  Result(Problem problem) : held_(Problems{std::move(problem)}) {}

  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    assert(ok());
    return std::get<0>(held_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(held_);
  }
  T&& value() && {
    assert(ok());
    return std::get<0>(std::move(held_));
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Problems& problems() const {
    assert(!ok());
    return std::get<1>(held_);
  }

 private:
  std::variant<T, Problems> held_;
};

// A Result with nothing to hand back.
struct Done {};

}  // namespace danchu
