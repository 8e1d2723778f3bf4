using Microsoft.AspNetCore.WebUtilities;

namespace Roadworthy.Errors.Problems;

internal static class KnownProblems
{
    public const int ClientClosedRequest = 499;

    public static readonly Problem Unexpected = new(500, "internal-error", "Something went wrong on our side.");
    public static readonly Problem InvalidValue = new(400, "invalid-value", "A value is not valid.");
    public static readonly Problem AlreadyExists = new(409, "already-exists", "It exists already.");
    public static readonly Problem Reference = new(409, "reference-conflict", "It refers to something that does not exist, or something still refers to it.");
    public static readonly Problem RuleViolated = new(422, "rule-violated", "A value breaks a rule.");
    public static readonly Problem Contention = new(503, "contention", "Others changed the same data at the same time. Try again.", 1);
    public static readonly Problem Unavailable = new(503, "database-unavailable", "The service is not available for the moment. Try again later.", 5);
    public static readonly Problem TooSlow = new(504, "timeout", "It took too long and was stopped.");

    private static readonly Dictionary<int, string> Kinds = new()
    {
        [400] = "bad-request",
        [401] = "unauthorized",
        [403] = "forbidden",
        [404] = "not-found",
        [405] = "method-not-allowed",
        [406] = "not-acceptable",
        [408] = "request-timeout",
        [409] = "conflict",
        [410] = "gone",
        [411] = "length-required",
        [412] = "precondition-failed",
        [413] = "content-too-large",
        [414] = "uri-too-long",
        [415] = "unsupported-media-type",
        [422] = "unprocessable-content",
        [428] = "precondition-required",
        [429] = "too-many-requests",
        [431] = "headers-too-large",
        [500] = "internal-error",
        [501] = "not-implemented",
        [502] = "bad-gateway",
        [503] = "unavailable",
        [504] = "timeout",
    };

    public static Problem OfStatus(int status) => new(
        status,
        Kinds.TryGetValue(status, out var kind) ? kind : $"status-{status}",
        status is 500 or 504 ? (status == 500 ? Unexpected : TooSlow).Title : Reason(status));

    private static string Reason(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase
        ? phrase
        : status < 500 ? "The request was refused." : Unexpected.Title;
}
