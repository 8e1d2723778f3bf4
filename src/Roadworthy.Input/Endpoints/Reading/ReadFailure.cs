using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Input.Endpoints.Reading;

/// <summary>What it means that a body could not be read to its end.</summary>
internal static class ReadFailure
{
    /// <returns>
    /// The answer: the server's own status where it has one (too large, too slow), 499 where the connection is gone, 400 for a body that is no HTTP.
    /// Null where this is not for the guard: a request that is cancelled, by its timeout, ends as the application's pipeline has it.
    /// </returns>
    public static BodyVerdict? Judge(Exception failure, HttpContext http) => failure switch
    {
        ConnectionResetException or ConnectionAbortedException or OperationCanceledException { InnerException: ConnectionAbortedException } => new BodyVerdict(StatusCodes.Status499ClientClosedRequest),
        IOException when http.RequestAborted.IsCancellationRequested && failure is not BadHttpRequestException => new BodyVerdict(StatusCodes.Status499ClientClosedRequest),
        OperationCanceledException => null,
        BadHttpRequestException bad => new BodyVerdict(bad.StatusCode),
        IOException => new BodyVerdict(StatusCodes.Status400BadRequest, Failure: failure),
        _ => null,
    };
}
