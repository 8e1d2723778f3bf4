namespace Roadworthy.Input.Failures;

/// <summary>The keys of a body's errors (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>A name is the client's: an error does not repeat a megabyte of it.</summary>
    private const int LongestName = 200;

    /// <summary>A name as a segment: escaped, behind a slash, and cut when it is long.</summary>
    public static string Segment(string name)
    {
        if (name.Length > LongestName) name = string.Concat(name.AsSpan(0, LongestName), "...");
        return "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
