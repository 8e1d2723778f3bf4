using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Scalars;

/// <summary>What one kind of single value (a number, an instant, a name) takes, the same in a body, a query, a route and a header.</summary>
internal abstract class Scalar
{
    /// <summary>How many bytes of scratch a reading needs.</summary>
    public const int ScratchBytes = 128;

    /// <summary>What is wanted, for "Must be {Wanted}": "a whole number from 0 to 255".</summary>
    public abstract string Wanted { get; }

    /// <summary>The value's JSON is a string.</summary>
    public abstract bool IsQuoted { get; }

    /// <summary>Reads text: white space around it is gone, it is not empty, it has no escapes.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; the canonical form may stand there.</param>
    /// <param name="canonical">The form that the host's binder reads as the same value; may be <paramref name="text"/> itself.</param>
    public abstract ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical);

    /// <summary>The value itself, for rules. Only for a canonical form that <see cref="ReadText"/> found good.</summary>
    public abstract object ToValue(ReadOnlySpan<byte> canonical);

    /// <summary>The scalar of a body's member, or null where the type has none of ours and the host's converter decides.</summary>
    public static Scalar? ForJson(JsonTypeInfo typeInfo) => throw new NotSupportedException();

    /// <summary>The scalar of a query, route or header value, or null where the type's own TryParse decides. Not for strings.</summary>
    /// <param name="type">The parameter's type without Nullable.</param>
    public static Scalar? ForText(Type type) => throw new NotSupportedException();
}
