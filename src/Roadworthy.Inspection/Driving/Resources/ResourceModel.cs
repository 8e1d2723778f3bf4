using System.Globalization;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>What exists in the backend, as its answers told: which thing, by which of its values, made or seen by whom.</summary>
internal sealed class ResourceModel
{
    private static readonly string[] EndWords = ["delete", "remove", "destroy", "deactivate", "disable", "account", "permanent", "force", "purge"];

    private const int MostSeen = 200;
    private const int MostPerKind = 2000;

    private readonly Dictionary<string, List<ResourceValue>> _byKind = new(StringComparer.Ordinal);
    private readonly HashSet<(string Kind, string Property)> _keys = [];
    private readonly HashSet<(string Operation, string Who, string Value)> _refused = [];
    private int _order;

    /// <summary>Grows with each new value: whoever waits for something looks whether it did.</summary>
    public int Version => _order;

    public IReadOnlyCollection<string> Kinds => _byKind.Keys;

    /// <summary>Keys of rows that were there before anybody asked, by kind: for a field that refers to what no answer tells.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Stored { get; set; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Whether a thing is the account of somebody who is still needed: it may be changed, and not deleted.</summary>
    public Func<ResourceValue, bool>? IsNeeded { get; set; }

    /// <summary>The id of somebody's own account: of those that they have signed up the first is theirs. Null where no answer told it.</summary>
    public ResourceValue? OwnAccount(string who) =>
        IsNeeded is { } needed ? _byKind.Values.SelectMany(values => values).Where(each => each.Property is "id" or "pk" or "uuid" or "guid" && each.Who == who && needed(each)).MinBy(each => each.Order) : null;

    public IReadOnlyList<ResourceValue> Of(string kind) => _byKind.TryGetValue(kind, out var values) ? values : [];

    public void Add(string kind, string property, string value, string who, ApiOperation source, bool created)
    {
        if (kind.Length == 0 || value.Length is 0 or > 300) return;
        if (!_byKind.TryGetValue(kind, out var values)) _byKind[kind] = values = [];
        var known = values.FindIndex(each => each.Property == property && each.Value == value);
        if (known >= 0)
        {
            values[known].SeenBy.Add(who);
            if (created && !values[known].Created) values[known] = values[known] with { Created = true, Who = who };
            return;
        }

        // A long list must leave room for what is made later.
        if (values.Count < (created ? MostPerKind : MostSeen)) values.Add(new ResourceValue(kind, property, value, who, source, created, _order++) { SeenBy = { who } });
    }

    /// <summary>Learns by which property a kind of thing is asked for: <c>/products/{sku}</c> says that a product has a sku of its own.</summary>
    public void LearnKeys(ApiDescription description)
    {
        foreach (var operation in description.Operations)
            foreach (var parameter in operation.Parameters.Where(each => each.Place is ParameterPlace.Path))
                if (Names.CollectionOf(operation.Path, parameter.Name) is { } collection) _keys.Add((Names.KindOf(collection), Names.Plain(parameter.Name)));
    }

    /// <summary>A thing was deleted.</summary>
    public void Remove(string kind, string value)
    {
        if (!_byKind.TryGetValue(kind, out var values)) return;
        values.RemoveAll(each => each.Value == value);
    }

    /// <summary>What somebody was not let do with a thing is done with another of theirs, as long as there is one.</summary>
    public void Judge(ApiOperation operation, string who, string value, bool isRefused)
    {
        if (isRefused) _refused.Add((operation.Key, who, value));
        else _refused.Remove((operation.Key, who, value));
    }

    /// <summary>For a path parameter: candidates, the likeliest first.</summary>
    public IEnumerable<ResourceValue> ForPath(ApiOperation operation, ApiParameter parameter, string who, IReadOnlySet<string> avoid)
    {
        var collection = Names.CollectionOf(operation.Path, parameter.Name);
        var kind = collection is null ? "" : Names.KindOf(collection);
        var plain = Names.Plain(parameter.Name);
        var reference = Names.ReferenceOf(parameter.Name);
        var isBare = plain is "id" or "pk" or "uuid" or "guid" or "key" or "identifier";
        var found = new List<ResourceValue>();
        if (reference is not null) found.AddRange(Ranked(reference, "id", who).Concat(Ranked(reference, LastWord(parameter.Name), who)));
        if (!isBare) found.AddRange(Ranked(kind, plain, who));
        if (!isBare) found.AddRange(_byKind.Keys.Order(StringComparer.Ordinal).SelectMany(each => Ranked(each, plain, who)));
        found.AddRange(isBare ? Ranked(kind, "id", who).Concat(Ranked(kind, plain, who)).Concat(Ranked(kind, null, who)) : Ranked(kind, "id", who));
        // The parameter may bear the name of the thing itself: /orders/{order}.
        if (!isBare && _byKind.ContainsKey(plain)) found.AddRange(Ranked(plain, "id", who));
        if (found.Count == 0 && kind is "profile" or "account" or "member" or "customer" or "author" or "owner") found.AddRange(Ranked("user", isBare ? "id" : plain, who));
        if (Ends(operation, parameter) && IsNeeded is { } needed) found.RemoveAll(each => needed(each));
        return found.Where(each => Fits(each.Value, parameter.Schema) && !avoid.Contains(each.Value)).DistinctBy(each => each.Value, StringComparer.Ordinal)
            .OrderBy(each => _refused.Contains((operation.Key, who, each.Value)));
    }

    /// <summary>Whether it deletes the thing itself, rather than something that hangs under it: an account's picture.</summary>
    private static bool Ends(ApiOperation operation, ApiParameter parameter)
    {
        if (operation.Method is not "DELETE") return false;
        var path = operation.Path.TrimEnd('/');
        var last = Names.Plain(path[(path.LastIndexOf('/') + 1)..]);
        return path.EndsWith($"{{{parameter.Name}}}", StringComparison.Ordinal) || EndWords.Any(word => last.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>For a field that refers to something, by its name or by what a refusal said; null for every other field.</summary>
    public ResourceValue? Find(FillContext context, string pointer, string name, Schema schema, FieldRule? rule)
    {
        var own = Names.KindOf(Names.CollectionOf(context.Operation.Path) ?? "");
        var plain = Names.Plain(name);
        var candidates = new List<ResourceValue>();
        if (Names.ReferenceOf(name, pointer) is { } kind)
        {
            candidates.AddRange(Ranked(kind, "id", context.Who).Concat(Ranked(kind, LastWord(name), context.Who)));
            // "ownerId" and "authorId" are of users, "parentId" of the same kind.
            if (candidates.Count == 0 && kind is "owner" or "author" or "creator" or "assignee" or "customer" or "member" or "sender" or "receiver" or "recipient") candidates.AddRange(Ranked("user", "id", context.Who));
            if (candidates.Count == 0 && kind is "parent") candidates.AddRange(Ranked(own, "id", context.Who));
            if (candidates.Count == 0) candidates.AddRange(_byKind.Keys.Where(each => each.Length > 3 && (kind.EndsWith(each, StringComparison.Ordinal) || each.EndsWith(kind, StringComparison.Ordinal))).SelectMany(each => Ranked(each, "id", context.Who)));
            if (candidates.Count == 0 && Stored.TryGetValue(kind, out var stored)) candidates.AddRange(stored.Select(key => new ResourceValue(kind, "id", key, "", context.Operation, false, 0)));
        }
        else if (NaturalKeys.Is(plain) ? NaturalKeys.Refers(context, pointer, rule, HasKey(own, plain)) : rule?.Reference is true && plain is not ("email" or "password") && !HasKey(own, plain))
        {
            candidates.AddRange(_byKind.Keys.Where(each => each != own).Order(StringComparer.Ordinal).SelectMany(each => Ranked(each, plain, context.Who)));
        }

        // "category": 3 rather than "categoryId".
        if (candidates.Count == 0 && (schema.IsNumeric || schema.Format is "uuid" || rule is { Reference: true }) && Names.Singular(plain) is var thing && thing != own && _byKind.ContainsKey(thing))
            candidates.AddRange(Ranked(thing, "id", context.Who));
        var fitting = candidates.Where(each => Fits(each.Value, schema) && !context.Avoid.Contains(each.Value)).DistinctBy(each => each.Value, StringComparer.Ordinal).ToList();
        return fitting.Count == 0 ? null : fitting[context.Choose(pointer) % fitting.Count];
    }

    /// <summary>One's own before what was only seen, and the newest first: it is least likely to be gone or used up.</summary>
    private IEnumerable<ResourceValue> Ranked(string kind, string? property, string who) =>
        Of(kind).Where(each => property is null || each.Property == property).OrderByDescending(each => each.Created && each.Who == who).ThenByDescending(each => each.SeenBy.Contains(who)).ThenByDescending(each => each.Order);

    private bool HasKey(string kind, string property) => _keys.Contains((kind, property)) || Of(kind).Any(each => each.Property == property);

    private static string LastWord(string name) => Names.Words(name) is { Count: > 0 } words ? words[^1] : "";

    private static bool Fits(string value, Schema schema)
    {
        if (schema.Format is "uuid") return Guid.TryParse(value, out _);
        if (schema.IsNumeric) return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return schema.Types is SchemaTypes.Any || (schema.Types & (SchemaTypes.Boolean | SchemaTypes.Array | SchemaTypes.Object)) != schema.Types;
    }
}

/// <param name="Kind">In the singular: <c>order</c>.</param>
/// <param name="Property">Which of its values: <c>id</c>, <c>slug</c>, <c>sku</c>.</param>
/// <param name="Who">The name of who made it, or saw it first.</param>
/// <param name="Source">Whose answer told.</param>
/// <param name="Created">Whether <paramref name="Who"/> made it, rather than saw it.</param>
/// <param name="Order">A later one is newer.</param>
internal sealed record ResourceValue(string Kind, string Property, string Value, string Who, ApiOperation Source, bool Created, int Order)
{
    /// <summary>Whose answers it stood in.</summary>
    public HashSet<string> SeenBy { get; } = new(StringComparer.Ordinal);
}
