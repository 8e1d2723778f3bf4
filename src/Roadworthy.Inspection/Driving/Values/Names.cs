using System.Text;

namespace Roadworthy.Inspection.Driving;

/// <summary>What names of fields, parameters and paths have to do with one another.</summary>
internal static class Names
{
    /// <summary>Small letters and digits only: <c>product_id</c>, <c>productId</c> and <c>ProductID</c> are one.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name) if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    /// <summary>Its words, in small letters: <c>shippingAddress_line1</c> has shipping, address and line1.</summary>
    public static IReadOnlyList<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < name.Length; at++)
        {
            var c = name[at];
            var begins = !char.IsLetterOrDigit(c) || (char.IsUpper(c) && (at == 0 || char.IsLower(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1]))));
            if (begins && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }

            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    /// <summary>Of an English plural, as far as paths have such.</summary>
    public static string Singular(string word)
    {
        if (word.Length < 4 || word is "news" or "series") return word;
        if (word is "people") return "person";
        if (word is "children") return "child";
        if (word.EndsWith("ies", StringComparison.Ordinal)) return word[..^3] + "y";
        if (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("uses", StringComparison.Ordinal) || word.EndsWith("zes", StringComparison.Ordinal) || word.EndsWith("oes", StringComparison.Ordinal)) return word[..^2];
        return word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) && !word.EndsWith("is", StringComparison.Ordinal) ? word[..^1] : word;
    }

    /// <summary>The kind of thing that a name is the id of: <c>productId</c>, <c>product_ids</c> and <c>productUuid</c> are of a product; null for a bare <c>id</c> or another name.</summary>
    public static string? ReferenceOf(string name)
    {
        var words = Words(name);
        if (words.Count < 2 || words[^1] is not ("id" or "ids" or "uuid" or "guid" or "pk" or "key" or "ref" or "slug" or "sku")) return null;
        var before = words.Take(words.Count - 1).ToList();
        return string.Concat(before.Take(before.Count - 1).Append(Singular(before[^1])));
    }

    /// <summary>The last of a path's segments that is no parameter, before the given parameter or before the end: <c>/orders/{id}</c> is about orders.</summary>
    public static string? CollectionOf(string path, string? parameter = null)
    {
        var end = parameter is null ? path.Length : path.IndexOf($"{{{parameter}}}", StringComparison.Ordinal);
        if (end < 0) return null;
        var segments = path[..end].Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var at = segments.Length - 1; at >= 0; at--)
            if (!segments[at].Contains('{', StringComparison.Ordinal)) return segments[at];
        return null;
    }

    /// <summary>A collection's kind of thing: <c>order-items</c> gives <c>orderitem</c>.</summary>
    public static string KindOf(string collection)
    {
        var words = Words(collection);
        return words.Count == 0 ? "" : string.Concat(words.Take(words.Count - 1).Append(Singular(words[^1])));
    }
}
