#include "people/contact.h"

#include "acts/official.h"
#include "people/units.h"
#include "store/setting.h"

namespace danchu::people {
namespace {

[[maybe_unused]] const acts::OfficialTable official_contacts{"unit_contact"};

struct ContactRow;  // tag for Id

// A unit's number and its parent's, with what they are.
const store::Statement phones_near{
    "SELECT u.kind, a.phone, p.kind, b.phone FROM unit u LEFT JOIN unit p ON p.id = u.parent "
    "LEFT JOIN unit_contact a ON a.unit = u.id LEFT JOIN unit_contact b ON b.unit = u.parent WHERE u.id = "
    "$1"};
const store::Statement phone_of{"SELECT phone FROM unit_contact WHERE unit = $1"};
const store::Statement put_contact{
    "INSERT INTO unit_contact(id, unit, phone, set_by, entered) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (unit) DO UPDATE SET phone = excluded.phone, set_by = excluded.set_by, "
    "entered = excluded.entered RETURNING id"};

}  // namespace

std::vector<store::Topic> contact_topics(Id<Unit> unit) {
  std::vector<store::Topic> topics = {std::string(contact_topic)};
  if (unit) topics.push_back(topic_of(unit));
  return topics;
}

std::string support_phone(store::Reader& r, Id<Unit> unit) {
  auto row = r.first(phones_near, unit);
  if (!row) return "";
  for (int of : {0, 2})
    if (!row->is_null(of) && unit_kind(row->text(of)).level == "commune") return row->text(of + 1);
  return "";
}

std::string province_phone(store::Reader& r, Date today) {
  auto top = province(r, today);
  auto row = top ? r.first(phone_of, top->id) : std::nullopt;
  return row ? row->text(0) : store::setting(r, "support-phone").value_or("");
}

bool may_set_contact(const Viewer& viewer, Id<Unit> unit) {
  return viewer.holds(Role::commune_officer, unit) || viewer.holds(Role::province_officer, unit);
}

Result<Done> set_contact(store::Writer& w, const acts::Keys& keys, const Viewer& viewer, Id<Unit> unit,
                         const SetContact& form) {
  if (!people::unit(w, unit)) return problem(Fault::missing, N_("There is no such unit"));
  if (!may_set_contact(viewer, unit))
    return problem(Fault::denied, N_("Only an officer of this unit sets its number"));
  const std::string phone = form.phone ? form.phone->value : "";
  const std::int64_t id =
      w.count(put_contact, w.new_id<ContactRow>(), unit, phone, viewer.account.number, w.now());
  acts::Draft draft;
  draft.kind = "unit.contact-set";
  draft.unit = unit.number;
  draft.actor = viewer.account.number;
  draft.happened = w.now();
  draft.subject = "unit/" + unit.text();
  draft.covers.push_back({"unit_contact",
                          id,
                          {{"unit", unit.number},
                           {"phone", phone},
                           {"set_by", viewer.account.number},
                           {"entered", w.now().us}}});
  acts::append(w, keys, draft);
  w.touch(std::string(contact_topic));
  return Done{};
}

}  // namespace danchu::people
