using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Tracking.Occurrences;

/// <summary>Hands what became a record at Error or above to whoever wants errors.</summary>
internal sealed class ErrorSinks(IEnumerable<IErrorSink> sinks, OccurrenceReader reader, ErrorsMetrics metrics)
{
    private readonly IErrorSink[] _sinks = [.. sinks];

    // A sink that logs an error would never end.
    [ThreadStatic]
    private static bool _taking;

    public bool Any => _sinks.Length > 0;

    public void Take(in RecordInput input, ReadOnlyMemory<byte> record)
    {
        if (_taking)
        {
            return;
        }

        _taking = true;
        try
        {
            var occurrence = reader.Read(input, record);
            foreach (var sink in _sinks)
            {
                Take(sink, occurrence);
            }
        }
#pragma warning disable CA1031 // The record is written; what is made of it beyond that must not fail its caller.
        catch (Exception)
#pragma warning restore CA1031
        {
            metrics.SinkFailed();
        }
        finally
        {
            _taking = false;
        }
    }

    private void Take(IErrorSink sink, ErrorOccurrence occurrence)
    {
        try
        {
            sink.Take(occurrence);
        }
#pragma warning disable CA1031 // One sink's fault is not another's.
        catch (Exception)
#pragma warning restore CA1031
        {
            metrics.SinkFailed();
        }
    }
}
