using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Data;

public sealed class RoleTests(Database databases)
{
    [Theory]
    [InlineData("REFERENCES roles", 2)]
    [InlineData("", 2)]
    public async Task A_role_that_only_a_column_s_name_tells_is_given_like_one_that_the_schema_declares(string key, int role)
    {
        var database = await databases.NewAsync();
        await Database.ScalarAsync(database, $"""
            CREATE TABLE roles (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, password text NOT NULL, role_id int NOT NULL {key});
            INSERT INTO roles VALUES (1, 'member'), (2, 'administrator');
            INSERT INTO users VALUES (1, 'ada@example.com', 'x', 1), (2, 'bob@example.com', 'x', 1);
            """);
        var ada = new Identity { Name = "A", Credentials = { ["email"] = "ada@example.com" } };
        Assert.NotNull(await new AccountRows(database).PromoteAsync(ada, TestContext.Current.CancellationToken));
        Assert.Equal(role, await Database.ScalarAsync(database, "SELECT role_id FROM users WHERE id = 1"));
        Assert.Equal(1, await Database.ScalarAsync(database, "SELECT role_id FROM users WHERE id = 2"));
    }
}
