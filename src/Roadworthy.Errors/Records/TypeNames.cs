using System.Collections.Concurrent;

namespace Roadworthy.Errors.Records;

internal static class TypeNames
{
    private const int MostCached = 2_048;
    private static readonly ConcurrentDictionary<Type, string> Cache = new();

    // FullName of a generic type holds assembly names; ToString does not.
    public static string Of(Type type)
    {
        if (Cache.TryGetValue(type, out var known))
        {
            return known;
        }

        var name = type.IsGenericType ? type.ToString() : type.FullName ?? type.Name;
        if (Cache.Count < MostCached && !type.IsCollectible)
        {
            Cache.TryAdd(type, name);
        }

        return name;
    }
}
