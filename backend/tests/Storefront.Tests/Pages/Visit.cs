using System.Net;
using System.Text.RegularExpressions;
using Storefront.Tests.Support;

namespace Storefront.Tests.Pages;

/// <summary>A browser without anything but cookies and forms.</summary>
internal sealed partial class Visit : IDisposable
{
    private readonly HttpClient _client;

    public Visit(StorefrontHost host) => _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = host.Address };

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> OpenAsync(string path) => _client.GetAsync(path);

    /// <summary>Sends the form of a page as it stands there, with these fields.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] fields) =>
        await SendAsync(path, await TokenAsync(path), fields);

    public Task<HttpResponseMessage> SendAsync(string path, string? token, params (string Name, string Value)[] fields) => _client.PostAsync(
        path,
        new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), .. token is null ? [] : (KeyValuePair<string, string>[])[KeyValuePair.Create("__RequestVerificationToken", token)]]));

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent content) => _client.PostAsync(path, content);

    public async Task<string> TokenAsync(string path) => Token().Match(await (await OpenAsync(path)).Content.ReadAsStringAsync()).Groups[1].Value;

    public async Task SignUpAsync(string email) =>
        await (await SendAsync("/signup", ("name", "A Person"), ("email", email), ("age", "42"), ("password", People.Password))).ShouldBeAsync(302);

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
