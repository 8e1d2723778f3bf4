using System.Collections.ObjectModel;

namespace Roadworthy.Input;

/// <summary>What a form came to.</summary>
/// <param name="Value">The value; null where something is wrong.</param>
/// <param name="Errors">Messages by the field that they are of; by "" what is wrong with the whole. They never repeat what was typed.</param>
public sealed record FormReading<T>(T? Value, IReadOnlyDictionary<string, IReadOnlyList<string>> Errors)
    where T : class
{
    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoErrors = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
}
