namespace Roadworthy.Errors.Json;

internal static class JsonName
{
    public const int MaxBytes = 200;
    private const int Marker = 3;

    /// <summary>A name of a member, escaped and cut to fit into <paramref name="scratch"/>.</summary>
    public static ReadOnlySpan<byte> Escape(ReadOnlySpan<char> name, Span<byte> scratch)
    {
        if (name.IsEmpty)
        {
            return "(empty)"u8;
        }

        JsonText.Escape(name, scratch[..^Marker], out var read, out var written);
        if (read < name.Length)
        {
            "..."u8.CopyTo(scratch[written..]);
            written += Marker;
        }

        return scratch[..written];
    }

    /// <summary>The name as it is written in .NET, with a small first letter.</summary>
    public static string CamelCase(string name) => name.Length > 0 && char.IsAsciiLetterUpper(name[0])
        ? char.ToLowerInvariant(name[0]) + name[1..]
        : name;
}
