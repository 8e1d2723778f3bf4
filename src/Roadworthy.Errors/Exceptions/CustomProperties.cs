using Roadworthy.Errors.Json;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Exceptions;

/// <summary>The public properties that an exception's own type adds.</summary>
internal static class CustomProperties
{
    public static List<KeyValuePair<string, object?>>? Of(Exception exception)
    {
        List<KeyValuePair<string, object?>>? found = null;
        foreach (var property in ExceptionShape.Of(exception.GetType()).Properties)
        {
            var value = Guarded.Property(property, exception, out var fault);
            if ((fault ?? value) is { } shown)
            {
                (found ??= []).Add(new(JsonName.CamelCase(property.Name), shown));
            }
        }

        return found;
    }
}
