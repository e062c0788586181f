#include "people/import_file.h"

namespace danchu::people {
namespace {

const store::Statement put_file{
    "INSERT INTO import_file(id, account, unit, kind, name, lettering, happened, paper, bytes, made) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
const store::Statement file_of{
    "SELECT kind, name, lettering, happened, paper, bytes FROM import_file WHERE id = $1 AND account = $2 "
    "AND unit = $3"};
const store::Statement set_lettering{"UPDATE import_file SET lettering = $2 WHERE id = $1"};
const store::Statement drop_file{"DELETE FROM import_file WHERE id = $1"};
const store::Statement drop_files_of{"DELETE FROM import_file WHERE account = $1"};
const store::Statement drop_old_files{"DELETE FROM import_file WHERE made < $1"};

}  // namespace

Id<ImportFile> keep_import_file(store::Writer& w, Id<Account> account, Id<Unit> unit,
                                const ImportFile& file) {
  w.run(drop_files_of, account);
  auto id = w.new_id<ImportFile>();
  w.run(put_file, id, account, unit, file.kind, file.name, file.lettering, file.happened, file.paper,
        store::Bytes{file.bytes}, w.now());
  return id;
}

std::optional<ImportFile> import_file(store::Reader& r, Id<ImportFile> id, Id<Account> account,
                                      Id<Unit> unit) {
  auto row = r.first(file_of, id, account, unit);
  if (!row) return std::nullopt;
  return ImportFile{id,           row->choice<ImportKind>(0),
                    row->text(1), choice_from<Lettering>(row->text(2)),
                    row->date(3), row->text(4),
                    row->bytes(5)};
}

void read_import_file_as(store::Writer& w, Id<ImportFile> id, std::optional<Lettering> lettering) {
  w.run(set_lettering, id, lettering);
}

void drop_import_file(store::Writer& w, Id<ImportFile> id) { w.run(drop_file, id); }

void tidy_import_files(store::Database& db) {
  (void)db.write([](store::Writer& w) -> Result<Done> {
    w.run(drop_old_files, w.now() - import_file_kept);
    return Done{};
  });
}

}  // namespace danchu::people
