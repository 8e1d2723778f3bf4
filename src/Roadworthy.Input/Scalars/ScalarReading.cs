namespace Roadworthy.Input.Scalars;

/// <summary>What a text turned out to be.</summary>
internal enum ScalarReading
{
    /// <summary>A value of the wanted kind.</summary>
    Good,

    /// <summary>No value of the wanted kind.</summary>
    Wrong,

    /// <summary>A number, but outside of what its type holds.</summary>
    OutOfRange,
}
