using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Errors.Tracking;

namespace Roadworthy.Errors.Sentry;

/// <summary>
/// An error as Sentry's protocol has it, made of the log record and nothing else: what the record masks or leaves out is not there to be sent.
/// </summary>
internal sealed class EventJson(OwnCode own)
{
    private const int MostExceptions = 20;

    public JsonObject Of(ErrorOccurrence occurrence, string environment)
    {
        using var record = JsonDocument.Parse(WithoutLoneSurrogates(occurrence.Record.Span));
        var root = record.RootElement;
        var written = new JsonObject
        {
            ["event_id"] = occurrence.Id.ToString("n"),
            ["timestamp"] = occurrence.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["platform"] = "csharp",
            ["level"] = occurrence.Level == LogLevel.Critical ? "fatal" : "error",
            ["logger"] = occurrence.Category,
            ["logentry"] = new JsonObject { ["message"] = Text(root, "template"), ["formatted"] = Text(root, "message") },
            ["release"] = occurrence.Release,
            ["environment"] = environment,
            ["server_name"] = occurrence.Instance,
            ["fingerprint"] = new JsonArray(occurrence.Group.ToString("n")),
            ["tags"] = Tags(occurrence),
            ["extra"] = Extra(root),
        };
        if (occurrence.Route is not null)
        {
            written["transaction"] = $"{occurrence.Method} {occurrence.Route}";
        }

        if (occurrence.UserId is not null)
        {
            written["user"] = new JsonObject { ["id"] = occurrence.UserId };
        }

        if (occurrence is { TraceId.Length: 32, SpanId.Length: 16 })
        {
            written["contexts"] = new JsonObject { ["trace"] = new JsonObject { ["type"] = "trace", ["trace_id"] = occurrence.TraceId, ["span_id"] = occurrence.SpanId } };
        }

        if (root.TryGetProperty("exception", out var exception))
        {
            written["exception"] = new JsonObject { ["values"] = Exceptions(exception) };
        }

        return written;
    }

    // The record escapes surrogates that stand alone, and no others: JSON's reader takes none of them.
    private static byte[] WithoutLoneSurrogates(ReadOnlySpan<byte> record)
    {
        var bytes = record.ToArray();
        for (var i = 0; i + 5 < bytes.Length; i++)
        {
            if (bytes[i] != '\\')
            {
                continue;
            }

            if (bytes[i + 1] == 'u' && bytes[i + 2] is (byte)'d' or (byte)'D' && bytes[i + 3] is >= (byte)'8' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f' or >= (byte)'A' and <= (byte)'F')
            {
                "fffd"u8.CopyTo(bytes.AsSpan(i + 2));
            }

            i++;
        }

        return bytes;
    }

    private static JsonObject Tags(ErrorOccurrence occurrence)
    {
        var tags = new JsonObject { ["group"] = occurrence.Group.ToString(), ["instance"] = occurrence.Instance };
        Add("trace_id", occurrence.TraceId);
        Add("request_id", occurrence.RequestId);
        Add("method", occurrence.Method);
        Add("route", occurrence.Route);
        return tags;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                tags[name] = value;
            }
        }
    }

    private static JsonObject Extra(JsonElement root)
    {
        var extra = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["state", "scopes"])
        {
            if (root.TryGetProperty(name, out var value))
            {
                extra[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        return extra;
    }

    // The protocol wants the cause first.
    private JsonArray Exceptions(JsonElement outermost)
    {
        var values = new List<JsonObject>();
        Add(outermost, null);
        values.Reverse();
        return new JsonArray([.. values]);

        void Add(JsonElement exception, int? parent)
        {
            if (values.Count == MostExceptions)
            {
                return;
            }

            var id = values.Count;
            values.Add(Exception(exception, id, parent));
            if (exception.TryGetProperty("inner", out var inner))
            {
                Add(inner, id);
            }

            if (exception.TryGetProperty("children", out var children))
            {
                foreach (var child in children.EnumerateArray())
                {
                    Add(child, id);
                }
            }
        }
    }

    private JsonObject Exception(JsonElement exception, int id, int? parent)
    {
        var type = Text(exception, "type") ?? "";
        var dot = type.LastIndexOf('.');
        var mechanism = new JsonObject { ["type"] = "roadworthy", ["handled"] = true, ["exception_id"] = id };
        if (parent is not null)
        {
            mechanism["parent_id"] = parent;
        }

        var data = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["pg", "errors", "data", "properties"])
        {
            if (exception.TryGetProperty(name, out var part))
            {
                data[name] = part.GetRawText();
            }
        }

        mechanism["data"] = data;
        return new JsonObject
        {
            ["type"] = type[(dot + 1)..],
            ["module"] = dot < 0 ? null : type[..dot],
            ["value"] = Text(exception, "message"),
            ["mechanism"] = mechanism,
            ["stacktrace"] = new JsonObject { ["frames"] = Frames(exception) },
        };
    }

    // The protocol wants the outermost frame first.
    private JsonArray Frames(JsonElement exception)
    {
        var frames = new List<JsonNode>();
        if (exception.TryGetProperty("frames", out var lines))
        {
            frames.AddRange(lines.EnumerateArray().Select(line => line.GetString()).OfType<string>().Select(Frame));
        }

        frames.Reverse();
        return new JsonArray([.. frames]);
    }

    private JsonObject Frame(string line)
    {
        var end = line.IndexOf('(', StringComparison.Ordinal);
        var method = end < 0 ? line : line[..end];
        var dot = method.LastIndexOf('.');
        var frame = new JsonObject { ["function"] = method[(dot + 1)..], ["module"] = dot < 0 ? null : method[..dot].TrimEnd('.'), ["in_app"] = own.Owns(line) };
        var at = line.LastIndexOf(") in ", StringComparison.Ordinal);
        var number = line.LastIndexOf(":line ", StringComparison.Ordinal);
        if (at >= 0 && number > at && int.TryParse(line.AsSpan(number + 6), CultureInfo.InvariantCulture, out var lineNumber))
        {
            var file = line[(at + 5)..number];
            frame["filename"] = file[(file.LastIndexOfAny(['/', '\\']) + 1)..];
            frame["lineno"] = lineNumber;
        }

        return frame;
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
