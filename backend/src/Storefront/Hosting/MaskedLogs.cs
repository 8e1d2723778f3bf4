using Npgsql;
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
                .Append(KeyValuePair.Create<string, object?>("exception.message", Text(error, () => error.Message)))
                .Append(KeyValuePair.Create<string, object?>("exception.stacktrace", Text(error, error.ToString)));
            data.Exception = null;
        }

        data.Attributes = [.. attributes];
        if (data.FormattedMessage is { } message) data.FormattedMessage = mask.Apply(message);
    }

    // What PostgreSQL gives as detail is a row's values, which are people's.
    private static string WithoutDetail(Exception error, string text)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if (cause is PostgresException { Detail: { Length: > 0 } detail }) text = text.Replace(detail, "***", StringComparison.Ordinal);
        return text;
    }

    private string Text(Exception of, Func<string> read)
    {
        try
        {
            return mask.Apply(WithoutDetail(of, read()));
        }
        catch (Exception error)
        {
            return $"<threw {error.GetType().Name}>";
        }
    }
}
