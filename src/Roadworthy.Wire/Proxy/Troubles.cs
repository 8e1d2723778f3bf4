namespace Roadworthy.Wire.Proxy;

/// <summary>What cannot pass, said to people.</summary>
internal static class Troubles
{
    public const string DirectTls =
        "A client began with TLS at once (sslnegotiation=direct), which the proxy cannot read. Connect it with sslmode=disable or sslmode=prefer (Npgsql: SSL Mode=Disable).";

    public const string EncryptionRequired =
        "A client asked for TLS and left when there was none: sslmode=require, verify-ca and verify-full cannot pass the proxy, which reads what is sent. " +
        "Connect it with sslmode=disable or sslmode=prefer (Npgsql: SSL Mode=Disable).";

    public const string LeftWhenAskedForPassword =
        "A client left when the server asked it for its password by SCRAM. With channel_binding=require it cannot pass the proxy, as there is no TLS to bind to: " +
        "connect it with channel_binding=prefer (Npgsql: Channel Binding=Prefer). Else it had no password to give.";

    public const string NotPostgres = "Something connected that does not speak PostgreSQL's protocol, version 3. It was cut off.";

    /// <summary>A fatal handshake_failure of TLS 1.2, so that a client of TLS names that in place of nonsense.</summary>
    public static ReadOnlySpan<byte> TlsAlert => [0x15, 3, 3, 0, 2, 2, 40];
}
