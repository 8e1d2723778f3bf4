namespace Roadworthy.Errors.Tracking;

/// <summary>A resolved group has come back.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="Type">Its type.</param>
/// <param name="Message">Its latest message, masked.</param>
/// <param name="Culprit">Its top own frame.</param>
/// <param name="Release">The release that it came back in.</param>
/// <param name="At">When it was seen again.</param>
public sealed record ErrorRegression(Guid GroupId, string Type, string Message, string Culprit, string Release, DateTimeOffset At);
