using System.Buffers;

namespace Roadworthy.Errors.Output;

/// <summary>Finished records back to back in one buffer. Not synchronised.</summary>
internal sealed class RecordQueue
{
    private const int KeptCapacity = 1 << 20;
    private ArrayBufferWriter<byte> _bytes = new(16 * 1024);

    public int Records { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public void Add(ReadOnlySpan<byte> record)
    {
        _bytes.Write(record);
        Records++;
    }

    public void Clear()
    {
        if (_bytes.Capacity > KeptCapacity)
        {
            _bytes = new ArrayBufferWriter<byte>(16 * 1024);
        }
        else
        {
            _bytes.ResetWrittenCount();
        }

        Records = 0;
    }
}
