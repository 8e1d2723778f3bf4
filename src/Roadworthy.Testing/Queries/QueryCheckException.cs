namespace Roadworthy.Testing;

/// <summary>A test sent other statements than it may. The message lists them.</summary>
public sealed class QueryCheckException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public QueryCheckException()
    {
    }

    /// <summary>Makes one.</summary>
    public QueryCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a cause.</summary>
    public QueryCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
