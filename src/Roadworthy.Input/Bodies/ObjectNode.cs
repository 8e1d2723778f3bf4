using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Roadworthy.Input.Bodies;

internal sealed class Member : Slot
{
    public required string Name { get; init; }

    public required byte[] Utf8Name { get; init; }
}

/// <summary>An object with known members.</summary>
internal sealed class ObjectNode : Node
{
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byName;

    public Member[] Members { get; private set; } = [];

    public int RequiredMembers { get; private set; }

    /// <summary>A member that is not known is an error.</summary>
    public bool RefusesUnknown { get; set; }

    /// <summary>The concrete types that a discriminator chooses from; null where there is no choice.</summary>
    public Discriminator? Discriminator { get; set; }

    public void SetMembers(Member[] members, StringComparer comparer)
    {
        var byName = new Dictionary<string, int>(comparer);
        for (var i = 0; i < members.Length; i++) byName.TryAdd(members[i].Name, i);
        _byName = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        Members = members;
        RequiredMembers = members.Count(member => member.IsRequired);
    }

    /// <summary>The index of a member, by the host's rule for case; -1 for an unknown one.</summary>
    /// <param name="name">Well-formed UTF-8 without escapes.</param>
    public int Find(ReadOnlySpan<byte> name)
    {
        const int OnStack = 128;
        if (name.Length > OnStack * 4) return -1;
        Span<char> chars = stackalloc char[name.Length <= OnStack ? OnStack : OnStack * 4];
        var length = Encoding.UTF8.GetChars(name, chars);
        return _byName.TryGetValue(chars[..length], out var index) ? index : -1;
    }
}

/// <summary>The member that says which concrete type an object is.</summary>
internal sealed class Discriminator
{
    public required string Name { get; init; }

    public required byte[] Utf8Name { get; init; }

    /// <summary>By the discriminator's JSON without escapes, quotes included: <c>"circle"</c> or <c>1</c>.</summary>
    public required IReadOnlyDictionary<string, ObjectNode> Types { get; init; }

    /// <summary>The key of a type in <see cref="Types"/>; null where it has no discriminator.</summary>
    public static string? KeyOf(JsonDerivedType type) => type.TypeDiscriminator switch
    {
        string text => $"\"{text}\"",
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>For "Must be one of {...}".</summary>
    public required string Wanted { get; init; }

    /// <summary>The base type can't be made: one of the others must be named.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>A name that is not known means the base type.</summary>
    public required bool IgnoresUnknown { get; init; }
}
