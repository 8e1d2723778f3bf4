using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// The addresses that requests come from. A limit on what one address may ask is right where there are many of them; an inspection is only one, so the next of this machine's loopback addresses goes
/// on where the one before it is answered 429. They are true addresses: no header claims another.
/// </summary>
internal sealed class Callers : IDisposable
{
    /// <summary>127.0.0.1 to 127.0.0.250.</summary>
    private const int Most = 250;

    /// <summary>Limits that are no address's: those of an account, or of everybody together.</summary>
    private const int MostInVain = 2;

    private readonly ConcurrentDictionary<int, Lazy<HttpMessageInvoker>> _all = new();
    private readonly ConcurrentDictionary<string, int> _inVain = new(StringComparer.Ordinal);
    private int _now = 1;

    /// <summary>The last byte of whose turn it is; 1 at first.</summary>
    public int Now => Volatile.Read(ref _now);

    /// <summary>Who goes on behind another; null where it would not help.</summary>
    /// <param name="caller">Whoever was told that it asks too much.</param>
    /// <param name="what">What it has asked for.</param>
    /// <param name="target">Whom it has asked.</param>
    public int? After(int caller, string what, Uri target)
    {
        if (!IsVersion4(target) || _inVain.GetValueOrDefault(what) >= MostInVain) return null;
        var next = Math.Max(Now, caller + 1);
        return next <= Most ? next : null;
    }

    /// <summary>It has helped: all else is asked by that one too.</summary>
    public void GoOn(int caller)
    {
        for (var now = Now; now < caller; now = Now) Interlocked.CompareExchange(ref _now, caller, now);
    }

    /// <summary>It has not helped, or there is no such address here.</summary>
    public void InVain(string what) => _inVain.AddOrUpdate(what, 1, (_, count) => count + 1);

    public HttpMessageInvoker this[int caller] => _all.GetOrAdd(caller, each => new Lazy<HttpMessageInvoker>(() => Make(each))).Value;

    public void Dispose()
    {
        foreach (var each in _all.Values.Where(each => each.IsValueCreated)) each.Value.Dispose();
    }

    private static bool IsVersion4(Uri target) => target.Host is "localhost" || (IPAddress.TryParse(target.Host, out var address) && address.AddressFamily == AddressFamily.InterNetwork);

    /// <summary>One with connections of its own.</summary>
    public static HttpMessageInvoker Make(int caller)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ActivityHeadersPropagator = null,
#pragma warning disable CA5359 // Nobody is on the way to this machine's own loopback, and nobody signs a certificate for it.
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        if (caller > 1) handler.ConnectCallback = (context, ct) => ConnectAsync(caller, context.DnsEndPoint, ct);
        return new HttpMessageInvoker(handler);
    }

    private static async ValueTask<Stream> ConnectAsync(int caller, DnsEndPoint target, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)caller]), 0));
            await socket.ConnectAsync(target.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(target.Host), target.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
