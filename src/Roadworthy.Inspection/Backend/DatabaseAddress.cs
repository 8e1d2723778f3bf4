using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Roadworthy.Inspection.Backend;

/// <summary>The database that a backend is given, in every form that backends ask for.</summary>
internal sealed partial record DatabaseAddress(string Host, int Port, string User, string Password, string Database)
{
    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>For Npgsql, as it goes into a backend's configuration.</summary>
    public string Npgsql => $"Host={Host};Port={PortText};Database={Database};Username={User};Password={Quoted(Password)}";

    /// <summary>For libpq and its like: Go's drivers take no other words.</summary>
    public string Keywords => $"host={Host} port={PortText} user={User} password={QuotedForLibpq(Password)} dbname={Database} sslmode=disable";

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

    /// <summary>Whether a value is the address of a PostgreSQL, in whichever form, and whatever its variable is called.</summary>
    public static bool IsOne(string value) => Form().IsMatch(value);

    /// <summary>In an example's form, with what it says that is not about where the database is: its schema, and that it wants no TLS.</summary>
    public string Like(string example)
    {
        if (example.StartsWith("jdbc:", StringComparison.Ordinal)) return Jdbc + Query(example);
        if (example.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme) return Url(example.StartsWith("postgres", StringComparison.Ordinal) ? example[..scheme] : "postgresql") + Query(example);
        if (!example.Contains('=', StringComparison.Ordinal)) return Url();
        return example.Contains(';', StringComparison.Ordinal) ? Npgsql : Keywords;
    }

    /// <summary>Fills a user's template: <c>{host}</c>, <c>{port}</c>, <c>{user}</c>, <c>{password}</c>, <c>{database}</c>, <c>{url}</c>.</summary>
    public string Fill(string template) => template
        .Replace("{host}", Host, StringComparison.OrdinalIgnoreCase).Replace("{port}", PortText, StringComparison.OrdinalIgnoreCase)
        .Replace("{user}", User, StringComparison.OrdinalIgnoreCase).Replace("{password}", Password, StringComparison.OrdinalIgnoreCase)
        .Replace("{database}", Database, StringComparison.OrdinalIgnoreCase).Replace("{url}", Url(), StringComparison.OrdinalIgnoreCase);

    // The proxy speaks no TLS, so whichever mode is named becomes none.
    private static string Query(string example)
    {
        var kept = Parameter().Matches(example).Select(match => match.Groups["name"].Value.Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? "sslmode=disable" : match.Value[1..]).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }

    [GeneratedRegex(@"^(?:jdbc:)?postgres(?:ql)?(?:\+\w+)?://|^(?=.*\bhost\s*=)(?=.*\b(?:dbname|database)\s*=)\w+(?: \w+)?\s*=|^(?=.*\bserver\s*=)(?=.*\bdatabase\s*=)(?=.*\bport\s*=\s*5432\b)\w+(?: \w+)?\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(@"[?&](?<name>sslmode|schema|search_path|currentSchema)=[\w.,-]+", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    private static string QuotedForLibpq(string value) => value.Length > 0 && value.AsSpan().IndexOfAny("' \\=;") < 0 ? value : $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string Quoted(string value) => value.AsSpan().IndexOfAny(";='\" ") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
