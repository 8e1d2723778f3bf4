using System.Text.Json.Serialization.Metadata;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Bodies;

/// <summary>What a type takes, wherever it stands in a body. Types that hold themselves make a cycle of nodes.</summary>
internal abstract class Node;

/// <summary>Any JSON at all, such as a JsonElement or a member that is only written. Checked for text, duplicates, depth and size.</summary>
internal sealed class AnyNode : Node
{
    public static readonly AnyNode Instance = new();
}

/// <summary>A string.</summary>
internal sealed class TextNode : Node
{
    public static readonly TextNode Instance = new();
}

/// <summary>Bytes in base64 (RFC 4648, section 4).</summary>
internal sealed class Base64Node : Node
{
    public static readonly Base64Node Instance = new();
}

internal sealed class ScalarNode(Scalar scalar) : Node
{
    public Scalar Scalar => scalar;
}

/// <summary>A value that only its converter knows: the host's own, or one of System.Text.Json's for a type that has no scalar.</summary>
/// <param name="typeInfo">Reads the value alone.</param>
/// <param name="wanted">For "Must be {wanted}".</param>
/// <param name="isScalar">Empty text is no value, and white space around text does not count.</param>
internal sealed class ConvertedNode(JsonTypeInfo typeInfo, string wanted, bool isScalar) : Node
{
    public JsonTypeInfo TypeInfo => typeInfo;

    public string Wanted => wanted;

    public bool IsScalar => isScalar;
}

internal sealed class ListNode : Node
{
    /// <summary>What an element takes, where the list's own place does not say more.</summary>
    public Slot Item { get; set; } = null!;
}

/// <summary>An object whose member names are data.</summary>
internal sealed class MapNode : Node
{
    public Slot Item { get; set; } = null!;

    /// <summary>What a key takes; null for any text.</summary>
    public Scalar? Key { get; set; }
}

/// <summary>A place that holds a node: a member, an element, or the body.</summary>
internal class Slot
{
    public required Node Node { get; init; }

    /// <summary>JSON null is a value here.</summary>
    public bool TakesNull { get; init; }

    /// <summary>A value must come. An element can't be left out, and so is required.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>White space around text is removed.</summary>
    public bool IsTrimmed { get; init; }

    /// <summary>What the elements of this list or map take here, where it differs from the node's own.</summary>
    public Slot? Item { get; init; }

    /// <summary>JSON that stands in for a bad value while further rules are run; null where there is none.</summary>
    public byte[]? Placeholder { get; init; }
}
