using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Roadworthy.Console.Hosting;

/// <summary>What the components know of the request that they are rendered for.</summary>
internal sealed class ConsoleView(IOptions<ConsoleOptions> options)
{
    /// <summary>The request header by which an open page asks for its content alone.</summary>
    public const string PartHeader = "X-Console-Part";

    public ConsoleOptions Options { get; } = options.Value;

    /// <summary>Where the console is, without a slash at its end: what every link begins with.</summary>
    public string Base { get; private set; } = "";

    /// <summary>Whether only the content of the page is asked for.</summary>
    public bool IsPart { get; private set; }

    /// <summary>The address of this page, query included: where a form leads back to.</summary>
    public string Here { get; private set; } = "";

    /// <summary>Scheme and host, for commands to copy.</summary>
    public string Origin { get; private set; } = "";

    public IQueryCollection Query { get; private set; } = QueryCollection.Empty;

    public string? User { get; private set; }

    public AntiforgeryTokenSet? Tokens { get; private set; }

    /// <param name="http">The request.</param>
    /// <param name="depth">How many segments of its path stand behind the console's prefix.</param>
    /// <param name="antiforgery">Null where the page has no forms to guard.</param>
    public void Begin(HttpContext http, int depth, IAntiforgery? antiforgery)
    {
        var path = http.Request.PathBase.Add(http.Request.Path).ToUriComponent().TrimEnd('/');
        for (var n = 0; n < depth; n++) path = path[..Math.Max(0, path.LastIndexOf('/'))];
        Base = path;
        Here = http.Request.PathBase.Add(http.Request.Path).ToUriComponent() + http.Request.QueryString.ToUriComponent();
        Origin = $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}";
        Query = http.Request.Query;
        IsPart = http.Request.Headers.ContainsKey(PartHeader);
        User = http.User.FindFirst("email")?.Value ?? http.User.Identity?.Name ?? http.User.FindFirst("sub")?.Value;
        // The content alone has no token in it: it would be another each time, and nothing would ever be unchanged.
        if (!IsPart) Tokens = antiforgery?.GetAndStoreTokens(http);
    }
}
