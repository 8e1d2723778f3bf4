using System.Text.Json.Nodes;

namespace Roadworthy.Input.Bodies;

/// <summary>What is wanted of types that only System.Text.Json's own converters read.</summary>
internal static class LeafWords
{
    public const string Unknown = "a value of the form that is documented";

    public static string Of(Type type) =>
        type == typeof(TimeSpan) ? "a duration, such as 01:30:00"
        : type == typeof(TimeOnly) ? "a time of day, such as 12:30:00"
        : type == typeof(Uri) ? "a URI"
        : type == typeof(Version) ? "a version, such as 1.2.3"
        : type == typeof(char) ? "one character"
        : type == typeof(Int128) || type == typeof(UInt128) ? "a whole number"
        : type == typeof(JsonObject) ? "an object"
        : type == typeof(JsonArray) ? "a list"
        : Unknown;

    /// <summary>One value, as a number is, and no text in its own right.</summary>
    public static bool IsScalar(Type type) => type != typeof(JsonObject) && type != typeof(JsonArray) && type.Namespace is not "System.Text.Json.Nodes";
}
