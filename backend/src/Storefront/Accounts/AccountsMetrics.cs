using System.Diagnostics.Metrics;
using Storefront.Hosting;

namespace Storefront.Accounts;

/// <summary>What keeps people out at the door.</summary>
internal sealed class AccountsMetrics
{
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _busy;

    public AccountsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Observability.MeterName);
        _throttled = meter.CreateCounter<long>("storefront.log_ins.throttled", "{attempt}", "Log-ins that were told to wait, after wrong passwords.");
        _busy = meter.CreateCounter<long>("storefront.passwords.refused", "{password}", "Passwords that were not hashed, since too many were waiting.");
    }

    public void Throttled() => _throttled.Add(1);

    public void Busy() => _busy.Add(1);
}
