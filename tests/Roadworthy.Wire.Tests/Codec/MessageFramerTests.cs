using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Codec;

public sealed class MessageFramerTests
{
    [Fact]
    public void A_message_that_fits_is_shown_whole_and_only_when_it_is_whole()
    {
        var framer = new MessageFramer();
        var message = Messages.Query("SELECT 1");
        for (var length = 0; length < message.Length; length++) Assert.Equal(FrameStatus.Incomplete, framer.Next(message.AsSpan(0, length), isFull: false, out _));

        Assert.Equal(FrameStatus.Found, framer.Next(message, isFull: false, out var frame));
        Assert.Equal(FramePart.Whole, frame.Part);
        Assert.True(frame.Body.SequenceEqual("SELECT 1\0"u8));
        Assert.Equal(message.Length, frame.Length);
    }

    [Fact]
    public void Of_a_message_that_does_not_fit_the_beginning_is_shown_and_the_rest_passes_in_pieces()
    {
        var framer = new MessageFramer();
        var message = Messages.Make('d', new byte[100]);
        framer.Next(message.AsSpan(0, 50), isFull: true, out var beginning);
        Assert.Equal((FramePart.Beginning, 45, 50), (beginning.Part, beginning.Body.Length, beginning.Length));
        framer.Next(message.AsSpan(50, 30), isFull: false, out var middle);
        Assert.Equal((FramePart.Middle, 30), (middle.Part, middle.Length));
        framer.Next([.. message[80..], .. Messages.Sync()], isFull: false, out var end);
        Assert.Equal((FramePart.End, 25), (end.Part, end.Length));
        framer.Next(Messages.Sync(), isFull: false, out var next);
        Assert.Equal((byte)'S', next.Type);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_length_that_no_message_has_is_broken(int length)
    {
        byte[] message = [(byte)'Q', (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        Assert.Equal(FrameStatus.Broken, new MessageFramer().Next(message, isFull: false, out _));
    }
}
