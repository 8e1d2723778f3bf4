using System.Text.Json;

namespace Storefront.Tests.Input.Cells;

/// <summary>Tells what is wrong with an answer to a cell.</summary>
internal static class Judge
{
    private const string InvalidInput = "urn:roadworthy:problem:invalid-input";

    /// <returns>The fault; null where there is none.</returns>
    public static string? Fault(Expected expected, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500) return $"A {status}.";
        return expected switch
        {
            Expected.Success => status is >= 200 and < 300 ? null : $"A {status} for what has to be taken.",
            Expected.Status other => other.Statuses.Contains(status) ? null : $"A {status} in place of {string.Join(" or ", other.Statuses)}.",
            Expected.Refusal refusal => RefusalFault(refusal, answer, body),
            _ => throw new InvalidOperationException($"{expected} can't be judged."),
        };
    }

    private static string? RefusalFault(Expected.Refusal expected, HttpResponseMessage answer, string body)
    {
        if ((int)answer.StatusCode != 400) return $"A {(int)answer.StatusCode} in place of 400.";
        if (answer.Content.Headers.ContentType?.MediaType is not "application/problem+json") return "No problem document.";
        var problem = JsonElement.Parse(body);
        if (Text(problem, "type") is not InvalidInput) return $"Its type is not {InvalidInput}.";
        if (string.IsNullOrEmpty(Text(problem, "traceId"))) return "No trace id.";
        if (ListsFault(problem) is { } fault) return fault;
        if (body.Contains("sentinel-4711", StringComparison.Ordinal)) return "It shows the value that came.";
        return KeyFault(expected, problem);
    }

    // Two objects with the same keys in the same order: messages, and the rules they are of.
    private static string? ListsFault(JsonElement problem)
    {
        if (!problem.TryGetProperty("errors", out var errors) || !problem.TryGetProperty("rules", out var rules)) return "No errors, or no rules.";
        var (said, named) = (errors.EnumerateObject().ToList(), rules.EnumerateObject().ToList());
        if (said.Count == 0) return "The errors are empty.";
        if (!said.Select(entry => entry.Name).SequenceEqual(named.Select(entry => entry.Name), StringComparer.Ordinal)) return "The rules have other keys than the errors.";
        for (var index = 0; index < said.Count; index++)
        {
            var messages = said[index].Value;
            if (messages.GetArrayLength() == 0 || messages.GetArrayLength() != named[index].Value.GetArrayLength()) return $"'{said[index].Name}' has not a rule for each message.";
            if (messages.EnumerateArray().Any(message => string.IsNullOrWhiteSpace(message.GetString()))) return $"'{said[index].Name}' has an empty message.";
        }

        return null;
    }

    private static string? KeyFault(Expected.Refusal expected, JsonElement problem)
    {
        var rules = problem.GetProperty("rules").EnumerateObject().ToList();
        var meant = rules.Where(entry => Names(expected, entry.Name)).ToList();
        if (meant.Count == 0) return $"It does not name '{expected.Key}'.";
        if (expected.Exactly && rules.Count != 1) return $"It names more than '{expected.Key}'.";
        return expected.Rule is null || meant.Any(entry => entry.Value.EnumerateArray().Any(rule => rule.GetString() == expected.Rule))
            ? null
            : $"The rule is not '{expected.Rule}'.";
    }

    private static bool Names(Expected.Refusal expected, string key) => key == expected.Key
        || (!expected.Exactly && key.StartsWith(expected.Key, StringComparison.Ordinal) && key[expected.Key.Length] is '/');

    private static string? Text(JsonElement problem, string name) => problem.TryGetProperty(name, out var value) ? value.GetString() : null;
}
