using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>An endpoint that answers people: its failures are pages too.</summary>
internal sealed class PageMarker;

/// <summary>Writes a problem as a page where a page was asked for.</summary>
internal sealed class PageProblems : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        if (!PageHosts.IsNamed(http.Request)) return false;
        if (http.GetEndpoint() is { } endpoint) return endpoint.Metadata.GetMetadata<PageMarker>() is not null;
        return http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ?? http.Response.StatusCode;
        var page = PageResult.Of<NoticeView>(http, status, new(StringComparer.Ordinal)
        {
            [nameof(NoticeView.Heading)] = Heading(status, problem),
            [nameof(NoticeView.Text)] = Text(status, http),
            [nameof(NoticeView.TraceId)] = status >= 500 ? problem.Extensions.TryGetValue("traceId", out var trace) ? trace as string : null : null,
        });
        await page.ExecuteAsync(http);
    }

    private static string Heading(int status, ProblemDetails problem) => status switch
    {
        StatusCodes.Status403Forbidden => "Not for this account",
        StatusCodes.Status404NotFound => "There is no such page",
        StatusCodes.Status429TooManyRequests => "Too many at once",
        StatusCodes.Status503ServiceUnavailable => "Not at this moment",
        >= 500 => "That failed",
        _ => problem.Title ?? "That can't be taken",
    };

    private static string? Text(int status, HttpContext http) => status switch
    {
        StatusCodes.Status400BadRequest => "The address of the page holds something that it does not take.",
        StatusCodes.Status403Forbidden => "You are logged in, but this page is for others.",
        StatusCodes.Status429TooManyRequests => Wait(http),
        StatusCodes.Status503ServiceUnavailable => "What this page shows can't be reached. Nothing is lost: try again in a moment.",
        >= 500 => "It is not your doing, and it was written down.",
        _ => null,
    };

    private static string Wait(HttpContext http) =>
        int.TryParse(http.Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? $"Please try again in {PageText.Count(seconds, "second")}."
            : "Please try again in a moment.";
}
