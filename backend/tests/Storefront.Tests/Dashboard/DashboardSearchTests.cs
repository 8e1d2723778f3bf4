using Npgsql;
using Storefront.Dashboard;
using Storefront.Tests.Support;

namespace Storefront.Tests.Dashboard;

public sealed class DashboardSearchTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("ada love", "'ada':* & 'love':*")]
    [InlineData("  O'Brien ", "'O':* & 'Brien':*")]
    [InlineData("ann@example.com", "'ann':* & 'example':* & 'com':*")]
    [InlineData("'):* | x", "'x':*")]
    [InlineData("Ångström 𝔘", "'Ångström':* & '𝔘':*")]
    [InlineData("\ud800", null)]
    [InlineData("%_*", null)]
    [InlineData("", null)]
    [InlineData("a b c d e f g h i j", "'a':* & 'b':* & 'c':* & 'd':* & 'e':* & 'f':* & 'g':* & 'h':*")]
    public void What_is_typed_becomes_the_beginnings_of_words_and_nothing_else(string typed, string? expected) => Assert.Equal(expected, DashboardSearch.Words(typed));

    [Fact]
    public async Task The_index_answers_the_search()
    {
        await using var database = await postgres.CloneAsync();
        await Sql.ExecuteAsync(
            database.ConnectionString,
            """
            INSERT INTO users (id, email, normalized_email, email_confirmed, name, age, is_admin)
            SELECT gen_random_uuid(), 'person' || n || '@example.com', 'PERSON' || n || '@EXAMPLE.COM', false, 'Person Number' || n, 42, false FROM generate_series(1, 20000) n
            """);
        await Sql.ExecuteAsync(database.ConnectionString, "ANALYZE users");
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var explain = new NpgsqlCommand($"EXPLAIN {DashboardSql.Statements(20, search: true)[0]}", connection);
        explain.Parameters.AddWithValue(Guid.Empty);
        explain.Parameters.AddWithValue("'number777':*");
        var plan = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan.Add(reader.GetString(0));
        Assert.Contains("ix_users_search", string.Join('\n', plan), StringComparison.Ordinal);
    }
}
