using System.Net.Sockets;
using Roadworthy.Wire.Session;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Proxy;

/// <summary>One connection from its first byte to its last.</summary>
internal sealed class Serving : IDisposable
{
    private readonly Link _link;
    private readonly SessionState _state;
    private readonly Relay _relay;
    private readonly Handshake _handshake;
    private readonly WireProxyOptions _options;

    public Serving(int id, Socket client, WireProxyOptions options, ShapeTable shapes, RuleSet rules, Func<FaultRule?> refusal)
    {
        _options = options;
        _link = Link.Create(client, options.Polls);
        _state = new(id, shapes, options.Observer);
        Connection = new(id, _link);
        _relay = new(_link, _state, Connection, rules, options);
        _handshake = new(_link, _relay, options, refusal);
    }

    public WireConnection Connection { get; }

    public void Run()
    {
        try
        {
            if (!_handshake.Run()) return;
            _relay.Run();
            if (_state.Backend.WasAskedForPassword) _options.Trouble?.Invoke(Troubles.LeftWhenAskedForPassword);
            _state.Backend.Lose();
        }
#pragma warning disable CA1031 // Whatever is wrong with one connection ends that one, and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _options.Trouble?.Invoke($"A connection was ended by a fault in the proxy or in its observer: {error}");
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Connection.Ended();
        _relay.Dispose();
    }
}
