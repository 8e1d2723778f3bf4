using Roadworthy.Errors.Exceptions;

namespace Roadworthy.Errors.Records;

/// <summary>What a call of Log gave, before it becomes a record.</summary>
internal readonly ref struct RecordInput
{
    public required DateTimeOffset Time { get; init; }

    public required LogLevel Level { get; init; }

    public required string Category { get; init; }

    public EventId EventId { get; init; }

    public required string Message { get; init; }

    public object? State { get; init; }

    /// <summary>The exception, as it was read: once for all who write of it.</summary>
    public ExceptionNode? Root { get; init; }

    public IExternalScopeProvider? Scopes { get; init; }

    public RequestFields Request { get; init; }
}
