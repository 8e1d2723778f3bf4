using FirstDraft.Models;
using FirstDraft.Services;

namespace FirstDraft.UnitTests;

public class ValidatorsTests
{
    [Fact]
    public void Signup_IsValid_WithSensibleValues() =>
        Assert.Empty(Validators.Validate(new SignupRequest("ada@example.com", "correct horse", "Ada", 36)));

    [Theory]
    [InlineData("not-an-email", "correct horse", "Ada", 36, "email")]
    [InlineData("ada@example.com", "short", "Ada", 36, "password")]
    [InlineData("ada@example.com", "correct horse", "", 36, "name")]
    [InlineData("ada@example.com", "correct horse", "Ada", -1, "age")]
    public void Signup_ReportsTheInvalidField(string email, string password, string name, int age, string field) =>
        Assert.Equal([field], Validators.Validate(new SignupRequest(email, password, name, age)).Keys);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Review_RequiresRatingFromOneToFive(int rating) =>
        Assert.Contains("rating", Validators.Validate(new NewReviewRequest(rating, "Fine")).Keys);

    [Fact]
    public void Order_RequiresPositiveQuantities() =>
        Assert.Contains("items.quantity", Validators.Validate(new NewOrderRequest([new("TEA", 0)])).Keys);
}
