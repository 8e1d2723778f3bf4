using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Data;

public sealed class CatalogueTests(Database databases)
{
    [Fact]
    public async Task An_index_serves_what_it_begins_with_and_all_rows_that_refer_to_something_are_in_it()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, """
            CREATE TABLE things (id int PRIMARY KEY, parent_id int, "Maker" int, tenant_id int, name text, state text);
            CREATE INDEX ON things (parent_id) WHERE parent_id IS NOT NULL;
            CREATE INDEX ON things ("Maker") WHERE "Maker" IS NOT NULL;
            CREATE INDEX ON things (lower(name), tenant_id);
            CREATE INDEX ON things (state) WHERE state = 'open';
            """);
        var catalogue = await CatalogueReader.ReadAsync(database, TestContext.Current.CancellationToken);
        Assert.Equal(["Maker", "id", "parent_id"], catalogue.Tables.Single().IndexedColumns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_migrations_and_extensions_keep_for_themselves_is_none_of_the_application_s()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, """
            CREATE TABLE things (id int); CREATE TABLE schemas (id int); CREATE TABLE versions (id int);
            CREATE TABLE app_migrations (id int); CREATE TABLE "MigrationLock" (id int); CREATE TABLE schema_version (id int); CREATE TABLE atlas_schema_revisions (id int);
            """);
        var catalogue = await CatalogueReader.ReadAsync(database, TestContext.Current.CancellationToken);
        Assert.Equal(["schemas", "things", "versions"], catalogue.Tables.Select(table => table.Name));
    }
}
