using System.Security.Cryptography;
using System.Text;
using FirstDraft.Data;
using FirstDraft.Services;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

/// <summary>
/// Refresh tokens that rotate. Within the grace time everyone who holds a token that was rotated gets the same successor; later it is taken for
/// stolen, and all that came of the same login is signed out.
/// </summary>
public class RefreshTokens(AppDbContext db, TokenService tokens, IConfiguration configuration)
{
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<string> IssueAsync(Guid userId)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await InsertAsync(userId, token, Guid.NewGuid());
        return token;
    }

    /// <summary>The token's successor and whose it is; null where it is worth nothing.</summary>
    public Task<Rotated?> RotateAsync(string token) => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        var hash = HashOf(token);
        var successor = SuccessorOf(token, configuration["Jwt:Key"]!);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var held = (await db.Database.SqlQuery<Held>(
            $"""
            SELECT t.user_id, u.role, t.family, t.rotated_at IS NOT NULL AS rotated, coalesce(t.rotated_at < now() - {Grace}, false) AS reused
            FROM refresh_tokens t JOIN users u ON u.id = t.user_id
            WHERE t.token = {hash} AND t.expires_at > now() FOR UPDATE OF t
            """).ToListAsync()).SingleOrDefault();
        if (held is null) return null;
        if (held.Reused)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM refresh_tokens WHERE family = {held.Family}");
        }
        else if (!held.Rotated)
        {
            await db.Database.ExecuteSqlAsync($"UPDATE refresh_tokens SET rotated_at = now() WHERE token = {hash}");
            await InsertAsync(held.UserId, successor, held.Family);
        }

        await transaction.CommitAsync();
        return held.Reused ? null : new Rotated(held.UserId, held.Role, successor);
    });

    public Task EndAsync(string token) => db.Database.ExecuteSqlAsync(
        $"DELETE FROM refresh_tokens WHERE family = (SELECT family FROM refresh_tokens WHERE token = {HashOf(token)})");

    public Task EndAllAsync(string token) => db.Database.ExecuteSqlAsync(
        $"DELETE FROM refresh_tokens WHERE user_id = (SELECT user_id FROM refresh_tokens WHERE token = {HashOf(token)})");

    public static string SuccessorOf(string token, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes($"refresh:{token}")));

    private Task InsertAsync(Guid userId, string token, Guid family) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO refresh_tokens (user_id, token, family, expires_at)
        VALUES ({userId}, {HashOf(token)}, {family}, now() + {TimeSpan.FromDays(tokens.RefreshTokenDays)})
        """);

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public sealed record Rotated(Guid UserId, string Role, string RefreshToken);

    private sealed record Held(Guid UserId, string Role, Guid Family, bool Rotated, bool Reused);
}
