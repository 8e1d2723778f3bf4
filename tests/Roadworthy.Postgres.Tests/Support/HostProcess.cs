using System.Diagnostics;
using System.Globalization;

namespace Roadworthy.Postgres.Tests.Support;

/// <summary>A second process that owns a server and can be killed: see Roadworthy.Postgres.Tests.Host.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ServerId { get; private set; }

    public int Port { get; private set; }

    public string DataDirectory { get; private set; } = "";

    public static HostProcess Begin(string? dataDirectory = null, int? port = null, string? user = null, IDictionary<string, string>? environment = null)
    {
        // Run by dotnet, for a mounted or copied folder may forbid to execute.
        var dll = Path.Combine(AppContext.BaseDirectory, "Roadworthy.Postgres.Tests.Host.dll");
        var start = new ProcessStartInfo(DotnetPath(), ["exec", dll, dataDirectory ?? "-", port?.ToString(CultureInfo.InvariantCulture) ?? "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        if (user is not null) start.UserName = user;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        return new HostProcess(Process.Start(start)!);
    }

    public static async Task<HostProcess> StartAsync(string? dataDirectory = null, int? port = null, string? user = null, IDictionary<string, string>? environment = null)
    {
        var host = Begin(dataDirectory, port, user, environment);
        var failure = await host.OutcomeAsync();
        if (failure is not null) Assert.Fail(failure);
        return host;
    }

    /// <summary>Null when its server has started; else why it has not.</summary>
    public async Task<string?> OutcomeAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("failed ", StringComparison.Ordinal)) return line;
            if (!line.StartsWith("started ", StringComparison.Ordinal)) continue;
            var fields = line.Split(' ', 4);
            ServerId = int.Parse(fields[1], CultureInfo.InvariantCulture);
            Port = int.Parse(fields[2], CultureInfo.InvariantCulture);
            DataDirectory = fields[3];
            return null;
        }

        return $"the host ended with {_process.ExitCode}";
    }

    public void Signal(int signal) => ProcessTable.Kill(Id, signal);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static string DotnetPath() => Environment.ProcessPath is { } path && Path.GetFileName(path) is "dotnet" ? path : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
