using Roadworthy.Wire.Codec;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Session;

/// <summary>
/// Reads what a client sends: what is prepared and bound under which name, which statements are executed, and in which transaction the client is by then. The
/// server may be many messages behind.
/// </summary>
internal sealed class FrontendTracker(SessionState state, ShapeTable shapes)
{
    private readonly StatementNormalizer _normalizer = new();
    private readonly NameTable<Portal> _portals = new(SessionLimits.Names);
    private readonly NameTable<PreparedStatement> _prepared = new(SessionLimits.Names);

    /// <summary>Where each statement of the Query that was read last stands in its text. Filled only where somebody wants to cut it.</summary>
    public List<Range>? StatementRanges { get; set; }

    /// <summary>Reads a message.</summary>
    /// <param name="frame">The whole, or the beginning of a long one.</param>
    /// <param name="replies">Gets what is to be answered.</param>
    public void Read(in Frame frame, ExpectedList replies)
    {
        var body = new BodyReader(frame.Body);
        var isTruncated = frame.Part != FramePart.Whole;
        switch (frame.Type)
        {
            case FrontendCode.Query:
                ReadQuery(body.CString(), frame.Length, isTruncated, replies);
                break;
            case FrontendCode.Parse:
                ReadParse(ref body, frame.Length, isTruncated, replies);
                break;
            case FrontendCode.Bind:
                ReadBind(ref body, replies);
                break;
            case FrontendCode.Execute:
                ReadExecute(ref body, frame.Length, replies);
                break;
            case FrontendCode.Describe:
                replies.Add(new() { Kind = ExpectedKind.Describe });
                break;
            case FrontendCode.Close:
                ReadClose(ref body, replies);
                break;
            case FrontendCode.Sync:
                replies.Add(new() { Kind = ExpectedKind.Ready, Flags = ExpectedFlags.Extended });
                break;
            case FrontendCode.FunctionCall:
                replies.Add(new() { Kind = ExpectedKind.Statement, Shape = StatementShape.FunctionCall, Before = state.Front, RequestBytes = frame.Length });
                replies.Add(new() { Kind = ExpectedKind.Ready });
                break;
            case FrontendCode.CopyDone or FrontendCode.CopyFail:
                replies.Add(new() { Kind = ExpectedKind.CopyEnd });
                break;
        }
    }

    public void ForgetPortals() => _portals.Clear();

    /// <summary>A Parse has failed, or was never read.</summary>
    public void ForgetStatement(ulong name) => _prepared.Remove(name);

    private void ReadQuery(ReadOnlySpan<byte> sql, int length, bool isTruncated, ExpectedList replies)
    {
        var (position, count) = (0, 0);
        StatementRanges?.Clear();
        var flags = isTruncated ? ExpectedFlags.Truncated : ExpectedFlags.None;
        while (count < SessionLimits.StatementsInQuery && _normalizer.Next(sql, ref position, state.EscapesInText))
        {
            var text = sql[_normalizer.Start.._normalizer.End];
            var shape = Resolve(shapes.Get(_normalizer.Text, text), text);
            StatementRanges?.Add(_normalizer.Start.._normalizer.End);
            replies.Add(new()
            {
                Kind = ExpectedKind.Statement,
                Flags = flags,
                Shape = shape,
                Before = state.Front,
                Hash = _normalizer.LiteralsHash,
                RequestBytes = count++ == 0 ? length : 0,
            });
            state.Advance(shape);
        }

        if (count == 0) replies.Add(new() { Kind = ExpectedKind.Statement, Flags = flags, Shape = StatementShape.Empty, Before = state.Front, RequestBytes = length });
        replies.Add(new() { Kind = ExpectedKind.Ready });
    }

    private void ReadParse(ref BodyReader body, int length, bool isTruncated, ExpectedList replies)
    {
        var name = NameTable<PreparedStatement>.Hash(body.CString());
        var sql = body.CString();
        var position = 0;
        var shape = StatementShape.Empty;
        if (_normalizer.Next(sql, ref position, state.EscapesInText))
        {
            var text = sql[_normalizer.Start.._normalizer.End];
            shape = Resolve(shapes.Get(_normalizer.Text, text), text);
        }

        // A name that is taken is refused by the server, and goes on to mean what it meant.
        var isTaken = name != 0 && _prepared.TryGet(name, out _);
        if (!isTaken) _prepared.Set(name, new(shape, _normalizer.LiteralsHash, isTruncated));
        replies.Add(new() { Kind = ExpectedKind.Parse, Shape = shape, Hash = isTaken ? 0 : name, RequestBytes = length });
    }

    private void ReadBind(ref BodyReader body, ExpectedList replies)
    {
        var portal = NameTable<Portal>.Hash(body.CString());
        var name = NameTable<PreparedStatement>.Hash(body.CString());
        var known = _prepared.TryGet(name, out var prepared);
        var shape = known ? prepared.Shape : StatementShape.Unknown;
        var values = body.Rest;
        _portals.Set(portal, new(shape, values.Length > BoundValues.EmptyLength ? Hash64.Of(values) : prepared.LiteralsHash, name != 0, IsStarted: false));
        if (state.Observer is { } observer) observer.Bound(new(state.ConnectionId, shape, values));
        replies.Add(new() { Kind = ExpectedKind.Bind });
    }

    private void ReadExecute(ref BodyReader body, int length, ExpectedList replies)
    {
        var name = NameTable<Portal>.Hash(body.CString());
        if (!_portals.TryGet(name, out var portal)) portal = new(StatementShape.Unknown, 0, IsPrepared: false, IsStarted: false);
        else if (!portal.IsStarted) _portals.Set(name, portal with { IsStarted = true });
        var flags = ExpectedFlags.Extended | (portal.IsPrepared ? ExpectedFlags.Prepared : ExpectedFlags.None) | (portal.IsStarted ? ExpectedFlags.Resumed : ExpectedFlags.None);
        replies.Add(new() { Kind = ExpectedKind.Statement, Flags = flags, Shape = portal.Shape, Before = state.Front, Hash = portal.ValuesHash, RequestBytes = length });
        if (!portal.IsStarted) state.Advance(portal.Shape);
        if (portal.Shape.Kind is StatementKind.Reset or StatementKind.Deallocate) Forget(portal.Shape, System.Text.Encoding.UTF8.GetBytes(portal.Shape.Sample));
    }

    private void ReadClose(ref BodyReader body, ExpectedList replies)
    {
        var kind = body.Byte();
        var name = body.CString();
        if (kind == (byte)'S') _prepared.Remove(NameTable<PreparedStatement>.Hash(name));
        else _portals.Remove(NameTable<Portal>.Hash(name));
        replies.Add(new() { Kind = ExpectedKind.Close });
    }

    /// <summary>PREPARE, EXECUTE and DEALLOCATE share their names with the protocol's.</summary>
    private StatementShape Resolve(StatementShape shape, ReadOnlySpan<byte> sql)
    {
        switch (shape.Kind)
        {
            case StatementKind.Prepare:
                PrepareInSql(sql);
                return shape;
            case StatementKind.Execute:
                return _prepared.TryGet(SqlNames.Second(sql), out var prepared) ? prepared.Shape : shape;
            case StatementKind.Reset or StatementKind.Deallocate:
                Forget(shape, sql);
                return shape;
            default:
                return shape;
        }
    }

    private void PrepareInSql(ReadOnlySpan<byte> sql)
    {
        var name = SqlNames.Second(sql);
        var inner = SqlNames.AfterAs(sql);
        if (name == 0 || inner.IsEmpty) return;
        var (position, normalizer) = (0, new StatementNormalizer());
        if (!_prepared.TryGet(name, out _) && normalizer.Next(inner, ref position, state.EscapesInText))
            _prepared.Set(name, new(shapes.Get(normalizer.Text, inner), 0, IsTruncated: false));
    }

    private void Forget(StatementShape shape, ReadOnlySpan<byte> sql)
    {
        if (shape.Kind == StatementKind.Deallocate) _prepared.Remove(SqlNames.Last(sql));
        else if (shape.Text is "discard all" or "deallocate all" or "deallocate prepare all") _prepared.Clear();
        if (shape.Text is "discard all" or "close all") _portals.Clear();
    }
}
