using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Data;

public sealed class DatabaseStateTests(Database databases)
{
    private const string Schema = """
        CREATE TABLE shelves (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text, label_length int GENERATED ALWAYS AS (length(label)) STORED);
        CREATE TABLE books (id serial PRIMARY KEY, shelf_id bigint NOT NULL REFERENCES shelves (id) ON DELETE CASCADE, data jsonb, cover bytea, plain json);
        CREATE TABLE "Tallies" (day date, n numeric) PARTITION BY RANGE (day);
        CREATE TABLE tallies_2026 PARTITION OF "Tallies" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
        INSERT INTO shelves (label) VALUES ('a'), (NULL), ('c');
        INSERT INTO books (shelf_id, data, cover, plain) VALUES (1, '{"x": 1}', '\x00ff', '{"y":2}'), (1, NULL, NULL, NULL);
        INSERT INTO "Tallies" VALUES ('2026-02-01', 1.50), ('2026-02-01', 1.50);
        CREATE TRIGGER never BEFORE DELETE ON books FOR EACH ROW EXECUTE FUNCTION refuse();
        """;

    [Fact]
    public async Task A_delta_has_each_row_that_came_went_or_changed_and_nothing_else()
    {
        var database = await NewAsync();
        await using var state = await DatabaseState.TakeAsync(database, Token);
        Assert.True((await state.DeltaAsync(Token)).IsEmpty);
        await Database.ScalarAsync(database, """UPDATE shelves SET label = 'aa' WHERE id = 1; INSERT INTO "Tallies" VALUES ('2026-02-01', 1.50); UPDATE books SET data = data""");
        var delta = await state.DeltaAsync(Token);
        Assert.Equal(["Tallies", "shelves"], delta.Tables.Select(table => table.Table.Name).Order(StringComparer.Ordinal));
        var shelves = delta.Of(state.Catalogue.Find("public", "shelves")!)!;
        Assert.Equal(["1", "aa", "2"], Assert.Single(shelves.Added));
        Assert.Equal(["1", "a", "1"], Assert.Single(shelves.Removed));
        // The same row twice already: one more of it is one more.
        Assert.Equal(["2026-02-01", "1.50"], Assert.Single(delta.Tables.Single(table => table.Table.Name == "Tallies").Added));
    }

    [Fact]
    public async Task A_restore_makes_every_row_what_it_was_past_keys_and_triggers_and_lets_sequences_go_on()
    {
        var database = await NewAsync();
        await using var state = await DatabaseState.TakeAsync(database, Token);
        var before = await DumpAsync(database);
        await Database.ScalarAsync(database, """
            ALTER TABLE books DISABLE TRIGGER never;
            DELETE FROM shelves; INSERT INTO shelves (label) VALUES ('d'); INSERT INTO books (shelf_id) VALUES (4); TRUNCATE "Tallies";
            ALTER TABLE books ENABLE TRIGGER never;
            """);
        await state.RestoreAsync(Token);
        Assert.Equal(before, await DumpAsync(database));
        Assert.True((await state.DeltaAsync(Token)).IsEmpty);
        Assert.Equal(5L, await Database.ScalarAsync(database, "INSERT INTO shelves (label) VALUES ('e') RETURNING id"));
    }

    [Fact]
    public async Task What_changes_by_itself_is_neither_compared_nor_restored()
    {
        var database = await NewAsync();
        await using var state = await DatabaseState.TakeAsync(database, Token, ["Tallies"]);
        await Database.ScalarAsync(database, """DELETE FROM "Tallies" """);
        Assert.True((await state.DeltaAsync(Token)).IsEmpty);
        await state.RestoreAsync(Token);
        Assert.Equal(0L, await Database.ScalarAsync(database, """SELECT count(*) FROM "Tallies" """));
    }

    [Fact]
    public async Task A_restore_leaves_rows_alone_that_have_not_changed()
    {
        var database = await NewAsync();
        await Database.ScalarAsync(database, """CREATE TABLE tallies_2027 PARTITION OF "Tallies" FOR VALUES FROM ('2027-01-01') TO ('2028-01-01'); INSERT INTO "Tallies" VALUES ('2027-02-01', 7), ('2027-02-01', 8), ('2027-02-02', 9)""");
        await using var state = await DatabaseState.TakeAsync(database, Token);
        var before = await VersionsAsync(database);
        // The first row of one part, and a new one of the other: each part has a first and a third row.
        await Database.ScalarAsync(database, """DELETE FROM tallies_2026 WHERE ctid = '(0,1)'; INSERT INTO "Tallies" VALUES ('2026-03-01', 3); UPDATE shelves SET label = 'cc' WHERE id = 3; UPDATE books SET plain = plain""");
        await state.RestoreAsync(Token);
        var after = await VersionsAsync(database);
        Assert.Equal(4, before.Except(after, StringComparer.Ordinal).Count());
        Assert.Equal(before.Count, after.Count);
        Assert.True((await state.DeltaAsync(Token)).IsEmpty);
        Assert.Equal("1.50,1.50,7,8,9", await Database.ScalarAsync(database, """SELECT string_agg(n::text, ',' ORDER BY n) FROM "Tallies" """));
        // And again, of what has been put back.
        await Database.ScalarAsync(database, """DELETE FROM "Tallies"; UPDATE shelves SET label = 'x' WHERE id = 3""");
        await state.RestoreAsync(Token);
        Assert.Equal("1.50,1.50,7,8,9", await Database.ScalarAsync(database, """SELECT string_agg(n::text, ',' ORDER BY n) FROM "Tallies" """));
        Assert.Equal("c", await Database.ScalarAsync(database, "SELECT label FROM shelves WHERE id = 3"));
    }

    [Fact]
    public async Task Two_snapshots_of_one_database_take_it_back_to_either()
    {
        var database = await NewAsync();
        await using var state = await DatabaseState.TakeAsync(database, Token);
        await Database.ScalarAsync(database, "UPDATE shelves SET label = 'later' WHERE id = 1");
        var later = await state.AgainAsync(Token);
        for (var n = 0; n < 2; n++)
        {
            await state.RestoreAsync(Token);
            Assert.Equal("a", await Database.ScalarAsync(database, "SELECT label FROM shelves WHERE id = 1"));
            await later.RestoreAsync(Token);
            Assert.Equal("later", await Database.ScalarAsync(database, "SELECT label FROM shelves WHERE id = 1"));
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> NewAsync()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, Schema);
        return database;
    }

    private static async Task<IReadOnlyList<string>> VersionsAsync(string database) => (string[])(await Database.ScalarAsync(database, """
        SELECT array_agg(v) FROM (SELECT concat_ws(' ', tableoid, ctid, xmin) FROM shelves UNION ALL SELECT concat_ws(' ', tableoid, ctid, xmin) FROM books UNION ALL SELECT concat_ws(' ', tableoid, ctid, xmin) FROM "Tallies") s (v)
        """))!;

    private static async Task<string> DumpAsync(string database) => (string)(await Database.ScalarAsync(database, """
        SELECT concat_ws(';', (SELECT string_agg(s::text, ',' ORDER BY s.id) FROM shelves s), (SELECT string_agg(b::text, ',' ORDER BY b.id) FROM books b), (SELECT string_agg(t::text, ',') FROM "Tallies" t))
        """))!;
}
