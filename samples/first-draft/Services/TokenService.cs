using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using FirstDraft.Models;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FirstDraft.Services;

public class TokenService(IConfiguration configuration)
{
    public int AccessTokenSeconds { get; } = configuration.GetValue("Jwt:AccessTokenMinutes", 15) * 60;

    public int RefreshTokenDays { get; } = configuration.GetValue("Jwt:RefreshTokenDays", 30);

    public string SignAccessToken(Guid userId, string role) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Subject = new ClaimsIdentity([new("sub", userId.ToString()), new("role", role), new("jti", Guid.NewGuid().ToString())]),
        Expires = DateTime.UtcNow.AddSeconds(AccessTokenSeconds),
        SigningCredentials = new SigningCredentials(Key(configuration), SecurityAlgorithms.HmacSha256),
    });

    public string SignAccessToken(User user) => SignAccessToken(user.Id, user.Role);

    public static string NewRefreshToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(48));

    public static SymmetricSecurityKey Key(IConfiguration configuration) => new(Encoding.UTF8.GetBytes(configuration["Jwt:Key"]!));
}
