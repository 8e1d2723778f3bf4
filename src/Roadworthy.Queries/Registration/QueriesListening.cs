using System.Diagnostics;
using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Registration;

/// <summary>Listens for as long as the application is there.</summary>
internal sealed class QueriesListening : IDisposable
{
    private readonly ActivityListener? _others;
    private int _isDisposed;

    public QueriesListening(QueriesOptions options)
    {
        NpgsqlSource.Listen();
        if (options.KeepHistory) _others = OtherSources.Listen();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        _others?.Dispose();
        NpgsqlSource.StopListening();
    }
}
