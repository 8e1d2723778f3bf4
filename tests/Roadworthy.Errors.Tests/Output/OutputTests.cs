using System.Globalization;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Output;

public sealed class OutputTests
{
    [Fact]
    public void An_error_is_on_the_output_when_Log_returns_with_what_was_queued_before_it()
    {
        using var recorder = new Recorder();
        recorder.Log.LogInformation("first");
        recorder.Log.LogError("second");

        Assert.Equal(["first", "second"], recorder.Output.Records.Select(r => r.At("message")), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Error, true)]
    [InlineData(LogLevel.Critical, true)]
    [InlineData(LogLevel.Warning, false)]
    public void Only_errors_are_written_by_the_thread_that_logs_them(LogLevel level, bool same)
    {
        var gate = new GatedStream(new RecordStream());
        using var recorder = new Recorder(options => options.Output = gate);

        recorder.Log.Log(level, "one");
        gate.Entered.Wait(TestContext.Current.CancellationToken);

        Assert.Equal(same, gate.WritingThread == Environment.CurrentManagedThreadId);
    }

    [Fact]
    public void Lower_levels_wait_in_a_queue_that_is_written_at_the_end()
    {
        var recorder = new Recorder();
        for (var i = 0; i < 100; i++)
        {
            recorder.Log.LogInformation("number {I}", i);
        }

        recorder.Dispose();

        Assert.Equal(Enumerable.Range(0, 100), recorder.Output.Records.Select(r => r.ElementAt("state.I").GetInt32()));
    }

    [Fact]
    public void A_full_queue_drops_counts_and_says_how_many_while_errors_get_through()
    {
        var output = new RecordStream();
        var gate = new GatedStream(output);
        using var recorder = new Recorder(options =>
        {
            options.Output = gate;
            options.QueueCapacity = 10;
        });
        using var counts = new RecordCounts(recorder.Services);
        gate.Open.Reset();
        recorder.Log.LogInformation("holds the writer");
        gate.Entered.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 25; i++)
        {
            recorder.Log.LogInformation("waiting {I}", i);
        }

        Assert.Equal(15, counts.Dropped);
        gate.Open.Set();
        recorder.Log.LogError("gets through");
        recorder.Dispose();

        Assert.Equal(13, output.Records.Count);
        Assert.Equal("15", Assert.Single(output.Records, r => r.Has("eventName") && r.At("eventName") is "RecordsDropped").At("state.dropped"));
        Assert.Equal("gets through", output.Records[^1].At("message"));
        Assert.Equal(13, counts.Written);
    }

    [Fact]
    public void A_failing_output_is_counted_and_never_reaches_the_caller()
    {
        var output = new RecordStream();
        var gate = new GatedStream(output) { Fault = new IOException("disk full") };
        using var recorder = new Recorder(options => options.Output = gate);
        using var counts = new RecordCounts(recorder.Services);

        recorder.Log.LogError("lost");
        gate.Fault = null;
        recorder.Log.LogError("kept");

        Assert.Equal(1, counts.Failed);
        Assert.Equal(1, counts.Written);
        Assert.Equal("kept", Assert.Single(output.Records).At("message"));
    }

    [Fact]
    public void Concurrent_writers_never_mix_their_lines()
    {
        var recorder = new Recorder(options => options.QueueCapacity = 100_000);
        Parallel.For(0, 2_000, i => recorder.Log.Log(
            i % 2 == 0 ? LogLevel.Error : LogLevel.Information, i % 4 == 0 ? NastyExceptions.Complete() : null, "number {I} {Filler}", i, new string('x', i % 500)));
        recorder.Dispose();

        Assert.Equal(Enumerable.Range(0, 2_000), recorder.Output.Records.Select(r => r.ElementAt("state.I").GetInt32()).Order());
    }

    [Fact]
    public void What_is_logged_after_the_end_is_still_written()
    {
        var recorder = new Recorder();
        recorder.Dispose();
        recorder.Log.LogInformation("late");
        recorder.Dispose();

        Assert.Equal("late", Assert.Single(recorder.Output.Records).At("message"));
    }

    [Fact]
    public void An_output_or_a_value_that_logs_itself_ends()
    {
        using var recorder = new Recorder();
        var value = new LoggingValue(recorder.Log);

        recorder.Log.LogError("outer {Value}", value);

        Assert.Equal(["inner", "outer done"], recorder.Output.Records.Select(r => r.At("message")).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_formatter_that_throws_still_gives_a_record()
    {
        var record = Recorder.RecordOf(log => log.Log(LogLevel.Error, default, 1, null, (_, _) => throw new FormatException("bad template")));

        Assert.Equal("<threw FormatException>", record.At("message"));
    }

    private sealed class LoggingValue(ILogger log)
    {
        public override string ToString()
        {
            log.LogError("inner");
            return string.Create(CultureInfo.InvariantCulture, $"done");
        }
    }
}
