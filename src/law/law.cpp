#include "law/law.h"

#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>

#include "base/resources.h"
#include "base/text.h"
#include "law/phrases.h"
#include "law/reader.h"

namespace danchu::law {

std::string sha256(std::string_view bytes) {
  unsigned char digest[32];
  unsigned int size = sizeof digest;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1) std::abort();
  return to_hex({reinterpret_cast<const char*>(digest), size});
}

std::string where_and_what(const Problem& problem) {
  const std::string what = fill(problem.message, problem.args);
  return problem.path.empty() ? what : problem.path + ": " + what;
}

const Rule* Law::find(std::string_view id) const {
  const auto found = places_.find(id);
  return found == places_.end() ? nullptr : &rules_[found->second];
}

const Version* Law::in_force(std::string_view id, Date on) const {
  const Rule* rule = find(id);
  if (!rule) return nullptr;
  for (const Version& version : rule->versions)
    if (version.valid_from <= on && (!version.valid_to || on < *version.valid_to)) return &version;
  return nullptr;
}

const Value& Version::named(std::string_view id) const {
  const auto found = by_key.find(id);
  return found == by_key.end() ? *this : found->second;
}

const Words* Law::words(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? nullptr : &found->second;
}

const Law& Law::embedded() {
  static const Law law = [] {
    std::vector<std::pair<std::string, std::string>> files;
    for (const Resource& file : resources("law/", ".toml")) files.emplace_back(file.path, file.bytes);
    auto read = Law::read(files);
    if (!read) {
      for (const Problem& problem : read.problems())
        std::fprintf(stderr, "%s\n", where_and_what(problem).c_str());
      std::abort();
    }
    return *read;
  }();
  return law;
}

namespace {

// The only rule named here that is not a household decision's: local regulations may be stricter only.
constexpr std::string_view stricter_only = "X-02";

bool looser(const Version& version, int amount) {
  return version.stricter == Stricter::less ? amount > version.term->amount : amount < version.term->amount;
}

Problem refused(const LocalRule& local, std::string_view message, Args args = {}) {
  args.emplace_back("rule", local.rule);
  return {Fault::unlawful, local.rule, message, std::move(args), {std::string(stricter_only)}};
}

std::optional<Problem> refusal(const Law& law, const Rule* rule, const LocalRule& local) {
  if (!rule)
    return Problem{Fault::missing, local.rule, N_("There is no rule {rule}."), {{"rule", local.rule}}, {}};
  const Version& version = rule->versions.back();
  const Rule* why = law.find(stricter_only);
  const std::string citation = why ? why->versions.back().citation : "";
  const bool other_value = version.by_key.contains(local.rule);  // only the rule's own term can be moved
  if (other_value || !version.term || version.stricter == Stricter::none)
    return refused(local, N_("{citation}: {rule} sets no term that a local regulation may change."),
                   {{"citation", citation}});
  if (local.amount < 0 || local.amount > max_amount)
    return refused(local, N_("{rule}: {amount} is not a term."), {{"amount", std::to_string(local.amount)}});
  if (looser(version, local.amount))
    return refused(
        local,
        N_("{citation}: a local regulation may only be stricter; {amount} is looser than {law} in {rule}."),
        {{"citation", citation},
         {"amount", std::to_string(local.amount)},
         {"law", std::to_string(version.term->amount)}});
  return std::nullopt;
}

void note_local(Version& version, int amount) {
  const Args args = {{"local", std::to_string(amount)}, {"law", std::to_string(version.term->amount)}};
  const auto add = [](std::string& to, std::string text) { to += (to.empty() ? "" : " ") + std::move(text); };
  version.unverified = false;  // a regulation sets it now
  add(version.note.vi, fill("Theo quy chế của xã: {local} (luật: {law}).", args));
  add(version.note.en, fill("By the commune’s regulation: {local} (the law: {law}).", args));
}

}  // namespace

Result<Law> Law::with_local(const std::vector<LocalRule>& rules) const {
  Law law = *this;
  Problems problems;
  std::string canonical = hash_;
  for (const LocalRule& local : rules) {
    const Rule* found = find(local.rule);
    if (auto problem = refusal(*this, found, local)) {
      problems.push_back(*problem);
      continue;
    }
    // Of an earlier day too: whatever version holds then, where the regulation is the stricter one.
    for (Version& version : law.rules_[static_cast<std::size_t>(found - rules_.data())].versions) {
      if (!version.term || version.stricter == Stricter::none || looser(version, local.amount)) continue;
      note_local(version, local.amount);
      version.term->amount = local.amount;
    }
    canonical += "\n" + found->id + "=" + std::to_string(local.amount);
  }
  if (!problems.empty()) return problems;
  if (!rules.empty()) law.hash_ = sha256(canonical);
  return law;
}

}  // namespace danchu::law
