namespace Roadworthy.Input;

/// <summary>Takes the errors that an <see cref="IInputValidator"/> finds in one body.</summary>
public sealed class InputReport
{
    internal InputReport()
    {
    }

    /// <summary>Adds an error. It is left out where the member has an error already that says why it could not be read.</summary>
    /// <param name="memberPath">The member as .NET names it, from the body on: <c>Lines[0].Quantity</c>; empty for the body as a whole.</param>
    /// <param name="rule">The rule's name in camel case.</param>
    /// <param name="message">What is wanted, as a sentence.</param>
    public void Add(string memberPath, string rule, string message) => throw new NotSupportedException();
}
