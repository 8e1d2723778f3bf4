using System.Collections;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Json;

internal static class ValuePairs
{
    /// <summary>At most <see cref="ValueWriter.MostElements"/> members of a dictionary, with what went wrong while reading it.</summary>
    public static List<KeyValuePair<string, object?>> Of(object dictionary)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        var entries = Sequence.Take(Enumerate(dictionary), ValueWriter.MostElements, out var rest);
        foreach (var entry in entries)
        {
            if (entry is KeyValuePair<string, object?> pair)
            {
                pairs.Add(new(pair.Key ?? "(null)", pair.Value));
            }
            else if (entry is DictionaryEntry { Key: var key } item)
            {
                pairs.Add(new(key as string ?? Guarded.Text(key, ValueWriter.DisplayText) ?? "(null)", item.Value));
            }
        }

        if (rest is not null)
        {
            pairs.Add(new("(more)", rest));
        }

        return pairs;
    }

    private static IEnumerable Enumerate(object dictionary) => dictionary is IDictionary untyped
        ? new Entries(untyped)
        : (IEnumerable)dictionary;

    // A generic dictionary's own enumerator gives KeyValuePair<TKey, TValue> of any TKey; IDictionary's gives DictionaryEntry.
    private sealed class Entries(IDictionary source) : IEnumerable
    {
        public IEnumerator GetEnumerator() => source.GetEnumerator();
    }
}
