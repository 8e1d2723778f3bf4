using System.Text;
using System.Text.Json;
using Roadworthy.Input.Bodies;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Tests.Support;

/// <summary>A body that was read as a T: its errors, and what the host's binder makes of what is handed on.</summary>
internal sealed record Reading<T>(bool Readable, IReadOnlyList<InputError> Errors, bool Truncated, string Document, IReadOnlyList<string> Unknown, JsonSerializerOptions Options)
{
    public T? Value => Errors.Count == 0 ? JsonSerializer.Deserialize<T>(Document, Options) : throw new InvalidOperationException($"It was refused: {this}");

    public IEnumerable<string> Keys => Errors.Select(error => error.Key);

    /// <summary>The errors as "key rule", in their order.</summary>
    public string[] Rules => [.. Errors.Select(error => $"{error.Key} {error.Rule}")];

    public override string ToString() => $"{string.Join("; ", Errors)} {Document}";
}

internal static class Read
{
    public static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Reading<T> As<T>(string json, JsonSerializerOptions? options = null, int maxMembers = 10_000, int maxErrors = 100) =>
        As<T>(Encoding.UTF8.GetBytes(json), options, maxMembers, maxErrors);

    public static Reading<T> As<T>(ReadOnlySpan<byte> json, JsonSerializerOptions? options = null, int maxMembers = 10_000, int maxErrors = 100)
    {
        options ??= Web;
        options.MakeReadOnly(populateMissingResolver: true);
        var errors = new InputErrors(maxErrors);
        var unknown = new List<string>();
        var reading = BodyReader.Read(json, BodySchema.For(options.GetTypeInfo(typeof(T))), optional: false, maxMembers, errors, unknown);
        using var document = reading.Document;
        return new Reading<T>(reading.Readable, errors.Kept, errors.Truncated, Encoding.UTF8.GetString(document is null ? json : document.Span), unknown, options);
    }
}
