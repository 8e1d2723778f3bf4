using Roadworthy.Queries.Recording;

namespace Roadworthy.Queries.Requests;

/// <summary>
/// The last to be disposed of in a request's scope, because it is the first that is made: what is open by then was left open. A connection that the scope
/// itself owns is closed with it, and that is in order.
/// </summary>
internal sealed class ScopeEnd : IDisposable
{
    private OpenConnections? _connections;
    private Action<int>? _tell;

    public void Watch(OpenConnections connections, Action<int> tell) => (_connections, _tell) = (connections, tell);

    public void Dispose()
    {
        if (_connections?.NeverClosed() is { } count and > 0) _tell?.Invoke(count);
        (_connections, _tell) = (null, null);
    }
}
