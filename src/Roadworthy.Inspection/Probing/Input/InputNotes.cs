using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What the trials have seen, before it is put together into findings.</summary>
internal sealed class InputNotes
{
    public RecentTrials Recent { get; } = new();

    public List<Crash> Crashes { get; } = [];

    /// <summary>Ends of the process that did not come again, neither of the request nor of those before it.</summary>
    public List<(ApiOperation Operation, Trial Trial)> Unexplained { get; } = [];

    public List<Refusal> Nameless { get; } = [];

    public List<Place> Taken { get; } = [];

    public List<Place> Refused { get; } = [];

    public List<Stored> Stored { get; } = [];

    public List<Stored> Forbidden { get; } = [];
}

/// <param name="Where">The field, the parameter, or the body.</param>
/// <param name="Trial">With what the backend wrote.</param>
internal sealed record Crash(ApiOperation Operation, string Where, Change Change, Trial Trial, CrashMark Mark, bool IsParameter)
{
    /// <summary>Whether a client's mistake leads there. A charset that is none, and lists in one another, are sent on purpose, and what breaks of them may be the framework alone.</summary>
    public bool IsSure => Trial.Died || Where.Length > 0 || Change.Id is not ("charset" or "deep");

    /// <summary>Whether it tells nothing where nothing else breaks alike: some frameworks let nobody answer for a charset.</summary>
    public bool IsMinor => !IsSure && Change.Id == "charset";

    public bool IsUndecodable => IsParameter && Change.Id == Change.Undecodable;

    /// <summary>Whether the same place breaks of a value that can be decoded as well: then it is the value.</summary>
    public bool IsLike(Crash other) => other is { IsParameter: true, IsUndecodable: false } && other.Where == Where && other.Operation.Key == Operation.Key && other.Trial.SqlState == Trial.SqlState;

    /// <summary>What it is told apart by within its endpoint.</summary>
    public string Signature => IsParameter ? "parameter" : Mark.Frame is null && Trial.SqlState.Length == 0 ? $"{Mark.Type} {Class}".Trim() : $"{Mark.Type} {Mark.Frame} {Trial.SqlState}".Trim();

    /// <summary>What it is told apart by where a whole body is wrong: the reader, which is the same everywhere, or what a handler does with what it was given.</summary>
    public string BodyCause => Trial.Died ? $"died {Change.Id}" : Mark.Frame is null && Trial.SqlState.Length == 0 ? "body" : $"{Mark.Type} {Trial.SqlState} {Change.Id}".Trim();

    private string Class => Where.Length == 0 ? "body" : Change.Id is "offset" or "no-offset" ? "offset" : Change.Id;
}

/// <param name="Where">A pointer into the body, or <c>query:</c> or <c>path:</c> and a name.</param>
/// <param name="Shown">As it stands in a report.</param>
/// <param name="Words">What the answer said, without what differs from one answer to the next.</param>
internal sealed record Refusal(string Where, string Shown, Change Change, Trial Trial, string Words)
{
    public ApiOperation Operation => Trial.Exchange.Operation!;

    public bool IsParameter => !Where.StartsWith('/');

    /// <summary>What was wrong, and where.</summary>
    public string Text => IsParameter ? $"{Shown} = {Change.Said}" : $"{Shown} as {Change.Said}";
}

/// <summary>Where text was taken for a value, or refused.</summary>
internal sealed record Place(ApiOperation Operation, BodyField Field, Trial Trial)
{
    public string Text => $"{Operation.Key} {Field.Shown}";

    public bool IsFlag => Field.Kind is FieldKind.Boolean;
}

/// <param name="Where">Where it was read back.</param>
/// <param name="Back">What stands there.</param>
internal sealed record Stored(BodyField Field, Change Change, Trial Trial, string Where, string? Back, bool IsSure = true)
{
    public ApiOperation Operation => Trial.Exchange.Operation!;

    /// <summary>What reads a flag, or a number, takes all that is none in the same way.</summary>
    public string Cause => Change.Expects is Expectation.Refused ? $"{Change.Id} {Field.Pointer}"
        : Field.Kind is FieldKind.Boolean ? $"flag {Field.Pointer}"
        : Field.Kind is FieldKind.Integer or FieldKind.Number && Change.Id is not ("big" or "huge" or "fraction") ? $"number {Field.Pointer}" : Change.Id;
}
