using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Roadworthy.Errors.Problems;

/// <summary>Writes a problem (RFC 9457) into a response that has not started.</summary>
internal static class ProblemAnswer
{
    public const string ContentType = "application/problem+json";

    public static string TraceIdOf(HttpContext context) => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity
        ? activity.TraceId.ToHexString()
        : context.TraceIdentifier;

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentType = ContentType;
            return;
        }

        if (!await TryServiceAsync(context, problem).ConfigureAwait(false) && !context.Response.HasStarted)
        {
            await WriteOwnAsync(context, problem).ConfigureAwait(false);
        }
    }

    // The host's customisation applies here. Where it throws, or no writer wants the request's Accept, ours does without it.
    private static async Task<bool> TryServiceAsync(HttpContext context, Problem problem)
    {
        if (context.RequestServices?.GetService(typeof(IProblemDetailsService)) is not IProblemDetailsService service)
        {
            return false;
        }

        try
        {
            return await service.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = Details(context, problem) })
                .ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The client gets its problem whatever a customisation does.
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static ProblemDetails Details(HttpContext context, Problem problem)
    {
        var details = new ProblemDetails { Type = problem.Type, Title = problem.Title, Status = problem.Status };
        details.Extensions["traceId"] = TraceIdOf(context);
        return details;
    }

    private static async Task WriteOwnAsync(HttpContext context, Problem problem)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody(problem.Type, problem.Title, problem.Status, TraceIdOf(context)), ProblemJson.Default.ProblemBody);
        context.Response.ContentType = ContentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.Remove(HeaderNames.ContentEncoding);
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
