using System.Collections;
using System.Globalization;

namespace Roadworthy.Input.Rules;

/// <summary>What a list or a dictionary holds, with the place of each.</summary>
/// <param name="Index">The place in the body's array; -1 where it isn't known, as in a set that has dropped equal elements.</param>
/// <param name="Key">The name in the body's object; null in a list.</param>
/// <param name="Value">The element.</param>
internal readonly record struct Elements(int Index, string? Key, object? Value)
{
    /// <summary>Only what is there already: a sequence that is made while it is enumerated did not come from the body, and need not end.</summary>
    public static IEnumerable<Elements> Of(object value) => value switch
    {
        IDictionary dictionary => OfDictionary(dictionary),
        ICollection or IReadOnlyCollection<object> => OfCollection((IEnumerable)value),
        _ => [],
    };

    private static IEnumerable<Elements> OfDictionary(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) yield return new Elements(-1, Convert.ToString(entry.Key, CultureInfo.InvariantCulture), entry.Value);
    }

    private static IEnumerable<Elements> OfCollection(IEnumerable collection)
    {
        if (Enumerator(collection) is not { } elements) yield break;
        using var disposed = elements as IDisposable;
        var ordered = collection is IList or IReadOnlyList<object>;
        for (var i = 0; elements.MoveNext(); i++) yield return new Elements(ordered ? i : -1, null, elements.Current);
    }

    private static IEnumerator? Enumerator(IEnumerable collection)
    {
        try
        {
            return collection.GetEnumerator();
        }
        catch (InvalidOperationException)
        {
            // An ImmutableArray or ArraySegment that nobody has set: it can't tell that it is empty.
            return null;
        }
    }
}
