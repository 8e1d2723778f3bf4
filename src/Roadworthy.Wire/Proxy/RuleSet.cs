namespace Roadworthy.Wire.Proxy;

/// <summary>What is armed. Read by all connections without a lock.</summary>
internal sealed class RuleSet
{
    private readonly Lock _lock = new();
    private volatile FaultRule[] _faults = [];
    private volatile Hold[] _holds = [];
    private volatile int _count;

    /// <summary>Whether anything is: where not, messages pass unread by rules.</summary>
    public bool IsAny => _count > 0;

    public FaultRule[] Faults => _faults;

    public Hold[] Holds => _holds;

    public void Add(FaultRule rule) => Change(() => _faults = [.. _faults, rule]);

    public void Add(Hold hold) => Change(() => _holds = [.. _holds, hold]);

    public void Remove(FaultRule rule) => Change(() => _faults = [.. _faults.Where(one => one != rule)]);

    public void Remove(Hold hold) => Change(() => _holds = [.. _holds.Where(one => one != hold)]);

    public void ReleaseAll()
    {
        foreach (var hold in _holds) hold.Release();
        Change(() => (_faults, _holds) = ([], []));
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _count = _faults.Length + _holds.Length;
        }
    }
}
