using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Roadworthy.Input;

namespace Storefront.Hosting;

/// <summary>Every problem that the API itself answers with (RFC 9457), so that clients can tell them apart by type.</summary>
internal static class Problems
{
    private const string Urn = "urn:roadworthy:problem:";

    public static ProblemHttpResult EmailTaken() =>
        Problem(StatusCodes.Status409Conflict, "email-taken", "This e-mail address has an account already", "Log in, or sign up with another address.");

    public static ProblemHttpResult WrongCredentials() =>
        Problem(StatusCodes.Status401Unauthorized, "wrong-credentials", "The e-mail address or the password is wrong");

    public static ProblemHttpResult AccountGone() =>
        Problem(StatusCodes.Status401Unauthorized, "account-gone", "The account of this access token no longer exists");

    /// <summary>One answer for what was used, is too old or was never sent: anything else would tell a stranger something.</summary>
    public static ProblemHttpResult MailTokenGone() => Problem(
        StatusCodes.Status410Gone, "mail-token-gone", "This link is not good any more", "It was used, is too old, or is not whole. Ask for another mail.");

    public static ProblemHttpResult NoMail() =>
        Problem(StatusCodes.Status503ServiceUnavailable, "no-mail", "This service sends no mail at present");

    public static ProblemHttpResult TooManyAttempts(HttpContext http, TimeSpan wait)
    {
        RetryAfter(http, wait);
        return Problem(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many failed log-ins", "Wait as long as Retry-After says.");
    }

    public static ProblemHttpResult TooBusy(HttpContext http)
    {
        RetryAfter(http, TimeSpan.FromSeconds(1));
        return Problem(StatusCodes.Status429TooManyRequests, "too-busy", "Too many sign-ins at this moment", "Wait as long as Retry-After says.");
    }

    public static ProblemHttpResult NotFound(string what) =>
        Problem(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}");

    public static ProblemHttpResult NoHost() =>
        Problem(StatusCodes.Status400BadRequest, "no-host", "The Host header names no host", "Send the name that the browser shows.");

    public static ProblemHttpResult SkuTaken(string sku) =>
        Problem(StatusCodes.Status409Conflict, "sku-taken", $"The SKU '{sku}' exists already", "Change that product, or choose another SKU.");

    public static ProblemHttpResult OutOfStock(IReadOnlyList<string> skus) => TypedResults.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status409Conflict,
        Type = Urn + "out-of-stock",
        Title = "Not enough pieces are left",
        Detail = "Nothing was ordered. Order fewer pieces, or without these.",
        Extensions = { ["skus"] = skus },
    });

    /// <summary>RFC 9110, 15.5.13.</summary>
    public static ProblemHttpResult Stale(string what) => Problem(
        StatusCodes.Status412PreconditionFailed, "stale-version", $"The {what} was changed since it was read",
        "Nothing was changed. Read it again, and send the change with the ETag of that answer as If-Match.");

    /// <summary>RFC 6585, 3.</summary>
    public static ProblemHttpResult VersionRequired(string what) => Problem(
        StatusCodes.Status428PreconditionRequired, "version-required", $"Which version of the {what} the change is meant for is not said",
        "Send the ETag of the answer that it was read from as If-Match, or * to change whatever is there.");

    public static ProblemHttpResult NotCancellable(string status) =>
        Problem(StatusCodes.Status409Conflict, "not-cancellable", $"An order that is {status} can't be cancelled");

    /// <summary>What only the database can tell of a body, in the form of the input guard's own refusals.</summary>
    public static ValidationProblem Invalid(string rule, string message, IEnumerable<string> pointers)
    {
        var errors = pointers.ToDictionary(pointer => pointer, string[] (_) => [message], StringComparer.Ordinal);
        var rules = errors.Keys.ToDictionary(pointer => pointer, string[] (_) => [rule], StringComparer.Ordinal);
        return TypedResults.ValidationProblem(
            errors, title: InputProblem.ProblemTitle, type: InputProblem.ProblemType, extensions: [KeyValuePair.Create<string, object?>("rules", rules)]);
    }

    public static void RetryAfter(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static ProblemHttpResult Problem(int status, string kind, string title, string? detail = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: Urn + kind);
}
