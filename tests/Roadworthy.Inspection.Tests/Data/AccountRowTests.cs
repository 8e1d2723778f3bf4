using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Data;

public sealed class AccountRowTests(Database databases)
{
    [Theory]
    [InlineData("ROLE_USER", "'ROLE_ADMIN'")]
    [InlineData("USER", "'ADMIN'")]
    [InlineData("Customer", "'Admin'")]
    [InlineData("member", "'admin'")]
    [InlineData(null, "'admin'")]
    public void An_administrator_is_called_as_others_are(string? present, string label) => Assert.Equal(label, AccountRows.AdminLabel(Text("role"), new Table("public", "users"), present));

    [Fact]
    public void The_word_that_is_there_by_default_tells_how_it_is_written() =>
        Assert.Equal("'ADMIN'", AccountRows.AdminLabel(Text("role") with { Default = "'CUSTOMER'::character varying" }, new Table("public", "users")));

    [Fact]
    public void What_may_be_the_name_of_a_class_is_left_alone_unless_the_schema_knows_the_word()
    {
        Assert.Null(AccountRows.AdminLabel(Text("type"), new Table("public", "users"), "Customer"));
        Assert.Equal("'Admin'", AccountRows.AdminLabel(Text("type"), new Table("public", "users") { Checks = ["CHECK (type IN ('Customer', 'Admin'))"] }, "Customer"));
    }

    [Fact]
    public async Task An_account_that_can_t_be_used_as_an_administrator_s_is_what_it_was()
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, "CREATE TABLE users (id int PRIMARY KEY, email text, password text, role text, is_admin bool); INSERT INTO users VALUES (1, 'rw@example.com', 'x', 'ROLE_USER', false)");
        var (rows, identity) = (new AccountRows(database), new Identity { Name = "admin", Credentials = { ["email"] = "rw@example.com" } });
        Assert.NotNull(await rows.PromoteAsync(identity, TestContext.Current.CancellationToken));
        Assert.Equal("ROLE_ADMIN true", await Database.ScalarAsync(database, "SELECT role || ' ' || is_admin FROM users"));
        await rows.DemoteAsync(identity, TestContext.Current.CancellationToken);
        Assert.Equal("ROLE_USER false", await Database.ScalarAsync(database, "SELECT role || ' ' || is_admin FROM users"));
    }

    private static Column Text(string name) => new(name, "text", 'S', true, null, null, false, null, []);
}
