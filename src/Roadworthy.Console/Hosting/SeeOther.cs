using Microsoft.AspNetCore.Http;

namespace Roadworthy.Console.Hosting;

/// <summary>After a form: the page to look at, asked for with GET, so that a reload sends nothing twice.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
