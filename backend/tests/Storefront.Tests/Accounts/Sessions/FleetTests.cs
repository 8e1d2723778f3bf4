using System.Security.Cryptography;
using System.Text.Json;
using Storefront.Tests.Support;

namespace Storefront.Tests.Accounts.Sessions;

/// <summary>Sessions on three instances of the backend, as processes behind one address. The numbers are those of the cases that sessions answer for.</summary>
public sealed class FleetTests(PostgresFixture postgres)
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task A1_fifty_refreshes_at_once_in_twenty_rounds_have_one_successor_each_and_sign_nobody_out()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        var session = await SignInAsync(client);
        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RefreshAsync(client, session)));
            var tokens = new List<string>();
            foreach (var answer in answers) tokens.Add(Token(await Task.FromResult(answer).ShouldBeAsync(200)));
            Assert.NotEqual(session, Assert.Single(tokens.Distinct(StringComparer.Ordinal)));
            session = tokens[0];
            await AgeAsync(fleet, session);
        }

        Assert.Equal(21u, Generation(session));
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A6_an_instance_that_is_killed_under_refreshes_signs_nobody_out()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        var sessions = new List<string>();
        for (var n = 0; n < 12; n++) sessions.Add(await SignInAsync(client));

        using var stop = new CancellationTokenSource();
        var refreshed = 0;
        var failed = 0;
        var clients = Task.WhenAll(sessions.Select((_, index) => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // Past the window each time: only healing saves who has lost an answer.
                await AgeAsync(fleet, sessions[index]);
                try
                {
                    using var answer = await RefreshAsync(client, sessions[index]);
                    sessions[index] = Token(await Task.FromResult(answer).ShouldBeAsync(200));
                    Interlocked.Increment(ref refreshed);
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));
        for (var kill = 0; kill < 2; kill++)
        {
            var before = Volatile.Read(ref refreshed);
            await Eventually.TrueAsync("everybody refreshes", () => Volatile.Read(ref refreshed) > before + 40 || clients.IsFaulted);
            fleet.Kill(kill);
        }

        var after = Volatile.Read(ref refreshed);
        await Eventually.TrueAsync("everybody goes on", () => Volatile.Read(ref refreshed) > after + 40 || clients.IsFaulted);
        await stop.CancelAsync();
        await clients;
        foreach (var session in sessions) await RefreshAsync(client, session).ShouldBeAsync(200);
        Assert.True(failed > 0, "No kill met a request.");
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A8_a_sign_out_that_races_forty_refreshes_leaves_no_token_alive_anywhere()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        for (var round = 0; round < 3; round++)
        {
            var session = await SignInAsync(client);
            var racing = Enumerable.Range(0, 40).Select(_ => Task.Run(() => RefreshAsync(client, session))).ToList();
            await Task.Run(() => client.TellAsync("/api/logout", new { refreshToken = session })).ShouldBeAsync(204);
            await ShouldBeDeadAsync(fleet, client, await Task.WhenAll(racing));
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A8_a_reuse_that_races_forty_refreshes_leaves_no_token_alive_anywhere()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        for (var round = 0; round < 3; round++)
        {
            var session = await SignInAsync(client);
            var stolen = session;
            for (var rotation = 0; rotation < 2; rotation++)
            {
                session = Token(await RefreshAsync(client, session).ShouldBeAsync(200));
                await AgeAsync(fleet, session);
            }

            var racing = Enumerable.Range(0, 40).Select(_ => Task.Run(() => RefreshAsync(client, session))).ToList();
            await Task.Run(() => RefreshAsync(client, stolen)).ShouldBeProblemAsync(401, "session-reused");
            await ShouldBeDeadAsync(fleet, client, await Task.WhenAll(racing));
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A8_a_password_change_that_races_forty_refreshes_leaves_its_own_new_pair_alive_and_nothing_else()
    {
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        for (var round = 0; round < 3; round++)
        {
            var email = People.NewEmail();
            await client.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
            var signedIn = await client.TellAsync("/api/login", new { email, password = People.Password }).ShouldBeAsync(200);
            using var person = fleet.Client(signedIn.GetProperty("accessToken").GetString());
            var racing = Enumerable.Range(0, 40).Select(_ => Task.Run(() => RefreshAsync(client, Token(signedIn)))).ToList();
            var changed = await Task.Run(() => person.TellAsync("/api/password", new { current = People.Password, @new = "another horse battery" })).ShouldBeAsync(200);
            await ShouldBeDeadAsync(fleet, client, await Task.WhenAll(racing));
            using var afterwards = fleet.Client(changed.GetProperty("accessToken").GetString());
            await afterwards.LookAsync("/api/me").ShouldBeAsync(200);
            await RefreshAsync(client, Token(changed)).ShouldBeAsync(200);
        }
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task A14_the_root_key_is_changed_under_refreshes_and_signs_nobody_out()
    {
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var fleet = await Fleet.StartAsync(postgres);
        using var client = fleet.Client();
        var sessions = new List<string>();
        for (var n = 0; n < 6; n++) sessions.Add(await SignInAsync(client));
        using var stop = new CancellationTokenSource();
        var refreshing = Task.WhenAll(sessions.Select((_, index) => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RefreshAsync(client, sessions[index])));
                var tokens = new List<string>();
                foreach (var answer in answers) tokens.Add(Token(await Task.FromResult(answer).ShouldBeAsync(200)));
                // Whichever key has sealed it: a token is its session and its generation.
                Assert.Single(tokens.Select(Generation).Distinct());
                sessions[index] = tokens[^1];
                await AgeAsync(fleet, sessions[index]);
            }
        })));

        await fleet.ReplaceAsync($"--Storefront:Sessions:AcceptedRootKeys:0={next}");
        await fleet.ReplaceAsync($"--Storefront:RootKey={next}", $"--Storefront:Sessions:AcceptedRootKeys:0={StorefrontHost.RootKey}");
        await stop.CancelAsync();
        await refreshing;
        foreach (var session in sessions) await RefreshAsync(client, session).ShouldBeAsync(200);
    }

    /// <summary>Whatever the refreshes were given is worth nothing any more, on any instance.</summary>
    private static async Task ShouldBeDeadAsync(Fleet fleet, HttpClient client, HttpResponseMessage[] refreshed)
    {
        foreach (var answer in refreshed)
        {
            if ((int)answer.StatusCode != 200) continue;
            var tokens = await Task.FromResult(answer).ShouldBeAsync(200);
            await RefreshAsync(client, Token(tokens)).ShouldBeProblemAsync(401, "session-revoked");
            using var holder = fleet.Client(tokens.GetProperty("accessToken").GetString());
            await Eventually.TrueAsync("no instance takes the access token", async () =>
            {
                var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (int)(await holder.LookAsync("/api/me")).StatusCode));
                return Array.TrueForAll(statuses, status => status == 401);
            });
        }
    }

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient client, string token) => client.TellAsync("/api/token/refresh", new { refreshToken = token });

    private static string Token(JsonElement answer) => answer.GetProperty("refreshToken").GetString()!;

    private static byte[] Bytes(string token) => System.Buffers.Text.Base64Url.DecodeFromChars(token);

    private static uint Generation(string token) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Bytes(token).AsSpan(18, 4));

    // As if the window were over.
    private static Task AgeAsync(Fleet fleet, string token) => Sql.ExecuteAsync(
        fleet.ConnectionString,
        "UPDATE roadworthy.sessions SET rotated_at = rotated_at - interval '11 s', healed_at = healed_at - interval '11 s' WHERE id = $1",
        new Guid(Bytes(token).AsSpan(2, 16), bigEndian: true));

    private static async Task<string> SignInAsync(HttpClient client)
    {
        var email = People.NewEmail();
        await client.TellAsync("/api/signup", new { email, password = People.Password, name = "A Person", age = 42 }).ShouldBeAsync(201);
        return Token(await client.TellAsync("/api/login", new { email, password = People.Password }).ShouldBeAsync(200));
    }
}
