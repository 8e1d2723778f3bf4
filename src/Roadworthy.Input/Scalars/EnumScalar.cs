using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Scalars;

/// <summary>One of an enum's names, in any case. Never a number in text: "7" may be no value at all, and a binder would not mind.</summary>
internal sealed class EnumScalar : Scalar
{
    /// <summary>An error lists no more names than this.</summary>
    private const int ListedNames = 20;

    private readonly Dictionary<string, Entry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Entry> _byExactName = new(StringComparer.Ordinal);

    /// <summary>The first few, to be found by their bytes: most clients send a name as it is written.</summary>
    private readonly Entry[] _inOrder;
    private readonly Type _type;
    private readonly bool _isFlags;
    private readonly ulong _definedBits;

    private EnumScalar(Type type, IEnumerable<Entry> entries, bool isQuoted, bool takesNumbers)
    {
        _type = type;
        _isFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        IsQuoted = isQuoted;
        TakesNumbers = takesNumbers;
        var names = new List<string>();
        foreach (var entry in entries)
        {
            if (!_byExactName.TryAdd(entry.Name, entry)) continue;
            _byName.TryAdd(entry.Name, entry);
            _definedBits |= entry.Bits;
            if (entry.Listed) names.Add(entry.Name);
        }

        _inOrder = [.. _byExactName.Values.Take(ListedNames)];
        var listed = string.Join(", ", names.Take(ListedNames).Select(name => $"\"{name}\""));
        Wanted = (_isFlags ? "any of " : "one of ") + listed + (names.Count > ListedNames ? ", ..." : "");
        PlaceholderBytes = _byExactName.Count == 0 ? "0"u8.ToArray() : Encoding.UTF8.GetBytes(isQuoted ? $"\"{JsonEncodedText.Encode(_byExactName.First().Key)}\"" : _byExactName.First().Value.Number);
    }

    public override string Wanted { get; }

    public override string Rule => InputRule.OneOf;

    public override bool IsQuoted { get; }

    public override bool TakesNumbers { get; }

    public override ReadOnlySpan<byte> Placeholder => PlaceholderBytes;

    private byte[] PlaceholderBytes { get; }

    /// <param name="type">The enum.</param>
    /// <param name="typeInfo">Of the enum, or of its nullable form: writes its values as the host does.</param>
    public static EnumScalar ForJson(Type type, JsonTypeInfo typeInfo)
    {
        var names = Enum.GetNames(type);
        var values = Enum.GetValuesAsUnderlyingType(type);
        var writesNames = values.Length > 0 && NameIn(typeInfo, type, values.GetValue(0)!) is not null;
        var entries = writesNames ? Entries(type, (_, value) => NameIn(typeInfo, type, value)) : Entries(type, (index, _) => names[index]);
        entries = entries.Select(entry => entry with { Canonical = Encoding.UTF8.GetBytes(JsonEncodedText.Encode(entry.Name).ToString()) });
        return new EnumScalar(type, entries, isQuoted: writesNames, takesNumbers: !writesNames);
    }

    public static new EnumScalar ForText(Type type, JsonSerializerOptions? json)
    {
        var names = Enum.GetNames(type);
        var entries = Entries(type, (index, _) => names[index]);
        JsonTypeInfo? typeInfo = null;
        if (json is not null && !json.TryGetTypeInfo(type, out typeInfo)) typeInfo = null;
        if (typeInfo is not null && typeInfo.Converter.GetType().Assembly == typeof(JsonSerializer).Assembly)
        {
            var numbered = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
            entries = entries.Concat(names.Zip(Entries(type, (_, value) => NameIn(typeInfo, type, value)), (name, entry) => entry with { Canonical = numbered[name].Canonical, Listed = false }));
        }

        return new EnumScalar(type, entries.ToList(), isQuoted: false, takesNumbers: false);
    }

    public override ScalarReading ReadText(ReadOnlySpan<byte> text, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        foreach (var known in _inOrder)
        {
            if (!text.SequenceEqual(known.Canonical)) continue;
            canonical = IsQuoted || !TakesNumbers ? known.Canonical : known.NumberBytes;
            return ScalarReading.Good;
        }

        canonical = default;
        if (text.Length > 1_024) return ScalarReading.Wrong;
        var name = Encoding.UTF8.GetString(text);
        if (Find(name) is { } entry)
        {
            canonical = IsQuoted || !TakesNumbers ? entry.Canonical : entry.NumberBytes;
            return ScalarReading.Good;
        }

        if (!_isFlags || !name.Contains(',', StringComparison.Ordinal)) return ScalarReading.Wrong;
        var bits = 0UL;
        var parts = new List<string>();
        foreach (var part in name.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Find(part) is not { } flag) return ScalarReading.Wrong;
            bits |= flag.Bits;
            parts.Add(Encoding.UTF8.GetString(flag.Canonical));
        }

        canonical = Encoding.UTF8.GetBytes(IsQuoted || !TakesNumbers ? string.Join(", ", parts) : Number(bits));
        return ScalarReading.Good;
    }

    public override ScalarReading ReadNumber(ReadOnlySpan<byte> number, Span<byte> scratch, out ReadOnlySpan<byte> canonical)
    {
        canonical = default;
        if (NumberText.ReadInteger(number, out var value) != ScalarReading.Good) return ScalarReading.Wrong;
        var text = value.ToString(CultureInfo.InvariantCulture);
        var isDefined = _byExactName.Values.Any(entry => string.Equals(entry.Number, text, StringComparison.Ordinal));
        if (!isDefined && !(_isFlags && value > 0 && value <= ulong.MaxValue && ((ulong)value & ~_definedBits) == 0)) return ScalarReading.Wrong;
        canonical = Encoding.UTF8.GetBytes(text);
        return ScalarReading.Good;
    }

    public override object ToValue(ReadOnlySpan<byte> canonical)
    {
        var text = Encoding.UTF8.GetString(canonical);
        return Enum.TryParse(_type, text, ignoreCase: true, out var value) ? value : Enum.ToObject(_type, 0);
    }

    private static IEnumerable<Entry> Entries(Type type, Func<int, object, string?> nameOf)
    {
        var values = Enum.GetValuesAsUnderlyingType(type);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values.GetValue(i)!;
            var number = Convert.ToString(value, CultureInfo.InvariantCulture)!;
            if (nameOf(i, value) is not { } name) continue;
            var bits = Int128.Parse(number, CultureInfo.InvariantCulture);
            yield return new Entry(name, number, unchecked((ulong)bits), Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(number), Listed: true);
        }
    }

    /// <summary>The name that the host's JSON writes for a value; null where it writes a number.</summary>
    private static string? NameIn(JsonTypeInfo typeInfo, Type type, object underlying)
    {
        using var json = JsonSerializer.SerializeToDocument(Enum.ToObject(type, underlying), typeInfo);
        return json.RootElement.ValueKind == JsonValueKind.String ? json.RootElement.GetString() : null;
    }

    private Entry? Find(string name) =>
        _byExactName.TryGetValue(name, out var entry) || _byName.TryGetValue(name, out entry) ? entry : null;

    private string Number(ulong bits) =>
        Convert.ToString(Convert.ChangeType(Enum.ToObject(_type, bits), Enum.GetUnderlyingType(_type), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)!;

    private sealed record Entry(string Name, string Number, ulong Bits, byte[] Canonical, byte[] NumberBytes, bool Listed);
}
