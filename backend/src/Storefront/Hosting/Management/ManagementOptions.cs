namespace Storefront.Hosting.Management;

/// <summary>The section <c>Storefront:Management</c>: what is for those who run the backend, and for nobody else.</summary>
public sealed class ManagementOptions
{
    public const string Section = "Storefront:Management";

    /// <summary>The port that OpenTelemetry's Prometheus exporters have by custom.</summary>
    public const string DefaultUrl = "http://127.0.0.1:9464";

    private const string Off = "off";

    /// <summary>
    /// Where <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c> are served without authentication, on a listener of their own: one or more
    /// addresses with <c>http</c> and a port, separated by semicolons; port 0 for a free one. Choose an address that only Prometheus and the probes reach.
    /// <c>off</c>: nowhere. Default: <see cref="DefaultUrl"/>; where that is taken, in development, a free port.
    /// </summary>
    public string? Urls { get; set; }

    /// <summary>Whether there is such a listener.</summary>
    public static bool IsOn(IConfiguration configuration) => !string.Equals(configuration[$"{Section}:{nameof(Urls)}"]?.Trim(), Off, StringComparison.OrdinalIgnoreCase);

    internal IReadOnlyList<string> Addresses =>
        string.IsNullOrWhiteSpace(Urls) ? [DefaultUrl] : Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
