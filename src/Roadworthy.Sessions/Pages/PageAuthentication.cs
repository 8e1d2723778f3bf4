using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Roadworthy.Sessions.Pages;

/// <summary>
/// Who is signed in on pages. Whoever is not goes to the page where one signs in, and comes back from there; a script that fetches gets a bare 401, since a
/// page is not what it asked for.
/// </summary>
internal sealed class PageAuthentication(
    PageSessions sessions, SessionsOptions options, IOptionsMonitor<AuthenticationSchemeOptions> schemes, ILoggerFactory loggers, UrlEncoder urls)
    : AuthenticationHandler<AuthenticationSchemeOptions>(schemes, loggers, urls)
{
    private const string Forbidden = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Not for this account</title></head>
        <body><main><h1>Not for this account</h1><p>You are signed in, but this page is for others. <a href="{login}">Sign in with another account</a>.</p></main></body></html>
        """;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await sessions.FindAsync(Context) is { } found
            ? AuthenticateResult.Success(new(PageClaims.Of(found.Session, found.Row), Scheme.Name))
            : AuthenticateResult.NoResult();

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.CacheControl = "no-store";
        if (!IsNavigation())
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // A form that was sent can't be sent again by coming back.
        var query = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)
            ? QueryString.Create(SessionPages.ReturnParameter, properties.RedirectUri ?? UriHelper.BuildRelative(Request.PathBase, Request.Path, Request.QueryString))
            : QueryString.Empty;
        Response.StatusCode = StatusCodes.Status303SeeOther;
        Response.Headers.Location = Login() + query.ToUriComponent();
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        Response.Headers.CacheControl = "no-store";
        if (!IsNavigation()) return Task.CompletedTask;
        if (options.OnPageForbidden is { } answer) return answer(Context);
        Response.ContentType = "text/html; charset=utf-8";
        return Response.WriteAsync(Forbidden.Replace("{login}", HtmlEncoder.Default.Encode(Login()), StringComparison.Ordinal), Context.RequestAborted);
    }

    private string Login() => Request.PathBase.Add(options.PageLoginPath).ToUriComponent();

    // Fetch Metadata, where the browser sends it.
    private bool IsNavigation() => Request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate" && Request.Headers[HeaderNames.XRequestedWith].Count == 0;
}
