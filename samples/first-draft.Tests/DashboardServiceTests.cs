using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.UnitTests;

public class DashboardServiceTests
{
    [Fact]
    public async Task Load_ReturnsUsersWithTheirOrdersAndItems()
    {
        using var db = TestDb.Create();
        var product = db.AddProduct("TEA", 450, 10);
        foreach (var name in (string[])["Ada", "Bob"])
        {
            var user = new User { Name = name, Email = $"{name}@example.com", Age = 30 };
            user.Orders.Add(new Order { TotalCents = 900, Items = [new OrderItem { ProductId = product.Id, Quantity = 2, UnitPriceCents = 450 }] });
            db.Users.Add(user);
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var users = await new DashboardService(db).LoadAsync(page: 1, limit: 20);
        Assert.Equal(2, users.Count);
        Assert.All(users, user => Assert.Equal("TEA", Assert.Single(Assert.Single(user.Orders).Items).Sku));
    }
}
