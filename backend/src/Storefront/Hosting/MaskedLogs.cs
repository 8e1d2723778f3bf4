using OpenTelemetry;
using OpenTelemetry.Logs;
using Roadworthy.Errors;

namespace Storefront.Hosting;

/// <summary>Masks what OpenTelemetry would otherwise export as it came: values, and the texts of exceptions.</summary>
internal sealed class MaskedLogs(SecretMask mask) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = (data.Attributes ?? []).Select(attribute => KeyValuePair.Create(attribute.Key, mask.Apply(attribute.Key, attribute.Value)));
        if (data.Exception is { } error)
        {
            // Under the names that the semantic conventions give them, which the exporter would use itself.
            attributes = attributes
                .Append(KeyValuePair.Create<string, object?>("exception.type", error.GetType().FullName))
                .Append(KeyValuePair.Create<string, object?>("exception.message", Text(() => error.Message)))
                .Append(KeyValuePair.Create<string, object?>("exception.stacktrace", Text(error.ToString)));
            data.Exception = null;
        }

        data.Attributes = [.. attributes];
        if (data.FormattedMessage is { } message) data.FormattedMessage = mask.Apply(message);
    }

    private string Text(Func<string> read)
    {
        try
        {
            return mask.Apply(read());
        }
        catch (Exception error)
        {
            return $"<threw {error.GetType().Name}>";
        }
    }
}
