using System.Net.Http.Json;

namespace Storefront.Tests.Support;

/// <summary>What ./run starts, up and running, and what its banner told.</summary>
internal sealed class LocalRun : IAsyncDisposable
{
    private const int NameWidth = 15;
    private const string LastLine = "  Stop ";

    private readonly Dictionary<string, string> _banner;

    private LocalRun(BackendProcess process, Dictionary<string, string> banner)
    {
        (Process, _banner) = (process, banner);
        Anonymous = Client();
    }

    public BackendProcess Process { get; }

    public HttpClient Anonymous { get; }

    public IReadOnlyDictionary<string, string> Banner => _banner;

    public string Password => _banner["Their password"];

    /// <summary>Starts it and goes on at once: for a start that is not meant to succeed.</summary>
    public static BackendProcess Begin(string data, Dictionary<string, string>? environment = null, params string[] arguments) =>
        BackendProcess.Start(BackendProcess.Program("Storefront.Local"), environment, ["--urls", "http://127.0.0.1:0", "--data", data, .. arguments]);

    public static async Task<LocalRun> StartAsync(string data, Dictionary<string, string>? environment = null, params string[] arguments)
    {
        var process = Begin(data, environment, arguments);
        try
        {
            return await ReadyAsync(process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public static async Task<LocalRun> ReadyAsync(BackendProcess process)
    {
        await process.WaitForAsync("the banner is whole", () => process.Output.Contains(LastLine, StringComparison.Ordinal));
        var rows = process.Output.Split('\n').SkipWhile(line => !line.Contains("Storefront is ready", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.Length > NameWidth + 3);
        return new(process, rows.ToDictionary(line => line[2..(NameWidth + 2)].TrimEnd(), line => line[(NameWidth + 3)..].Trim(), StringComparer.Ordinal));
    }

    public HttpClient Client(string? accessToken = null)
    {
        var client = new HttpClient { BaseAddress = new(_banner["Listening"]), Timeout = TimeSpan.FromSeconds(60) };
        if (accessToken is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", accessToken);
        return client;
    }

    public async Task<HttpClient> LogInAsync(string email, string? password = null)
    {
        var answer = await Anonymous.PostAsJsonAsync("/api/login", new { email, password = password ?? Password }).ShouldBeAsync(200);
        return Client(answer.GetProperty("accessToken").GetString());
    }

    /// <summary>Ends it as Ctrl-C (INT) or a supervisor (TERM) does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync(string signal = "TERM")
    {
        await Process.SignalAsync(signal);
        return await Process.ExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        await Process.DisposeAsync();
    }
}
