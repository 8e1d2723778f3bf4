using Microsoft.AspNetCore.Http;
using Roadworthy.Errors.Json;
using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Output;
using Roadworthy.Errors.Tracking.Occurrences;

namespace Roadworthy.Errors.Records;

/// <summary>Writes records of every category. Its alias in the configuration's "Logging" section is "Roadworthy".</summary>
[ProviderAlias("Roadworthy")]
internal sealed class ErrorsLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly IRecordFormatter _formatter;
    private readonly JsonRecordFormatter _json;
    private readonly ErrorSinks _sinks;
    private readonly ErrorsMetrics _metrics;
    private readonly RecordSink _sink;
    private readonly int _queueCapacity;
    private readonly WriteBytes _writeNow;
    private readonly WriteBytes _enqueue;
    private readonly WriteBytes _writeAndKeep;

    // What was just written on this thread, for the sinks.
    [ThreadStatic]
    private static byte[]? _kept;

    public ErrorsLoggerProvider(
        RecordFormatters formatters, RecordOutput output, ErrorsMetrics metrics, ErrorSinks sinks, TimeProvider time, IHttpContextAccessor? requests = null)
    {
        _formatter = formatters.Chosen;
        _json = formatters.Json;
        _sinks = sinks;
        _metrics = metrics;
        _queueCapacity = output.QueueCapacity;
        Time = time;
        Requests = requests;
        _sink = new RecordSink(output.Write, output.QueueCapacity, metrics, DropNotice);
        _writeNow = _sink.WriteNow;
        _enqueue = _sink.Enqueue;
        _writeAndKeep = WriteAndKeep;
    }

    public TimeProvider Time { get; }

    public IHttpContextAccessor? Requests { get; }

    public IExternalScopeProvider? Scopes { get; private set; }

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => new ErrorsLogger(categoryName, this);

    public void Write(in RecordInput input)
    {
        if (input.Level < LogLevel.Error)
        {
            _formatter.Format(input, _enqueue);
        }
        else if (_sinks.Any)
        {
            WriteAndTell(input);
        }
        else
        {
            _formatter.Format(input, _writeNow);
        }
    }

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

    // First the output: whatever becomes of the rest, the record is there.
    private void WriteAndTell(in RecordInput input)
    {
        if (_formatter is JsonRecordFormatter)
        {
            _formatter.Format(input, _writeAndKeep);
        }
        else
        {
            _formatter.Format(input, _writeNow);
            _json.Format(input, static bytes => _kept = bytes.ToArray());
        }

        var record = _kept!;
        _kept = null;
        _sinks.Take(input, record.AsMemory(0, record.Length - 1));
    }

    private void WriteAndKeep(ReadOnlySpan<byte> record)
    {
        _sink.WriteNow(record);
        _kept = record.ToArray();
    }

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
