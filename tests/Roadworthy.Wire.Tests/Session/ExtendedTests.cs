using Roadworthy.Wire.Tests.Support;
using static Roadworthy.Wire.Tests.Support.Messages;

namespace Roadworthy.Wire.Tests.Session;

/// <summary>The extended protocol.</summary>
public sealed class ExtendedTests
{
    private static readonly byte[][] Answered = [ParseComplete(), BindComplete(), RowDescription(), DataRow(), Complete("SELECT 1"), Ready()];

    [Fact]
    public void Executes_count_and_not_Parse_or_Bind()
    {
        var talk = new Conversation().Client(Parse("", "SELECT $1"), Bind("", "", "a"), DescribePortal(), Execute(), Sync()).Server(Answered);
        Assert.Equal(["select ?"], talk.Texts);
        Assert.True(talk.Recorder.Records[0] is { IsExtended: true, IsPrepared: false, Rows: 1 });
        talk.Client(Parse("s1", "SELECT a"), Sync()).Server(ParseComplete(), Ready());
        Assert.Single(talk.Texts);
    }

    [Fact]
    public void A_name_stands_for_its_text_until_it_is_closed()
    {
        var talk = new Conversation().Client(Parse("s1", "SELECT a WHERE b = $1"), Sync()).Server(ParseComplete(), Ready())
            .Client(Bind("", "s1", "1"), Execute(), Bind("", "s1", "1"), Execute(), Bind("", "s1", "2"), Execute(), Sync())
            .Server(BindComplete(), Complete("SELECT 1"), BindComplete(), Complete("SELECT 1"), BindComplete(), Complete("SELECT 1"), Ready())
            .Client(CloseStatement("s1"), Bind("", "s1", "1"), Execute(), Sync()).Server(CloseComplete(), Error("26000"), Ready());
        Assert.Equal(["select a where b = ?", "select a where b = ?", "select a where b = ?", "(unknown) !26000"], talk.Texts);
        var records = talk.Recorder.Records;
        Assert.All(records.Take(3), record => Assert.True(record.IsPrepared));
        Assert.Equal(records[0].ValuesHash, records[1].ValuesHash);
        Assert.NotEqual(records[0].ValuesHash, records[2].ValuesHash);
    }

    [Fact]
    public void DISCARD_ALL_and_DEALLOCATE_drop_names()
    {
        foreach (var drop in new[] { "DISCARD ALL", "DEALLOCATE ALL", "DEALLOCATE s1", "DEALLOCATE PREPARE s1" })
        {
            var talk = new Conversation().Client(Parse("s1", "SELECT a"), Sync()).Server(ParseComplete(), Ready()).Client(Query(drop)).Server(Complete("x"), Ready())
                .Client(Bind("", "s1"), Execute(), Sync()).Server(Error("26000"), Ready());
            Assert.Equal("(unknown) !26000", talk.Texts[^1]);
        }
    }

    [Fact]
    public void The_unnamed_statement_is_overwritten()
    {
        var talk = new Conversation().Client(Parse("", "SELECT a"), Parse("", "SELECT b"), Bind("", ""), Execute(), Sync())
            .Server(ParseComplete(), ParseComplete(), BindComplete(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select b"], talk.Texts);
    }

    [Fact]
    public void A_name_that_is_taken_keeps_its_meaning()
    {
        var talk = new Conversation().Client(Parse("s1", "SELECT a"), Sync()).Server(ParseComplete(), Ready())
            .Client(Parse("s1", "SELECT b"), Sync()).Server(Error("42P05"), Ready())
            .Client(Bind("", "s1"), Execute(), Sync()).Server(BindComplete(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select a"], talk.Texts);
    }

    [Fact]
    public void A_name_whose_Parse_failed_means_nothing()
    {
        var talk = new Conversation().Client(Parse("s1", "SELEC a"), Sync()).Server(Error("42601"), Ready())
            .Client(Parse("s1", "SELECT a"), Bind("", "s1"), Execute(), Sync()).Server(ParseComplete(), BindComplete(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select a"], talk.Texts);
    }

    [Fact]
    public void An_error_clears_up_to_its_own_Sync_and_no_further()
    {
        var talk = new Conversation().Client(
            Parse("", "SELECT a"), Bind("", ""), Execute(), Parse("", "SELECT b"), Bind("", ""), Execute(), Parse("", "SELECT c"), Bind("", ""), Execute(), Sync(),
            Parse("", "SELECT d"), Bind("", ""), Execute(), Sync())
            .Server(ParseComplete(), BindComplete(), Complete("SELECT 1"), ParseComplete(), BindComplete(), Error("22012"), Ready())
            .Server(ParseComplete(), BindComplete(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select a", "select b !22012", "select d"], talk.Texts);
    }

    [Fact]
    public void After_an_error_the_server_reads_on_to_a_Sync_that_comes_later_even_past_a_Query()
    {
        var talk = new Conversation().Client(Parse("", "SELECT a"), Bind("", ""), Execute(), Flush()).Server(ParseComplete(), BindComplete(), Error("22012"))
            .Client(Parse("s1", "SELECT b"), Bind("", "s1"), Execute(), Query("SELECT c"), Sync());
        Assert.Equal(1, talk.State.Replies.Readies);
        talk.Server(Ready()).Client(Query("SELECT d")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["select a !22012", "select d"], talk.Texts);
    }

    [Fact]
    public void An_error_in_a_Parse_is_told_of_the_statement_that_was_meant()
    {
        var talk = new Conversation().Client(Parse("", "SELECT nonsense"), Bind("", ""), Execute(), Sync()).Server(Error("42703"), Ready());
        Assert.Equal(["select nonsense !42703"], talk.Texts);
    }

    [Fact]
    public void A_resumed_portal_is_no_new_statement()
    {
        var talk = new Conversation().Client(Parse("", "SELECT a"), Bind("p1", ""), Execute("p1", 2), Flush()).Server(ParseComplete(), BindComplete(), DataRow(), DataRow(), Suspended())
            .Client(Execute("p1", 2), Sync()).Server(DataRow(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select a (Suspended)", "select a"], talk.Texts);
        Assert.Equal([false, true], talk.Recorder.Records.Select(record => record.IsResumed));
        Assert.Equal([2L, 1L], talk.Recorder.Records.Select(record => record.Rows));
    }

    [Fact]
    public void An_empty_text_ends_a_statement_too()
    {
        Assert.Equal(["(empty) (Empty)"], new Conversation().Client(Parse("", ""), Bind("", ""), Execute(), Sync()).Server(ParseComplete(), BindComplete(), Empty(), Ready()).Texts);
    }

    [Fact]
    public void A_commit_that_fails_at_the_Sync_is_told()
    {
        var talk = new Conversation().Client(Parse("", "INSERT INTO t VALUES (1)"), Bind("", ""), Execute(), Sync()).Server(ParseComplete(), BindComplete(), Complete("INSERT 0 1"), Error("23503"), Ready());
        Assert.Equal(["insert into t values (?)", "(implicit commit) !23503"], talk.Texts);
    }

    // libpq sends Parse, Bind, Describe, Execute and Sync before it knows that this is a COPY, and another Sync behind the data.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Sync_that_the_server_reads_within_a_copy_is_not_answered(bool isPipelined)
    {
        byte[][] request = [Parse("", "COPY t FROM STDIN"), Bind("", ""), DescribePortal(), Execute(), Sync()], data = [CopyData("1\n"), CopyDone(), Sync()];
        byte[][] begun = [ParseComplete(), BindComplete(), NoData(), CopyIn()];
        var talk = new Conversation().Client(request);
        if (isPipelined) talk.Client(data).Server(begun);
        else talk.Server(begun).Client(data);
        Assert.Equal(1, talk.State.Replies.Readies);
        talk.Server(Complete("COPY 1"), Ready()).Client(Query("SELECT 1")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["copy t from stdin", "select ?"], talk.Texts);
    }

    [Fact]
    public void A_copy_that_fails_leaves_its_data_unread_up_to_the_Sync()
    {
        var talk = new Conversation().Client(Parse("", "COPY t FROM STDIN"), Bind("", ""), Execute(), Sync()).Server(ParseComplete(), BindComplete(), CopyIn())
            .Client(CopyData("nonsense\n")).Server(Error("22P02")).Client(CopyData("2\n"), CopyDone(), Sync()).Server(Ready())
            .Client(Query("SELECT 1")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["copy t from stdin !22P02", "select ?"], talk.Texts);
    }

    [Fact]
    public void Bound_values_are_shown_to_who_looks_for_one()
    {
        var recorder = new Recorder { LookFor = "needle"u8.ToArray() };
        var state = new Roadworthy.Wire.Session.SessionState(1, new(100), recorder);
        foreach (var message in new[] { Parse("s", "SELECT $1, $2"), Bind("", "s", "hay", "needle"), Bind("", "s", "needles", "hay") })
            state.Sent(new(message[0], Wire.Codec.FramePart.Whole, message.AsSpan(5), message.Length), 1);
        Assert.Equal(["select ?, ?"], recorder.Bound);
    }
}
