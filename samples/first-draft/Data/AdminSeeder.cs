using FirstDraft.Models;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Data;

public record AdminAccount(string Email, string Password)
{
    public static AdminAccount From(IConfiguration configuration) =>
        new((configuration["ADMIN_EMAIL"] ?? "admin@example.com").ToLowerInvariant(), configuration["ADMIN_PASSWORD"] ?? "admin-password");
}

public static class AdminSeeder
{
    public static async Task SeedAsync(IServiceProvider services, AdminAccount account)
    {
        var db = services.GetRequiredService<AppDbContext>();
        if (await db.Users.AnyAsync(user => user.Email == account.Email)) return;

        var admin = new User { Email = account.Email, Name = "Administrator", Age = 30, Role = "admin" };
        admin.PasswordHash = services.GetRequiredService<IPasswordHasher<User>>().HashPassword(admin, account.Password);
        db.Users.Add(admin);
        await db.SaveChangesAsync();
    }
}
