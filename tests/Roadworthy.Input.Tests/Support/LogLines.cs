using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Roadworthy.Input.Tests.Support;

/// <summary>What an application logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> All => [.. _lines];

    public IReadOnlyList<LogLine> Ours => [.. _lines.Where(line => line.Category.StartsWith("Roadworthy.", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(category, logLevel, eventId.Name, formatter(state, exception), exception));
    }
}

internal sealed record LogLine(string Category, LogLevel Level, string? Event, string Message, Exception? Exception);
