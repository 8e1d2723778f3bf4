namespace Roadworthy.Wire.Statements;

/// <summary>A list at one depth of brackets, while its text is being written.</summary>
internal struct ListContext
{
    /// <summary>Whether an element that repeats the one before it is dropped: <c>IN (...)</c>, <c>ARRAY[...]</c>, the rows of VALUES.</summary>
    public bool Collapses;

    /// <summary>Whether these are the rows of VALUES, which end where neither a row nor a comma follows.</summary>
    public bool IsRows;

    /// <summary>Whether the next token begins an element.</summary>
    public bool StartsElement;

    public int ElementStart;
    public int PreviousStart;

    /// <summary>-1 where there is none.</summary>
    public int PreviousEnd;
}
