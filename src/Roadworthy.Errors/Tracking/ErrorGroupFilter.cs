namespace Roadworthy.Errors.Tracking;

/// <summary>Which groups to list.</summary>
public sealed record ErrorGroupFilter
{
    /// <summary>Only those of this status; null, the default, for all.</summary>
    public ErrorGroupStatus? Status { get; init; }

    /// <summary>Only those whose type, message, culprit or route holds this text, in any case; null, the default, for all.</summary>
    public string? Text { get; init; }

    /// <summary><see cref="ErrorGroupPage.Next"/> of the page before; null, the default, for the first page.</summary>
    public string? After { get; init; }

    /// <summary>How many at most: 1 to 100, 50 by default.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A page of groups, the one seen last first.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Next">What the next page comes after; null on the last page.</param>
public sealed record ErrorGroupPage(IReadOnlyList<ErrorGroup> Groups, string? Next);

/// <summary>A group with what is kept of its occurrences.</summary>
/// <param name="Group">The group.</param>
/// <param name="First">The first occurrence, with its record; null where it is not kept.</param>
/// <param name="Latest">Up to 20 of the latest occurrences, the last one first, with their records.</param>
public sealed record ErrorGroupDetail(ErrorGroup Group, ErrorEvent? First, IReadOnlyList<ErrorEvent> Latest);
