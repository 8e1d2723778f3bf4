using Roadworthy.Errors.Exceptions;

namespace Roadworthy.Errors.Records;

internal sealed class ErrorsLogger(string category, ErrorsLoggerProvider provider) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.None)
        {
            return;
        }

        try
        {
            provider.Write(new RecordInput
            {
                Time = provider.Time.GetUtcNow(),
                Level = logLevel,
                Category = category,
                EventId = eventId,
                Message = Guarded.Text((state, exception, formatter), static s => s.formatter(s.state, s.exception)) ?? "",
                State = state,
                Root = exception is null ? null : ExceptionReader.Read(exception),
                Scopes = provider.Scopes,
                Request = RequestFields.Current(provider.Requests),
            });
        }
#pragma warning disable CA1031 // Logging must not fail its caller; what was lost is counted.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            provider.WriteFailure(category, logLevel, thrown);
        }
    }
}
