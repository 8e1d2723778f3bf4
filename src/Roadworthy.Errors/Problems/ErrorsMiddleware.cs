using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Npgsql;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Problems;

/// <summary>Turns what escapes the pipeline into one record and one harmless answer, and gives empty failures a body.</summary>
internal sealed class ErrorsMiddleware(RequestDelegate next, ILogger<ErrorsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // The request timeout puts a token of its own in this one's place: only this one tells of the client.
        var client = context.RequestAborted;
        try
        {
            await next(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // This is where every exception of a request ends.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, exception, client).ConfigureAwait(false);
            return;
        }

        if (IsEmptyFailure(context))
        {
            await ProblemAnswer.WriteAsync(context, KnownProblems.OfStatus(context.Response.StatusCode)).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context, Exception exception, CancellationToken client)
    {
        if (IsClientGone(context, client))
        {
            Cancelled(context, exception);
            return;
        }

        var problem = IsTimeout(context) && exception is OperationCanceledException ? KnownProblems.TooSlow : FailureMap.Find(exception);
        if (context.Response.HasStarted)
        {
            Log.RequestFailedAfterStart(logger, exception, context.Request.Method);
            context.Abort();
            return;
        }

        Record(context, exception, problem);
        context.Response.Clear();
        context.Response.Headers.CacheControl = "no-store";
        await ProblemAnswer.WriteAsync(context, problem).ConfigureAwait(false);
    }

    private void Record(HttpContext context, Exception exception, Problem problem)
    {
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            Log.RequestFailed(logger, exception, context.Request.Method, problem.Status, problem.Kind);
        }
        else if (logger.IsEnabled(LogLevel.Information))
        {
            Log.RequestRefused(logger, context.Request.Method, problem.Status, problem.Kind, Reason(exception));
        }
    }

    private void Cancelled(HttpContext context, Exception exception)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Log.RequestCancelled(logger, context.Request.Method, TypeNames.Of(exception.GetType()));
        }

        if (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = KnownProblems.ClientClosedRequest;
        }
    }

    private static string Reason(Exception exception)
    {
        foreach (var cause in FailureMap.Causes(exception))
        {
            if (cause is PostgresException postgres)
            {
                return $"{postgres.SqlState} {postgres.ConstraintName ?? postgres.ColumnName ?? postgres.TableName}".TrimEnd();
            }
        }

        return Guarded.Text(exception, static e => e.Message) ?? "";
    }

    // Inside of the timeouts' middleware both tokens are one; the connection tells them apart.
    private static bool IsClientGone(HttpContext context, CancellationToken client) =>
        client.IsCancellationRequested
        && (!IsTimeout(context) || context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed.IsCancellationRequested == true);

    private static bool IsTimeout(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true;

    private static bool IsEmptyFailure(HttpContext context)
    {
        var response = context.Response;
        return !response.HasStarted
            && response.StatusCode is >= 400 and < 600 and not KnownProblems.ClientClosedRequest
            && response.ContentLength is null
            && string.IsNullOrEmpty(response.ContentType)
            && context.GetEndpoint()?.Metadata.GetMetadata<ISkipStatusCodePagesMetadata>() is null;
    }
}
