namespace Roadworthy.Inspection.Findings;

/// <summary>What clients really send.</summary>
public static class InputRules
{
    /// <summary>A 5xx that a client can cause by what it sends.</summary>
    public static Rule ServerError { get; } = new(
        "RW150", Severity.High, "Input that crashes",
        "A value that a client can send makes the server fail: each such request is an error page, an alarm, and a crash to look into.",
        "Check the value before it is used, and answer 400 with the field's name. The value that did it stands in the evidence.");

    /// <summary>A 4xx from which nobody can tell what to mend.</summary>
    public static Rule NamelessRefusal { get; } = new(
        "RW151", Severity.Medium, "Refused without a word",
        "A body, or a value of a query, is refused with an answer that names nothing. The person at the form can't mend it, and whoever is asked for help can't either.",
        "Answer with the name of every field and parameter that was refused, and why: all at once, in one form for the whole API (RFC 9457 has one).");

    /// <summary>Numbers, booleans or dates that are taken as text here and refused there.</summary>
    public static Rule Inconsistent { get; } = new(
        "RW152", Severity.Medium, "\"42\" is taken here and refused there",
        "Forms send text. Some endpoints of this API take \"42\" for a number and others refuse it, so a form that works on one page fails on the next.",
        "Decide once, in one place for the whole API, whether text that holds a number is a number: a shared reader, not a rule in each schema.");

    /// <summary>A value that is refused wherever forms would send it.</summary>
    public static Rule TextForNumber { get; } = new(
        "RW153", Severity.Medium, "Text that holds a number is refused",
        "The fields of a web form, and of most CSV imports, are text. Every number, boolean or date of this API that comes as text is refused.",
        "Read \"42\" as 42 by one documented rule for the whole API, and go on refusing what holds no number.");

    /// <summary>What was stored is not what was sent.</summary>
    public static Rule StoredOtherwise { get; } = new(
        "RW154", Severity.High, "Taken, and kept as something else",
        "A value was answered with success, and read back it is another one, or gone. Nobody is told, and the original can't be had again.",
        "Refuse what can't be kept as it is. Compare what a create answers with what was sent, in a test.");

    /// <summary>A value outside of the range that the API itself declares.</summary>
    public static Rule OutOfRange { get; } = new(
        "RW155", Severity.Medium, "Takes what its own description forbids",
        "The API's description has a limit that the API does not hold to: negative quantities, ages of a million, names without end.",
        "Check the limits that are described where the body is read; generate one from the other, so that they can't differ.");

    /// <summary>A query or path value that makes a 5xx.</summary>
    public static Rule BrokenParameter { get; } = new(
        "RW156", Severity.High, "A query or path value that crashes",
        "A page number of -1, a limit of abc or an id that is none makes the server fail, where it should answer 400 or 404. Crawlers send these all day.",
        "Parse parameters with the same care as bodies: 400 with the parameter's name, or a default within the allowed range.");

    internal static IReadOnlyList<Rule> All { get; } =
        [ServerError, NamelessRefusal, Inconsistent, TextForNumber, StoredOtherwise, OutOfRange, BrokenParameter];
}
