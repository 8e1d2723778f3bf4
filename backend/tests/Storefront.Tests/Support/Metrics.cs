using System.Text.RegularExpressions;

namespace Storefront.Tests.Support;

/// <summary>What a management listener answers for Prometheus, taken apart.</summary>
/// <param name="text">The text exposition format.</param>
internal sealed partial class Metrics(string text)
{
    /// <summary>Every sample's name and labels.</summary>
    public IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Labels, double Value)> Samples { get; } =
    [
        .. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => Sample().Match(line)).Select(sample => (
            sample.Groups["name"].Value,
            (IReadOnlyDictionary<string, string>)Label().Matches(sample.Groups["labels"].Value).ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value, StringComparer.Ordinal),
            double.Parse(sample.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture))),
    ];

    public string Text => text;

    public static async Task<Metrics> ReadAsync(Uri management)
    {
        using var client = new HttpClient();
        return new(await client.GetStringAsync(new Uri(management, "/metrics")));
    }

    /// <summary>The sum of a metric's samples that have these labels; 0 where there are none.</summary>
    public double Sum(string name, params (string Name, string Value)[] labels) =>
        Samples.Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value)).Sum(sample => sample.Value);

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex(@"(?<name>\w+)=""(?<value>(\\.|[^""\\])*)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
