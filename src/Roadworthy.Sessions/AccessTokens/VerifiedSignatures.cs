using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Roadworthy.Sessions.AccessTokens;

/// <summary>
/// The signatures of one key that were found good, by a hash of what was signed and of the signature. Nothing else of a token is remembered: its
/// times, issuer and session are judged anew with each request. In two halves: when the younger is full the older is dropped, and what is
/// in use moves over.
/// </summary>
/// <param name="capacity">The most that are remembered; some 100 bytes each.</param>
internal sealed class VerifiedSignatures(int capacity)
{
    /// <summary>Bytes of an ES256 signature. Another length is no signature, and would make the hash's parts ambiguous.</summary>
    public const int SignatureLength = 64;

    private readonly Lock _adding = new();
    private readonly int _half = (capacity + 1) / 2;
    private volatile ConcurrentDictionary<Hash, bool> _young = new();
    private volatile ConcurrentDictionary<Hash, bool> _old = new();
    private int _size;

    /// <summary>How many are remembered.</summary>
    public int Count => _young.Count + _old.Count;

    public bool Contains(in Hash hash)
    {
        if (_young.ContainsKey(hash)) return true;
        if (!_old.ContainsKey(hash)) return false;
        Add(hash);
        return true;
    }

    /// <summary>Remembers a signature that was verified. Never one that was not: junk must drive out nothing.</summary>
    public void Add(in Hash hash)
    {
        lock (_adding)
        {
            if (_size == _half && !_young.ContainsKey(hash)) (_old, _young, _size) = (_young, new(), 0);
            if (_young.TryAdd(hash, true)) _size++;
        }
    }

    public static Hash HashOf(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        Span<byte> both = stackalloc byte[SHA256.HashSizeInBytes + SignatureLength];
        SHA256.HashData(signed, both);
        signature.CopyTo(both[SHA256.HashSizeInBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(both, hash);
        return new(BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]));
    }

    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Hash(UInt128 First, UInt128 Second);
}
