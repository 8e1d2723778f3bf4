using System.Text;
using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Tests.Support;

namespace Roadworthy.Wire.Tests.Codec;

public sealed class FieldTests
{
    [Theory]
    [InlineData("INSERT 0 3", 3)]
    [InlineData("UPDATE 0", 0)]
    [InlineData("SELECT 12345678901", 12345678901)]
    [InlineData("BEGIN", -1)]
    [InlineData("CREATE TABLE", -1)]
    [InlineData("", -1)]
    public void The_number_of_rows_stands_at_the_end_of_a_tag(string tag, long rows) => Assert.Equal(rows, CommandTag.Rows(Encoding.UTF8.GetBytes(tag)));

    [Fact]
    public void An_error_says_its_state_and_whether_it_is_the_end()
    {
        var error = ErrorFields.Read(Messages.Error("40001").AsSpan(5));
        Assert.Equal(("40001", false), (error.State.ToString(), error.IsFatal));
        Assert.True(ErrorFields.Read(Messages.Error("57P01", "FATAL").AsSpan(5)).IsFatal);
        Assert.True(ErrorFields.Read([]).State.IsNone);
        Assert.True(ErrorFields.Read("Cno"u8).State.IsNone);
    }

    [Theory]
    [InlineData("4000")]
    [InlineData("400011")]
    [InlineData("4000a")]
    [InlineData("")]
    public void What_is_no_state_is_refused(string text) => Assert.Contains(text, Assert.Throws<ArgumentException>(() => SqlState.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_queue_keeps_what_was_not_taken_through_growing()
    {
        var queue = new ByteQueue();
        queue.Add(new byte[500]);
        queue.Take(499);
        queue.Add([1, 2, 3]);
        queue.Add(new byte[100_000]);
        Assert.True(queue.Filled[..4].SequenceEqual(new byte[] { 0, 1, 2, 3 }));
        queue.Take(queue.Count);
        Assert.True(queue.IsEmpty);
    }
}
