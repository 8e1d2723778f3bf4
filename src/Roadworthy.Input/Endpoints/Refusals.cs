using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Problems;

namespace Roadworthy.Input.Endpoints;

/// <summary>Answers what is refused, logs it in one line, and counts it.</summary>
internal sealed class Refusals(ProblemAnswer answer, InputMetrics metrics, IOptions<InputOptions> options, ILogger<EndpointGuard> logger)
{
    public InputErrors NewErrors() => new(options.Value.MaxErrors);

    public Task AnswerAsync(HttpContext http, EndpointPlan plan, InputErrors errors)
    {
        metrics.Refused(errors.Kept);
        if (logger.IsEnabled(LogLevel.Information)) Log.Refused(logger, plan.Name, errors.Kept.Count, KeyList.Of(errors.Kept));
        return answer.WriteAsync(http, InputProblem.Of(errors));
    }

    /// <summary>For what is no matter of single values: too long, too slow, in another format.</summary>
    public Task AnswerAsync(HttpContext http, int status, Exception? failure = null)
    {
        if (status == StatusCodes.Status499ClientClosedRequest)
        {
            // Kestrel does not know yet: it would look for the rest of the body, and log an error for the reader that the reset has left open.
            http.Response.StatusCode = status;
            http.Abort();
            return Task.CompletedTask;
        }

        Log.RefusedWhole(logger, failure, http.GetEndpoint()?.DisplayName, status);
        return answer.WriteAsync(http, StatusProblem.Of(status));
    }
}
