namespace Roadworthy.Errors.Sentry;

/// <summary>Where errors go besides. Checked when the application starts; every fault is reported at once.</summary>
public sealed class SentryFeedOptions
{
    /// <summary>The address of the project, as Sentry or GlitchTip shows it: <c>https://key@host/number</c>. Required.</summary>
    public string? Dsn { get; set; }

    /// <summary>What the errors are said to come from. Default: null, the host's environment in small letters.</summary>
    public string? Environment { get; set; }

    /// <summary>
    /// How many errors may wait to be sent, in memory: 1 to 10,000. What exceeds it is dropped and counted (<c>sentry.dropped</c>). Default: 200.
    /// </summary>
    public int MaxWaiting { get; set; } = 200;

    /// <summary>How long the end of the application waits for what is still to be sent: 0 to 1 minute, 2 seconds by default.</summary>
    public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
