using System.Runtime.InteropServices;

namespace Roadworthy.Errors.Masking;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretSpan(int Start, int End)
{
    public int Length => End - Start;
}
