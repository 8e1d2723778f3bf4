using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.OpenApi;

/// <summary>What the guard takes for a single value, in the words of JSON Schema.</summary>
internal static class ScalarForm
{
    private const string Space = "[ \\t\\r\\n]*";

    // Whole in any way of writing: 42, 42.0, 42e1, 4.2e1. Whatever matches is taken, if it fits; rarer ways of writing are taken too.
    private const string Unsigned = "(?:0|[1-9][0-9]*)(?:(?:\\.0+)?(?:[eE]\\+?[0-9])?|\\.[0-9][eE]\\+?[1-9])";
    private const string Whole = "-?" + Unsigned;
    private const string Number = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";
    private const string Boolean = "(?:[tT][rR][uU][eE]|[fF][aA][lL][sS][eE])";

    // What ASP.NET Core writes where System.Text.Json reads numbers from text: another pattern is the application's own, and stays.
    private static readonly string[] Defaults = ["^-?(?:0|[1-9]\\d*)$", "^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?$", "^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?$"];

    /// <param name="schema">As ASP.NET Core wrote it; not changed.</param>
    /// <param name="scalar">What the guard takes.</param>
    /// <param name="type">The type without Nullable.</param>
    /// <param name="takesBlank">Empty text is an absent value.</param>
    /// <returns>The schema itself where it is true already.</returns>
    public static OpenApiSchema Of(OpenApiSchema schema, Scalar scalar, Type type, bool takesBlank) => scalar switch
    {
        IntegerScalar => Text(schema, JsonSchemaType.Integer, IsUnsigned(type) ? Unsigned : Whole, takesBlank),
        FloatScalar or DecimalScalar => Text(schema, JsonSchemaType.Number, Number, takesBlank),
        BooleanScalar => Text(schema, JsonSchemaType.Boolean, Boolean, takesBlank),
        EnumScalar { TakesNumbers: true } => NamesAndNumbers(schema, type),
        _ => schema,
    };

    /// <summary>An enum in query, route or header: its names alone.</summary>
    public static OpenApiSchema Names(OpenApiSchema schema, Type type, object? defaultValue)
    {
        var copy = Copy(schema);
        copy.Type = JsonSchemaType.String;
        copy.Format = null;
        copy.Enum = IsFlags(type) ? null : [.. Enum.GetNames(type).Select(name => JsonValue.Create(name))];
        copy.Default = defaultValue is null ? null : JsonValue.Create(Enum.ToObject(type, defaultValue).ToString());
        copy.Metadata = null;
        return copy;
    }

    /// <summary>Text that [Required] stands on: white space alone is none. ASP.NET Core only says that the member must come.</summary>
    public static OpenApiSchema NotBlank(OpenApiSchema schema)
    {
        var copy = Copy(schema);
        copy.MinLength = Math.Max(copy.MinLength ?? 0, 1);
        copy.Pattern ??= "\\S";
        return copy;
    }

    public static bool RefusesBlank(Type type, IEnumerable<object> attributes) =>
        type == typeof(string) && attributes.Any(attribute => attribute is RequiredAttribute { AllowEmptyStrings: false });

    public static OpenApiSchema Copy(IOpenApiSchema schema) => (OpenApiSchema)schema.CreateShallowCopy();

    private static OpenApiSchema Text(OpenApiSchema schema, JsonSchemaType kind, string form, bool takesBlank)
    {
        var pattern = takesBlank ? $"^{Space}(?:{form})?{Space}$" : $"^{Space}{form}{Space}$";
        var copy = Copy(schema);
        copy.Type = kind | JsonSchemaType.String | (schema.Type & JsonSchemaType.Null);
        if (schema.Pattern is null || Defaults.Contains(schema.Pattern, StringComparer.Ordinal)) copy.Pattern = pattern;
        // NaN and Infinity, where System.Text.Json would read them.
        copy.AnyOf = null;
        return copy;
    }

    private static OpenApiSchema NamesAndNumbers(OpenApiSchema schema, Type type)
    {
        var copy = Copy(schema);
        copy.Type = JsonSchemaType.String | JsonSchemaType.Integer | (schema.Type & JsonSchemaType.Null);
        if (!IsFlags(type))
        {
            var numbers = Enum.GetValuesAsUnderlyingType(type).Cast<object>().Distinct();
            copy.Enum = [.. Enum.GetNames(type).Select(name => JsonValue.Create(name)), .. numbers.Select(number => JsonValue.Create(Convert.ToDecimal(number, System.Globalization.CultureInfo.InvariantCulture)))];
        }

        return copy;
    }

    private static bool IsFlags(Type type) => type.IsDefined(typeof(FlagsAttribute), inherit: false);

    private static bool IsUnsigned(Type type) => Type.GetTypeCode(type) is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;
}
