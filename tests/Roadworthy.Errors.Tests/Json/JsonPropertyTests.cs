using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Roadworthy.Errors.Tests.Support;

namespace Roadworthy.Errors.Tests.Json;

/// <summary>Whatever an exception holds: one line of valid JSON, within bounds, without its secret.</summary>
public sealed class JsonPropertyTests
{
    private const string Secret = "Tr0ub4dor-s3cret";
    private const int Smallest = 4_096;

    private static readonly Gen<char> AnyChar = Gen.Frequency(
        (6, Gen.Choose(32, 126).Select(c => (char)c)),
        (2, Gen.Choose(0, 0x1F).Select(c => (char)c)),
        (2, Gen.Choose(0xD800, 0xDFFF).Select(c => (char)c)),
        (2, Gen.Choose(0x80, 0xFFFF).Select(c => (char)c)),
        (1, Gen.Elements('"', '\\', '\n', '\u2028', '\u2029', '\u202E')));

    private static readonly Gen<string> AnyText =
        from length in Gen.Frequency((8, Gen.Choose(0, 40)), (1, Gen.Choose(1_000, 9_000)))
        from characters in Gen.ArrayOf(AnyChar, length)
        select new string(characters);

    private static readonly Gen<object?> AnyValue = Gen.OneOf(
        AnyText.Select(t => (object?)t),
        Gen.Constant((object?)null),
        Gen.Elements<object?>(1, 2L, 3.5, double.NaN, decimal.MaxValue, true, Guid.Empty, DateTimeOffset.UnixEpoch, new byte[9], typeof(List<int>), DayOfWeek.Friday),
        AnyText.Select(t => (object?)new[] { t, t }),
        AnyText.Select(t => (object?)new Dictionary<string, object?>(StringComparer.Ordinal) { [t] = t, ["password"] = Secret }));

    [Fact]
    public void Any_exception_gives_one_valid_line_within_bounds_without_its_secret() => Prop.ForAll(Exceptions().ToArbitrary(), exception =>
    {
        using var recorder = new Recorder(options => options.MaxRecordBytes = Smallest);
        recorder.Log.LogError(exception, "with {Token} and {Text}", Secret, exception.Message);
        var bytes = recorder.Output.Bytes;
        var text = Encoding.UTF8.GetString(bytes);

        Assert.InRange(bytes.Length, 2, Smallest);
        Assert.Equal(1, bytes.Count(b => b == '\n'));
        Assert.Equal((byte)'\n', bytes[^1]);
        Assert.DoesNotContain(text[..^1], c => char.IsControl(c) || c is '\u2028' or '\u2029');
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        var record = JsonElement.Parse(bytes.AsSpan());
        Assert.Equal(exception.GetType().FullName, record.At("exception.type"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_that_fits_comes_back_unchanged() => Prop.ForAll(AnyText.ToArbitrary(), text =>
    {
        var written = Escaped(text, int.MaxValue);

        Assert.Equal(text, Unescaped(written));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_cut_at_any_byte_is_the_beginning_of_the_text() => Prop.ForAll(AnyText.ToArbitrary(), Gen.Choose(0, 60).ToArbitrary(), (text, most) =>
    {
        var written = Escaped(text, most);

        Assert.InRange(written.Length, 0, most);
        Assert.StartsWith(Unescaped(written), text, StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static Gen<Exception> Exceptions() =>
        from depth in Gen.Choose(0, 12)
        from messages in Gen.ArrayOf(AnyText, depth + 1)
        from keys in Gen.ArrayOf(AnyText, 3)
        from values in Gen.ArrayOf(AnyValue, 3)
        from aggregate in Gen.Elements(false, true)
        select Build(messages, keys, values, aggregate);

    private static Exception Build(string[] messages, string[] keys, object?[] values, bool aggregate)
    {
        Exception? built = null;
        foreach (var message in messages)
        {
            built = aggregate && built is not null
                ? new AggregateException(message, built, new OrderException(message) { ApiKey = Secret })
                : new InvalidOperationException($"{message} Password={Secret};", built);
            foreach (var (key, value) in keys.Zip(values))
            {
                built.Data[key] = value;
            }

            built.Data["api_key"] = Secret;
        }

        return built!;
    }

    private static byte[] Escaped(string text, int most)
    {
        var buffer = new byte[Math.Min(most, (text.Length * 6) + 1)];
        Errors.Json.JsonText.Escape(text, buffer, out _, out var written);
        return buffer[..written];
    }

    // System.Text.Json refuses lone surrogates, so the test reads escapes by itself.
    private static string Unescaped(byte[] escaped) => System.Text.RegularExpressions.Regex.Replace(
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(escaped),
        @"\\(?<escape>u[0-9a-f]{4}|.)",
        m => m.Groups["escape"].Value switch
        {
            "n" => "\n",
            "r" => "\r",
            "t" => "\t",
            ['u', .. var hex] => ((char)Convert.ToInt32(hex, 16)).ToString(),
            var other => other,
        },
        System.Text.RegularExpressions.RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));
}
