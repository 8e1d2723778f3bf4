using System.Text.Json.Serialization;
using FirstDraft.Services;

namespace FirstDraft.Mended.Http;

/// <summary>The one place where failures end: one record with all there is, and an answer that tells the client an id to ask with.</summary>
public class ErrorHandlingMiddleware(RequestDelegate next, ILogger<ErrorHandlingMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.TraceIdentifier = Guid.NewGuid().ToString();
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (ApiException ex)
        {
            await WriteAsync(context, ex.StatusCode, ex.Message);
        }
        catch (InvalidRequestException ex)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "Validation failed", ex.Errors);
        }
        catch (BadHttpRequestException ex)
        {
            await WriteAsync(context, ex.StatusCode, "The request could not be read", ReadFailure.Errors(ex));
        }
        catch (Exception ex)
        {
            var unavailable = Failures.IsUnavailable(ex);
            var status = unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            logger.LogError(
                ex, "{Method} {Path} failed with {Status}, request {RequestId}", context.Request.Method, context.Request.Path, status, context.TraceIdentifier);
            if (context.Response.HasStarted) throw;
            if (unavailable) context.Response.Headers.RetryAfter = "2";
            await WriteAsync(context, status, unavailable ? "Temporarily unavailable, please try again" : "Something went wrong");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string error, Dictionary<string, string[]>? errors = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Failure(error, context.TraceIdentifier, errors));
    }

    private sealed record Failure(
        string Error, string RequestId, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, string[]>? Errors);
}
