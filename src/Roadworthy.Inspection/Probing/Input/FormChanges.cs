using System.Text;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What can be wrong with a form: all of it is text, so a number as text is what it should be, and an object is a name in brackets.</summary>
internal static class FormChanges
{
    private const string Marker = "roadworthy-no-utf8";

    // Of those for JSON; the others have no form of their own here.
    private static readonly string[] Shared =
        ["negative", "big", "word", "huge", "fraction", "nan", "empty", "offset", "no-offset", "year-0", "no-date", "choice", "nowhere", "nul", "long", "below", "above", "too-long", "too-short", "missing"];

    /// <summary>Whether a call's body is a form.</summary>
    public static bool IsForm(Call call) => IsMultipart(call) || call.MediaType?.Contains("urlencoded", StringComparison.OrdinalIgnoreCase) is true;

    public static bool IsMultipart(Call call) => call.MediaType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Those that a field's value is worth.</summary>
    public static IEnumerable<Change> Of(BodyField field, bool isPartial)
    {
        if (field.Kind is FieldKind.File)
        {
            if (!isPartial) yield return new("missing", null, "left out", Expectation.None, IsEarly: true);
            yield return new("no-bytes", FormBody.FilePrefix, "a file of no bytes", Expectation.None, IsEarly: true);
            yield return new("no-file", "abc", "text in place of a file", Expectation.None);
            yield break;
        }

        foreach (var change in Change.Of(field, isPartial).Where(change => Shared.Contains(change.Id, StringComparer.Ordinal)))
            // A ticked box sends "on", or whatever the page says: any text may be true.
            yield return field.Kind is FieldKind.Boolean ? change with { Expects = Expectation.None } : change;
        if (field.Kind is not (FieldKind.Text or FieldKind.Choice or FieldKind.Reference or FieldKind.Secret)) yield return new("nul", "\"a\\u0000b\"", "text with a NUL", Expectation.None);
        yield return new("brackets", "", "an object: its name in brackets", Expectation.None, IsEarly: true);
        yield return new("twice", "", "two of it", Expectation.None);
        yield return new("bytes", "", "bytes that are no UTF-8", Expectation.None, IsEarly: true);
    }

    /// <summary>A form with one field changed.</summary>
    public static Call With(Call call, BodyField field, Change change)
    {
        var changed = call.Copy();
        var form = (JsonObject)changed.Body!;
        var value = JsonCopy.Scalar(field.Value) ?? "";
        form.Remove(field.Name);
        switch (change.Id)
        {
            case "missing":
                break;
            case "brackets":
                form[$"{field.Name}[a]"] = value;
                break;
            case "twice":
                form[field.Name] = new JsonArray(value, value);
                break;
            case "bytes" when IsMultipart(call):
                form[field.Name] = FormBody.BytesPrefix + "a\u00FFb";
                break;
            case "bytes":
                form[field.Name] = Marker;
                changed.Raw = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(FormBody.UrlEncoded(form)).Replace(Marker, "a%FFb", StringComparison.Ordinal));
                break;
            default:
                form[field.Name] = field.Kind is FieldKind.File ? change.Raw : change.Raw!.StartsWith('"') ? Kept.Sent(change)!.ToString() : change.Raw;
                break;
        }

        return changed;
    }
}
