namespace Roadworthy.Errors.Records;

/// <summary>A message's template and named values, as the logging abstractions hand them over.</summary>
internal static class StateFields
{
    public const string TemplateKey = "{OriginalFormat}";

    public static string? Template(object? state)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values)
        {
            // By convention the template comes last.
            for (var i = values.Count - 1; i >= 0; i--)
            {
                if (string.Equals(values[i].Key, TemplateKey, StringComparison.Ordinal))
                {
                    return values[i].Value as string;
                }
            }
        }

        return null;
    }
}
