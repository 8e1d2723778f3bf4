using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Roadworthy.Input.Problems;

/// <summary>The problem of a status alone: a body that is too long, too slow, or no JSON.</summary>
internal static class StatusProblem
{
    public static ProblemDetails Of(int status)
    {
        var kind = status switch
        {
            400 => "bad-request",
            408 => "request-timeout",
            413 => "content-too-large",
            415 => "unsupported-media-type",
            _ => $"status-{status.ToString(CultureInfo.InvariantCulture)}",
        };
        var title = ReasonPhrases.GetReasonPhrase(status);
        return new ProblemDetails { Status = status, Type = $"urn:roadworthy:problem:{kind}", Title = title.Length > 0 ? title : InputProblem.ProblemTitle };
    }
}
