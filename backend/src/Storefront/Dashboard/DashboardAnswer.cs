using Storefront.Orders;

namespace Storefront.Dashboard;

/// <summary>The shape of the answer, for the API document; <see cref="DashboardPage"/> writes it without building it.</summary>
public sealed record DashboardAnswer(IReadOnlyList<DashboardUser> Users, string? Next);

public sealed record DashboardUser(Guid Id, string Name, string Email, int Age, DateTimeOffset CreatedAt, IReadOnlyList<OrderAnswer> Orders);
