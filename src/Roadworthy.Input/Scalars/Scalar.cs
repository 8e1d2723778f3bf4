using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Scalars;

/// <summary>What one kind of single value (a number, an instant, a name) takes, the same in a body, a query, a route and a header.</summary>
internal abstract class Scalar
{
    /// <summary>How many bytes of scratch a reading needs.</summary>
    public const int ScratchBytes = 128;

    /// <summary>What is wanted, for "Must be {Wanted}": "a whole number".</summary>
    public abstract string Wanted { get; }

    /// <summary>What is wanted where the kind is right and the size is not; as <see cref="Wanted"/> where there are no sizes.</summary>
    public virtual string WantedInRange => Wanted;

    /// <summary>The rule that a wrong value breaks.</summary>
    public virtual string Rule => InputRule.Type;

    /// <summary>The value's JSON is a string.</summary>
    public abstract bool IsQuoted { get; }

    /// <summary>A JSON number is read too, by <see cref="ReadNumber"/>.</summary>
    public virtual bool TakesNumbers => false;

    /// <summary>JSON's true and false are read too.</summary>
    public virtual bool TakesBooleans => false;

    /// <summary>
    /// A JSON number of so many digits, without an exponent, is good whatever its digits are, and as the binder wants it. 0 where there is no such number.
    /// </summary>
    public virtual int PlainDigits => 0;

    /// <summary>Such a plain number may have a fraction.</summary>
    public virtual bool TakesFractions => false;

    /// <summary>Such a plain number may be negative.</summary>
    public virtual bool TakesNegatives => true;

    /// <summary>JSON of some value: what stands in for a bad element of a list while further rules are run.</summary>
    public abstract ReadOnlySpan<byte> Placeholder { get; }

    /// <summary>Reads text: white space around it is gone, it is not empty, it has no escapes.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; the canonical form may stand there.</param>
    /// <param name="canonical">The form that the host's binder reads as the same value; may be <paramref name="text"/> itself.</param>
    public abstract ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical);

    /// <summary>Reads a JSON number. As <see cref="ReadText"/>, but the text is known to be a number by JSON's grammar.</summary>
    public virtual ScalarReading ReadNumber(ReadOnlySpan<byte> number, Span<byte> scratch, out ReadOnlySpan<byte> canonical) =>
        ReadText(number, scratch, out canonical);

    /// <summary>The value itself, for rules. Only for a canonical form that <see cref="ReadText"/> found good.</summary>
    public abstract object ToValue(ReadOnlySpan<byte> canonical);

    /// <summary>The scalar of a body's member, or null where the type has none of ours and the host's converter decides.</summary>
    /// <param name="typeInfo">Of the type without Nullable, and with a converter of System.Text.Json's own.</param>
    public static Scalar? ForJson(JsonTypeInfo typeInfo) =>
        typeInfo.Type.IsEnum ? EnumScalar.ForJson(typeInfo.Type, typeInfo) : ForType(typeInfo.Type);

    /// <summary>The scalar of a query, route or header value, or null where the type's own TryParse decides. Not for strings.</summary>
    /// <param name="type">The parameter's type without Nullable.</param>
    /// <param name="json">The host's JSON options: the names that it writes for an enum are taken beside .NET's. Null: .NET's only.</param>
    public static Scalar? ForText(Type type, JsonSerializerOptions? json = null) =>
        type.IsEnum ? EnumScalar.ForText(type, json) : ForType(type);

    private static Scalar? ForType(Type type) =>
        IntegerScalar.For(type) ?? FloatScalar.For(type) ?? (type == typeof(decimal) ? DecimalScalar.Instance
            : type == typeof(bool) ? BooleanScalar.Instance
            : type == typeof(DateTimeOffset) ? InstantScalar.Instance
            : type == typeof(DateTime) ? DateTimeScalar.Instance
            : type == typeof(DateOnly) ? DateScalar.Instance
            : type == typeof(Guid) ? GuidScalar.Instance
            : (Scalar?)null);
}
