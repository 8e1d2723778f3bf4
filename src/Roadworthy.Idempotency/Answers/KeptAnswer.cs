using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Idempotency.Answers;

/// <summary>An answer as it was first given.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Name, value, name, value.</param>
/// <param name="Body">The bytes.</param>
internal sealed record KeptAnswer(int Status, ImmutableArray<string> Headers, ReadOnlyMemory<byte> Body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var name in Headers.Where((_, index) => index % 2 == 0).Distinct(StringComparer.OrdinalIgnoreCase)) response.Headers.Remove(name);
        for (var i = 0; i + 1 < Headers.Length; i += 2) response.Headers.Append(Headers[i], Headers[i + 1]);
        if (Body.IsEmpty) return;
        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
