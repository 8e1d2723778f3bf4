using System.Text.Json;
using Roadworthy.Input.Failures;

namespace Roadworthy.Input.Bodies;

/// <summary>One pass over one body. Its parts: values, objects, single values, and what is written anew.</summary>
internal ref partial struct BodyWalk
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly BodySchema _schema;
    private readonly int _maxMembers;
    private readonly InputErrors _errors;
    private readonly List<string>? _unknown;
    private readonly PointerStack _pointer;
    private Utf8JsonReader _reader;
    private SplicedBody _spliced;

    /// <summary>A part can't be left out: there is no document for further rules.</summary>
    private bool _isUnusable;

    private int _depth;
    private bool _stopped;

    public BodyWalk(ReadOnlySpan<byte> body, BodySchema schema, int maxMembers, InputErrors errors, List<string>? unknown, PointerStack pointer)
    {
        _body = body;
        _schema = schema;
        _maxMembers = maxMembers;
        _errors = errors;
        _unknown = unknown;
        _pointer = pointer;
        _reader = new Utf8JsonReader(body, schema.ReaderOptions);
        _spliced = new SplicedBody(body);
    }

    /// <summary>What became of a value.</summary>
    private enum Fate
    {
        /// <summary>It stays, as it came or written anew.</summary>
        Kept,

        /// <summary>Nothing is wrong, but the binder must not see it: the member is left out.</summary>
        LeftOut,

        /// <summary>It has an error, and the rest is better read without it.</summary>
        Refused,
    }

    public readonly string Pointer => _pointer.ToPointer(_body);

    private readonly int Start => (int)_reader.TokenStartIndex;

    private readonly int End => (int)_reader.BytesConsumed;

    /// <returns>False where the reading ended before the body did, or where nothing of the body is left for further rules.</returns>
    public bool Run(bool optional)
    {
        _reader.Read();
        Fate fate;
        if (_reader.TokenType == JsonTokenType.Null)
        {
            fate = optional ? Fate.Kept : Refuse(InputRule.Required, Wording.BodyMissing);
        }
        else
        {
            fate = Value(_schema.Root);
        }

        // What stands behind the value is an error of syntax.
        while (!_stopped && _reader.Read())
        {
        }

        return !_stopped && !_isUnusable && fate == Fate.Kept;
    }

    /// <summary>The rewritten body, which is now the caller's; null where nothing changed.</summary>
    public PooledBuffer? TakeDocument() => _spliced.TakeDocument();

    public void Dispose() => _spliced.Dispose();

    private Fate Value(Slot slot)
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            if (slot.TakesNull || (slot.Node is ConvertedNode { TypeInfo.Type.IsValueType: true } own && Reads(own, "null"u8))) return Fate.Kept;
            return slot.IsRequired ? Refuse(InputRule.Required, Wording.Null) : Fate.LeftOut;
        }

        return slot.Node switch
        {
            TextNode => Text(slot),
            ScalarNode node => Single(slot, node.Scalar),
            ObjectNode node => _reader.TokenType == JsonTokenType.StartObject ? Object(node) : RefuseKind("an object"),
            ListNode node => _reader.TokenType == JsonTokenType.StartArray ? List(slot.Item ?? node.Item) : RefuseKind("a list"),
            MapNode node => _reader.TokenType == JsonTokenType.StartObject ? Map(node, slot.Item ?? node.Item) : RefuseKind("an object"),
            Base64Node => Base64(),
            ConvertedNode node => Converted(slot, node),
            _ => Any(),
        };
    }

    private Fate List(Slot item)
    {
        if (!Enter()) return Fate.Refused;
        _pointer.Push();
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _pointer.SetIndex(index);
            var start = Start;
            var fate = Value(item);
            if (_stopped) return Fate.Refused;

            // An element keeps its place, so that the pointers of those behind it stay true.
            if (fate != Fate.Refused) continue;
            if (item.Placeholder is { } placeholder) _spliced.Replace(start, End, placeholder);
            else _isUnusable = true;
        }

        _pointer.Pop();
        _depth--;
        return Fate.Kept;
    }

    private Fate Any()
    {
        var errors = _errors.Kept.Count;
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                CheckText();
                break;
            case JsonTokenType.StartArray when Enter():
                AnyList();
                break;
            case JsonTokenType.StartObject when Enter():
                AnyObject();
                break;
        }

        return _errors.Kept.Count == errors ? Fate.Kept : Fate.Refused;
    }

    private void AnyList()
    {
        _pointer.Push();
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _pointer.SetIndex(index);
            Any();
            if (_stopped) return;
        }

        _pointer.Pop();
        _depth--;
    }

    private void AnyObject()
    {
        var names = new NameSet(_body);
        _pointer.Push();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Name(ref names, out _)) _reader.Skip();
            else Any();
            if (_stopped) return;
        }

        _pointer.Pop();
        _depth--;
    }

    /// <summary>Goes one level down, unless that is too deep: then the value is skipped, and the report goes on behind it.</summary>
    private bool Enter()
    {
        if (_depth < _schema.MaxDepth)
        {
            _depth++;
            return true;
        }

        Refuse(InputRule.Depth, $"Must not nest deeper than {_schema.MaxDepth} levels.");
        _reader.Skip();
        return false;
    }

    private Fate Refuse(string rule, string message)
    {
        // The error that no longer fits tells that there are more; then nobody needs to know which.
        _stopped = _errors.Full;
        _errors.Add(Pointer, rule, message);
        return Fate.Refused;
    }

    private Fate RefuseKind(string wanted, string rule = InputRule.Type)
    {
        var came = _reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "text",
            JsonTokenType.Number => "a number",
            _ => "true or false",
        };
        Refuse(rule, Wording.Wanted(wanted, came));
        _reader.Skip();
        return Fate.Refused;
    }
}
