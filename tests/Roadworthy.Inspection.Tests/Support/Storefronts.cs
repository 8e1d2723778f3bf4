using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>The right backend of this repository, as it is started for an inspection: with demo accounts, and its mail to the inspection.</summary>
internal static class Storefronts
{
    private const string Password = "Demo-pass-4711x";

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Accounts { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal)
    {
        ["admin"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "admin@example.com", ["password"] = Password },
    };

    /// <param name="folder">Empty; for what it keeps.</param>
    public static BackendOptions Options(string folder)
    {
        var program = Drafts.Program("Storefront.Local");
        return new BackendOptions
        {
            Command = $"dotnet '{program}' --demo",
            Directory = folder,
            Migrate = $"dotnet '{program}' migrate",
            StartTimeout = TimeSpan.FromMinutes(4),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                // Without it, it would start a database of its own, past the proxy.
                ["ConnectionStrings__Storefront"] = "Host={host};Port={port};Database={database};Username={user};Password={password}",
                ["STOREFRONT_DEMO_PASSWORD"] = Password,
                ["Storefront__RootKey"] = Convert.ToBase64String([.. new byte[32].Select((_, at) => (byte)((at * 7) + 1))]),
                ["Storefront__Mail__Host"] = "127.0.0.1",
                ["Storefront__Mail__Port"] = "{mailport}",
                ["Storefront__Mail__Security"] = "None",
                ["Storefront__Mail__From"] = "shop@example.com",
                ["Storefront__Mail__ResetLink"] = "https://shop.example/reset#{token}",
                ["Storefront__Mail__ConfirmLink"] = "https://shop.example/confirm#{token}",
            },
        };
    }
}
