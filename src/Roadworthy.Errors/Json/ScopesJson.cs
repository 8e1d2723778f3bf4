using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Json;

internal static class ScopesJson
{
    // They stand on top of the record already.
    private static readonly HashSet<string> OnTop = new(StringComparer.Ordinal) { "TraceId", "SpanId", "ParentId", "RequestId", StateFields.TemplateKey };

    public static void Write(RecordWriter writer, ValueWriter values, IExternalScopeProvider? scopes, bool hasRoute, int mostBytes)
    {
        if (scopes is null)
        {
            return;
        }

        var found = new List<object>();
        scopes.ForEachScope(static (scope, list) => list.Add(scope!), found);
        var shown = found.Where(scope => scope is not null).Select(scope => Shown(scope, hasRoute)).OfType<object>().ToList();
        if (shown.Count == 0)
        {
            return;
        }

        var limit = writer.Limit(mostBytes);
        if (writer.Open("scopes"u8, '['))
        {
            foreach (var scope in shown.Take(ValueWriter.MostElements))
            {
                values.Value(writer, default, scope, 0);
            }

            writer.Close(']');
        }

        writer.Unlimit(limit);
    }

    // A path may hold what a person typed or a one-time token; the route's pattern serves as well.
    private static object? Shown(object scope, bool hasRoute)
    {
        if (scope is not IReadOnlyCollection<KeyValuePair<string, object?>> values)
        {
            return scope;
        }

        var pairs = ValuePairs.Of(values);
        pairs.RemoveAll(pair => OnTop.Contains(pair.Key) || (hasRoute && pair.Key is "RequestPath"));
        return pairs.Count == 0 ? null : pairs;
    }
}
