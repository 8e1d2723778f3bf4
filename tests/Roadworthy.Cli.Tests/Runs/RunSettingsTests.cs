using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Runs;

namespace Roadworthy.Cli.Tests.Runs;

public sealed class RunSettingsTests
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> Nobody = new(StringComparer.Ordinal);

    private static readonly InspectRequest Request = new()
    {
        Name = "shop",
        Command = "npm start",
        Seed = 9,
        Database = "postgres://shop:hush-hush-1@localhost:5432/shop",
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LOG_LEVEL"] = "debug", ["JWT_SECRET"] = "hush-hush-2", ["Shop__RootKey"] = "hush-hush-4", ["API_KEY"] = "${KEY}", ["SHOP_DATABASE_URL"] = "{url}" },
        Accounts = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal) { ["A"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "a@example.com", ["password"] = "hush-hush-3" } },
    };

    [Fact]
    public void No_secret_is_kept()
    {
        using var folder = new Folder();
        RunSettings.Save(Request, folder.Path);
        Assert.DoesNotContain("hush", File.ReadAllText(folder[RunSettings.FileName]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JWT_SECRET=hush-hush-5 npm start", "npm start", "JWT_SECRET")]
    [InlineData("cd api && PORT=3000 API_KEY='hush hush' npm start", "cd api && PORT=3000 npm start", "API_KEY")]
    [InlineData("./server --api-key=hush-hush-6 -v", "./server --api-key=\"$API_KEY\" -v", "API_KEY")]
    [InlineData("JWT_SECRET=$SECRET npm start", "JWT_SECRET=$SECRET npm start", null)]
    public void A_secret_within_the_command_is_not_kept_either(string command, string kept, string? asked)
    {
        using var folder = new Folder();
        var request = Request with { Command = command, Environment = None, Accounts = Nobody, Database = null };
        RunSettings.Save(request, folder.Path);
        Assert.DoesNotContain("hush", File.ReadAllText(folder[RunSettings.FileName]), StringComparison.Ordinal);
        if (asked is not null) Assert.Contains($"--env {asked}=VALUE", Assert.Throws<InspectionException>(() => RunSettings.Load(folder.Path, None, Nobody, null)).Message, StringComparison.Ordinal);
        var again = new Dictionary<string, string>(StringComparer.Ordinal) { [asked ?? "X"] = "again" };
        Assert.Equal(kept, RunSettings.Load(folder.Path, again, Nobody, null).Command);
    }

    [Fact]
    public void What_was_not_kept_is_asked_for_and_taken_when_it_is_given_again()
    {
        using var folder = new Folder();
        RunSettings.Save(Request, folder.Path);
        Assert.Contains("--env JWT_SECRET=VALUE", Assert.Throws<InspectionException>(() => RunSettings.Load(folder.Path, None, Nobody, null)).Message, StringComparison.Ordinal);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["JWT_SECRET"] = "again", ["Shop__RootKey"] = "again" };
        Assert.Contains("--account A:password=VALUE", Assert.Throws<InspectionException>(() => RunSettings.Load(folder.Path, variables, Nobody, null)).Message, StringComparison.Ordinal);

        var accounts = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal) { ["A"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = "again" } };
        var loaded = RunSettings.Load(folder.Path, variables, accounts, null);
        Assert.Equal(("npm start", 9, "debug", "again", "${KEY}", "{url}"), (loaded.Command, loaded.Seed, loaded.Environment["LOG_LEVEL"], loaded.Environment["JWT_SECRET"], loaded.Environment["API_KEY"], loaded.Environment["SHOP_DATABASE_URL"]));
        Assert.Equal(("a@example.com", "again"), (loaded.Accounts["A"]["email"], loaded.Accounts["A"]["password"]));
        // It comes from a file now, and is shown before it is run.
        Assert.Equal(folder[RunSettings.FileName], loaded.CommandFile);
    }
}
