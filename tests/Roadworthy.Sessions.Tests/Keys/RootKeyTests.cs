using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Roadworthy.Sessions.Keys;

namespace Roadworthy.Sessions.Tests.Keys;

public sealed class RootKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("storefront-root-key-");

    private string File => Path.Combine(_folder.FullName, "root.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null, "it is missing")]
    [InlineData("", "it is missing")]
    [InlineData("  ", "it is missing")]
    [InlineData("not base64!", "it is not base64")]
    [InlineData("c2hvcnQ=", "it holds 5 bytes in place of 32")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "it is not random")]
    public void What_is_wrong_with_a_key_is_said(string? text, string fault) => Assert.Equal(fault, RootKey.Fault(text));

    [Fact]
    public void A_longer_key_and_one_far_too_long_are_faults_too()
    {
        Assert.Equal("it holds 33 bytes in place of 32", RootKey.Fault(Convert.ToBase64String(RandomNumberGenerator.GetBytes(33))));
        Assert.NotNull(RootKey.Fault(Convert.ToBase64String(RandomNumberGenerator.GetBytes(10_000))));
    }

    [Fact]
    public void A_random_key_is_taken_also_with_a_line_feed_behind_it() =>
        Assert.Null(RootKey.Fault(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));

    [Fact]
    public void Outside_development_a_missing_key_is_refused_with_the_remedy_and_no_file_is_made()
    {
        foreach (var options in (SessionsOptions[])[new(), new() { RootKeyFile = File }])
        {
            var error = Assert.Throws<InvalidOperationException>(() => Open(options, "Production"));
            Assert.Contains("it is missing", error.Message, StringComparison.Ordinal);
            Assert.Contains("openssl rand -base64 32", error.Message, StringComparison.Ordinal);
            Assert.Contains("Storefront__RootKey", error.Message, StringComparison.Ordinal);
        }

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void In_development_the_file_is_made_for_its_owner_alone()
    {
        var made = Open(new() { RootKeyFile = File }, "Development");
        Assert.Null(RootKey.Fault(System.IO.File.ReadAllText(File)));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(made.Derive("x"), Open(new() { RootKeyFile = File }, "Production").Derive("x"));
        Assert.Single(_folder.GetFiles());
    }

    [Fact]
    public async Task Many_starts_at_once_agree_on_one_key()
    {
        // Each round is a race that a look before the rename mostly wins: many rounds, all starting at one moment.
        for (var round = 0; round < 500; round++)
        {
            using var start = new Barrier(6);
            var file = $"{File}{round}";
            var keys = await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Convert.ToHexString(Open(new() { RootKeyFile = file }, "Development").Derive("x"));
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.Single(keys.Distinct(StringComparer.Ordinal));
            Assert.Equal(round + 1, _folder.GetFiles().Length);
        }
    }

    [Fact]
    public void A_file_that_holds_no_key_is_refused_and_left_as_it_is()
    {
        System.IO.File.WriteAllText(File, "damaged");
        Assert.Throws<InvalidOperationException>(() => Open(new() { RootKeyFile = File }, "Development"));
        Assert.Equal("damaged", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_configured_key_goes_before_the_file()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        System.IO.File.WriteAllText(File, "damaged");
        Assert.Equal(new RootKey(key).Derive("x"), Open(new() { RootKey = Convert.ToBase64String(key), RootKeyFile = File }, "Production").Derive("x"));
    }

    [Fact]
    public void Every_purpose_has_a_key_of_its_own()
    {
        var root = new RootKey(RandomNumberGenerator.GetBytes(32));
        Assert.Equal(root.Derive("a"), root.Derive("a"));
        Assert.NotEqual(root.Derive("a"), root.Derive("b"));
        Assert.Equal(32, root.Derive("a").Length);
    }

    private static RootKey Open(SessionsOptions options, string environment)
    {
        options.RootKeySetting = "Storefront:RootKey";
        return new RootKeys(options, new In(environment)).Primary;
    }

    private sealed class In(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "Storefront";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
