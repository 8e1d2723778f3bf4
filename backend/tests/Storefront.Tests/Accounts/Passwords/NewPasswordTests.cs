using Roadworthy.Testing;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Passwords;

public sealed class NewPasswordTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_change_that_was_rolled_back_and_then_found_another_password_signs_nobody_in()
    {
        var database = await postgres.CloneAsync();
        await using var proxy = PostgresProxy.Before(database.ConnectionString);
        await using var host = await StorefrontHost.StartAsync(proxy.Through(database.ConnectionString), database);
        var person = await host.SignUpAsync();
        // The first commit that begins a session fails, after everything in it has gone well.
        await Sql.ExecuteAsync(
            database.ConnectionString,
            """
            CREATE SEQUENCE commits;
            CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF nextval('commits') = 1 THEN RAISE EXCEPTION 'provoked collision' USING ERRCODE = '40001'; END IF;
              RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER fail_once AFTER INSERT ON roadworthy.sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_once();
            """);

        using var first = proxy.HoldNext("UPDATE users AS u");
        using var second = proxy.HoldNext("UPDATE users AS u");
        var change = person.Client.PostValueAsync("/api/password", new { current = People.Password, @new = "another long password" });
        await first.ReachedAsync(TestContext.Current.CancellationToken);
        first.Release();
        await second.ReachedAsync(TestContext.Current.CancellationToken);
        await Sql.ExecuteAsync(database.ConnectionString, "UPDATE users SET security_stamp = 'ANOTHER' WHERE id = $1", person.Id);
        second.Release();

        await change.ShouldBeProblemAsync(401, "wrong-credentials");
        Assert.Equal(1, await Sql.ScalarAsync<long>(database.ConnectionString, "SELECT count(*) FROM roadworthy.sessions WHERE user_id = $1", person.Id));
    }
}
