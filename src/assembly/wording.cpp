#include "assembly/wording.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <optional>
#include <set>

#include "assembly/decisions.h"
#include "base/text.h"

namespace danchu::assembly {
namespace {

constexpr std::int64_t most_dong = 1'000'000'000'000'000;

std::string lower(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8(to_nfc(text)).toLower(icu::Locale("vi")).toUTF8String(out);
  for (std::size_t at; (at = out.find("\u00a0")) != out.npos;) out.replace(at, 2, " ");
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Of a word: an ASCII letter or a part of a letter with marks.
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

// Reads a text from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // Up to the next digit that begins a number; false at the end.
  bool to_number() {
    while (at_ < text_.size() && !is_digit(text_[at_])) ++at_;
    return at_ < text_.size();
  }
  std::size_t at() const { return at_; }

  // "150.000", "150 000", "1,5", as thousandths; nothing where it is too long to be a sum.
  std::optional<std::int64_t> number() {
    std::int64_t whole = digits(), thousandths = 0;
    while (group_follows()) {
      ++at_;
      const std::int64_t group = digits();
      if (whole > most_dong) return std::nullopt;
      whole = whole * 1000 + group;
    }
    if (at_ + 1 < text_.size() && (text_[at_] == ',' || text_[at_] == '.') && is_digit(text_[at_ + 1])) {
      ++at_;
      const std::size_t from = at_;
      const std::int64_t part = digits();
      const std::size_t places = at_ - from;
      if (places > 3) return std::nullopt;
      thousandths = part * (places == 1 ? 100 : places == 2 ? 10 : 1);
    }
    if (whole > most_dong) return std::nullopt;
    return whole * 1000 + thousandths;
  }

  // Is this the next word? Then it is passed.
  bool word(std::string_view wanted) {
    std::size_t from = at_;
    while (from < text_.size() && text_[from] == ' ') ++from;
    if (text_.substr(from, wanted.size()) != wanted) return false;
    const std::size_t end = from + wanted.size();
    if (end < text_.size() && is_letter(text_[end])) return false;
    at_ = end;
    return true;
  }
  bool any(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return word(one); });
  }
  std::string_view rest() const { return text_.substr(at_); }

 private:
  std::int64_t digits() {
    std::int64_t n = 0;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_)
      if (n < most_dong) n = n * 10 + (text_[at_] - '0');
    return n;
  }
  // A separator and exactly three digits.
  bool group_follows() const {
    if (at_ + 3 >= text_.size() || (text_[at_] != '.' && text_[at_] != ',' && text_[at_] != ' '))
      return false;
    for (std::size_t i = 1; i <= 3; ++i)
      if (!is_digit(text_[at_ + i])) return false;
    return at_ + 4 >= text_.size() || !is_digit(text_[at_ + 4]);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// How many đồng the words after a number make of one; 0: it is no money.
std::int64_t unit_of(Scanner& s) {
  std::int64_t times = 1;
  if (s.any({"nghìn", "ngàn", "nghin", "ngan", "k"}))
    times = 1'000;
  else if (s.any({"triệu", "trieu", "tr"}))
    times = 1'000'000;
  else if (s.any({"tỷ", "tỉ"}))
    times = 1'000'000'000;
  Scanner ahead = s;
  if (ahead.word("đồng") && ahead.word("chí")) return 0;  // "2 đồng chí"
  if (s.any({"đồng", "đ", "vnđ", "vnd", "dong", "₫"})) return times;
  if (times == 1) return 0;
  // "2 nghìn viên gạch" counts bricks.
  const bool counts = ahead.any({"viên", "cây", "con", "m", "mét", "m2", "m3", "hộ", "người", "khẩu", "tấn",
                                 "kg", "bao", "lít", "bộ", "cái", "ngày", "công"});
  return counts ? 0 : times;
}

// The words before a sum that still speak of it: since the sum before it, in the same sentence.
std::string_view lead_of(std::string_view text, std::size_t from, std::size_t to) {
  std::string_view lead = text.substr(from, to - from);
  for (std::string_view end : {". ", ";", "\n", "! ", "? "})
    if (std::size_t at = lead.rfind(end); at != lead.npos) lead.remove_prefix(at + end.size());
  return lead;
}

struct Read : NamedSum {
  bool of_all = false;  // a total, or what others give
  bool given = false;   // the words say that it is given, not what something costs
};

std::vector<Read> read_sums(std::string_view original) {
  const std::string text = lower(original);
  std::vector<Read> found;
  std::size_t last_end = 0;
  for (Scanner s(text); s.to_number();) {
    const std::size_t from = s.at();
    const auto thousandths = s.number();
    const std::int64_t unit = unit_of(s);
    if (!thousandths || unit == 0 || *thousandths > most_dong / unit) continue;
    Read sum;
    sum.dong = *thousandths * unit / 1000;
    const std::string_view lead = lead_of(text, last_end, from);
    Scanner after(s.rest());
    if (s.rest().starts_with("/")) after = Scanner(s.rest().substr(1));
    after.any({"cho", "một", "mỗi", "từng", "trên"});
    after.any({"một", "mỗi", "từng"});
    sum.of_each = has_any(lead, {"mỗi hộ", "một hộ", "từng hộ", "mỗi gia đình", "mỗi nhân khẩu", "mỗi khẩu",
                                 "mỗi người", "một khẩu", "một người"}) ||
                  after.any({"hộ", "gia", "khẩu", "nhân", "người"});
    sum.of_all = !sum.of_each && has_any(lead, {"tổng", "kinh phí", "dự toán", "tài trợ", "hỗ trợ",
                                                "ngân sách", "chi phí", "trị giá", "quỹ"});
    sum.given = sum.of_each || has_any(lead, {"góp", "đóng", "nộp", "thu"});
    found.push_back(sum);
    last_end = s.at();
  }
  return found;
}

// The sum the words name in place of this one, when they do. A title may say what the whole costs.
std::optional<std::int64_t> other_sum(std::string_view words, std::int64_t dong, bool title = false) {
  std::optional<std::int64_t> other;
  for (const Read& sum : read_sums(words)) {
    if (sum.dong == dong) return std::nullopt;
    if (!sum.of_all && (sum.given || !title) && !other) other = sum.dong;
  }
  return other;
}

// "150.000"
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, 1, '.');
  return digits;
}

// As a part of a longer sentence: without the mark it ends with.
std::string part(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.back() == '.' || text.back() == ';' || text.back() == ','))
    text.remove_suffix(1);
  return std::string(text);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (std::size_t i = 0; i < parts.size(); ++i)
    all += (i == 0 ? "" : i + 1 == parts.size() ? " và " : ", ") + parts[i];
  return all;
}

std::string given(const Motion& m) {
  std::vector<std::string> parts;
  if (m.money && m.money->dong > 0) parts.push_back(grouped(m.money->dong) + " đ");
  if (m.labour_days && m.labour_days->value > 0)
    parts.push_back(std::to_string(m.labour_days->value) + " ngày công");
  if (m.goods && !m.goods->value.empty()) parts.push_back(part(m.goods->value));
  return joined(parts);
}

// "3 ngày công": how many days each such place names.
std::set<std::int64_t> days_in(std::string_view original) {
  const std::string text = lower(original);
  std::set<std::int64_t> found;
  for (Scanner s(text); s.to_number();) {
    const auto thousandths = s.number();
    if (thousandths && s.word("ngày") && s.word("công")) found.insert(*thousandths / 1000);
  }
  return found;
}

std::string period(const Motion& m) {
  std::string words;
  if (m.collect_from) words += " từ ngày " + to_page(*m.collect_from);
  if (m.collect_to) words += " đến ngày " + to_page(*m.collect_to);
  return words.empty() ? "" : "; thu" + words;
}

}  // namespace

std::vector<NamedSum> sums_in(std::string_view text) {
  const std::vector<Read> read = read_sums(text);
  return {read.begin(), read.end()};
}

bool speaks_of_giving(std::string_view text) {
  for (const Read& sum : read_sums(text))
    if (!sum.of_all) return true;  // a total, or what others give, is nothing asked of households
  if (!days_in(text).empty()) return true;
  const std::string words = lower(text);
  for (const char* said : {"góp tiền", "đóng tiền", "thu tiền", "nộp tiền", "góp ngày công", "mỗi hộ góp",
                           "mỗi hộ đóng", "mỗi nhân khẩu góp"})
    if (words.find(said) != std::string::npos &&
        words.find(std::string(said) + " ý kiến") == std::string::npos)
      return true;
  return false;
}

Problems contradictions(const ProposeMotion& form) {
  Problems found;
  const bool about_giving = form.collects || form.spends || form.convention;
  if (!about_giving && (speaks_of_giving(form.title.value) || speaks_of_giving(form.asked.value)))
    found.push_back({Fault::invalid,
                     "collects",
                     N_("The words speak of money or days of work: tick that they are collected from "
                        "households, or that common money is spent"),
                     {},
                     {"DEC-01", "DEC-02"}});
  const std::int64_t dong = form.money ? form.money->dong : 0;
  if (dong > 0) {
    const std::pair<const char*, std::string_view> texts[] = {{"title", form.title.value},
                                                              {"asked", form.asked.value}};
    for (const auto& [path, words] : texts)
      if (auto other = other_sum(words, dong, std::string_view(path) == "title"))
        found.push_back({Fault::invalid,
                         path,
                         N_("The words say {named} đ, the money below is {money} đ: write one sum in both"),
                         {{"named", grouped(*other)}, {"money", grouped(dong)}},
                         {}});
  } else if (form.collects) {
    for (const NamedSum& sum : sums_in(form.asked.value))
      if (sum.of_each) {
        found.push_back({Fault::invalid,
                         "money",
                         N_("The question says {named} đ: write it here, too"),
                         {{"named", grouped(sum.dong)}},
                         {}});
        break;
      }
  }
  return found;
}

std::string asked_of_each(const Motion& m) {
  const std::string gives = given(m);
  if (!asks_for_contributions(m) || gives.empty()) return "";
  return (m.basis == Basis::person ? "mỗi nhân khẩu góp " : "mỗi hộ góp ") + gives;
}

std::string decided_words(const Motion& m) {
  const std::string gives = asked_of_each(m);
  if (gives.empty()) return m.asked.value;
  std::string words = part(m.title.value) + ": " + gives;
  if (m.exemptions && !m.exemptions->value.empty()) words += "; miễn, giảm: " + part(m.exemptions->value);
  words += period(m);
  if (m.shortfall && !m.shortfall->value.empty()) words += "; nếu không đủ: " + part(m.shortfall->value);
  return words + ".";
}

std::string_view contradiction(const Motion& m, std::string_view words) {
  const std::string voted = decided_words(m) + "\n" + m.asked.value;
  const bool collects = m.money && m.money->dong > 0;
  std::set<std::int64_t> sums;
  for (const Read& sum : read_sums(voted)) sums.insert(sum.dong);
  for (const Read& sum : read_sums(words))
    if (!sum.of_all && (sum.given || collects) && !sums.contains(sum.dong))
      return N_("These words name another sum than the one that was voted on");
  const std::set<std::int64_t> days = days_in(voted);
  for (std::int64_t asked : days_in(words))
    if (!days.contains(asked)) return N_("These words name other days of work than were voted on");
  return "";
}

}  // namespace danchu::assembly
