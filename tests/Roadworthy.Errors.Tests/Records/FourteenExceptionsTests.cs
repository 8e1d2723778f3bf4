using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Records;

/// <summary>The table of loggers, with our column: each row is a field of its own in the record, never only text.</summary>
public sealed class FourteenExceptionsTests(PostgresFixture database)
{
    private const int Goal = 32_768;

    private static readonly Dictionary<string, Action<JsonElement>> Cells = new(StringComparer.Ordinal)
    {
        ["data, properties, validation errors"] = Complete,
        ["deep inner chain"] = Chain,
        ["aggregate of many"] = Aggregate,
        ["PostgreSQL error inside a wrapper"] = Postgres,
        ["ToString throws"] = e => Assert.Equal("its ToString throws", e.At("message")),
        ["Message throws"] = e => Assert.Equal("<threw InvalidOperationException>", e.At("message")),
        ["StackTrace throws"] = e => Assert.Equal("<threw InvalidOperationException>", e.At("frames.0")),
        ["10,000 frames"] = ManyFrames,
        ["lone surrogate"] = e => Assert.Equal("key\ud800", LoneKey(e)),
        ["cycle"] = e => Assert.Equal("True", e.At("children.0.repeated")),
        ["secrets"] = Secrets,
        ["loader exceptions"] = e => Assert.Equal("second assembly is missing", e.At("children.1.message")),
        ["1 MB message"] = e => Assert.Matches(@"^m+…\[\+99\d{4} chars\]$", e.At("message")),
        ["injection"] = Injection,
    };

    [Fact]
    public async Task Each_of_14_nasty_exceptions_gives_one_valid_record_within_32_KB_with_every_cell_a_field()
    {
        var exceptions = await ExceptionsAsync();
        using var recorder = new Recorder();
        foreach (var exception in exceptions.Values)
        {
            recorder.Log.LogError(exception, "Order {OrderId} failed", 7);
        }

        Assert.Equal(14, recorder.Output.Lines.Count);
        foreach (var (name, line) in exceptions.Keys.Zip(recorder.Output.Lines))
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) < Goal, $"{name}: {line.Length}");
            var record = JsonElement.Parse(line);
            Assert.Equal("7", record.At("state.OrderId"));
            Assert.NotEmpty(record.At("exception.type"));
            Assert.True(record.ElementAt("exception.frames").GetArrayLength() > 0, name);
            Cells[name](record.ElementAt("exception"));
        }
    }

    private async Task<Dictionary<string, Exception>> ExceptionsAsync() => new(StringComparer.Ordinal)
    {
        ["data, properties, validation errors"] = NastyExceptions.Complete(),
        ["deep inner chain"] = NastyExceptions.Chain(100),
        ["aggregate of many"] = NastyExceptions.Aggregate(64),
        ["PostgreSQL error inside a wrapper"] = NastyExceptions.Thrown(new DbUpdateException(
            "could not save", await database.FailureOf("INSERT INTO account VALUES (3, 'ann@example.com', 1)"))),
        ["ToString throws"] = NastyExceptions.Thrown(new ThrowingToStringException()),
        ["Message throws"] = NastyExceptions.Thrown(new ThrowingMessageException()),
        ["StackTrace throws"] = new ThrowingStackException(),
        ["10,000 frames"] = NastyExceptions.Recursed(10_000),
        ["lone surrogate"] = NastyExceptions.LoneSurrogate(),
        ["cycle"] = NastyExceptions.Thrown(new SelfHoldingException()),
        ["secrets"] = NastyExceptions.Secrets(),
        ["loader exceptions"] = NastyExceptions.LoaderExceptions(),
        ["1 MB message"] = NastyExceptions.LongMessage(),
        ["injection"] = NastyExceptions.Injection(),
    };

    private static void Complete(JsonElement exception)
    {
        Assert.Equal("Roadworthy.Errors.Tests.Support.OrderException", exception.At("type"));
        Assert.Equal("order 42 was refused", exception.At("message"));
        Assert.Equal("0x80131500", exception.At("hresult"));
        Assert.Equal("b-17", exception.At("data.basket"));
        Assert.Equal("12.5", exception.At("data.total"));
        Assert.Equal("42", exception.At("properties.orderId"));
        Assert.Equal("<threw TimeoutException>", exception.At("properties.broken"));
        Assert.Equal("must be positive", exception.ElementAt("errors.0").GetProperty("/items/0/quantity")[0].GetString());
        Assert.Contains("NastyExceptions.Thrown", exception.At("frames.0"), StringComparison.Ordinal);
    }

    private static void Chain(JsonElement exception)
    {
        var depth = 0;
        while (exception.TryGetProperty("inner", out var inner))
        {
            depth++;
            exception = inner;
        }

        Assert.Equal(8, depth);
        Assert.Equal("root cause", exception.At("message"));
    }

    private static void Aggregate(JsonElement exception)
    {
        var children = exception.ElementAt("children").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, 64).Select(i => $"child {i}"), children.Select(c => c.At("message")), StringComparer.Ordinal);
        Assert.All(children, child => Assert.EndsWith("OrderException", child.At("type"), StringComparison.Ordinal));
        Assert.False(exception.Has("inner"));
    }

    private static void Postgres(JsonElement exception)
    {
        Assert.Equal("23505", exception.At("inner.pg.sqlState"));
        Assert.Equal("account_email_key", exception.At("inner.pg.constraint"));
        Assert.Equal("account", exception.At("inner.pg.table"));
        Assert.Equal("public", exception.At("inner.pg.schema"));
        Assert.Equal("ERROR", exception.At("inner.pg.severity"));
        Assert.DoesNotContain("ann@example.com", exception.GetRawText(), StringComparison.Ordinal);
    }

    private static void ManyFrames(JsonElement exception)
    {
        var frames = exception.ElementAt("frames").EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.Equal(65, frames.Count);
        Assert.Equal("skipped 9938", frames[32]);
        Assert.Contains("Recursed", frames[^1], StringComparison.Ordinal);
    }

    private static string LoneKey(JsonElement exception)
    {
        var raw = exception.GetRawText();
        Assert.Contains("half a pair: \\ud83d, other half: \\udc00, whole: 😀", raw, StringComparison.Ordinal);
        Assert.Contains("\"value\\udfff\"", raw, StringComparison.Ordinal);
        return raw.Contains("\"key\\ud800\"", StringComparison.Ordinal) ? "key\ud800" : raw;
    }

    private static void Secrets(JsonElement exception)
    {
        var raw = exception.GetRawText();
        Assert.DoesNotContain("Tr0ub4dor", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Zm9vYmFyLXNlY3JldA", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0LXNpZ25hdHVyZQ", raw, StringComparison.Ordinal);
        Assert.Contains("Host=db;Username=shop;Password=***;", exception.At("message"), StringComparison.Ordinal);
        Assert.Equal("***", exception.At("data.password"));
        Assert.Equal("***", exception.At("properties.apiKey"));
    }

    private static void Injection(JsonElement exception)
    {
        Assert.StartsWith("first\r\n{\"level\"", exception.At("message"), StringComparison.Ordinal);
        var raw = exception.GetRawText();
        Assert.DoesNotContain(raw, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E');
        Assert.Contains("\\u2028", raw, StringComparison.Ordinal);
        Assert.Contains("\\u001b[31m", raw, StringComparison.Ordinal);
    }
}
