using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input;

/// <summary>
/// The problem (RFC 9457) that a request is refused with: all that is wrong with its body, its query, its route and its headers.
/// A key is a JSON Pointer into the body (<c>/items/0/quantity</c>; <c>""</c> is the body), or <c>query:name</c>, <c>path:name</c>, <c>header:name</c>.
/// </summary>
public sealed class InputProblem : HttpValidationProblemDetails
{
    /// <summary>The <c>type</c> of the problem.</summary>
    public const string ProblemType = "urn:roadworthy:problem:invalid-input";

    /// <summary>The <c>title</c> of the problem.</summary>
    public const string ProblemTitle = "The request can't be taken as it is";

    /// <summary>Creates a problem without errors.</summary>
    public InputProblem()
    {
        Type = ProblemType;
        Title = ProblemTitle;
        Status = StatusCodes.Status400BadRequest;
    }

    /// <summary>
    /// The names of the rules that were broken: those of <see cref="InputRule"/>, and of validation attributes. The same keys as
    /// <see cref="HttpValidationProblemDetails.Errors"/>, in the same order, with one name for each message.
    /// </summary>
    [JsonPropertyName("rules")]
    [JsonPropertyOrder(1)]
    public IDictionary<string, string[]> Rules { get; set; } = new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>There were more errors than are listed (<see cref="InputOptions.MaxErrors"/>). Left out where it is false.</summary>
    [JsonPropertyName("truncated")]
    [JsonPropertyOrder(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Truncated { get; set; }

    internal static InputProblem Of(InputErrors errors)
    {
        var problem = new InputProblem { Truncated = errors.Truncated };
        foreach (var sameKey in errors.Kept.GroupBy(error => error.Key, StringComparer.Ordinal))
        {
            problem.Errors.Add(sameKey.Key, [.. sameKey.Select(error => error.Message)]);
            problem.Rules.Add(sameKey.Key, [.. sameKey.Select(error => error.Rule)]);
        }

        return problem;
    }
}
