namespace Roadworthy.Errors.Json;

internal static class Characters
{
    /// <summary>Characters that end a line, move a cursor or turn the direction of text: never written as they are.</summary>
    public static bool IsUnsafe(char c) => c switch
    {
        < '\u0020' => true,
        >= '\u007F' and <= '\u009F' => true,
        '\u061C' or '\u200E' or '\u200F' or '\uFEFF' => true,
        >= '\u2028' and <= '\u202E' => true,
        >= '\u2066' and <= '\u2069' => true,
        _ => false,
    };
}
