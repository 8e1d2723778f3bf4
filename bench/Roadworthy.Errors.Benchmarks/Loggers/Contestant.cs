namespace Roadworthy.Errors.Benchmarks.Loggers;

/// <summary>One way to log, to a file of its own.</summary>
internal sealed class Contestant(string name, ILogger log, string file, Action? settle = null, IAsyncDisposable? host = null) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>What one record takes, of those in the file.</summary>
    public long BytesARecord => new FileInfo(file) is { Exists: true } written && Logged > 0 ? written.Length / Logged : 0;

    public int Logged { get; private set; }

    public void Log(int number)
    {
        log.LogError(Failure.Thrown(number), "Order {OrderId} of user {UserId} failed", number, "5f0c");
        Logged++;
    }

    /// <summary>Waits until nothing of it is still at work.</summary>
    public void Settle() => settle?.Invoke();

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
