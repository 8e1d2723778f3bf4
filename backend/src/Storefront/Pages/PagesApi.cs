using Microsoft.AspNetCore.Antiforgery;
using Roadworthy.Sessions;
using Storefront.Hosting;
using Storefront.Pages.Views;

namespace Storefront.Pages;

/// <summary>The pages for people: rendered here, whole without scripts.</summary>
internal static class PagesApi
{
    public const string LogIn = "/login";
    public const string SignUp = "/signup";

    /// <summary>Before whatever else writes problems: of several writers the first that wants to, does.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, PageProblems>();
        services.AddRazorComponents();
        services.Configure<AntiforgeryOptions>(forgery => (forgery.Cookie.SecurePolicy, forgery.SuppressXFrameOptionsHeader) = (CookieSecurePolicy.SameAsRequest, true));
        services.Configure<SessionsOptions>(sessions => (sessions.PageLoginPath, sessions.OnPageForbidden) = (LogIn, ForbiddenAsync));
        return services;
    }

    public static void MapPages(this WebApplication app, StorefrontOptions options)
    {
        var pages = app.MapGroup("").WithMetadata(new PageMarker()).ExcludeFromDescription();
        HomePage.Map(pages, app.Environment, options);
        LogInPage.Map(pages);
        SignUpPage.Map(pages);
        AccountPage.Map(pages);
        UsersPage.Map(pages);
        PageAssets.Map(app);
    }

    private static Task ForbiddenAsync(HttpContext http) => PageResult.Of<NoticeView>(http, StatusCodes.Status403Forbidden, new(StringComparer.Ordinal)
    {
        [nameof(NoticeView.Heading)] = "Not for this account",
        [nameof(NoticeView.Text)] = "You are logged in, but this page is for administrators.",
        [nameof(NoticeView.Link)] = LogIn + PageText.Query((SessionPages.ReturnParameter, http.Request.Path + http.Request.QueryString)),
        [nameof(NoticeView.LinkText)] = "Log in with another account",
    }).ExecuteAsync(http);
}
