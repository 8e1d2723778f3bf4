namespace Roadworthy.Input.Scalars;

/// <summary>The white space that is no part of a value that is no text.</summary>
internal static class Blank
{
    private const string Characters = " \t\r\n";

    public static ReadOnlySpan<byte> Bytes => " \t\r\n"u8;

    public static bool Is(string? text) => text.AsSpan().IndexOfAnyExcept(Characters) < 0;
}
