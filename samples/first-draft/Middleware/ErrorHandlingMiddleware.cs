using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.Middleware;

/// <summary>Turns exceptions into JSON answers.</summary>
public class ErrorHandlingMiddleware(RequestDelegate next, ILogger<ErrorHandlingMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (ApiException ex)
        {
            await WriteAsync(context, ex.StatusCode, ex.Message);
        }
        catch (BadHttpRequestException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, "Invalid request");
        }
        catch (Exception ex)
        {
            logger.LogError("Unhandled error: {Message}", ex.Message);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ErrorResponse(message));
    }
}
