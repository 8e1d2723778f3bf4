using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Bodies;

/// <summary>Turns the host's description of a type into nodes.</summary>
internal sealed class SchemaBuilder(JsonSerializerOptions options)
{
    private readonly Dictionary<Type, Node> _nodes = [];

    /// <summary>The types of a discriminator are read without one of their own.</summary>
    private readonly Dictionary<Type, ObjectNode> _plain = [];

    public Slot Root(JsonTypeInfo typeInfo, ParameterInfo? parameter)
    {
        if (options.ReferenceHandler is not null) return new Slot { Node = new ConvertedNode(typeInfo, LeafWords.Unknown, isScalar: false) };
        var node = NodeOf(typeInfo.Type, typeInfo);
        return new Slot { Node = node, Item = ItemSlot(node, typeInfo.Type, Nullability.Of(parameter)) };
    }

    private Node NodeOf(Type type, JsonTypeInfo? known = null)
    {
        if (_nodes.TryGetValue(type, out var node)) return node;
        var underlying = Nullable.GetUnderlyingType(type);
        var typeInfo = underlying is null ? known ?? options.GetTypeInfo(type) : options.GetTypeInfo(underlying);
        if (!IsOurs(typeInfo.Converter))
        {
            return _nodes[type] = new ConvertedNode(options.GetTypeInfo(type), LeafWords.Unknown, isScalar: false);
        }

        switch (typeInfo.Kind)
        {
            case JsonTypeInfoKind.Object:
                var made = new ObjectNode();
                _nodes[type] = made;
                Fill(made, typeInfo);
                made.Discriminator = DiscriminatorOf(made, typeInfo);
                return made;
            case JsonTypeInfoKind.Enumerable:
                var list = new ListNode();
                _nodes[type] = list;
                list.Item = ItemOf(typeInfo, null);
                return list;
            case JsonTypeInfoKind.Dictionary:
                var map = new MapNode();
                _nodes[type] = map;
                map.Item = ItemOf(typeInfo, null);
                map.Key = typeInfo.KeyType is { } key && key != typeof(string) && options.TryGetTypeInfo(key, out var keyInfo) && IsOurs(keyInfo.Converter) ? Scalar.ForJson(keyInfo) : null;
                return map;
            default:
                return _nodes[type] = Leaf(typeInfo);
        }
    }

    private static Node Leaf(JsonTypeInfo typeInfo)
    {
        var type = typeInfo.Type;
        if (type == typeof(string)) return TextNode.Instance;
        if (type == typeof(byte[])) return Base64Node.Instance;
        if (type == typeof(object) || type == typeof(JsonElement) || type == typeof(JsonDocument) || type == typeof(System.Text.Json.Nodes.JsonNode)) return AnyNode.Instance;
        return Scalar.ForJson(typeInfo) is { } scalar ? new ScalarNode(scalar) : new ConvertedNode(typeInfo, LeafWords.Of(type), isScalar: type != typeof(char) && LeafWords.IsScalar(type));
    }

    private void Fill(ObjectNode node, JsonTypeInfo typeInfo)
    {
        var hasExtensionData = false;
        var members = new List<Member>();
        foreach (var property in typeInfo.Properties)
        {
            if (property.IsExtensionData) hasExtensionData = true;
            else members.Add(MemberOf(property));
        }

        node.RefusesUnknown = !hasExtensionData && (typeInfo.UnmappedMemberHandling ?? options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow;
        node.SetMembers([.. members], options.PropertyNameCaseInsensitive ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    }

    private Member MemberOf(JsonPropertyInfo property)
    {
        var parameter = property.AssociatedParameter;
        var name = Encoding.UTF8.GetBytes(property.Name);
        if (!JsonMember.IsFilled(property)) return new Member { Name = property.Name, Utf8Name = name, Node = AnyNode.Instance, TakesNull = true, IsRequired = false };

        var node = property.CustomConverter is { } converter ? NodeWithConverter(converter, property.PropertyType) : NodeOf(property.PropertyType);
        var attributes = JsonMember.AttributesOf(property);
        var required = attributes.Exists(attribute => attribute is RequiredAttribute);
        var isNullable = property.PropertyType.IsValueType
            ? Nullability.TakesNull(property.PropertyType, known: null)
            : parameter is { IsMemberInitializer: false } ? parameter.IsNullable : property.IsSetNullable;
        var places = new[] { parameter?.AttributeProvider, property.AttributeProvider };
        return new Member
        {
            Name = property.Name,
            Utf8Name = name,
            Node = node,
            TakesNull = isNullable && !required,
            IsRequired = property.IsRequired || required || (parameter is { HasDefaultValue: false, IsMemberInitializer: false } && !isNullable),
            IsTrimmed = attributes.Exists(attribute => attribute is TrimmedAttribute),
            Item = ItemSlot(node, property.PropertyType, places.Select(Nullability.Of).FirstOrDefault(known => known is not null)),
        };
    }

    private Slot ItemOf(JsonTypeInfo list, NullabilityInfo? known)
    {
        var type = list.ElementType!;
        var item = Nullability.OfItem(known, type);
        var node = NodeOf(type);
        return new Slot
        {
            Node = node,
            TakesNull = Nullability.TakesNull(type, item),
            Item = item is null ? null : ItemSlot(node, type, item),
            Placeholder = PlaceholderOf(type, node),
        };
    }

    private Slot? ItemSlot(Node node, Type type, NullabilityInfo? known) =>
        known is not null && node is ListNode or MapNode ? ItemOf(options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type), known) : null;

    private static byte[]? PlaceholderOf(Type type, Node node) => node switch
    {
        _ when !type.IsValueType || Nullable.GetUnderlyingType(type) is not null => "null"u8.ToArray(),
        ScalarNode { Scalar: var scalar } => scalar.Placeholder.ToArray(),
        ObjectNode => "{}"u8.ToArray(),
        _ => null,
    };

    private Discriminator? DiscriminatorOf(ObjectNode self, JsonTypeInfo typeInfo)
    {
        if (typeInfo.PolymorphismOptions is not { } polymorphism) return null;
        var types = new Dictionary<string, ObjectNode>(StringComparer.Ordinal);
        foreach (var derived in polymorphism.DerivedTypes)
        {
            if (Discriminator.KeyOf(derived) is { } key) types[key] = derived.DerivedType == typeInfo.Type ? self : Plain(derived.DerivedType);
        }

        return new Discriminator
        {
            Name = polymorphism.TypeDiscriminatorPropertyName,
            Utf8Name = Encoding.UTF8.GetBytes(polymorphism.TypeDiscriminatorPropertyName),
            Types = types,
            Wanted = "one of " + string.Join(", ", types.Keys),
            IsRequired = typeInfo.Type.IsAbstract || typeInfo.Type.IsInterface,
            IgnoresUnknown = polymorphism.IgnoreUnrecognizedTypeDiscriminators,
        };
    }

    private ObjectNode Plain(Type type)
    {
        if (_plain.TryGetValue(type, out var node)) return node;
        node = _plain[type] = new ObjectNode();
        Fill(node, options.GetTypeInfo(type));
        return node;
    }

    /// <summary>A converter that one member names for itself: only its leaves are known.</summary>
    private Node NodeWithConverter(JsonConverter converter, Type type)
    {
        var own = new JsonSerializerOptions(options);
        own.Converters.Insert(0, converter);
        own.MakeReadOnly();
        var typeInfo = own.GetTypeInfo(type);
        if (!IsOurs(typeInfo.Converter) || typeInfo.Kind != JsonTypeInfoKind.None) return new ConvertedNode(typeInfo, LeafWords.Unknown, isScalar: false);

        // Around a nullable value there is a converter of System.Text.Json's that does not tell which one it holds.
        return Nullable.GetUnderlyingType(type) is not { } value ? Leaf(typeInfo)
            : value.IsEnum ? new ScalarNode(EnumScalar.ForJson(value, typeInfo))
            : new ConvertedNode(typeInfo, LeafWords.Of(value), isScalar: true);
    }

    private static bool IsOurs(JsonConverter converter) => converter.GetType().Assembly == typeof(JsonSerializer).Assembly;
}
