using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Probing.Errors;

/// <summary>Tells whether an answer shows what only the log may hold.</summary>
internal static partial class Inside
{
    /// <summary>What it shows, in a few words; null for nothing.</summary>
    public static string? Of(string text)
    {
        if (text.Contains(ErrorFindings.Canary, StringComparison.OrdinalIgnoreCase)) return "the database's own words";
        if (Stack().IsMatch(text)) return "a stack";
        if (Driver().IsMatch(text)) return "the driver's words";
        if (Sql().IsMatch(text)) return "SQL";
        return null;
    }

    /// <summary>Whether a stack is in it, whatever else is.</summary>
    public static bool HasStack(string text) => Stack().IsMatch(text);

    /// <summary>A page that a framework shows while it is developed with, which this backend was told that it is.</summary>
    public static bool IsDeveloperPage(string text) => DeveloperPage().IsMatch(text);

    [GeneratedRegex(@"(?:^|\n|\\n|<br\s?/?>)(?:\s|&nbsp;)*at [\w.<>$\[\]` ]+\(|Traceback \(most recent call last\)|File ""[^""]+"", line \d+|\bat [\w.<>$ ]+ \(?(?:/|[A-Z]:\\|file:)[^)\n]+:\d+:\d+|\.rb:\d+:in |goroutine \d+ \[", RegexOptions.None, 2000)]
    private static partial Regex Stack();

    [GeneratedRegex(@"\b(?:Npgsql|PostgresException|DbUpdateException|psycopg2?|asyncpg|SQLSTATE|ECONNREFUSED|ECONNRESET|QueryFailedError|SequelizeDatabaseError|SequelizeConnection\w*|PrismaClient\w+|PG::\w+|org\.postgresql|java\.sql|pgx|sqlalchemy\.exc)\b|duplicate key value violates|violates (?:foreign key|check|not-null|unique|exclusion) constraint|relation ""\w+"" does not exist|connection terminated unexpectedly|server closed the connection", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Driver();

    [GeneratedRegex(@"\bselect\b[^.;!?]{1,400}\bfrom\b[^.;!?]{1,200}\b(?:where|limit|order by|inner join|left join)\b|\binsert into\s+[""`]?\w+[""`]?\s*\(|\bupdate\s+[""`]?\w+[""`]?\s+set\s+[""`]?\w+[""`]?\s*=|\bdelete from\s+[""`]?\w+[""`]?\s+where\b", RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Sql();

    [GeneratedRegex(@"DeveloperExceptionPage|Microsoft\.AspNetCore\.Diagnostics|\bHEADERS\s*\n=======|DEBUG = True|<title>Error</title>[\s\S]*<pre>|Werkzeug Debugger|Action Controller: Exception caught|Whitelabel Error Page", RegexOptions.None, 2000)]
    private static partial Regex DeveloperPage();
}
