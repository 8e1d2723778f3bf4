using Microsoft.Extensions.DependencyInjection;
using Roadworthy.Errors.Metrics;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Tracking.Occurrences;

/// <summary>Hands what became a record at Error or above to whoever wants errors.</summary>
internal sealed class ErrorSinks(IServiceProvider services, ErrorsMetrics metrics)
{
    // Not before the first error: the logger is made while the host is put together, and its configuration may not be whole yet.
    private readonly Lazy<(IErrorSink[] Sinks, OccurrenceReader Reader)> _all = new(
        () => ([.. services.GetServices<IErrorSink>()], services.GetRequiredService<OccurrenceReader>()), LazyThreadSafetyMode.PublicationOnly);

    // A sink that logs an error would never end.
    [ThreadStatic]
    private static bool _taking;

    /// <summary>Whether somebody wants errors. Once it is known that nobody does, it costs nothing.</summary>
    public bool Any
    {
        get
        {
            if (_taking)
            {
                return false;
            }

            _taking = true;
            try
            {
                return _all.Value.Sinks.Length > 0;
            }
#pragma warning disable CA1031 // Options that are wrong, or a host that has ended: the record is written all the same.
            catch (Exception)
#pragma warning restore CA1031
            {
                return false;
            }
            finally
            {
                _taking = false;
            }
        }
    }

    public void Take(in RecordInput input, ReadOnlyMemory<byte> record)
    {
        _taking = true;
        try
        {
            var (sinks, reader) = _all.Value;
            var occurrence = reader.Read(input, record);
            foreach (var sink in sinks)
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
