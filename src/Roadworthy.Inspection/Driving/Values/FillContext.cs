using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>How much of a body is filled in.</summary>
internal enum Fullness
{
    /// <summary>What is required, and what else refers to nothing.</summary>
    Full,

    /// <summary>What is required only; where nothing is said to be, everything.</summary>
    Required,
}

/// <summary>One filling of one operation's parameters and body, and what came of it.</summary>
/// <param name="operation">For what.</param>
/// <param name="who">The name of who asks.</param>
/// <param name="rules">What was learned of the fields.</param>
/// <param name="serial">Another for each filling.</param>
/// <param name="attempt">From 0: later ones choose other alternatives and candidates.</param>
internal sealed class FillContext(ApiOperation operation, string who, LearnedRules rules, int serial, int attempt)
{
    public ApiOperation Operation => operation;

    public string Who => who;

    public LearnedRules Rules => rules;

    public int Serial => serial;

    public int Attempt => attempt;

    public Fullness Fullness { get; init; }

    public bool TakesExamples { get; init; } = true;

    /// <summary>Values that are given, by the field's plain name: those of an account that exists.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Values of resources that must not be used: they are gone, or were refused.</summary>
    public IReadOnlySet<string> Avoid { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether what was taken for a reference is made up, and the other way round: see <see cref="Driving.NaturalKeys"/>.</summary>
    public bool SwapsKeys { get; init; }

    /// <summary>Natural keys in the body itself, by pointer: whether each was taken from another thing.</summary>
    public Dictionary<string, bool> NaturalKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>What was made up, by the field's plain name.</summary>
    public Dictionary<string, string> Said { get; } = new(StringComparer.Ordinal);

    public List<Binding> Bindings { get; } = [];

    /// <summary>Kinds of things that a field refers to, and none of which exists.</summary>
    public HashSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>Which of several possibilities a field takes at this attempt.</summary>
    public int Choose(string pointer) => pointer.Length == 0 || attempt > 1 ? attempt : 0;

    /// <summary>Whether an optional property is filled in.</summary>
    public bool Wants(Schema owner, Schema property, string name, int depth)
    {
        if (depth > 4) return false;
        // Of another thing it is what refers to it; of what is being made it is nothing to send.
        if (depth > 0 && Names.Plain(name) is "id" && owner.Properties.Count <= 2) return true;
        if (Names.Plain(name) is "id" or "createdat" or "updatedat" or "deletedat" && owner.Properties.Count > 1) return false;
        if (owner.Required.Count == 0 && !(operation.Method is "PATCH")) return Fullness is Fullness.Full || property.Nullable is false;
        return Fullness is Fullness.Full && (Names.ReferenceOf(name) is null || depth == 0);
    }
}
