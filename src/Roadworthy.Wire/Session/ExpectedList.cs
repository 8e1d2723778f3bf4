namespace Roadworthy.Wire.Session;

/// <summary>What the messages of one read are to be answered with, before it is known whether they are sent. Used again and again.</summary>
internal sealed class ExpectedList
{
    private ExpectedReply[] _items = new ExpectedReply[16];

    public int Count { get; private set; }

    public ref ExpectedReply this[int index] => ref _items[index];

    public void Add(in ExpectedReply reply)
    {
        if (Count == _items.Length) Array.Resize(ref _items, _items.Length * 2);
        _items[Count++] = reply;
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
    }
}
