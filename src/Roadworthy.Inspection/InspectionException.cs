namespace Roadworthy.Inspection;

/// <summary>The inspection can't be set up. The message says what stands in the way and what to do.</summary>
public sealed class InspectionException : Exception
{
    /// <summary>Says what stands in the way.</summary>
    public InspectionException(string message)
        : base(message)
    {
    }

    /// <summary>Says what stands in the way, and what caused it.</summary>
    public InspectionException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
