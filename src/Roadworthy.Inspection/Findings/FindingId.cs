using System.Security.Cryptography;
using System.Text;

namespace Roadworthy.Inspection.Findings;

/// <summary>Names a finding: the rule and eight hexadecimal digits of what tells it apart, such as <c>RW250-1f0c9a3e</c>.</summary>
internal static class FindingId
{
    public static string Of(string rule, string endpoint, string fingerprint)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\n{endpoint}\n{fingerprint}"));
        return $"{rule}-{Convert.ToHexStringLower(hash, 0, 4)}";
    }
}
