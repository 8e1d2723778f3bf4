using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Registration;

/// <summary>Listens for as long as the application is there.</summary>
internal sealed class QueriesListening : IDisposable
{
    private readonly bool _hearsOthers;
    private int _isDisposed;

    public QueriesListening(QueriesOptions options)
    {
        NpgsqlSource.Listen();
        _hearsOthers = options.KeepHistory;
        if (_hearsOthers) OtherSources.Listen();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        if (_hearsOthers) OtherSources.StopListening();
        NpgsqlSource.StopListening();
    }
}
