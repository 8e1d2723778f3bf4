using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Roadworthy.Testing;

/// <summary>A program of a test's own, to be killed in the middle of what it does. Ended, with what it has started, when it is disposed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();
    private readonly Task _reading;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Its id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>What it has written so far, to standard output and standard error.</summary>
    public string Output
    {
        get
        {
            lock (_lock) return _output.ToString();
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="program">A program, such as <c>dotnet</c>.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <param name="environment">What its environment has besides this process's; null takes a variable away.</param>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal)) start.Environment[name] = value;
        return new(Process.Start(start) ?? throw new InvalidOperationException($"'{program}' was not started."));
    }

    /// <summary>Until it has written what the pattern describes.</summary>
    /// <param name="pattern">A regular expression, such as <c>listening on: (http://\S+)</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The match.</returns>
    /// <exception cref="TimeoutException">It did not within 60 seconds, or ended before. The message holds what it wrote.</exception>
    public async Task<Match> WaitForOutputAsync(string pattern, CancellationToken cancellationToken = default)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        while (true)
        {
            Task news;
            lock (_lock) news = _news.Task;
            var over = _reading.IsCompleted;
            if (Regex.Match(Output, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) is { Success: true } match) return match;
            try
            {
                if (over) throw new TimeoutException($"It ended before it wrote '{pattern}':\n{Output}");
                await Task.WhenAny(news, _reading).WaitAsync(limited.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"It did not write '{pattern}' within {Limit.TotalSeconds:0} s:\n{Output}", error);
            }
        }
    }

    /// <summary>kill -9, of what it has started too: it gets to do nothing more. Ends when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Asks it to end, as a deployment does (SIGTERM), and waits for it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end within 60 seconds.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows, which has no such signal.</exception>
    public async Task<int> TerminateAsync(CancellationToken cancellationToken = default)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Windows has no signal that asks a program to end.");
        const int Sigterm = 15;
        if (!_process.HasExited && Kill(Id, Sigterm) != 0 && !_process.HasExited)
            throw new InvalidOperationException($"Process {Id} can't be signalled: errno {Marshal.GetLastPInvokeError()}.");
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    // A thread of its own: reading a pipe blocks one, and many processes at once would leave the pool without any.
    private Task ReadAsync(StreamReader from) => Task.Factory.StartNew(() => Read(from), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(StreamReader from)
    {
        while (from.ReadLine() is { } line)
        {
            TaskCompletionSource told;
            lock (_lock)
            {
                _output.AppendLine(line);
                (told, _news) = (_news, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            told.SetResult();
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}
