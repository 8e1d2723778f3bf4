using Roadworthy.Wire.Session;
using Roadworthy.Wire.Tests.Support;
using static Roadworthy.Wire.Tests.Support.Messages;

namespace Roadworthy.Wire.Tests.Session;

/// <summary>Nobody makes us keep more than so much.</summary>
public sealed class BoundsTests
{
    [Fact]
    public void Who_never_reads_answers_is_passed_on_unread_in_the_end()
    {
        var talk = new Conversation();
        for (var n = 0; n < ExpectedReplies.Capacity; n++) talk.Client(Sync());
        Assert.False(talk.State.IsRaw);
        talk.Client(Sync());
        Assert.True(talk.State.IsRaw);
        Assert.Equal(0, talk.State.Replies.Count);
    }

    [Fact]
    public void Names_beyond_the_bound_are_unknown_and_nothing_else()
    {
        var talk = new Conversation();
        for (var n = 0; n <= SessionLimits.Names; n++) talk.Client(Parse($"s{n}", "SELECT a"), Sync()).Server(ParseComplete(), Ready());
        talk.Client(Bind("", $"s{SessionLimits.Names - 1}"), Execute(), Sync()).Server(BindComplete(), Complete("SELECT 1"), Ready());
        talk.Client(Bind("", $"s{SessionLimits.Names}"), Execute(), Sync()).Server(BindComplete(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select a", "(unknown)"], talk.Texts);
    }

    [Fact]
    public void Of_a_statement_longer_than_the_buffer_the_beginning_is_looked_at()
    {
        var talk = new Conversation().Client(Query("SELECT '" + new string('x', 100_000) + "'"), Query("SELECT a")).Server(Complete("SELECT 1"), Ready(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select ?", "select a"], talk.Texts);
        Assert.Equal([true, false], talk.Recorder.Records.Select(record => record.IsTruncated));
    }

    [Fact]
    public void More_completions_than_statements_are_taken_for_none()
    {
        var talk = new Conversation().Client(Query("SELECT 1")).Server(Complete("SELECT 1"), Complete("SELECT 1"), Complete("SELECT 1"), Ready(), Ready())
            .Client(Query("SELECT a")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["select ?", "select a"], talk.Texts);
    }

    [Fact]
    public void Shapes_beyond_the_bound_are_unknown()
    {
        var shapes = new Wire.Statements.ShapeTable(2);
        Assert.Equal("a", shapes.Get("a"u8, "a"u8).Text);
        Assert.Equal("b", shapes.Get("b"u8, "b"u8).Text);
        Assert.Same(StatementShape.Unknown, shapes.Get("c"u8, "c"u8));
        Assert.Equal("a", shapes.Get("a"u8, "a"u8).Text);
    }
}
