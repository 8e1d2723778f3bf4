using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Storefront.Tests.Support;

/// <summary>The backend as a process of its own: Storefront, as it is deployed, or Storefront.Local, which ./run starts.</summary>
internal sealed partial class BackendProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly string[] Decisive =
        ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "ConnectionStrings__", "Storefront__", "STOREFRONT_", "URLS", "HTTP_PORTS", "HTTPS_PORTS", "Kestrel__"];

    private static readonly string Spools = NewSpools();

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private BackendProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _errors));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Locked(_output);

    public string Errors => Locked(_errors);

    /// <summary>As it is deployed: in Production, with the root key of this test run.</summary>
    public static BackendProcess Deployed(string connection, params string[] arguments) => Start(
        Program("Storefront"),
        new(StringComparer.Ordinal) { ["ConnectionStrings__Storefront"] = connection, ["Storefront__RootKey"] = StorefrontHost.RootKey, ["Storefront__ErrorTracking__SpoolFolder"] = Spools },
        ["--urls", "http://127.0.0.1:0", "--Storefront:Management:Urls=http://127.0.0.1:0", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information", .. arguments]);

    /// <summary>The built program of a project of this repository.</summary>
    public static string Program(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name, $"{project}.dll");
    }

    public static BackendProcess Start(string program, Dictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Where(name => Decisive.Any(decisive => name.StartsWith(decisive, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        // It lives for seconds: what it would learn of itself for later costs more than it gives.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Where it listens, once it does.</summary>
    public async Task<Uri> AddressAsync()
    {
        await WaitForAsync("it listens", () => Listening().IsMatch(Output));
        return new(Listening().Match(Output).Groups["address"].Value);
    }

    /// <summary>Where it serves metrics and health, once it does.</summary>
    public async Task<Uri> ManagementAsync()
    {
        await WaitForAsync("it serves metrics", () => Managed().IsMatch(Output));
        return new(Managed().Match(Output).Groups["address"].Value);
    }

    public async Task WaitForAsync(string what, Func<bool> condition)
    {
        await Eventually.TrueAsync($"{what}; it said:\n{Output}\n{Errors}", () => condition() || _process.HasExited, StartLimit);
        if (!condition()) Assert.Fail($"It ended with {_process.ExitCode} before {what}:\n{Output}\n{Errors}");
    }

    /// <summary>Sends INT (Ctrl-C) or TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {Id.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(), _reading).WaitAsync(within ?? StartLimit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end:\n{Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // What a killed process leaves there is the next one's: so it outlives each of them, and goes with the test run.
    private static string NewSpools()
    {
        var folder = Directory.CreateTempSubdirectory("storefront-errors-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder.FullName;
    }

    // A thread of its own: reading a pipe blocks one, and many processes at once would leave the pool without any.
    private static Task ReadAsync(StreamReader from, StringBuilder to) => Task.Factory.StartNew(() => Read(from, to), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Read(StreamReader from, StringBuilder to)
    {
        while (from.ReadLine() is { } line)
            lock (to) to.AppendLine(line);
    }

    private static string Locked(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [GeneratedRegex(@"health are served on (?<address>http://127\.0\.0\.1:\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Managed();

    [GeneratedRegex(@"listening\D*(?<address>http://127\.0\.0\.1:\d+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
