using System.Text;

namespace Roadworthy.Errors.Tracking.Spool;

/// <summary>An occurrence as the payload of an entry.</summary>
internal static class OccurrenceBytes
{
    private const byte Version = 1;
    // A lone surrogate becomes U+FFFD: a database takes no other.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A sealed entry but for its head, which is left free in front.</summary>
    public static MemoryStream Write(ErrorOccurrence occurrence)
    {
        var stream = new MemoryStream(occurrence.Record.Length + 1_024);
        stream.SetLength(SpoolBytes.Head + SpoolBytes.Sequence);
        stream.Position = stream.Length;
        using var writer = new BinaryWriter(stream, Utf8, leaveOpen: true);
        writer.Write(Version);
        writer.Write(occurrence.Id.ToByteArray(bigEndian: true));
        writer.Write(occurrence.Group.ToByteArray(bigEndian: true));
        writer.Write(occurrence.At.UtcTicks);
        writer.Write((byte)occurrence.Level);
        foreach (var text in (ReadOnlySpan<string>)[occurrence.Type, occurrence.Message, occurrence.Culprit, occurrence.Category, occurrence.Release, occurrence.Instance])
        {
            writer.Write(text);
        }

        foreach (var text in (ReadOnlySpan<string?>)[occurrence.TraceId, occurrence.SpanId, occurrence.RequestId, occurrence.Method, occurrence.Route, occurrence.UserId])
        {
            writer.Write(text is not null);
            if (text is not null)
            {
                writer.Write(text);
            }
        }

        writer.Write(occurrence.Record.Length);
        writer.Write(occurrence.Record.Span);
        return stream;
    }

    /// <summary>Null where this version can't read it: a newer one wrote it, or no process of ours.</summary>
    public static ErrorOccurrence? Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(payload.ToArray(), writable: false), Utf8);
            return reader.ReadByte() == Version ? Read(reader) : null;
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static ErrorOccurrence Read(BinaryReader reader)
    {
        var (id, group) = (new Guid(reader.ReadBytes(16), bigEndian: true), new Guid(reader.ReadBytes(16), bigEndian: true));
        var (ticks, level) = (reader.ReadInt64(), (LogLevel)reader.ReadByte());
        var (type, message, culprit) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (category, release, instance) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (trace, span, request) = (Optional(reader), Optional(reader), Optional(reader));
        var (method, route, user) = (Optional(reader), Optional(reader), Optional(reader));
        var length = reader.ReadInt32();
        return new ErrorOccurrence
        {
            Id = id,
            Group = group,
            At = new DateTimeOffset(ticks, TimeSpan.Zero),
            Level = level,
            Type = type,
            Message = message,
            Culprit = culprit,
            Category = category,
            Release = release,
            Instance = instance,
            TraceId = trace,
            SpanId = span,
            RequestId = request,
            Method = method,
            Route = route,
            UserId = user,
            Record = length >= 0 && reader.ReadBytes(length) is var record && record.Length == length ? record : throw new FormatException("The record is cut off."),
        };
    }

    private static string? Optional(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;
}
