namespace Roadworthy.Input.Failures;

/// <summary>The sentences of the guard's own errors. "Must be {what is wanted}, but {the kind that came} came."</summary>
internal static class Wording
{
    public const string Missing = "Is required, but is missing.";

    public const string Null = "Is required, but null came.";

    public const string Empty = "Is required, but an empty string came.";

    public const string BodyMissing = "A JSON body is required, but none came.";

    public const string Nul = "Must not hold the character U+0000.";

    public const string Surrogate = "Must not hold half of a surrogate pair.";

    public const string Duplicate = "Must come once, but came more than once.";

    public const string NotBound = "Could not be read as what this operation takes.";

    /// <summary>The name of a member may hold as little as text may.</summary>
    public const string NulInName = "As a name, must not hold the character U+0000.";

    public const string SurrogateInName = "As a name, must not hold half of a surrogate pair.";

    /// <summary>The kind of text that is none of the wanted.</summary>
    public const string OtherText = "other text";

    public const string OtherNumber = "another number";

    public const string NumberOutOfRange = "a number outside of that";

    public static string Wanted(string wanted, string came) => $"Must be {wanted}, but {came} came.";
}
