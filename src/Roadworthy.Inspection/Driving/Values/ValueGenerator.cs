using System.Text.Json;
using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// Fills fields: with what refusals have taught, what exists, what the description allows and gives as an example, and what the name means, in this order.
/// </summary>
/// <param name="seed">The same one gives the same values.</param>
/// <param name="resources">What exists.</param>
internal sealed class ValueGenerator(int seed, ResourceModel resources)
{
    private const int Deepest = 8;
    private const int MostProperties = 200;

    /// <summary>The tree of a body.</summary>
    public JsonNode? Body(Schema schema, FillContext context) => Fill(schema, "", "", context, 0);

    /// <summary>The text of a parameter.</summary>
    public string Parameter(ApiParameter parameter, string pointer, FillContext context)
    {
        var node = Fill(parameter.Schema, pointer, parameter.Name, context, 0);
        return node is JsonArray list ? string.Join(',', list.Select(JsonCopy.Scalar)) : JsonCopy.Scalar(node) ?? node?.ToJsonString() ?? "";
    }

    private JsonNode? Fill(Schema schema, string pointer, string name, FillContext context, int depth)
    {
        var rule = context.Rules.For(pointer);
        if (rule?.SameAs is { } other && context.Said.TryGetValue(Names.Plain(other), out var same)) return JsonValue.Create(same);
        if (rule is { OneOf.Count: > 0 }) return Typed(rule.OneOf[context.Choose(pointer) % rule.OneOf.Count], schema);
        if (schema.Enum.Count > 0 && rule?.Type is null)
        {
            var values = schema.Enum.Where(value => value is not null).ToList();
            if (values.Count > 0) return values[context.Choose(pointer) % values.Count]!.DeepClone();
        }

        if (schema.Alternatives.Count > 0 && depth < Deepest) return Alternative(schema, pointer, name, context, depth);
        var type = rule?.Type ?? TypeOf(schema) ?? TypeBy(name, rule, schema.Format);
        if (type is "array") return List(schema, pointer, name, context, depth);
        if (type is "object" && !(depth > 0 && schema.Properties.Count == 0 && Names.ReferenceOf(name) is not null)) return Object(schema, pointer, context, depth);
        return Scalar(schema, rule, type, pointer, name, context);
    }

    private JsonNode? Alternative(Schema schema, string pointer, string name, FillContext context, int depth)
    {
        var chosen = schema.Alternatives[context.Choose(pointer) % schema.Alternatives.Count];
        var filled = Fill(chosen, pointer, name, context, depth + 1);
        if (filled is not JsonObject of) return filled;
        if (Object(schema, pointer, context, depth) is JsonObject own)
            foreach (var (member, value) in own) of.TryAdd(member, value?.DeepClone());
        if (schema.Discriminator is { } discriminator)
        {
            var value = schema.DiscriminatorValues.FirstOrDefault(each => ReferenceEquals(each.Value, chosen)).Key ?? chosen.Name;
            if (value is not null) of[discriminator] = value;
        }

        return of;
    }

    private JsonArray List(Schema schema, string pointer, string name, FillContext context, int depth)
    {
        if (schema.MaxItems is <= 0) return [];
        // No description, but refusals that told of an item.
        if (depth <= Deepest && schema.Items is null && ToldItem(pointer, context.Rules) is { } told) return [Fill(told, $"{pointer}/0", Names.Singular(name), context, depth + 1)];
        if (depth > Deepest || schema.Items is null)
            return schema.Items is null && Meanings.Of(name, null) is Meaning.Tags ? [JsonValue.Create("inspection")] : [];
        var count = Math.Clamp(schema.MinItems ?? 1, 1, Math.Min(schema.MaxItems ?? 5, 5));
        var list = new JsonArray();
        for (var n = 0; n < count; n++)
        {
            var item = Fill(schema.Items, $"{pointer}/{n}", Names.Singular(name), context, depth + 1);
            // Nothing to refer to: an empty list may be allowed.
            if (item is null && Names.ReferenceOf(name) is not null) break;
            list.Add(item);
        }

        return list;
    }

    /// <summary>What refusals told of a list's items: that they have members, or something of themselves; null for nothing.</summary>
    private static Schema? ToldItem(string pointer, LearnedRules rules)
    {
        if (rules.All.Keys.Any(where => where.StartsWith($"{pointer}/0/", StringComparison.OrdinalIgnoreCase))) return new Schema { Types = SchemaTypes.Object };
        return rules.All.ContainsKey($"{pointer}/0") ? new Schema() : null;
    }

    private JsonObject Object(Schema schema, string pointer, FillContext context, int depth)
    {
        var result = new JsonObject();
        if (depth > Deepest) return result;
        foreach (var (name, property) in schema.Properties.Take(MostProperties))
        {
            var at = $"{pointer}/{name}";
            var rule = context.Rules.For(at);
            if (rule?.Drop is true || (property.ReadOnly && rule?.Required is not true)) continue;
            var isRequired = rule?.Required is true || schema.Required.Contains(name);
            if (!isRequired && !context.Wants(schema, property, name, depth)) continue;
            var value = Fill(property, at, name, context, depth + 1);
            if (value is null && !isRequired) continue;
            result[name] = value;
        }

        // What refusals asked for and the description does not know.
        foreach (var (where, rule) in context.Rules.All.Where(each => each.Value is { Required: true, Drop: false }))
        {
            if (!where.StartsWith(pointer + "/", StringComparison.Ordinal) || where[(pointer.Length + 1)..] is not { Length: > 0 } name || name.Contains('/', StringComparison.Ordinal)) continue;
            if (!result.Any(member => Names.Plain(member.Key) == Names.Plain(name)) && !schema.Properties.Keys.Any(known => Names.Plain(known) == Names.Plain(name)))
                result[name] = Fill(new Schema(), where, name, context, depth + 1);
        }

        return result;
    }

    private JsonNode? Scalar(Schema schema, FieldRule? rule, string? type, string pointer, string name, FillContext context)
    {
        if (rule?.Unique is not true && context.Given.TryGetValue(Names.Plain(name), out var given)) return Say(given, name, schema, context);
        var dice = Dice.For(seed, context.Who, context.Operation.Key, pointer);
        var format = rule?.Format ?? schema.Format;
        var meaning = Meanings.Of(name, format);
        if (type is "boolean") return Example(schema, context, "boolean") ?? JsonValue.Create(schema.Default is JsonValue known && known.TryGetValue(out bool value) ? value : IsOpen(name));
        var found = rule?.Unique is true ? null : resources.Find(context, pointer, name, schema, rule);
        if (NaturalKeys.Is(name) && NaturalKeys.MayBeOwn(pointer)) context.NaturalKeys[pointer] = found is not null;
        if (found is not null)
        {
            context.Bindings.Add(new Binding(pointer, found.Kind, found.Value));
            return Typed(found.Value, schema);
        }

        var isKey = Names.ReferenceOf(name, pointer) is not null && meaning is not (Meaning.Code or Meaning.Slug);
        if (isKey) context.Missing.Add(Names.ReferenceOf(name, pointer)!);
        if (type is "integer" or "number")
            return (isKey || rule is not null ? null : Example(schema, context, "number")) ?? Numbers.Of(meaning, schema, rule, dice, type is "integer");
        var isUnique = rule?.Unique is true || meaning is Meaning.Email or Meaning.Password or Meaning.UserName or Meaning.Slug or Meaning.Code or Meaning.Title or Meaning.Phone or Meaning.FullName;
        if (!isUnique && rule is null && Example(schema, context, "string") is { } example) return example;
        if (schema.IsBinary) return JsonValue.Create(FormBody.Picture);
        return Say(Text(schema, rule, meaning, format, dice, pointer, context), name, schema, context);
    }

    /// <summary>What is switched off can't be bought, booked or seen by others: nothing that hangs on it would work.</summary>
    private static bool IsOpen(string name) => Names.Words(name) is { Count: > 0 } words && words[^1] is "active" or "enabled" or "available" or "published" or "visible" or "public" or "open" or "approved" or "stock";

    private static string Text(Schema schema, FieldRule? rule, Meaning meaning, string? format, Dice dice, string pointer, FillContext context)
    {
        if (meaning is Meaning.Password && context.Said.TryGetValue("password", out var said)) return said;
        // Another one for each attempt, where an earlier one was refused as it stands.
        var text = rule?.Format is "phone" && context.Choose(pointer) % 2 == 1 ? "4155552671" : Texts.Of(meaning, dice, context.Serial, format);
        var (least, most) = (rule?.MinLength ?? schema.MinLength, rule?.MaxLength ?? schema.MaxLength);
        if ((rule?.Pattern ?? schema.Pattern) is { } pattern && !Texts.Matches(pattern, text))
        {
            // The attempt's number is among what is thrown for, so that unique ones differ.
            if (PatternText.For(pattern, Dice.For(context.Serial, pointer), least) is { } made) text = made;
        }

        if (meaning is Meaning.Email && most < text.Length) return $"{context.Serial}@e.co";
        return meaning is Meaning.Email or Meaning.Url or Meaning.Uuid or Meaning.Instant or Meaning.Date ? text : Texts.Fit(text, least, most, keepEnd: meaning is not Meaning.Password and not Meaning.Text);
    }

    private static JsonValue Say(string text, string name, Schema schema, FillContext context)
    {
        context.Said[Names.Plain(name)] = text;
        return Typed(text, schema);
    }

    /// <summary>What a person wrote into the description, but for what a generator did.</summary>
    private static JsonNode? Example(Schema schema, FillContext context, string type)
    {
        if (!context.TakesExamples) return null;
        foreach (var example in schema.Default is { } known ? schema.Examples.Append(known) : schema.Examples)
        {
            var kind = example.GetValueKind();
            var fits = type switch
            {
                "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
                "number" => kind is JsonValueKind.Number && example.ToString() is not "0",
                _ => kind is JsonValueKind.String && example.ToString() is { Length: > 0 and < 5000 } text && text is not ("string" or Secrets.Mask),
            };
            if (fits) return example.DeepClone();
        }

        return null;
    }

    private static JsonValue Typed(string value, Schema schema)
    {
        if (schema.IsNumeric && decimal.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number == decimal.Truncate(number) && number is < long.MaxValue and > long.MinValue ? JsonValue.Create((long)number) : JsonValue.Create(number);
        if (schema.Types is SchemaTypes.Boolean && bool.TryParse(value, out var flag)) return JsonValue.Create(flag);
        return JsonValue.Create(value);
    }

    /// <summary>Where nothing is said: by a range that was learned, else by the name.</summary>
    private static string? TypeBy(string name, FieldRule? rule, string? format)
    {
        if (rule is { Minimum: not null } or { Maximum: not null }) return "integer";
        return Meanings.Of(name, format) switch
        {
            Meaning.Age or Meaning.Quantity or Meaning.Supply or Meaning.Rating or Meaning.Year or Meaning.Limit or Meaning.Page or Meaning.Offset => "integer",
            Meaning.Money or Meaning.Percent or Meaning.Latitude or Meaning.Longitude => "number",
            _ => null,
        };
    }

    private static string? TypeOf(Schema schema)
    {
        if (schema.IsArray) return "array";
        if (schema.IsObject) return "object";
        return (schema.Types & ~SchemaTypes.Object) switch
        {
            var types when types.HasFlag(SchemaTypes.Integer) => "integer",
            var types when types.HasFlag(SchemaTypes.Number) => "number",
            var types when types.HasFlag(SchemaTypes.String) => "string",
            var types when types.HasFlag(SchemaTypes.Boolean) => "boolean",
            _ => null,
        };
    }
}
