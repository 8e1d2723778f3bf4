using System.Collections.ObjectModel;

namespace Roadworthy.Input;

/// <summary>What a form came to.</summary>
/// <param name="Value">The value; null where something is wrong.</param>
/// <param name="Errors">By the field that they are of; by "" what is wrong with the whole.</param>
public sealed record FormReading<T>(T? Value, IReadOnlyDictionary<string, IReadOnlyList<FormError>> Errors)
    where T : class
{
    internal static readonly IReadOnlyDictionary<string, IReadOnlyList<FormError>> NoErrors = ReadOnlyDictionary<string, IReadOnlyList<FormError>>.Empty;
}

/// <summary>One thing that is wrong with a field.</summary>
/// <param name="Rule">One of <see cref="InputRule"/>, or the name of a validation attribute: for pages that word messages themselves.</param>
/// <param name="Message">What is wanted, as a sentence. Never what was typed.</param>
public sealed record FormError(string Rule, string Message);
