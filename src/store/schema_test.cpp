#include "store/schema.h"

#include <algorithm>

#include "base/resources.h"
#include "store/migrate.h"
#include "store/testing.h"

namespace danchu::store {
namespace {

TEST(Schema, EveryFileKeepsTheRules) {
  for (const Resource& file : resources("src/", ".sql"))
    for (const std::string& found : lint_schema(file.bytes)) ADD_FAILURE() << file.path << ": " << found;
}

TEST(Schema, LintFindsWhatItMust) {
  EXPECT_TRUE(
      lint_schema("CREATE TABLE a (x {id} PRIMARY KEY, y {int} CHECK (y IN (0, 1)), UNIQUE (x, y)) {strict};")
          .empty());
  for (std::string bad : {
           "CREATE TABLE a (x {id} PRIMARY KEY);",
           "CREATE TABLE a (x INTEGER) {strict};",
           "CREATE TABLE a (x {id}, y TIMESTAMP) {strict};",
           "CREATE TABLE a (x {id} REFERENCES b(id) DEFERRABLE INITIALLY DEFERRED) {strict};",
           "CREATE TABLE a (x {id} UNIQUE ON CONFLICT ROLLBACK) {strict};",
           "CREATE TRIGGER t BEFORE INSERT ON a BEGIN SELECT RAISE(ROLLBACK, 'x'); END;",
       })
    EXPECT_FALSE(lint_schema(bad).empty()) << bad;
}

Resource file(const char* path, std::string_view sql) { return {path, sql}; }

TEST(Migrations, ExpandTypesAndSections) {
  std::vector<Resource> files = {file("src/b/schema/020_b.sql", "x"),
                                 file("src/a/schema/001_a.sql",
                                      "CREATE TABLE a (x {id}, b {bytes}) {strict};\n-- only: sqlite\ns\n-- "
                                      "end\n-- only: postgresql\np\n-- end\n")};
  auto sqlite = read_migrations(files, Engine::sqlite),
       postgresql = read_migrations(files, Engine::postgresql);
  EXPECT_EQ(sqlite.at(0).sql, "CREATE TABLE a (x INTEGER, b BLOB) STRICT;\ns\n");
  EXPECT_EQ(postgresql.at(0).sql, "CREATE TABLE a (x BIGINT, b BYTEA) ;\np\n");
  EXPECT_EQ(sqlite.at(1).name, "020_b");
  EXPECT_EQ(sqlite.at(0).hash, postgresql.at(0).hash);
}

TEST(Migrations, RefuseMalformedFiles) {
  for (auto bad :
       {file("src/a/schema/a.sql", ""), file("src/a/schema/1_a.sql", ""),
        file("src/a/schema/001_a.sql", "{date}"), file("src/a/schema/001_a.sql", "-- only: sqlite\n"),
        file("src/a/schema/001_a.sql", "-- only: oracle\n-- end\n")})
    EXPECT_THROW(read_migrations({bad}, Engine::sqlite), StoreError) << bad.path << bad.bytes;
  EXPECT_THROW(read_migrations({file("src/a/schema/001_a.sql", ""), file("src/b/schema/001_b.sql", "")},
                               Engine::sqlite),
               StoreError);
}

std::string refusal(const std::vector<Migration>& known, const std::vector<AppliedMigration>& applied) {
  try {
    pending_migrations(known, applied);
    return "";
  } catch (const StoreError& error) {
    return error.what();
  }
}

TEST(Migrations, RefuseAChangedFileAndANewerDatabase) {
  std::vector<Migration> known = {{1, "001_a", "", "h1"}, {20, "020_b", "", "h2"}};
  EXPECT_EQ(pending_migrations(known, {}).size(), 2u);
  EXPECT_EQ(pending_migrations(known, {{20, "020_b", "h2"}}).at(0).number, 1);
  EXPECT_NE(refusal(known, {{1, "001_a", "other"}}).find("001_a was changed"), std::string::npos);
  EXPECT_NE(refusal(known, {{1, "001_a", "h1"}, {21, "021_c", "h3"}}).find("newer than the program"),
            std::string::npos);
}

class SchemaOnEngine : public OnEachEngine {};

TEST_P(SchemaOnEngine, EveryStatementOfTheProgramCanBePrepared) {
  for (const Statement* statement : all_statements()) {
    if (!statement->only().empty() && statement->only() != db().engine()) continue;
    try {
      db().prepare(*statement);
    } catch (const StoreError& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

TEST_P(SchemaOnEngine, TablesAndColumnsAreTheSameOnBothEngines) {
  db().read([](Reader& r) {
    auto tables = tables_of(r);
    EXPECT_TRUE(std::ranges::count(tables, "id_lease") && std::ranges::count(tables, "migration"));
    EXPECT_EQ(std::ranges::count(tables, "search_index"), 0);
    auto columns = columns_of_table(r, "setting");
    EXPECT_EQ(columns,
              (std::vector<Column>{{"name", ColumnType::text, false}, {"value", ColumnType::text, false}}));
    EXPECT_TRUE(columns_of_table(r, "nothing").empty());
  });
}

const Statement last_migration{"SELECT max(number) FROM migration"};

TEST_P(SchemaOnEngine, MigratingAgainChangesNothing) {
  auto last = [&] { return db().read([](Reader& r) { return r.count(last_migration); }); };
  auto before = last();
  db().migrate();
  EXPECT_EQ(last(), before);
  store().reopen();
  EXPECT_EQ(last(), before);
}

const Statement fake_hash{"UPDATE migration SET hash = 'x' WHERE number = 1"};
const Statement fake_number{
    "INSERT INTO migration(number, name, hash, applied) VALUES (999, '999_later', 'x', 0)"};

TEST_P(SchemaOnEngine, AChangedMigrationOrANewerDatabaseIsRefusedAtStart) {
  auto run = [&](const Statement& statement) {
    (void)db().write([&](Writer& w) -> Result<Done> {
      w.run(statement);
      return Done{};
    });
  };
  run(fake_number);
  EXPECT_THROW(db().migrate(), StoreError);
  store().close();
  EXPECT_THROW(store().reopen(), StoreError);
}

TEST_P(SchemaOnEngine, AChangedFileIsRefused) {
  (void)db().write([&](Writer& w) -> Result<Done> {
    w.run(fake_hash);
    return Done{};
  });
  EXPECT_THROW(db().migrate(), StoreError);
}

DANCHU_ON_EACH_ENGINE(SchemaOnEngine);

enum class Colour { red, green };
struct Ball;
struct Described {
  Id<Ball> id;
  Line<20> name;
  std::optional<Money> price;
  Colour colour = Colour::red;
  Date bought;
  Instant entered;
  bool old = false;
};

}  // namespace
}  // namespace danchu::store
template <>
struct danchu::Choices<danchu::store::Colour> {
  static constexpr ChoiceName names[] = {{"red", "Red"}, {"green", "Green"}};
};
namespace danchu::store {
namespace {
DANCHU_RECORD(Described, id, name, price, colour, bought, entered, old)

const Statement make_balls{
    "CREATE TABLE ball (id BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, price BIGINT, colour TEXT NOT "
    "NULL, "
    "bought TEXT NOT NULL, entered BIGINT NOT NULL, old BIGINT NOT NULL)",
    "test"};
const Statement insert_ball{"INSERT INTO ball VALUES ($1, $2, $3, $4, $5, $6, $7)", "test"};
const Statement select_balls{"SELECT id, name, price, colour, bought, entered, old FROM ball ORDER BY id",
                             "test"};

class RecordRow : public OnEachEngine {};

TEST_P(RecordRow, ADescribedRecordComesBackAsItWas) {
  Described one{{7}, {"Bóng"}, Money{1'200'000}, Colour::green, make_date(2026, 11, 2), Instant{5}, true};
  Described two{{8}, {""}, {}, Colour::red, make_date(1999, 1, 31), Instant{-1}, false};
  ASSERT_TRUE(db().write([&](Writer& w) -> Result<Done> {
    w.run(make_balls);
    for (const Described& ball : {one, two}) w.run_values(insert_ball, values_of(ref(ball)));
    return Done{};
  }));
  Rows rows = db().read([](Reader& r) { return r.query(select_balls); });
  auto back = rows.at(0).as<Described>();
  EXPECT_EQ(back.name.value, "Bóng");
  EXPECT_EQ(back.price->dong, 1'200'000);
  EXPECT_EQ(back.colour, Colour::green);
  EXPECT_EQ(back.bought, one.bought);
  EXPECT_TRUE(back.old);
  EXPECT_EQ(values_of(ref(back)), values_of(ref(one)));
  EXPECT_EQ(values_of(ref(rows.at(1).as<Described>())), values_of(ref(two)));
  expect_columns<Described>(db(), "ball");
}

DANCHU_ON_EACH_ENGINE(RecordRow);

}  // namespace
}  // namespace danchu::store
