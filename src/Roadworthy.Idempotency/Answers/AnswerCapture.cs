using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Roadworthy.Idempotency.Answers;

/// <summary>
/// Runs a handler and its result into memory: the answer is known, and can be kept, before the transaction commits, and nobody has been
/// told of it where it does not.
/// </summary>
/// <param name="http">Whose answer.</param>
/// <param name="maxBytes">How long an answer may be that is to be kept; null for one that is not, which may be of any length and set cookies.</param>
internal sealed class AnswerCapture(HttpContext http, int? maxBytes)
{
    // Of one answer and not of its repetition, or of the connection.
    private static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Content-Length", "Date", "Keep-Alive", "Transfer-Encoding" };

    private readonly Dictionary<string, StringValues> _before = new(http.Response.Headers, StringComparer.OrdinalIgnoreCase);
    private readonly int _status = http.Response.StatusCode;

    /// <exception cref="InvalidOperationException">The answer can't be kept.</exception>
    public async Task<KeptAnswer> RunAsync(Func<ValueTask<object?>> handler)
    {
        Reset();
        var original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var bytes = new BoundedMemory(maxBytes ?? int.MaxValue);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(bytes));
        try
        {
            await WriteAsync(await handler());
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            return new(http.Response.StatusCode, Headers(), bytes.ToArray());
        }
        finally
        {
            http.Features.Set(original);
            Reset();
        }
    }

    private Task WriteAsync(object? result) => result switch
    {
        null => Task.CompletedTask,
        IResult own => own.ExecuteAsync(http),
        string text => TypedResults.Text(text).ExecuteAsync(http),
        _ => TypedResults.Json(result).ExecuteAsync(http),
    };

    private ImmutableArray<string> Headers()
    {
        var headers = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, values) in http.Response.Headers)
        {
            if (NotKept.Contains(name) || (_before.TryGetValue(name, out var before) && before == values)) continue;
            if (maxBytes is not null && string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                throw new InvalidOperationException(
                    "The answer to a request with an Idempotency-Key sets a cookie: it would lie in the database, and whoever has the key would get it again. Nothing was done. Set cookies on routes without a key.");
            }

            foreach (var value in values) headers.AddRange(name, value ?? "");
        }

        return headers.ToImmutable();
    }

    private void Reset()
    {
        http.Response.StatusCode = _status;
        http.Response.Headers.Clear();
        foreach (var (name, values) in _before) http.Response.Headers[name] = values;
    }
}
