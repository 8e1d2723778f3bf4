using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.DataProtection;

public sealed class RingTests(SessionsServer server)
{
    [Fact]
    public async Task What_one_instance_protects_another_opens_also_where_both_make_the_first_key_at_once()
    {
        await using var database = await server.CloneAsync();
        using var one = Instance(database.ConnectionString);
        using var other = Instance(database.ConnectionString);
        var ends = new Barrier(2);
        string Protect(IHost host)
        {
            ends.SignalAndWait();
            return Protector(host).Protect("secret");
        }

        var texts = await Task.WhenAll(Task.Run(() => Protect(one)), Task.Run(() => Protect(other)));
        Assert.Equal("secret", Protector(other).Unprotect(texts[0]));
        Assert.Equal("secret", Protector(one).Unprotect(texts[1]));
        Assert.Equal(1, await Sql.ScalarAsync<long>(database.ConnectionString, "SELECT count(*) FROM roadworthy.data_protection_keys"));
    }

    [Fact]
    public async Task A_dump_of_the_ring_opens_nothing_without_the_root_key()
    {
        await using var database = await server.CloneAsync();
        using var owner = Instance(database.ConnectionString);
        var text = Protector(owner).Protect("secret");
        var dump = await Sql.ScalarAsync<string>(database.ConnectionString, "SELECT string_agg(element, '') FROM roadworthy.data_protection_keys");
        Assert.Contains("<sealed ", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", dump, StringComparison.OrdinalIgnoreCase);

        using var thief = Instance(database.ConnectionString, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Assert.Throws<CryptographicException>(() => Protector(thief).Unprotect(text));
    }

    [Fact]
    public async Task While_the_root_key_changes_what_is_protected_under_either_opens_everywhere()
    {
        await using var database = await server.CloneAsync();
        using var before = Instance(database.ConnectionString);
        var text = Protector(before).Protect("secret");
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var after = Instance(database.ConnectionString, next, SessionsApp.RootKey);
        Assert.Equal("secret", Protector(after).Unprotect(text));
        Assert.Equal("again", Protector(before).Unprotect(Protector(after).Protect("again")));
    }

    [Fact]
    public async Task A_revocation_right_after_a_key_is_kept()
    {
        await using var database = await server.CloneAsync();
        using var host = Instance(database.ConnectionString);
        Protector(host).Protect("secret");
        host.Services.GetRequiredService<IKeyManager>().RevokeAllKeys(DateTimeOffset.UtcNow, "a leak");
        Assert.Equal(2, await Sql.ScalarAsync<long>(database.ConnectionString, "SELECT count(*) FROM roadworthy.data_protection_keys"));
    }

    [Fact]
    public async Task Nothing_is_written_beside_the_database_and_a_start_asks_for_nothing()
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspnet", "DataProtection-Keys");
        var before = Files();
        // Nobody listens there.
        using var host = Instance("Host=127.0.0.1;Port=1;Database=none;Username=none");
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service.GetType().Name.StartsWith("DataProtection", StringComparison.Ordinal));
        Assert.ThrowsAny<Exception>(() => Protector(host).Protect("secret"));
        await using var database = await server.CloneAsync();
        using var working = Instance(database.ConnectionString);
        Protector(working).Protect("secret");
        Assert.Equal(before, Files());

        string[] Files() => Directory.Exists(home) ? [.. Directory.GetFiles(home).Order(StringComparer.Ordinal)] : [];
    }

    private static IDataProtector Protector(IHost host) => host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("a purpose");

    private static IHost Instance(string connection, string? root = null, params string[] accepted)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production" });
        builder.Services.AddRoadworthySessions(options =>
        {
            (options.RootKey, options.ConnectionString) = (root ?? SessionsApp.RootKey, connection);
            foreach (var key in accepted) options.AcceptedRootKeys.Add(key);
        });
        builder.Services.AddDataProtection().PersistKeysWithSessions();
        return builder.Build();
    }
}
