using System.Text;

namespace Roadworthy.Inspection.Driving;

/// <summary>What names of fields, parameters and paths have to do with one another.</summary>
internal static class Names
{
    private static readonly string[] Making = ["create", "add", "new", "insert", "save", "store", "register"];

    /// <summary>Segments that say what is done, not with what.</summary>
    private static readonly string[] Doing =
        ["create", "add", "new", "insert", "save", "store", "update", "edit", "modify", "change", "patch", "delete", "remove", "destroy", "get", "getall", "getone", "getbyid", "list", "listall", "all", "find", "findall", "findone", "fetch", "show", "view", "detail", "details", "byid", "id", "single"];

    /// <summary>Words before a thing's name that say what is done with it, or which it is.</summary>
    private static readonly string[] Leading = ["create", "add", "insert", "save", "update", "edit", "modify", "delete", "remove", "destroy", "get", "all", "find", "fetch", "show", "view", "new", "created", "updated", "current", "my"];

    /// <summary>Small letters and digits only: <c>product_id</c>, <c>productId</c> and <c>ProductID</c> are one.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name) if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }

    /// <summary>Where the things are that a path names one of, without its end: <c>/products</c> for <c>/products/{id}</c>. Null where the last parameter has no segment of its own, as in <c>/products({key})</c>.</summary>
    public static string? CollectionPath(string path) => path.LastIndexOf("/{", StringComparison.Ordinal) is >= 0 and var at ? path[..at] : null;

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

    /// <summary>The same; a bare <c>id</c> within another thing is that thing's: <c>/role/id</c>.</summary>
    public static string? ReferenceOf(string name, string pointer)
    {
        if (ReferenceOf(name) is { } kind) return kind;
        return Plain(name) is "id" or "uuid" && pointer.Split('/').SkipLast(1).LastOrDefault(part => part.Length > 0 && !part.All(char.IsDigit)) is { } owner ? KindOf(owner) : null;
    }

    /// <summary>
    /// The last of a path's segments that is no parameter, before the given parameter or before the end: <c>/orders/{id}</c> is about orders, and
    /// so is <c>/orders/update/{id}</c>.
    /// </summary>
    public static string? CollectionOf(string path, string? parameter = null)
    {
        var end = parameter is null ? path.Length : path.IndexOf($"{{{parameter}}}", StringComparison.Ordinal);
        if (end < 0) return null;
        var segments = path[..end].Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => !segment.Contains('{', StringComparison.Ordinal)).ToList();
        return segments.LastOrDefault(segment => !Doing.Contains(Plain(segment), StringComparer.Ordinal)) ?? segments.LastOrDefault();
    }

    /// <summary>Whether a path says by its last word that something is made there: <c>/orders/create</c>.</summary>
    public static bool EndsInMaking(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var last] && Words(last) is [var first, ..] && Making.Contains(first, StringComparer.Ordinal);

    /// <summary>A collection's kind of thing: <c>order-items</c> gives <c>orderitem</c>, and <c>getOrders</c> gives <c>order</c>.</summary>
    public static string KindOf(string collection)
    {
        var words = Words(collection);
        var skipped = words.TakeWhile(word => Leading.Contains(word, StringComparer.Ordinal)).Count();
        if (skipped < words.Count && skipped > 0) words = [.. words.Skip(skipped)];
        return words.Count == 0 ? "" : string.Concat(words.Take(words.Count - 1).Append(Singular(words[^1])));
    }
}
