using Roadworthy.Wire.Tests.Support;
using static Roadworthy.Wire.Tests.Support.Messages;

namespace Roadworthy.Wire.Tests.Session;

/// <summary>The simple protocol.</summary>
public sealed class QueryTests
{
    [Fact]
    public void Each_completion_of_a_query_is_one_of_its_statements()
    {
        var talk = new Conversation().Client(Query("BEGIN; INSERT INTO t VALUES (1); SELECT 2; COMMIT"))
            .Server(Complete("BEGIN"), Complete("INSERT 0 1"), RowDescription(), DataRow(), DataRow(), Complete("SELECT 2"), Complete("COMMIT"), Ready());
        Assert.Equal(["begin", "insert into t values (?)", "select ?", "commit"], talk.Texts);
        var records = talk.Recorder.Records;
        Assert.Equal([(0L, -1L), (0L, 1L), (2L, 2L), (0L, -1L)], records.Select(record => (record.Rows, record.AffectedRows)));
        Assert.Equal([TransactionStatus.Idle, TransactionStatus.InTransaction, TransactionStatus.InTransaction, TransactionStatus.InTransaction], records.Select(record => record.Before));
        Assert.Single(records.Select(record => record.Batch).Distinct());
        Assert.All(records, record => Assert.False(record.IsExtended));
    }

    [Fact]
    public void What_stands_behind_an_error_was_never_run()
    {
        var talk = new Conversation().Client(Query("SELECT 1; SELECT 1/0; SELECT 3")).Server(RowDescription(), DataRow(), Complete("SELECT 1"), Error("22012"), Ready());
        Assert.Equal(["select ?", "select ? / ? !22012"], talk.Texts);
        Assert.Equal(0, talk.State.Replies.Count);
    }

    [Fact]
    public void An_empty_query_is_a_statement_that_is_none()
    {
        Assert.Equal(["(empty) (Empty)"], new Conversation().Client(Query(" -- nothing")).Server(Messages.Empty(), Ready()).Texts);
    }

    [Fact]
    public void Queries_that_are_pipelined_are_answered_in_turn()
    {
        var talk = new Conversation().Client(Query("SELECT 1"), Query("SELECT b"), Query("SELECT c"));
        Assert.Equal(3, talk.State.Replies.Readies);
        talk.Server(Complete("SELECT 1"), Ready(), Error("42703"), Ready(), Complete("SELECT 1"), Ready());
        Assert.Equal(["select ?", "select b !42703", "select c"], talk.Texts);
        Assert.Equal([1L, 2L, 3L], talk.Recorder.Records.Select(record => record.Batch));
    }

    [Fact]
    public void The_clients_transaction_runs_ahead_of_the_servers()
    {
        var talk = new Conversation().Client(Query("DISCARD ALL"), Query("BEGIN"));
        Assert.Equal((TransactionStatus.InTransaction, TransactionStatus.Idle), (talk.State.Front, talk.State.Back));
        talk.Client(Query("INSERT INTO t VALUES (1)")).Server(Complete("DISCARD ALL"), Ready());
        Assert.Equal((TransactionStatus.InTransaction, TransactionStatus.Idle), (talk.State.Front, talk.State.Back));
        talk.Server(Complete("BEGIN"), Ready('T'), Complete("INSERT 0 1"), Ready('T'));
        Assert.Equal((TransactionStatus.InTransaction, TransactionStatus.InTransaction), (talk.State.Front, talk.State.Back));
        Assert.Equal([TransactionStatus.Idle, TransactionStatus.Idle, TransactionStatus.InTransaction], talk.Recorder.Records.Select(record => record.Before));
        talk.Client(Query("SELECT nonsense")).Server(Error("42703"), Ready('E'));
        Assert.Equal(TransactionStatus.Failed, talk.State.Front);
        talk.Client(Query("ROLLBACK"));
        Assert.Equal(TransactionStatus.Idle, talk.State.Front);
    }

    [Fact]
    public void A_copy_counts_as_one_with_its_rows()
    {
        var talk = new Conversation()
            .Client(Query("COPY t TO STDOUT")).Server(CopyOut(), CopyData("1\n"), CopyData("2\n"), Make('c', ""), Complete("COPY 2"), Ready())
            .Client(Query("COPY t FROM STDIN")).Server(CopyIn()).Client(CopyData("1\n"), CopyDone()).Server(Complete("COPY 1"), Ready())
            .Client(Query("COPY t FROM STDIN")).Server(CopyIn()).Client(CopyFail()).Server(Error("57014"), Ready())
            .Client(Query("SELECT 1")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["copy t to stdout", "copy t from stdin", "copy t from stdin !57014", "select ?"], talk.Texts);
        Assert.Equal((2, 2), (talk.Recorder.Records[0].Rows, talk.Recorder.Records[0].AffectedRows));
    }

    [Fact]
    public void Copy_both_ways_passes_unread_from_then_on()
    {
        var talk = new Conversation().Client(Query("START_REPLICATION SLOT s LOGICAL 0/0")).Server(CopyBoth());
        Assert.True(talk.State.IsRaw);
    }

    [Fact]
    public void A_function_call_counts_as_one()
    {
        Assert.Equal(["(function call)"], new Conversation().Client(FunctionCall()).Server(FunctionResult(), Ready()).Texts);
        Assert.Equal(["(function call) !42883", "select ?"],
            new Conversation().Client(FunctionCall(), Query("SELECT 1")).Server(Error("42883"), Ready(), Complete("SELECT 1"), Ready()).Texts);
    }

    [Fact]
    public void What_is_prepared_in_SQL_is_known_when_it_is_executed()
    {
        var talk = new Conversation().Client(Query("PREPARE Add AS INSERT INTO t VALUES ($1)")).Server(Complete("PREPARE"), Ready())
            .Client(Query("EXECUTE add(1)")).Server(Complete("INSERT 0 1"), Ready())
            .Client(Query("DEALLOCATE add")).Server(Complete("DEALLOCATE"), Ready())
            .Client(Query("EXECUTE add(1)")).Server(Error("26000"), Ready());
        Assert.Equal(["prepare add as insert into t values (?)", "insert into t values (?)", "deallocate add", "execute add(?) !26000"], talk.Texts);
    }

    [Fact]
    public void With_standard_conforming_strings_off_texts_end_where_the_server_ends_them()
    {
        var talk = new Conversation().Server(Parameter("standard_conforming_strings", "off")).Client(Query(@"SELECT 'a\'; b'")).Server(Complete("SELECT 1"), Ready());
        Assert.Equal(["select ?"], talk.Texts);
    }

    [Fact]
    public void A_statement_whose_connection_ends_is_lost()
    {
        var talk = new Conversation().Client(Query("SELECT 1"), Query("SELECT a"));
        talk.State.Backend.Lose();
        Assert.Equal(["select ? (Lost)", "select a (Lost)"], talk.Texts);
    }

    [Fact]
    public void Start_up_and_what_comes_unasked_are_no_statements()
    {
        var talk = new Conversation(isSignedIn: false).Server(Make('R', [0, 0, 0, 10, 0])).Client(Make('p', "SCRAM-SHA-256\0")).Server(Make('R', [0, 0, 0, 0]), Parameter("TimeZone", "UTC"), Key(77, 32), Ready());
        Assert.Equal((77, TransactionStatus.Idle), (talk.State.ProcessId, talk.State.Front));
        talk.Server(Make('A', [0, 0, 0, 1, .. "channel\0payload\0"u8]), Make('N', "SNOTICE\0C00000\0Mhello\0\0"), Error("57P01", "FATAL"));
        Assert.Empty(talk.Texts);
    }
}
