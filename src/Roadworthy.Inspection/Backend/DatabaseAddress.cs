using System.Globalization;
using Npgsql;

namespace Roadworthy.Inspection.Backend;

/// <summary>The database that a backend is given, in every form that backends ask for.</summary>
internal sealed record DatabaseAddress(string Host, int Port, string User, string Password, string Database)
{
    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>For Npgsql, as it goes into a backend's configuration.</summary>
    public string Npgsql => $"Host={Host};Port={PortText};Database={Database};Username={User};Password={Quoted(Password)}";

    public string Jdbc => $"jdbc:postgresql://{Host}:{PortText}/{Database}";

    /// <param name="connectionString">As Npgsql takes it.</param>
    public static DatabaseAddress From(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return new(parts.Host ?? "127.0.0.1", parts.Port, parts.Username ?? "postgres", parts.Password ?? "", parts.Database ?? "postgres");
    }

    /// <param name="scheme"><c>postgres</c>, <c>postgresql</c>, <c>postgresql+asyncpg</c> and the like.</param>
    public string Url(string scheme = "postgresql") =>
        $"{scheme}://{Uri.EscapeDataString(User)}:{Uri.EscapeDataString(Password)}@{Host}:{PortText}/{Uri.EscapeDataString(Database)}";

    /// <summary>Fills a user's template: <c>{host}</c>, <c>{port}</c>, <c>{user}</c>, <c>{password}</c>, <c>{database}</c>, <c>{url}</c>.</summary>
    public string Fill(string template) => template
        .Replace("{host}", Host, StringComparison.OrdinalIgnoreCase).Replace("{port}", PortText, StringComparison.OrdinalIgnoreCase)
        .Replace("{user}", User, StringComparison.OrdinalIgnoreCase).Replace("{password}", Password, StringComparison.OrdinalIgnoreCase)
        .Replace("{database}", Database, StringComparison.OrdinalIgnoreCase).Replace("{url}", Url(), StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(";='\" ") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
