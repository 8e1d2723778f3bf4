using FirstDraft.Models;

namespace FirstDraft.UnitTests;

public class AccountServiceTests
{
    private static readonly SignupRequest Ada = new("Ada@Example.com", "correct horse", "Ada", 36);

    [Fact]
    public async Task Signup_CreatesUser_WithLowercaseEmailAndHashedPassword()
    {
        using var db = TestDb.Create();
        var user = await TestDb.Accounts(db).SignupAsync(Ada);
        Assert.NotNull(user);
        Assert.Equal("ada@example.com", user.Email);
        Assert.NotEqual("correct horse", user.PasswordHash);
    }

    [Fact]
    public async Task Signup_ReturnsNull_WhenEmailIsTaken()
    {
        using var db = TestDb.Create();
        var accounts = TestDb.Accounts(db);
        await accounts.SignupAsync(Ada);
        Assert.Null(await accounts.SignupAsync(Ada));
        Assert.Single(db.Users);
    }

    [Fact]
    public async Task Login_ReturnsTokens_WhenPasswordMatches()
    {
        using var db = TestDb.Create();
        var accounts = TestDb.Accounts(db);
        await accounts.SignupAsync(Ada);
        var tokens = await accounts.LoginAsync(new LoginRequest("ada@example.com", "correct horse"));
        Assert.NotNull(tokens);
        Assert.Equal(900, tokens.ExpiresIn);
        Assert.Equal(tokens.RefreshToken, Assert.Single(db.RefreshTokens).Token);
    }

    [Fact]
    public async Task Login_ReturnsNull_WhenPasswordIsWrong()
    {
        using var db = TestDb.Create();
        var accounts = TestDb.Accounts(db);
        await accounts.SignupAsync(Ada);
        Assert.Null(await accounts.LoginAsync(new LoginRequest("ada@example.com", "wrong")));
    }

    [Fact]
    public async Task Refresh_ReturnsNull_WhenTokenIsUnknown()
    {
        using var db = TestDb.Create();
        Assert.Null(await TestDb.Accounts(db).RefreshAsync("unknown"));
    }
}
