using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Idempotency.Keys;

namespace Roadworthy.Idempotency.Endpoints;

/// <summary>The refusals, told apart by type (RFC 9457).</summary>
internal static class IdempotencyProblems
{
    public static ValidationProblem Missing() => Invalid("required", "Is required: a key that is new for each thing to be done, and the same for each try.");

    public static ValidationProblem Malformed() => Invalid("binding", IdempotencyKey.Expected);

    public static ValidationProblem Repeated() => Invalid("duplicate", "Must be given once.");

    public static ProblemHttpResult InFlight(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Problem(
            StatusCodes.Status409Conflict, "idempotency-in-flight", "A request with this Idempotency-Key is being worked on",
            "Wait as long as Retry-After says, and send it again with the same key.");
    }

    public static ProblemHttpResult OtherRequest() => Problem(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key belongs to another request",
        "Nothing was done. Use a new key for each thing to be done.");

    // In the form that the input guard gives its refusals.
    private static ValidationProblem Invalid(string rule, string message) => TypedResults.ValidationProblem(
        new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"header:{IdempotencyKey.Header}"] = [message] },
        title: "The request can't be taken as it is",
        type: "urn:roadworthy:problem:invalid-input",
        extensions: [KeyValuePair.Create<string, object?>("rules", new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"header:{IdempotencyKey.Header}"] = [rule] })]);

    private static ProblemHttpResult Problem(int status, string kind, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"urn:roadworthy:problem:{kind}");
}
