using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Codec;

public sealed class StartupPacketTests
{
    [Theory]
    [InlineData(196608)]
    [InlineData(196610)]
    public void A_start_up_of_either_version_says_who_it_is(int version)
    {
        var packet = StartupPacket.Read(Messages.Startup(version, "ann", "shop"));
        Assert.Equal((StartupKind.Startup, version), (packet.Kind, packet.Version));
        Assert.True(packet.Parameter("user"u8).SequenceEqual("ann"u8));
        Assert.True(packet.Parameter("database"u8).SequenceEqual("shop"u8));
        Assert.True(packet.Parameter("application_name"u8).IsEmpty);
    }

    [Theory]
    [InlineData(80877103, (int)StartupKind.Ssl)]
    [InlineData(80877104, (int)StartupKind.Gss)]
    [InlineData(80877102, (int)StartupKind.Cancel)]
    [InlineData(131072, (int)StartupKind.Invalid)]
    public void Requests_are_told_by_their_codes(int code, int kind) => Assert.Equal((StartupKind)kind, StartupPacket.Read(Messages.Request(code)).Kind);

    [Fact]
    public void A_packet_is_read_when_it_is_whole()
    {
        var packet = Messages.Startup();
        for (var length = 0; length < packet.Length; length++) Assert.Equal(StartupKind.Incomplete, StartupPacket.Read(packet.AsSpan(0, length)).Kind);
        Assert.Equal(packet.Length, StartupPacket.Read([.. packet, 1, 2, 3]).Length);
    }

    [Fact]
    public void Direct_TLS_is_told_by_its_first_byte() => Assert.Equal(StartupKind.DirectTls, StartupPacket.Read([0x16]).Kind);

    [Fact]
    public void A_cancel_of_version_3_2_may_have_a_long_key()
    {
        byte[] packet = [0, 0, 1, 12, .. Messages.Request(80877102)[4..], 0, 0, 0, 7, .. new byte[256]];
        var read = StartupPacket.Read(packet);
        Assert.Equal((StartupKind.Cancel, 268), (read.Kind, read.Length));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10_001)]
    [InlineData(-1)]
    public void A_length_that_PostgreSQL_would_not_take_is_refused(int length)
    {
        byte[] packet = [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        Assert.Equal(StartupKind.Invalid, StartupPacket.Read(packet).Kind);
    }
}
