using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Roadworthy.Errors.Problems;

/// <summary>The framework writes the whole traceparent as traceId; records and problems must show the same id.</summary>
internal sealed class OneTraceId : IPostConfigureOptions<ProblemDetailsOptions>
{
    public void PostConfigure(string? name, ProblemDetailsOptions options)
    {
        var next = options.CustomizeProblemDetails;
        options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions["traceId"] = ProblemAnswer.TraceIdOf(context.HttpContext);
            next?.Invoke(context);
        };
    }
}
