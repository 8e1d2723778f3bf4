using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Wire.Tests.Support;

/// <summary>SCRAM-SHA-256 as a client does it, for clients that speak in messages.</summary>
internal static class Scram
{
    private const string Nonce = "cm9hZHdvcnRoeQ";

    public static void SignIn(RawClient client, string password)
    {
        client.ReadUntil('R');
        var first = $"n=,r={Nonce}";
        byte[] initial = Encoding.ASCII.GetBytes("n,," + first);
        client.Send(Messages.Make('p', [.. "SCRAM-SHA-256\0"u8, 0, 0, 0, (byte)initial.Length, .. initial]));
        var challenge = Encoding.ASCII.GetString(client.Message()!.AsSpan(9));
        var fields = challenge.Split(',').ToDictionary(field => field[0], field => field[2..]);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(fields['s']), int.Parse(fields['i'], System.Globalization.CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
        var key = HMACSHA256.HashData(salted, "Client Key"u8);
        var withoutProof = $"c=biws,r={fields['r']}";
        var signature = HMACSHA256.HashData(SHA256.HashData(key), Encoding.ASCII.GetBytes($"{first},{challenge},{withoutProof}"));
        for (var n = 0; n < key.Length; n++) key[n] ^= signature[n];
        client.Send(Messages.Make('p', $"{withoutProof},p={Convert.ToBase64String(key)}"));
        Assert.EndsWith("Z", client.ReadUntil('Z'), StringComparison.Ordinal);
    }
}
