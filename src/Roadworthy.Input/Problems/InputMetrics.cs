using System.Diagnostics.Metrics;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Problems;

internal sealed class InputMetrics
{
    public const string MeterName = "Roadworthy.Input";

    private readonly Counter<long> _refused;

    public InputMetrics(IMeterFactory meters) => _refused = meters.Create(MeterName)
        .CreateCounter<long>("roadworthy.input.requests.refused", "{request}", "Requests that were refused, once for each rule that they broke.");

    public void Refused(IReadOnlyList<InputError> errors)
    {
        if (!_refused.Enabled) return;
        foreach (var rule in errors.Select(error => error.Rule).Distinct(StringComparer.Ordinal)) Count(rule);
    }

    private void Count(string rule)
    {
        try
        {
            _refused.Add(1, new KeyValuePair<string, object?>("rule", rule));
        }
#pragma warning disable CA1031 // A listener's fault must not reach the client.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
