using System.Reflection;

namespace Roadworthy.Queries.Places;

/// <summary>Names a method as it was written: not the state machine, class or method that the compiler made of it.</summary>
internal static class MethodName
{
    public static string Of(MethodBase method)
    {
        var (type, name) = (method.DeclaringType, method.Name);
        var written = Written(name);
        while (type is not null && type.Name.StartsWith('<'))
        {
            // <GetAsync>d__5 has the name that MoveNext has lost; <>c__DisplayClass3_0 has none.
            if (name == "MoveNext" && Written(type.Name) is { Length: > 0 } of) (written, name) = (of, "");
            type = type.DeclaringType;
        }

        return type is null ? written : $"{type.Name}.{written}";
    }

    // <GetAsync>d__5, <Map>b__0_1, <<Map>b__0>d, <<Main>$>g__Load|0_1; a local function has its own name.
    private static string Written(string name)
    {
        if (!name.StartsWith('<')) return name;
        var local = name.LastIndexOf(">g__", StringComparison.Ordinal);
        if (local >= 0) return name[(local + 4)..].Split('|')[0];
        var inner = name.TrimStart('<');
        var end = inner.IndexOf('>');
        return end < 0 ? inner : inner[..end];
    }
}
