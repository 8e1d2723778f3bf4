using Storefront.Tests.Support;

namespace Storefront.Tests.Input.Cells;

/// <summary>All rows of all tables, to see whether something has changed them.</summary>
internal static class Census
{
    public static async Task<IReadOnlySet<string>> TakeAsync(StorefrontHost host)
    {
        var tables = await Sql.ColumnAsync<string>(
            host.ConnectionString, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory'");
        Assert.NotEmpty(tables);
        return (await Sql.ColumnAsync<string>(host.ConnectionString, string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table}: ' || t::text FROM {table} t"))))
            .ToHashSet(StringComparer.Ordinal);
    }

    public static async Task ShouldBeAsync(StorefrontHost host, IReadOnlySet<string> before)
    {
        var after = await TakeAsync(host);
        Assert.Empty(after.Except(before, StringComparer.Ordinal).Select(row => $"new: {row}").Concat(before.Except(after, StringComparer.Ordinal).Select(row => $"gone: {row}")));
    }
}
