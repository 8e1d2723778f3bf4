using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Endpoints;

/// <summary>Counts what a handler returns.</summary>
internal static class ReturnedItems
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Lists = new();

    public static async ValueTask<object?> CountAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context).ConfigureAwait(false);
        if (Recorder.Current is { } recorder && Count(result) is { } items) recorder.ItemsReturned = items;
        return result;
    }

    public static int? Count(object? result)
    {
        while (result is INestedHttpResult nested) result = nested.Result;
        if (result is IValueHttpResult with) result = with.Value;
        return result switch
        {
            null or string => null,
            ICollection list => list.Count,
            IResult => null,
            _ => Lists.GetOrAdd(result.GetType(), OnlyList)?.GetValue(result) is ICollection list ? list.Count : null,
        };
    }

    // Of two lists, nobody could say which are the items.
    private static PropertyInfo? OnlyList(Type type)
    {
        var lists = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            .ToList();
        return lists.Count == 1 ? lists[0] : null;
    }
}
