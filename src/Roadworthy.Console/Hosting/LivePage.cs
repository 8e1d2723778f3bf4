using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Roadworthy.Console.Hosting;

/// <summary>
/// A page, rendered whole before anything is sent: a failure in the middle is then an ordinary one. Its content alone gets an entity tag,
/// and is a 304 where the asking page shows it already.
/// </summary>
internal sealed class LivePage(RazorComponentResult page, ConsoleView view) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var answer = response.Body;
        using var rendered = new MemoryStream();
        response.Body = rendered;
        try
        {
            page.PreventStreamingRendering = true;
            await page.ExecuteAsync(httpContext);
        }
        finally
        {
            response.Body = answer;
        }

        ConsoleHeaders.Set(httpContext);
        var content = rendered.GetBuffer().AsMemory(0, (int)rendered.Length);
        if (view.IsPart)
        {
            var tag = $"\"{Convert.ToHexStringLower(Hash(content.Span))}\"";
            response.Headers.ETag = tag;
            response.Headers.Vary = ConsoleView.PartHeader;
            if (httpContext.Request.Headers.IfNoneMatch == tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await answer.WriteAsync(content, httpContext.RequestAborted);
    }

    private static byte[] Hash(ReadOnlySpan<byte> content) => System.Security.Cryptography.SHA256.HashData(content)[..16];
}
