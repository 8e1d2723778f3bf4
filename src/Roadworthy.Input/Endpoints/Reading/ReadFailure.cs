using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>What it means that a body could not be read to its end.</summary>
internal static class ReadFailure
{
    /// <returns>
    /// The status to answer with: the server's own where it has one (too large, too slow), 499 where the client is gone. 0 where this is not for the
    /// guard: a cancelled request (its timeout, or a client that left) ends as the application's pipeline has it, and so does a fault of the server.
    /// </returns>
    public static int StatusOf(Exception failure, HttpContext http) => failure switch
    {
        OperationCanceledException => 0,
        ConnectionResetException => StatusCodes.Status499ClientClosedRequest,
        IOException when http.RequestAborted.IsCancellationRequested => StatusCodes.Status499ClientClosedRequest,
        BadHttpRequestException bad => bad.StatusCode,
        _ => 0,
    };
}
