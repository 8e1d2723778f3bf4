using System.Diagnostics;

namespace Roadworthy.Input.Tests.Hosts;

/// <summary>The program Roadworthy.Input.Tests.Aot, running.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private SampleProcess(Process process, string address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    /// <summary>As it was built beside this project, to be compiled just in time.</summary>
    public static string BuiltFile { get; } = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Roadworthy.Input.Tests.Aot", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Roadworthy.Input.Tests.Aot.dll");

    public HttpClient Client { get; }

    public static async Task<SampleProcess> StartAsync(string file, params string[] arguments)
    {
        var isNative = Path.GetExtension(file) is not ".dll";
        var start = new ProcessStartInfo(isNative ? file : "dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (!isNative) start.ArgumentList.Add(file);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return new SampleProcess(process, address ?? throw new InvalidOperationException($"{file} ended before it was ready."));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!_process.HasExited) _process.Kill();
            _process.Dispose();
        }
    }
}
