using System.Buffers.Text;

namespace Roadworthy.Input.Bodies;

/// <summary>Looks into the escapes of a JSON string for what no text may hold. Text without escapes can't hold it.</summary>
internal static class EscapedText
{
    public enum Fault
    {
        None,
        Nul,
        Surrogate,
    }

    /// <param name="raw">Between the quotes, as it stands in the document; its escapes are well-formed.</param>
    public static Fault Check(ReadOnlySpan<byte> raw)
    {
        var afterHigh = false;
        while (true)
        {
            var next = raw.IndexOf((byte)'\\');
            if (afterHigh && next != 0) return Fault.Surrogate;
            if (next < 0) return Fault.None;
            raw = raw[next..];
            if (raw[1] != 'u')
            {
                if (afterHigh) return Fault.Surrogate;
                raw = raw[2..];
                continue;
            }

            var isHex = Utf8Parser.TryParse(raw.Slice(2, 4), out ushort unit, out _, 'x');
            raw = raw[6..];
            if (!isHex || unit == 0) return Fault.Nul;
            if (afterHigh != char.IsLowSurrogate((char)unit)) return Fault.Surrogate;
            afterHigh = char.IsHighSurrogate((char)unit);
        }
    }
}
