using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Storefront.Hosting;

namespace Storefront.Tests.Hosting;

public sealed class OptionsTests
{
    [Fact]
    public void Every_fault_of_the_options_is_reported_at_once()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Create(
            ("Storefront:RootKey", "c2hvcnQ="),
            ("Storefront:Issuer", ""),
            ("Storefront:AccessTokenLifetime", "00:00:30"),
            ("Storefront:FreeLogInAttempts", "0"),
            ("Storefront:LongestLogInDelay", "02:00:00"),
            ("Storefront:AccountRequestsPerMinute", "0"),
            ("Storefront:TrustedProxies:0", "10.0.0.0/8"),
            ("Storefront:TrustedProxies:1", "not an address")));
        foreach (var fault in (string[])["RootKey", "openssl rand -base64 32", "Issuer", "AccessTokenLifetime", "FreeLogInAttempts", "LongestLogInDelay", "AccountRequestsPerMinute", "'not an address'"])
            Assert.Contains(fault, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.0", error.Message.Replace("such as 10.0.0.0/8", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_the_mail_options_is_reported_at_once()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Create(
            ("Storefront:RootKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Storefront:Mail:Folder", "mails"), ("Storefront:Mail:Host", "mail.example"), ("Storefront:Mail:From", "nobody"),
            ("Storefront:Mail:ResetLink", "https://shop.example/reset"), ("Storefront:Mail:User", "shop"), ("Storefront:Mail:Security", "None")));
        foreach (var fault in (string[])["Host and Folder", "From has to be", "ResetLink is 'https://shop.example/reset'", "ConfirmLink is missing", "User and Password", "Security is None"])
            Assert.Contains($"Storefront:Mail:{fault}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_production_a_missing_root_key_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Create());
        Assert.Contains("it is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains("Storefront__RootKey", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_connection_string_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Create(("ConnectionStrings:Storefront", " ")));
        Assert.Contains("ConnectionStrings__Storefront", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_options_are_taken()
    {
        await using var app = Create(
            ("Storefront:RootKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))), ("Storefront:AccessTokenLifetime", "01:00:00"), ("Storefront:TrustedProxies:0", "::1"));
        Assert.NotNull(app);
    }

    private static Microsoft.AspNetCore.Builder.WebApplication Create(params (string Name, string Value)[] settings) => StorefrontApp.Create([], builder =>
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings:Storefront"] = "Host=127.0.0.1" })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, string? (setting) => setting.Value, StringComparer.Ordinal)));
}
