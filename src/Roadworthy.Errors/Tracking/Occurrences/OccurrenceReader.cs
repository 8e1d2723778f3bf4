using System.Reflection;
using Microsoft.Extensions.Options;
using Roadworthy.Errors.Exceptions;
using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Tracking.Occurrences;

/// <summary>Makes an occurrence of what became a record.</summary>
internal sealed class OccurrenceReader(OwnCode own, IOptions<ErrorTrackingOptions> options, IOptions<ErrorsOptions> errors)
{
    private const int MostMessage = 1_024;
    private const int MostName = 512;

    private readonly Masker _masker = new(errors.Value.SecretKeys);
    private readonly string _release = Cut(options.Value.Release ?? ReleaseOf(Assembly.GetEntryAssembly()));
    private readonly string _instance = Cut(options.Value.Instance ?? $"{Environment.MachineName}-{Environment.ProcessId}");

    public ErrorOccurrence Read(in RecordInput input, ReadOnlyMemory<byte> record)
    {
        var cause = input.Root is null ? null : CauseOf(input.Root);
        var frames = input.Root is null ? [] : OwnFrames(input.Root);
        return new ErrorOccurrence
        {
            Id = Guid.CreateVersion7(input.Time),
            Group = FingerprintOf(input, cause, frames),
            Type = Cut(cause?.Type ?? input.Category),
            Message = Masked(cause?.Message ?? MaskedMessage.Of(input.Message, StateFields.Template(input.State), input.State, _masker)),
            Culprit = frames.Count > 0 ? Cut(Culprit(frames[0])) : "",
            Level = input.Level,
            Category = Cut(input.Category),
            At = input.Time,
            TraceId = Short(input.Request.TraceId),
            SpanId = Short(input.Request.SpanId),
            RequestId = Short(input.Request.RequestId),
            Method = Short(input.Request.Method),
            Route = Short(input.Request.Route),
            UserId = Short(input.Request.UserId),
            Release = _release,
            Instance = _instance,
            Record = record,
        };
    }

    private static Guid FingerprintOf(in RecordInput input, ExceptionNode? cause, List<string> frames)
    {
        if (cause is null)
        {
            var template = StateFields.Template(input.State);
            return new Fingerprint().Add(input.Category)
                .Add(input.EventId.Id != 0 || input.EventId.Name is not null ? $"{input.EventId.Id} {input.EventId.Name}" : template ?? Fingerprint.WithoutNumbers(input.Message))
                .Hash();
        }

        var print = new Fingerprint().Add(input.Root!.Type).Add(cause.Type).Add(SqlStateOf(cause));
        var lambda = false;
        foreach (var frame in frames)
        {
            var name = FrameName.Of(frame);
            lambda |= name.EndsWith($".{FrameName.Lambda}", StringComparison.Ordinal);
            print.Add(name);
        }

        // The lambdas of one method differ by an ordinal only, which shifts; an endpoint's is told by its route.
        if (lambda || frames.Count == 0)
        {
            print.Add(input.Request.Method).Add(input.Request.Route);
        }

        return (frames.Count == 0 ? print.Add(input.Category).Add(StateFields.Template(input.State)) : print).Hash();
    }

    private static string? SqlStateOf(ExceptionNode cause) =>
        cause.Pg?.Find(field => string.Equals(field.Key, "sqlState", StringComparison.Ordinal)).Value as string;

    // The first of several children: what an AggregateException was awaited for.
    private static ExceptionNode CauseOf(ExceptionNode root)
    {
        var cause = root;
        while ((cause.Inner ?? (cause.Children is { Count: > 0 } children ? children[0] : null)) is { Repeated: false } deeper)
        {
            cause = deeper;
        }

        return cause;
    }

    // From the cause outwards: what a library threw has its own frames in whoever called it.
    private List<string> OwnFrames(ExceptionNode root)
    {
        var chain = new List<ExceptionNode>();
        for (var node = root; node is { Repeated: false }; node = node.Inner ?? (node.Children is { Count: > 0 } children ? children[0] : null))
        {
            chain.Add(node);
        }

        var frames = new List<string>();
        for (var i = chain.Count - 1; i >= 0 && frames.Count == 0; i--)
        {
            Add(frames, chain[i].Frames);
        }

        return frames;
    }

    private void Add(List<string> frames, StackLines lines)
    {
        for (var i = 0; i < lines.Count && frames.Count < Fingerprint.MostFrames; i++)
        {
            if (own.Owns(lines[i]) && (frames.Count == 0 || !SameMethod(frames[^1], lines[i])))
            {
                frames.Add(lines[i].ToString());
            }
        }
    }

    // A recursion's depth is a matter of the data.
    private static bool SameMethod(ReadOnlySpan<char> one, ReadOnlySpan<char> other) => one[..MethodEnd(one)].SequenceEqual(other[..MethodEnd(other)]);

    private static int MethodEnd(ReadOnlySpan<char> frame) => frame.IndexOf('(') is var end && end < 0 ? frame.Length : end;

    private static string Culprit(string frame) => FrameName.Place(frame) is { Length: > 0 } place ? $"{place} in {FrameName.Of(frame)}" : FrameName.Of(frame);

    private static string ReleaseOf(Assembly? entry) =>
        entry?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? entry?.GetName().Version?.ToString() ?? "unknown";

    private string Masked(string text) => _masker.Apply(text, MostMessage, out _).ToString();

    private string? Short(string? text) => text is null ? null : Cut(_masker.Apply(text, MostName, out _).ToString());

    private static string Cut(string text) => text.Length <= MostName ? text : text[..MostName];
}
