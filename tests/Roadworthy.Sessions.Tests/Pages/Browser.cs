using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Sessions.Tests.Support;

namespace Roadworthy.Sessions.Tests.Pages;

/// <summary>A browser that keeps the cookies of the answers, without a server between.</summary>
internal sealed class Browser(SessionsApp app, string scheme = "https", string host = "shop.example")
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Cookies => _cookies;

    /// <summary>The last Set-Cookie, whole.</summary>
    public string LastSet { get; private set; } = "";

    public PageSessions Pages => app.Services.GetRequiredService<PageSessions>();

    public Task<Guid?> SignInAsync(string user, string? stamp = null) => AskAsync(http => Pages.SignInAsync(http, new(user) { Stamp = stamp }));

    public Task<bool> IsSignedInAsync(string method = "GET") => AskAsync(async http =>
    {
        http.Request.Method = method;
        return await Pages.FindAsync(http) is not null;
    });

    public Task SignOutAsync() => AskAsync(async http =>
    {
        await Pages.SignOutAsync(http);
        return true;
    });

    public void Keep(string name, string value) => _cookies[name] = value;

    private async Task<T> AskAsync<T>(Func<HttpContext, Task<T>> ask)
    {
        var http = new DefaultHttpContext { RequestServices = app.Services };
        (http.Request.Scheme, http.Request.Host) = (scheme, new HostString(host));
        http.Request.Headers.Cookie = string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        var answer = await ask(http);
        foreach (var set in http.Response.Headers.SetCookie.OfType<string>())
        {
            LastSet = set;
            var pair = set.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) _cookies.Remove(pair[0]);
            else _cookies[pair[0]] = pair[1];
        }

        return answer;
    }
}
