using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Console.Shared;

namespace Roadworthy.Console.Hosting;

/// <summary>Pages that say no.</summary>
internal static class Notices
{
    public static RazorComponentResult Page(int status, string heading, string advice) =>
        new RazorComponentResult<Notice>(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Notice.Heading)] = heading, [nameof(Notice.Advice)] = advice }) { StatusCode = status };

    public static RazorComponentResult NotFound(string what, string advice) => Page(StatusCodes.Status404NotFound, what, advice);

    public static RazorComponentResult NotReached(string fault) => Page(StatusCodes.Status503ServiceUnavailable, "It can't be read just now", fault);
}
