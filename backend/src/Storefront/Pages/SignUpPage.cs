using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Roadworthy.Input;
using Roadworthy.Sessions;
using Storefront.Accounts;
using Storefront.Hosting;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>Signs up by the rules of <c>POST /api/signup</c>, from a form whose fields are all text, the age too; and logs in at once.</summary>
internal static class SignUpPage
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagesApi.SignUp, (HttpContext http, IAntiforgery forgery) => Show(http, forgery, FormState.Empty, StatusCodes.Status200OK)).AllowAnonymous();
        pages.MapPost(PagesApi.SignUp, Post).AllowAnonymous().RequireRateLimiting(RateLimits.Accounts).RequireFormToken();
    }

    private static async Task<IResult> Post(
        HttpContext http, IAntiforgery forgery, FormInput forms, NewAccount account, PageSessions sessions, CancellationToken cancellationToken)
    {
        var form = await forms.ReadAsync<SignUp.Request>(http);
        if (form.Value is not { } request)
            return Show(http, forgery, FormState.Of(http, form.Errors, "name", "email", "age", "password"), StatusCodes.Status400BadRequest);
        switch (await account.ExecuteAsync(request, cancellationToken))
        {
            case NewAccount.Created { User: var user }:
                await sessions.SignInAsync(http, LogInPage.Of(user, http), cancellationToken);
                return TypedResults.LocalRedirect("/account");
            case NewAccount.TooBusy:
                return Refuse("Too many people sign up at this moment. Please try again.", "password", StatusCodes.Status429TooManyRequests);
            default:
                return Refuse("This e-mail address has an account already: log in, or sign up with another address.", "email", StatusCodes.Status409Conflict);
        }

        IResult Refuse(string message, string first, int status) => Show(http, forgery, FormState.Of(http, message, first), status);
    }

    private static RazorComponentResult<SignUpView> Show(HttpContext http, IAntiforgery forgery, FormState form, int status) => PageResult.Of<SignUpView>(http, status, new(StringComparer.Ordinal)
    {
        [nameof(SignUpView.Form)] = form,
        [nameof(SignUpView.Token)] = forgery.NewToken(http),
    });
}
