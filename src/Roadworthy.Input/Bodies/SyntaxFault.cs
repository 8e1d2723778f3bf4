using System.Text.Json;

namespace Roadworthy.Input.Bodies;

/// <summary>Says where a body stops being JSON.</summary>
internal static class SyntaxFault
{
    public static string Describe(ReadOnlySpan<byte> body, JsonReaderOptions options, JsonException error) =>
        IsBeginning(body, options)
            ? $"Must be whole JSON, but the body ends too early: after line {error.LineNumber + 1}, byte {error.BytePositionInLine}."
            : $"Must be JSON, but what stands at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1} is none.";

    /// <summary>Whether more bytes could still have made it JSON.</summary>
    private static bool IsBeginning(ReadOnlySpan<byte> body, JsonReaderOptions options)
    {
        try
        {
            var reader = new Utf8JsonReader(body, isFinalBlock: false, new JsonReaderState(options));
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
