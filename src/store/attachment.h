// Files added to a subject. The row says which bytes (by hash), what they are and who added them; the bytes
// are put into Database::files() before the row is written. Rows are never changed.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "store/database.h"

namespace danchu::store {

struct Attachment {
  Id<Attachment> id;
  Line<64> sha256;  // hex
  Count size;       // bytes
  Line<60> media_type;
  Line<200> name;  // as the sender's device called it; personal, never in an act
  Line<60> subject;
  Line<40> purpose;
  std::int64_t added_by = 0;  // account
  Instant added_at;
};
DANCHU_RECORD(Attachment, id, sha256, size, media_type, name, subject, purpose, added_by, added_at)

constexpr std::string_view attachment_table = "attachment";

void add(Writer& w, const Attachment& attachment);
std::optional<Attachment> attachment(Reader& r, Id<Attachment> id);
// Oldest first; at most 200, far more than a subject's forms let in.
std::vector<Attachment> attachments_of(Reader& r, const std::string& subject);
// How many this account added since.
std::int64_t attachments_since(Reader& r, std::int64_t account, Instant since);
// The same bytes, wherever they were added; oldest first, at most 200.
std::vector<Attachment> attachments_with(Reader& r, const std::string& sha256);

}  // namespace danchu::store
