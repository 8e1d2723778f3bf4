using FirstDraft.Mended;
using FirstDraft.Mended.Http;
using FirstDraft.Mended.Services;
using FirstDraft.Models;
using FirstDraft.Services;
using FirstDraft.Tickets;

namespace FirstDraft.UnitTests.Mended;

public class MendedRulesTests
{
    [Fact]
    public void Requests_NameEveryFieldThatIsWrong()
    {
        var error = Assert.Throws<InvalidRequestException>(() => Requests.Check(new SignupRequest("nobody", "short", "A\0", 0)));
        Assert.Equal(["age", "email", "name", "password"], error.Errors.Keys.Order());
    }

    [Theory]
    [InlineData("-1", null)]
    [InlineData("abc", null)]
    [InlineData("1.5", null)]
    [InlineData("99999999999999", null)]
    [InlineData(null, "0")]
    [InlineData(null, "101")]
    public void Pages_RefuseWhatIsOutOfRange(string? page, string? limit) =>
        Assert.Equal(400, Assert.Throws<ApiException>(() => BoundedPage.Read(page, limit)).StatusCode);

    [Fact]
    public void Pages_CountFromOne() => Assert.Equal(20, BoundedPage.Read("2", null).Offset);

    [Fact]
    public void Successor_IsTheSameForEveryoneWithTheToken()
    {
        Assert.Equal(RefreshTokens.SuccessorOf("a", "key"), RefreshTokens.SuccessorOf("a", "key"));
        Assert.NotEqual(RefreshTokens.SuccessorOf("a", "key"), RefreshTokens.SuccessorOf("b", "key"));
    }
}
