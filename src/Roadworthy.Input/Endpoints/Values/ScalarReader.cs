using System.Buffers;
using System.Text;
using Roadworthy.Input.Failures;
using Roadworthy.Input.Scalars;

namespace Roadworthy.Input.Endpoints.Values;

/// <summary>A number, an instant, a name: the same that a body takes as text.</summary>
internal sealed class ScalarReader(Scalar scalar) : ValueReader
{
    private const int OnStack = 256;

    public override ValueFault? Read(string came, bool wantsValue, out string canonical, out object? value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(came.Length);
        if (most <= OnStack) return Read(came, stackalloc byte[OnStack], wantsValue, out canonical, out value);
        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return Read(came, rented, wantsValue, out canonical, out value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private ValueFault? Read(string came, Span<byte> utf8, bool wantsValue, out string canonical, out object? value)
    {
        Span<byte> scratch = stackalloc byte[Scalar.ScratchBytes];
        canonical = came;
        value = null;
        ReadOnlySpan<byte> bytes = utf8[..Encoding.UTF8.GetBytes(came, utf8)];
        var reading = scalar.ReadText(bytes.Trim(Blank.Bytes), scratch, out var found);
        if (reading != ScalarReading.Good) return TextReader.Fault(came) ?? Fault(reading);
        if (!found.SequenceEqual(bytes)) canonical = Encoding.UTF8.GetString(found);
        if (wantsValue) value = scalar.ToValue(found);
        return null;
    }

    private ValueFault Fault(ScalarReading reading) => reading == ScalarReading.OutOfRange
        ? new ValueFault(InputRule.Range, Wording.Wanted(scalar.WantedInRange, Wording.NumberOutOfRange))
        : new ValueFault(scalar.Rule, Wording.Wanted(scalar.Wanted, Wording.OtherText));
}
