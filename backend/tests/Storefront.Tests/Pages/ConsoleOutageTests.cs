using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Pages;

public sealed class ConsoleOutageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Whoever_is_called_because_the_database_is_away_sees_the_requests_that_failed_for_it()
    {
        await using var database = await postgres.CloneAsync();
        await using var proxy = PostgresProxy.Before(database.ConnectionString);
        await using var host = await StorefrontHost.StartAsync(proxy.Through(database.ConnectionString));
        using var operations = new Visit(host);
        var email = People.NewEmail();
        await operations.SignUpAsync(email);
        await Sql.ExecuteAsync(database.ConnectionString, "UPDATE users SET is_admin = true WHERE email = $1", email);
        await (await operations.OpenAsync("/console")).ShouldBeAsync(200);

        await proxy.DisposeAsync();
        await host.Anonymous.ReadAsync("/api/products").ShouldBeProblemAsync(503);
        var requests = await operations.OpenAsync("/console/requests?status=5xx");
        await requests.ShouldBeAsync(200);
        Assert.Contains("/api/products", await requests.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // What lies in the database is not shown, and that is said.
        foreach (var page in (string[])["/console", "/console/errors", "/console/sessions"]) await (await operations.OpenAsync(page)).ShouldBeAsync(200);
        Assert.Contains("be reached, or is too slow", await (await operations.OpenAsync("/console/errors")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
