using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Roadworthy.Input.Benchmarks.Hosts;

/// <summary>One request again and again over one connection to a host's Kestrel. The client is this process too.</summary>
internal sealed class OverLoopback : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[64 * 1024];

    public OverLoopback(WebApplication app, string method, string target, byte[] body)
    {
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _socket.Connect(address.Host, address.Port);
        var head = string.Create(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\nHost: a\r\n{(body.Length == 0 ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")}\r\n");
        _request = [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    public int Status { get; private set; }

    public void Run()
    {
        for (var sent = 0; sent < _request.Length;) sent += _socket.Send(_request, sent, _request.Length - sent, SocketFlags.None);
        var read = 0;
        // The answers are short and have no body, or all of it in one piece behind the head.
        do read += _socket.Receive(_answer, read, _answer.Length - read, SocketFlags.None);
        while (_answer.AsSpan(0, read).IndexOf("\r\n\r\n"u8) < 0);
        Status = int.Parse(Encoding.ASCII.GetString(_answer, 9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
