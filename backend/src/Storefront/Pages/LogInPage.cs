using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Input;
using Roadworthy.Sessions;
using Storefront.Accounts;
using Storefront.Hosting;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>Logs in with the rules, the check and the pace of <c>POST /api/login</c>.</summary>
internal static class LogInPage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagesApi.LogIn, (HttpContext http, IAntiforgery forgery) => Show(http, forgery, FormState.Empty, StatusCodes.Status200OK)).AllowAnonymous();
        pages.MapPost(PagesApi.LogIn, Post).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).RequireFormToken();
        pages.MapPost("/logout", LogOut).RequireAuthorization(SessionPages.Policy()).RequireFormToken();
    }

    private static async Task<IResult> Post(
        HttpContext http, IAntiforgery forgery, FormInput forms, LogInCheck check, PageSessions sessions, CancellationToken cancellationToken)
    {
        var form = await forms.ReadAsync<LogIn.Request>(http);
        if (form.Value is not { } request) return Show(http, forgery, FormState.Of(http, form.Errors, "email", "password"), StatusCodes.Status400BadRequest);
        switch (await check.ExecuteAsync(request.Email, request.Password, http.Connection.RemoteIpAddress, cancellationToken))
        {
            case LogInCheck.Right { User: var user } when await sessions.SignInAsync(http, Of(user, http), cancellationToken) is not null:
                return TypedResults.LocalRedirect(SessionPages.ReturnUrl(http, user.IsAdmin ? "/dashboard" : "/account"));
            case LogInCheck.TooMany { Wait: var wait }:
                Problems.RetryAfter(http, wait);
                return Refuse("Too many attempts failed. Please wait before the next one.", StatusCodes.Status429TooManyRequests);
            case LogInCheck.TooBusy:
                return Refuse("Too many people log in at this moment. Please try again.", StatusCodes.Status429TooManyRequests);
            default:
                return Refuse("The e-mail address or the password is wrong.", StatusCodes.Status400BadRequest);
        }

        IResult Refuse(string message, int status) => Show(http, forgery, FormState.Of(http, message, "password"), status);
    }

    private static async Task<IResult> LogOut(HttpContext http, PageSessions sessions)
    {
        await sessions.SignOutAsync(http);
        return TypedResults.LocalRedirect(PagesApi.LogIn);
    }

    internal static SignIn Of(User user, HttpContext http) => new(user.Id.ToString()) { Stamp = user.SecurityStamp, Client = SessionClient.From(http) };

    private static RazorComponentResult<LogInView> Show(HttpContext http, IAntiforgery forgery, FormState form, int status) => PageResult.Of<LogInView>(http, status, new(StringComparer.Ordinal)
    {
        [nameof(LogInView.Form)] = form,
        [nameof(LogInView.Token)] = forgery.NewToken(http),
        [nameof(LogInView.Action)] = PagesApi.LogIn + PageText.Query((SessionPages.ReturnParameter, SessionPages.ReturnUrl(http, "") is { Length: > 0 } url ? url : null)),
    });
}
