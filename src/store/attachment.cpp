#include "store/attachment.h"

#include "store/record_row.h"

namespace danchu::store {
namespace {

#define ATTACHMENT_COLUMNS "id, sha256, size, media_type, name, subject, purpose, added_by, added_at"

const Statement insert_attachment{"INSERT INTO attachment(" ATTACHMENT_COLUMNS
                                  ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)"};
const Statement find_attachment{"SELECT " ATTACHMENT_COLUMNS " FROM attachment WHERE id = $1"};
const Statement find_attachments{"SELECT " ATTACHMENT_COLUMNS
                                 " FROM attachment WHERE subject = $1 ORDER BY id LIMIT 200"};
const Statement find_same{"SELECT " ATTACHMENT_COLUMNS
                          " FROM attachment WHERE sha256 = $1 ORDER BY id LIMIT 200"};
const Statement count_since{"SELECT count(*) FROM attachment WHERE added_by = $1 AND added_at > $2"};

}  // namespace

void add(Writer& w, const Attachment& attachment) {
  w.run_values(insert_attachment, values_of(ref(attachment)));
}

std::optional<Attachment> attachment(Reader& r, Id<Attachment> id) {
  auto row = r.first(find_attachment, id);
  return row ? std::optional(row->as<Attachment>()) : std::nullopt;
}

std::vector<Attachment> attachments_of(Reader& r, const std::string& subject) {
  std::vector<Attachment> found;
  for (const Row& row : r.query(find_attachments, subject)) found.push_back(row.as<Attachment>());
  return found;
}

std::int64_t attachments_since(Reader& r, std::int64_t account, Instant since) {
  return r.count(count_since, account, since);
}

std::vector<Attachment> attachments_with(Reader& r, const std::string& sha256) {
  std::vector<Attachment> found;
  for (const Row& row : r.query(find_same, sha256)) found.push_back(row.as<Attachment>());
  return found;
}

}  // namespace danchu::store
