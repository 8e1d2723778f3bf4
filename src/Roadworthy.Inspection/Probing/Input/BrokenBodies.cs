using System.Text;
using System.Text.Json;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>Whole bodies that break readers: each with the call that carries it. What is wrong is the form, so nothing but a crash tells anything.</summary>
internal static class BrokenBodies
{
    /// <summary>More than any reader's own limit, and little enough to be held by one that has none.</summary>
    private const int Large = 32 * 1024 * 1024;

    private const int Depth = 10_000;
    private const string Marker = "roadworthy-no-utf8";

    /// <param name="call">That works.</param>
    /// <param name="fields">Of its body.</param>
    /// <param name="isAuth">Whether it is about signing up, in or out: what may be taken for an attempt to is left out, as those are limited in number.</param>
    public static IEnumerable<(Change Change, Call Call)> Of(Call call, IReadOnlyList<BodyField> fields, bool isAuth) => FormChanges.IsForm(call) ? Forms(call, isAuth) : Json(call, fields, isAuth);

    /// <summary>A body that works, behind as many spaces as no body of anybody has.</summary>
    public static (Change Change, Call Call) LargeOf(Call call)
    {
        var changed = call.Copy();
        changed.Leading = Large;
        return (Of("large", "a body of 32 MB"), changed);
    }

    private static IEnumerable<(Change Change, Call Call)> Json(Call call, IReadOnlyList<BodyField> fields, bool isAuth)
    {
        foreach (var change in (Change[])[new("broken", "{\"a\":", "a body that is no JSON"), new("list-body", "[]", "a list in place of an object"), new("null-body", "null", "null in place of an object")])
            yield return (change, RawBody.With(call, "", change.Raw));
        yield return (Of("deep", $"{Depth} lists in one another"), RawBody.With(call, "", $"{{\"a\":{new string('[', Depth)}{new string(']', Depth)}}}"));
        var text = fields.FirstOrDefault(field => field.Kind is FieldKind.Text);
        yield return (Of("bytes", "bytes that are no UTF-8"), WithBytes(text is null || isAuth ? RawBody.With(call, "", $"{{\"a\":\"{Marker}\"}}") : RawBody.With(call, text.Pointer, $"\"{Marker}\"")));
        if (isAuth) yield break;
        yield return (Of("type", "a media type that nobody knows"), Typed(call, "application/x-roadworthy"));
        yield return (Of("charset", "a charset that nobody knows"), Typed(call, "application/json; charset=x-roadworthy"));
        if (fields.FirstOrDefault(field => field.Pointer.LastIndexOf('/') == 0) is { } first)
            yield return (Of("duplicate", $"{first.Name} named twice"), RawBody.With(call, first.Pointer, $"{first.Value.ToJsonString(RawBody.Plain)},{JsonSerializer.Serialize(first.Name, RawBody.Plain)}:{first.Value.ToJsonString(RawBody.Plain)}"));
    }

    private static IEnumerable<(Change Change, Call Call)> Forms(Call call, bool isAuth)
    {
        if (FormChanges.IsMultipart(call))
        {
            var (body, type) = FormBody.Multipart(call.Body);
            yield return (Of("broken", "a form that ends in the middle"), Sent(call, type, body[..(body.Length / 2)]));
            yield return (Of("no-boundary", "a form in parts that names no boundary"), Sent(call, "multipart/form-data", body));
        }
        else
        {
            yield return (Of("broken", "a form that can't be decoded"), Sent(call, call.MediaType!, "a=%ZZ&%=%&=b&c=%FF"u8.ToArray()));
        }

        yield return (Of("empty-body", "an empty body"), Sent(call, FormChanges.IsMultipart(call) ? FormBody.Multipart(null).Type : call.MediaType!, []));
        if (!isAuth) yield return (Of("type", "a media type that nobody knows"), Sent(call, "application/x-roadworthy", "a=b"u8.ToArray()));
    }

    private static Change Of(string id, string said) => new(id, "", said, Expectation.None);

    private static Call Typed(Call call, string type) => Sent(call, type, call.ToRequest("", new Identity { Name = "" }).Body!);

    private static Call WithBytes(Call call)
    {
        var (raw, marker) = (call.Raw!, Encoding.ASCII.GetBytes(Marker));
        var at = raw.AsSpan().IndexOf(marker);
        return Sent(call, call.MediaType!, [.. raw[..at], (byte)'a', 0xFF, .. raw[(at + marker.Length)..]]);
    }

    private static Call Sent(Call call, string type, byte[] body)
    {
        var changed = call.Copy();
        (changed.MediaType, changed.Raw) = (type, body);
        return changed;
    }
}
