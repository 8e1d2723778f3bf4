using System.Collections.ObjectModel;
using Roadworthy.Input;

namespace Storefront.Pages;

/// <summary>A form as it is shown: empty, or with what was typed and what is wrong with it.</summary>
public sealed class FormState
{
    private readonly IFormCollection? _typed;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<FormError>> _errors;

    private FormState(IFormCollection? typed, IReadOnlyDictionary<string, IReadOnlyList<FormError>>? errors, string? message) =>
        (_typed, _errors, Message) = (typed, errors ?? ReadOnlyDictionary<string, IReadOnlyList<FormError>>.Empty, message);

    public static FormState Empty { get; } = new(typed: null, errors: null, message: null);

    /// <summary>What is wrong with the whole; null where nothing is.</summary>
    public string? Message { get; }

    public bool HasErrors => Message is not null;

    /// <summary>The field to begin mending at: the first that is wrong.</summary>
    public string? First { get; private init; }

    /// <summary>Fields with errors of their own.</summary>
    /// <param name="http">The request with the form, which was read before.</param>
    /// <param name="errors">By field.</param>
    /// <param name="order">The fields from top to bottom.</param>
    public static FormState Of(HttpContext http, IReadOnlyDictionary<string, IReadOnlyList<FormError>> errors, params ReadOnlySpan<string> order)
    {
        string? first = null;
        foreach (var field in order)
        {
            if (first is null && errors.ContainsKey(field)) first = field;
        }

        // What is of no field that is shown would otherwise be told nowhere.
        var message = first is null ? string.Join(' ', errors.SelectMany(error => error.Value).Select(Words)) : "Not sent: please mend what is marked.";
        return new(http.Request.Form, errors, message) { First = first };
    }

    /// <summary>A form whose fields are right each for itself.</summary>
    public static FormState Of(HttpContext http, string message, string first) => new(http.Request.Form, errors: null, message) { First = first };

    public string? Value(string field) => _typed?[field].ToString();

    public IReadOnlyList<string> ErrorsOf(string field) => [.. (_errors.GetValueOrDefault(field) ?? []).Select(Words)];

    // The guard words what programs send; this is for who typed it.
    private static string Words(FormError error) => error.Rule switch
    {
        InputRule.Required => "Please fill this in.",
        InputRule.Type => "Please give a whole number, such as 42.",
        "emailAddress" => "This is no e-mail address.",
        _ => error.Message,
    };
}
