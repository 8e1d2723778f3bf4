using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class AccountService(AppDbContext db, IPasswordHasher<User> hasher, TokenService tokens)
{
    /// <summary>Creates an account, or returns null when the email is taken.</summary>
    public async Task<User?> SignupAsync(SignupRequest request)
    {
        var email = request.Email.ToLowerInvariant();
        if (await db.Users.AnyAsync(user => user.Email == email)) return null;

        var user = new User { Email = email, Name = request.Name, Age = request.Age, Newsletter = request.Newsletter };
        user.PasswordHash = hasher.HashPassword(user, request.Password);
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return user;
    }

    public async Task<TokenResponse?> LoginAsync(LoginRequest request)
    {
        var email = request.Email.ToLowerInvariant();
        var user = await db.Users.FirstOrDefaultAsync(candidate => candidate.Email == email);
        if (user is null) return null;
        return hasher.VerifyHashedPassword(user, user.PasswordHash, request.Password) == PasswordVerificationResult.Failed
            ? null
            : await IssueTokensAsync(user);
    }

    public async Task<TokenResponse?> RefreshAsync(string refreshToken)
    {
        var stored = await db.RefreshTokens.AsNoTracking().Include(token => token.User)
            .FirstOrDefaultAsync(token => token.Token == refreshToken && token.ExpiresAt > DateTime.UtcNow);
        if (stored is null) return null;

        await db.RefreshTokens.Where(token => token.UserId == stored.UserId).ExecuteDeleteAsync();
        return await IssueTokensAsync(stored.User);
    }

    public async Task LogoutAsync(LogoutRequest request)
    {
        if (request.Everywhere)
        {
            await db.RefreshTokens
                .Where(token => db.RefreshTokens.Any(own => own.Token == request.RefreshToken && own.UserId == token.UserId))
                .ExecuteDeleteAsync();
        }
        else
        {
            await db.RefreshTokens.Where(token => token.Token == request.RefreshToken).ExecuteDeleteAsync();
        }
    }

    private async Task<TokenResponse> IssueTokensAsync(User user)
    {
        var refreshToken = TokenService.NewRefreshToken();
        db.RefreshTokens.Add(new RefreshToken
        {
            UserId = user.Id,
            Token = refreshToken,
            ExpiresAt = DateTime.UtcNow.AddDays(tokens.RefreshTokenDays),
        });
        await db.SaveChangesAsync();
        return new TokenResponse(tokens.SignAccessToken(user), refreshToken, tokens.AccessTokenSeconds);
    }
}
