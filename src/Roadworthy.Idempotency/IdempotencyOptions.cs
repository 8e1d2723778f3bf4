using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Roadworthy.Idempotency;

/// <summary>How keys are kept. Validated when the application starts.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>
    /// How long an answer is kept: 1 minute to 30 days, 24 hours by default. A retry that comes later does the work again, so it has to be longer than any
    /// client goes on trying.
    /// </summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The longest body of an answer that is kept, in bytes: 1,024 to 16,777,216, 262,144 by default. A longer one is an error, and nothing is done.</summary>
    public int MaxAnswerBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// Who asks; keys of different users have nothing to do with each other. By default the claim <c>sub</c>, or the name identifier. Null is an error: among
    /// people who can't be told apart, one would be given the answer that another's key has.
    /// </summary>
    public Func<HttpContext, string?> User { get; set; } = http => http.User.FindFirstValue("sub") ?? http.User.FindFirstValue(ClaimTypes.NameIdentifier);
}
