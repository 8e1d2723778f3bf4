using Microsoft.Extensions.ObjectPool;

namespace Storefront.Dashboard;

/// <summary>Pages to use again: as many as can be written at once. What a crowd needs beyond that is let go.</summary>
internal static class DashboardPool
{
    public static ObjectPool<DashboardPage> Create()
    {
        var policy = new Policy();
        return policy.Pool = new DefaultObjectPool<DashboardPage>(policy, Environment.ProcessorCount * 2);
    }

    private sealed class Policy : PooledObjectPolicy<DashboardPage>
    {
        public ObjectPool<DashboardPage> Pool { get; set; } = null!;

        public override DashboardPage Create() => new(Pool);

        public override bool Return(DashboardPage obj) => obj.TryReset();
    }
}
