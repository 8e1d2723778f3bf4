using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Queries.Sql;

/// <summary>What statements have in common that differ in values only. Equal by its id.</summary>
internal sealed class Fingerprint : IEquatable<Fingerprint>
{
    /// <summary>The longest text that is kept, in characters.</summary>
    public const int MaxText = 4_000;

    private readonly ulong _hash;

    public Fingerprint(string text, bool isWrite, bool isControl)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        _hash = BitConverter.ToUInt64(hash);
        Id = Convert.ToHexStringLower(hash[..8]);
        Text = text.Length <= MaxText ? text : string.Concat(text.AsSpan(0, MaxText - 3), "...");
        (IsWrite, IsControl) = (isWrite, isControl);
    }

    /// <summary>16 hexadecimal digits, the same in every process.</summary>
    public string Id { get; }

    /// <summary>The SQL, with <c>?</c> in place of every literal and parameter.</summary>
    public string Text { get; }

    /// <summary>Whether it changes data, wherever in it.</summary>
    public bool IsWrite { get; }

    /// <summary>Whether it is about the session or a transaction, and not about data: <c>SET</c>, <c>SAVEPOINT</c>.</summary>
    public bool IsControl { get; }

    public bool Equals(Fingerprint? other) => other is not null && other._hash == _hash;

    public override bool Equals(object? obj) => Equals(obj as Fingerprint);

    public override int GetHashCode() => (int)_hash;
}
