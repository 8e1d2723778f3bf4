using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Readable;
using Roadworthy.Errors.Records;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Readable;

public sealed class ReadableRecordTests(PostgresFixture database)
{
    [Fact]
    public void A_plain_record_is_one_line_with_time_level_short_category_and_message()
    {
        var text = Write(log => log.LogInformation("Order {Id} was placed", 7));

        Assert.Equal("12:30:15.250 info Orders Order 7 was placed\n", text);
    }

    [Fact]
    public void An_exception_shows_own_frames_and_counts_those_of_the_framework()
    {
        var text = Write(log => log.LogError(NastyExceptions.Thrown(Parsed()), "It failed"));

        Assert.Contains("    FormatException: The input string 'x' was not in a correct format.\n", text, StringComparison.Ordinal);
        Assert.Contains("Roadworthy.Errors.Tests.Support.NastyExceptions.Thrown(Exception exception)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Number", text, StringComparison.Ordinal);
        Assert.Matches(@"… \d more frames", text);
    }

    [Fact]
    public async Task A_PostgreSQL_error_shows_its_fields_on_a_line_of_their_own()
    {
        var exception = new DbUpdateException("could not save", await database.FailureOf("INSERT INTO account VALUES (9, 'ann@example.com', 1)"));

        var text = Write(log => log.LogError(exception, "It failed"));

        Assert.Contains("caused by\n", text, StringComparison.Ordinal);
        Assert.Matches("\n +pg sqlState=23505 severity=ERROR constraint=account_email_key table=account ", text);
    }

    [Fact]
    public void Control_characters_can_t_forge_a_line_or_a_colour()
    {
        var text = Write(log => log.LogError(NastyExceptions.Injection(), "said {What}", "a\r\nb\u001b[31mc"));

        Assert.StartsWith("12:30:15.250 FAIL Orders said a ⏎ b[31mc\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is '\u2028' or '\u202E'));
        Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith('{'));
    }

    [Fact]
    public void Secrets_are_masked_here_too()
    {
        var text = Write(log => log.LogError(NastyExceptions.Secrets(), "with {Token}", "Tr0ub4dor"));

        Assert.DoesNotContain("Tr0ub4dor", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_exceptions_stay_within_bounds()
    {
        Exception[] worst =
        [
            NastyExceptions.Aggregate(100), NastyExceptions.Chain(1_000), NastyExceptions.LongMessage(), new ThrowingMessageException(),
            new SelfHoldingException(), NastyExceptions.LoneSurrogate(), new LongStackException(10_000),
        ];
        foreach (var exception in worst)
        {
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Write(log => log.LogError(exception, "It failed"))), 50, 32_768);
        }
    }

    [Fact]
    public void Colours_are_there_for_a_terminal_only()
    {
        var input = new RecordInput { Time = DateTimeOffset.UnixEpoch, Level = LogLevel.Error, Category = "A.B", Message = "m" };
        var coloured = "";
        var plain = "";
        new ReadableRecordFormatter(4_096, new Masker([]), Palette.Terminal).Format(input, bytes => coloured = System.Text.Encoding.UTF8.GetString(bytes));
        new ReadableRecordFormatter(4_096, new Masker([]), Palette.For(Stream.Null)).Format(input, bytes => plain = System.Text.Encoding.UTF8.GetString(bytes));

        Assert.Contains("\e[31mFAIL\e[0m", coloured, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', plain);
    }

    private static string Write(Action<ILogger> log)
    {
        var local = new DateTime(2026, 11, 23, 12, 30, 15, 250, DateTimeKind.Local);
        using var recorder = new Recorder(
            options => options.Format = RecordFormat.Readable,
            services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(new DateTimeOffset(local))));
        log(recorder.Log);
        recorder.Dispose();
        return recorder.Output.Text;
    }

    private static FormatException Parsed()
    {
        try
        {
            int.Parse("x", System.Globalization.CultureInfo.InvariantCulture);
            throw new InvalidOperationException("unreachable");
        }
        catch (FormatException exception)
        {
            return new FormatException(exception.Message, exception);
        }
    }
}
