using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>Where the queues of all processes of one application and database are.</summary>
internal static class SpoolPlace
{
    private const string Name = "roadworthy-errors";

    /// <summary>One folder for each application and database: what a dead process left must not go to another's.</summary>
    public static string Open(ErrorTrackingOptions options)
    {
        var root = options.SpoolFolder is { } given ? Path.GetFullPath(given) : DefaultRoot();
        PrivateFolder.Require(root);
        var folder = Path.Combine(root, $"{Assembly.GetEntryAssembly()?.GetName().Name ?? "app"}-{KeyOf(options.ConnectionString!)}");
        PrivateFolder.Require(folder);
        return folder;
    }

    private static string DefaultRoot()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (local.Length > 0 && CanMake(local))
        {
            return Path.Combine(local, Name);
        }

        // Shared by all users, so that the name has to tell them apart.
        return Path.Combine(Path.GetTempPath(), $"{Name}-{Environment.UserName}");
    }

    private static bool CanMake(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Name));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string KeyOf(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var key = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 6));
    }
}
