using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Roadworthy.Console.Tests.Support;

/// <summary>Gets pages and sends their forms as a browser without JavaScript does, its cookies kept and its redirects seen.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly HttpClient _client;

    public Browser(Uri address) => _client = new HttpClient(_handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    /// <summary>The page, which has to be there.</summary>
    public async Task<IHtmlDocument> PageAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == 200, $"{answer.Status} for {path}: {answer.Body}");
        return answer.Page;
    }

    /// <summary>What pressing a button of the page does: its form is sent to the button's address.</summary>
    public async Task<Answer> PressAsync(IHtmlDocument page, string button, params (string Name, string Value)[] headers)
    {
        var pressed = page.QuerySelectorAll("button[formaction]").Single(element => element.TextContent.Trim() == button || element.GetAttribute("aria-label") == button);
        var form = page.GetElementById(pressed.GetAttribute("form")!)!;
        var fields = form.QuerySelectorAll("input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        return await PostAsync(pressed.GetAttribute("formaction")!, fields, headers);
    }

    public async Task<Answer> PostAsync(string path, IReadOnlyDictionary<string, string> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _client.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }
}

internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsStrictMode = false });

    public IHtmlDocument Page => Parser.ParseDocument(Body);

    public string Location => new Uri(new Uri("http://any/"), Headers["Location"]).PathAndQuery;
}

internal static class Elements
{
    /// <summary>The element's text as it is read: each run of white space is one space.</summary>
    public static string Words(this INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Content(this IHtmlDocument page) => page.QuerySelector("main").Words();
}
