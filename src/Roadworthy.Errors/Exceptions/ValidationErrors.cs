using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Exceptions;

/// <summary>Validation errors: those of DataAnnotations, and any public property "Errors" that can be walked.</summary>
internal static class ValidationErrors
{
    public static List<object?>? Of(Exception exception) => exception is ValidationException validation
        ? Guarded.Get(validation, static v => (List<object?>)[Describe(v.ValidationResult)], out _)
        : Guarded.Get(exception, FromProperty, out var fault) ?? (fault is null ? null : [fault]);

    private static List<object?>? FromProperty(Exception exception)
    {
        return ExceptionShape.Of(exception.GetType()).Errors?.GetValue(exception, BindingFlags.DoNotWrapExceptions, binder: null, index: null, culture: null) switch
        {
            null or string => null,
            IDictionary dictionary => [ValuePairs.Of(dictionary)],
            IEnumerable errors => Walk(errors),
            _ => null,
        };
    }

    private static List<object?> Walk(IEnumerable errors)
    {
        var described = Sequence.Take(errors, ValueWriter.MostElements, out var rest).ConvertAll(Describe);
        if (rest is not null)
        {
            described.Add(rest);
        }

        return described;
    }

    private static object? Describe(object? error)
    {
        switch (error)
        {
            case ValidationResult result:
                return new List<KeyValuePair<string, object?>> { new("members", result.MemberNames.ToArray()), new("message", result.ErrorMessage) };
            case null or string or IConvertible or KeyValuePair<string, object?>:
                return error;
            default:
                var fields = new List<KeyValuePair<string, object?>>();
                foreach (var property in error.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    if (property.CanRead && property.GetIndexParameters().Length == 0 && IsShown(property))
                    {
                        var value = Guarded.Property(property, error, out var fault);
                        fields.Add(new(JsonName.CamelCase(property.Name), fault ?? value));
                    }
                }

                return fields.Count == 0 ? error : fields;
        }
    }

    // The value that was refused is a person's input, and may be a password.
    private static bool IsShown(PropertyInfo property) =>
        !property.Name.Contains("Value", StringComparison.Ordinal) && property.Name is not "CustomState";
}
