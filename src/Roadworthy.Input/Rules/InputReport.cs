using Roadworthy.Input.Rules;

namespace Roadworthy.Input;

/// <summary>Takes the errors that an <see cref="IInputValidator"/> finds in one body. Not for two threads at once.</summary>
public sealed class InputReport
{
    private readonly RuleFindings _findings;

    internal InputReport(RuleFindings findings) => _findings = findings;

    /// <summary>
    /// Whether the member, and all that it holds, could be read. Where it could not, it holds a default: a rule about another member that
    /// compares with it would speak of what nobody sent.
    /// </summary>
    /// <param name="memberPath">The member as .NET names it, from the body on: <c>Lines[0].Quantity</c>; empty for the body as a whole.</param>
    /// <returns>False where it or a part of it has an error already that says why it could not be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="memberPath"/> is null.</exception>
    public bool CouldRead(string memberPath)
    {
        ArgumentNullException.ThrowIfNull(memberPath);
        return CouldReadAt(Pointer(memberPath));
    }

    /// <summary>
    /// Adds an error. It is left out where the member, or a part of it, has an error already that says why it could not be read. A path that
    /// leads to no member of the body's JSON is listed for the part that it reaches, which may be the body as a whole. A message that repeats
    /// a secret (the value of a member that is called password or token, or has <c>[DataType(DataType.Password)]</c>) is replaced by a
    /// neutral one.
    /// </summary>
    /// <param name="memberPath">The member as .NET names it, from the body on: <c>Lines[0].Quantity</c>; empty for the body as a whole.</param>
    /// <param name="rule">The rule's name in camel case.</param>
    /// <param name="message">What is wanted, as a sentence.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Add(string memberPath, string rule, string message)
    {
        ArgumentNullException.ThrowIfNull(memberPath);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(message);
        var pointer = Pointer(memberPath);
        if (CouldReadAt(pointer)) _findings.Add(pointer, rule, message);
    }

    private bool CouldReadAt(string pointer) => !_findings.Unread.HasAtOrBelow(pointer) && !_findings.Unread.HasAtOrAbove(pointer);

    private string Pointer(string memberPath) => MemberPath.ToPointer(_findings.Body, _findings.Rules, "", memberPath);
}
