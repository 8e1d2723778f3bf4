using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FirstDraft.Mended.Services;

public class AccountService(AppDbContext db, IPasswordHasher<User> hasher, TokenService tokens, RefreshTokens refreshTokens)
{
    /// <summary>Creates an account, or returns null when the email is taken. The unique index decides who was first.</summary>
    public async Task<User?> SignupAsync(SignupRequest request, string role = "user")
    {
        var email = request.Email.Trim().ToLowerInvariant();
        var user = new User { Email = email, Name = request.Name, Age = request.Age, Newsletter = request.Newsletter, Role = role };
        user.PasswordHash = hasher.HashPassword(user, request.Password);
        db.Users.Add(user);
        try
        {
            await db.SaveChangesAsync();
            return user;
        }
        catch (DbUpdateException ex) when (ex.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A retry after a lost answer collides with the row of the first try, which is ours.
            return await db.Users.AsNoTracking().AnyAsync(own => own.Id == user.Id) ? user : null;
        }
    }

    public async Task<TokenResponse?> LoginAsync(LoginRequest request)
    {
        var email = request.Email.Trim().ToLowerInvariant();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(candidate => candidate.Email == email);
        if (user is null) return null;
        return hasher.VerifyHashedPassword(user, user.PasswordHash, request.Password) == PasswordVerificationResult.Failed
            ? null
            : Response(user.Id, user.Role, await refreshTokens.IssueAsync(user.Id));
    }

    public async Task<TokenResponse?> RefreshAsync(string refreshToken) =>
        await refreshTokens.RotateAsync(refreshToken) is { } rotated ? Response(rotated.UserId, rotated.Role, rotated.RefreshToken) : null;

    public Task LogoutAsync(LogoutRequest request) =>
        request.Everywhere ? refreshTokens.EndAllAsync(request.RefreshToken) : refreshTokens.EndAsync(request.RefreshToken);

    public Task<User?> GetAsync(Guid id) => db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id);

    public async Task<User?> UpdateAsync(Guid id, UpdateMeRequest request)
    {
        await db.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(user => user.Name, user => request.Name ?? user.Name)
            .SetProperty(user => user.Age, user => request.Age ?? user.Age)
            .SetProperty(user => user.Newsletter, user => request.Newsletter ?? user.Newsletter));
        return await GetAsync(id);
    }

    private TokenResponse Response(Guid userId, string role, string refreshToken) =>
        new(tokens.SignAccessToken(userId, role), refreshToken, tokens.AccessTokenSeconds);
}
