using System.Text;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Tests.Driving;

public sealed class ValueTests
{
    [Theory]
    [InlineData("^[A-Z]{3}-\\d{4}$")]
    [InlineData("^(?:\\+49|0)[1-9]\\d{6,10}$")]
    [InlineData("^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    [InlineData("^#[0-9a-fA-F]{6}$")]
    [InlineData("^-?(?:0|[1-9]\\d*)(?:\\.\\d+)?$")]
    [InlineData("^(red|green)$")]
    [InlineData("^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$")]
    public void A_text_is_made_for_a_pattern(string pattern)
    {
        var text = PatternText.For(pattern, Dice.For(1, "x"));
        Assert.NotNull(text);
        Assert.Matches(pattern, text);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a-")]
    [InlineData("a{9999999}")]
    [InlineData("(?=.*x)(?!.*x)y")]
    public void What_is_no_simple_pattern_has_no_text(string pattern) => Assert.True(PatternText.For(pattern, Dice.For(1, "x")) is null or { Length: <= 2000 });

    [Fact]
    public void A_list_that_must_be_empty_is()
    {
        var schema = new Schema { Types = SchemaTypes.Array, MaxItems = 0, MinItems = 0, Items = new() { Types = SchemaTypes.String } };
        var context = new FillContext(new ApiOperation { Method = "POST", Path = "/things" }, "A", new LearnedRules(), 1, 0);

        Assert.Equal("[]", new ValueGenerator(1, new ResourceModel()).Body(schema, context)!.ToJsonString());
    }

    [Theory]
    [InlineData("/products/{id}", "/products")]
    [InlineData("/users/{user}/posts/{post}", "/users/{user}/posts")]
    [InlineData("/Products({key})", null)]
    [InlineData("/items:{id}", null)]
    [InlineData("/products", null)]
    public void Where_the_things_are_that_a_path_names_one_of(string path, string? collection) => Assert.Equal(collection, Names.CollectionPath(path));

    [Theory]
    [InlineData("GET", "/sessions", false)]
    [InlineData("POST", "/workouts/sessions", false)]
    [InlineData("GET", "/sessions/{id}", false)]
    [InlineData("DELETE", "/sessions/{id}", true)]
    [InlineData("POST", "/sessions/{id}/revoke", true)]
    [InlineData("DELETE", "/sessions", true)]
    [InlineData("POST", "/logout", true)]
    public void What_ends_a_session_is_told_from_what_is_called_one(string method, string path, bool isDangerous) =>
        Assert.Equal(isDangerous, AuthShapes.IsDangerous(new ApiOperation { Method = method, Path = path }));

    [Theory]
    [InlineData("product_id", "product")]
    [InlineData("productIds", "product")]
    [InlineData("CategoryUUID", "category")]
    [InlineData("id", null)]
    [InlineData("name", null)]
    [InlineData("orderItemId", "orderitem")]
    public void A_name_tells_what_it_refers_to(string name, string? kind) => Assert.Equal(kind, Names.ReferenceOf(name));

    [Theory]
    [InlineData("id", "/role/id", "role")]
    [InlineData("id", "/categories/0/id", "category")]
    [InlineData("id", "/id", null)]
    [InlineData("name", "/role/name", null)]
    [InlineData("roleId", "/role/roleId", "role")]
    public void A_bare_id_within_another_thing_refers_to_that(string name, string place, string? kind) => Assert.Equal(kind, Names.ReferenceOf(name, place));

    [Theory]
    [InlineData("/orders/{id}", "order")]
    [InlineData("/category/update/{id}", "category")]
    [InlineData("/users/create", "user")]
    [InlineData("/getOrders", "order")]
    [InlineData("/deleteProduct/{id}", "product")]
    [InlineData("/my-orders", "order")]
    [InlineData("/create", "create")]
    [InlineData("/orders/{orderId}/items", "item")]
    public void A_path_is_about_things_whatever_it_does_with_them(string path, string kind) => Assert.Equal(kind, Names.KindOf(Names.CollectionOf(path)!));

    [Theory]
    [InlineData("categories", "category")]
    [InlineData("boxes", "box")]
    [InlineData("statuses", "status")]
    [InlineData("addresses", "address")]
    [InlineData("news", "news")]
    [InlineData("people", "person")]
    [InlineData("orders", "order")]
    public void A_plural_has_its_singular(string plural, string singular) => Assert.Equal(singular, Names.Singular(plural));

    [Fact]
    public void Chance_is_the_same_for_the_same_seed_and_place()
    {
        Assert.Equal(Dice.For(3, "a", "b").Uuid(), Dice.For(3, "a", "b").Uuid());
        Assert.NotEqual(Dice.For(3, "ab").Uuid(), Dice.For(3, "a", "b").Uuid());
        Assert.NotEqual(Dice.For(4, "a", "b").Uuid(), Dice.For(3, "a", "b").Uuid());
    }

    [Theory]
    [InlineData("""{"data":{"tokens":{"access":{"token":"abcdef123456"},"refresh":{"token":"zyx987654321"}}}}""", "abcdef123456", "zyx987654321")]
    [InlineData("""{"user":{"email":"a@b.c","token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln"}}""", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln", null)]
    [InlineData("""{"access_token":"opaque-token-1","token_type":"bearer","refresh_token":"opaque-token-2"}""", "opaque-token-1", "opaque-token-2")]
    [InlineData("""{"key":"0123456789abcdef"}""", "0123456789abcdef", null)]
    [InlineData("\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln\"", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln", null)]
    public void Tokens_are_found_wherever_they_are(string body, string access, string? refresh)
    {
        var tokens = TokenFinder.Find(new WireResponse(200, [], Encoding.UTF8.GetBytes(body), false));
        Assert.Equal(access, tokens.Access[0]);
        Assert.Equal(refresh, tokens.Refresh);
    }

    [Theory]
    [InlineData("""{"password":"hunter2","name":"x"}""")]
    [InlineData("""{"user":{"newPassword" : "hun\"ter2"}}""")]
    [InlineData("email=a&password=hunter2&x=1")]
    [InlineData("GET /x?access_token=hunter2 HTTP/1.1")]
    [InlineData("login with eyJhbGciOiJIUzI1NiJ9.hunter2hunter2.ter2 worked")]
    public void A_secret_is_masked_wherever_it_stands(string text) => Assert.DoesNotContain("ter2", Secrets.Text(text), StringComparison.Ordinal);

    [Fact]
    public void A_line_for_the_shell_holds_no_secret_and_can_not_break_out()
    {
        var request = new WireRequest("POST", "/x?token=hunter2", [new("Authorization", "Bearer hunter2"), new("Cookie", "sid=hunter2")], Encoding.UTF8.GetBytes("{\"note\":\"it's\"}"), "application/json");
        var line = CurlLine.Of(new Uri("http://127.0.0.1:80"), request);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Contains("'{\"note\":\"it'\\''s\"}'", line, StringComparison.Ordinal);
        Assert.Contains("Bearer ***", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://10.0.0.1:3000")]
    [InlineData("http://localhost.example.com")]
    [InlineData("ftp://127.0.0.1")]
    public void What_is_not_on_this_machine_is_not_driven(string target) =>
        Assert.Contains("127.0.0.1", Assert.Throws<InspectionException>(() => new ApiClient(new Uri(target))).Message, StringComparison.Ordinal);
}
