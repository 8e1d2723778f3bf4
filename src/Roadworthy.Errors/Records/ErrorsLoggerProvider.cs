using Microsoft.AspNetCore.Http;
using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Output;

namespace Roadworthy.Errors.Records;

/// <summary>Writes records of every category. Its alias in the configuration's "Logging" section is "Roadworthy".</summary>
[ProviderAlias("Roadworthy")]
internal sealed class ErrorsLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly IRecordFormatter _formatter;
    private readonly ErrorsMetrics _metrics;
    private readonly RecordSink _sink;
    private readonly int _queueCapacity;
    private readonly WriteBytes _writeNow;
    private readonly WriteBytes _enqueue;

    public ErrorsLoggerProvider(
        RecordFormatters formatters, RecordOutput output, ErrorsMetrics metrics, TimeProvider time, IHttpContextAccessor? requests = null)
    {
        _formatter = formatters.Chosen;
        _metrics = metrics;
        _queueCapacity = output.QueueCapacity;
        Time = time;
        Requests = requests;
        _sink = new RecordSink(output.Write, output.QueueCapacity, metrics, DropNotice);
        _writeNow = _sink.WriteNow;
        _enqueue = _sink.Enqueue;
    }

    public TimeProvider Time { get; }

    public IHttpContextAccessor? Requests { get; }

    public IExternalScopeProvider? Scopes { get; private set; }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new ErrorsLogger(categoryName, this);

    public void Write(in RecordInput input) =>
        _formatter.Format(input, input.Level >= LogLevel.Error ? _writeNow : _enqueue);

    /// <summary>In place of a record that could not be made.</summary>
    public void WriteFailure(string category, LogLevel level, Exception thrown)
    {
        _metrics.Failed(1);
        try
        {
            var stub = new RecordInput
            {
                Time = DateTimeOffset.UtcNow,
                Level = level,
                Category = category,
                Message = $"This record could not be made: formatting it threw {TypeNames.Of(thrown.GetType())}.",
            };
            _formatter.Format(stub, _writeNow);
        }
#pragma warning disable CA1031 // The last resort; the failure is counted already.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    public void Dispose() => _sink.Dispose();

    private void DropNotice(long dropped, WriteBytes receiver)
    {
        var notice = new RecordInput
        {
            Time = Time.GetUtcNow(),
            Level = LogLevel.Warning,
            Category = ErrorsMetrics.MeterName,
            EventId = new EventId(1, "RecordsDropped"),
            Message = $"{dropped} records below Error were dropped: {_queueCapacity} were waiting for the output already. " +
                "Raise the log level, or ErrorsOptions.QueueCapacity, or find out why the output is slow.",
            State = new List<KeyValuePair<string, object?>> { new("dropped", dropped) },
        };
        _formatter.Format(notice, receiver);
    }
}
