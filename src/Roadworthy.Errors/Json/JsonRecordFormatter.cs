using Roadworthy.Errors.Masking;
using Roadworthy.Errors.Output;
using Roadworthy.Errors.Records;

namespace Roadworthy.Errors.Json;

internal sealed class JsonRecordFormatter : IRecordFormatter
{
    private const int ForShortTexts = 512;

    private readonly int _maxBytes;
    private readonly Masker _masker;
    private readonly ValueWriter _values;
    private readonly ExceptionJson _exceptions;

    [ThreadStatic]
    private static RecordWriter? _writer;

    public JsonRecordFormatter(int maxBytes, Masker masker)
    {
        _maxBytes = maxBytes;
        _masker = masker;
        _values = new ValueWriter(masker);
        _exceptions = new ExceptionJson(_values);
    }

    public void Format(in RecordInput input, WriteBytes receiver)
    {
        // Taken out while in use: a ToString that logs comes here again on the same thread.
        var writer = _writer is { } kept && kept.MaxBytes == _maxBytes ? kept : new RecordWriter(_maxBytes);
        _writer = null;
        try
        {
            writer.Start();
            Head(writer, input);
            Request(writer, input.Request);
            State(writer, input.State);
            if (input.Root is not null)
            {
                _exceptions.Write(writer, input.Root);
            }

            ScopesJson.Write(writer, _values, input.Scopes, hasRoute: input.Request.Route is not null, _maxBytes / 8);
            writer.Finish();
            receiver(writer.Written);
        }
        finally
        {
            _writer = writer;
        }
    }

    private void Head(RecordWriter writer, in RecordInput input)
    {
        writer.Formatted("timestamp"u8, input.Time.UtcDateTime, "O", quoted: true);
        writer.Raw("level"u8, LevelNames.Json(input.Level));
        writer.String("category"u8, input.Category, ForShortTexts);
        if (input.EventId.Id != 0)
        {
            writer.Formatted("eventId"u8, input.EventId.Id, default, quoted: false);
        }

        if (input.EventId.Name is { } eventName)
        {
            writer.String("eventName"u8, eventName, ForShortTexts);
        }

        var template = StateFields.Template(input.State);
        _values.Text(writer, "message"u8, MaskedMessage.Of(input.Message, template, input.State, _masker), _maxBytes / 8);
        if (template is not null)
        {
            _values.Text(writer, "template"u8, template, _maxBytes / 16);
        }
    }

    private void Request(RecordWriter writer, in RequestFields request)
    {
        Optional(writer, "traceId"u8, request.TraceId);
        Optional(writer, "spanId"u8, request.SpanId);
        Optional(writer, "requestId"u8, request.RequestId);
        Optional(writer, "method"u8, request.Method);
        Optional(writer, "route"u8, request.Route);
        Optional(writer, "userId"u8, request.UserId);
        Optional(writer, "sessionId"u8, request.SessionId);
    }

    private void Optional(RecordWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            _values.Text(writer, name, text, ForShortTexts);
        }
    }

    private void State(RecordWriter writer, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } values
            || (values.Count == 1 && string.Equals(values[0].Key, StateFields.TemplateKey, StringComparison.Ordinal)))
        {
            return;
        }

        var limit = writer.Limit(_maxBytes / 8);
        _values.Members(writer, "state"u8, ValuePairs.Of(values).Where(p => !string.Equals(p.Key, StateFields.TemplateKey, StringComparison.Ordinal)), 0);
        writer.Unlimit(limit);
    }
}
