namespace Roadworthy.Inspection.Configuration;

/// <summary>What was probably meant.</summary>
internal static class NearestName
{
    /// <summary>A question to put behind a refusal; empty where nothing is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) =>
        Of(name, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The known name that takes the fewest changes; null where it takes more than a third of its letters.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(each => (Name: each, Distance: Distance(name.ToUpperInvariant(), each.ToUpperInvariant()))).OrderBy(each => each.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, Math.Min(name.Length, nearest.Name.Length) / 3) ? nearest.Name : null;
    }

    // Insertions, deletions, substitutions, and neighbours that changed places.
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
