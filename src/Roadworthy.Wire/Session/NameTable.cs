using System.Security.Cryptography;
using Roadworthy.Wire.Statements;

namespace Roadworthy.Wire.Session;

/// <summary>
/// What a connection has prepared or bound by name. Names are kept as hashes with a seed of this process, so that no name is allocated and nobody can choose two
/// that collide.
/// </summary>
internal sealed class NameTable<T>(int capacity)
    where T : struct
{
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly Dictionary<ulong, T> _named = [];
    private T? _unnamed;

    public static ulong Hash(ReadOnlySpan<byte> name) => name.IsEmpty ? 0 : Hash64.Of(name, Seed) | 1;

    public bool TryGet(ulong name, out T value)
    {
        if (name != 0) return _named.TryGetValue(name, out value);
        value = _unnamed.GetValueOrDefault();
        return _unnamed.HasValue;
    }

    /// <summary>Beyond the capacity nothing is kept: who asks for it later does not find it.</summary>
    public void Set(ulong name, in T value)
    {
        if (name == 0) _unnamed = value;
        else if (_named.Count < capacity || _named.ContainsKey(name)) _named[name] = value;
    }

    public void Remove(ulong name)
    {
        if (name == 0) _unnamed = null;
        else _named.Remove(name);
    }

    public void Clear()
    {
        _unnamed = null;
        if (_named.Count > 0) _named.Clear();
    }
}
