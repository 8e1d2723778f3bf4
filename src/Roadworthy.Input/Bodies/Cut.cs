using System.Runtime.InteropServices;

namespace Roadworthy.Input.Bodies;

/// <summary>Leaving members out of one object. A member that goes has never been written in part: only what stays is written anew.</summary>
/// <param name="start">Where the object's brace ends.</param>
[StructLayout(LayoutKind.Auto)]
internal struct Cut(int start)
{
    /// <summary>Where the last member ends, or where the object begins.</summary>
    public int PreviousEnd = start;

    public bool HasKept;

    /// <summary>All members so far went, so that the next one must not bring its comma along.</summary>
    public bool IsLeading;

    /// <summary>Something stands before the members that is written, and no comma behind it.</summary>
    public bool NeedsComma;

    /// <summary>The document's length before the member.</summary>
    public int Mark;

    public void StartsBehindWritten() => IsLeading = NeedsComma = true;
}
