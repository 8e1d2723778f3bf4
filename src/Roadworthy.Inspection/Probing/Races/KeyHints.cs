using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Races;

/// <summary>What an API says of repeating a request by a key: nothing at all in most, and then a create that is sent again makes another, as it should.</summary>
internal sealed partial class KeyHints(ProbeContext context)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Whether any operation declares the header.</summary>
    public bool IsDeclared { get; } = context.Setup.Description.Operations.Any(Declares);

    /// <summary>Where it is spoken of without being declared: in the description's words, or in an answer; null where nowhere.</summary>
    public string? Spoken { get; } = SpokenIn(context);

    public static bool Declares(ApiOperation operation) =>
        operation.Parameters.Any(parameter => parameter.Place is ParameterPlace.Header && parameter.Name.Equals(Header, StringComparison.OrdinalIgnoreCase));

    private static string? SpokenIn(ProbeContext context)
    {
        if (context.Setup.Description.Operations.FirstOrDefault(operation => Key().IsMatch(operation.Summary ?? "") || operation.Parameters.Any(parameter => Key().IsMatch(parameter.Description ?? ""))) is { } described) return $"The description of {described.Key}";
        // Also where a browser is told which headers it may send.
        var answered = context.Setup.Driver.History.FirstOrDefault(exchange => exchange.Response is { } response
            && (response.Headers.Any(header => Key().IsMatch(header.Key) || Key().IsMatch(header.Value)) || (response.Status is >= 400 and < 500 && Key().IsMatch(response.Text))));
        return answered is null ? null : $"An answer to {answered.Operation?.Key ?? answered.Request.Method + " " + answered.Request.Target}";
    }

    [GeneratedRegex("idempoten(?:cy|t)[-_ ]?(?:key|replay)", RegexOptions.IgnoreCase)]
    private static partial Regex Key();
}
