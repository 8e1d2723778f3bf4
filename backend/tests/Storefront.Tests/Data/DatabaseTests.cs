using Npgsql;
using Storefront.Data;

namespace Storefront.Tests.Data;

public sealed class DatabaseTests
{
    [Fact]
    public void Limits_are_set_where_the_connection_string_says_nothing()
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.WithLimits("Host=db;Database=storefront"));
        Assert.Equal(15, settings.CommandTimeout);
        Assert.Equal(5, settings.Timeout);
        Assert.True(settings.NoResetOnClose);
        Assert.Contains("statement_timeout=10s", settings.Options, StringComparison.Ordinal);
        Assert.Equal("db", settings.Host);
    }

    [Theory]
    [InlineData("Command Timeout=99")]
    [InlineData("CommandTimeout=99")]
    [InlineData("command timeout=99")]
    public void What_the_connection_string_says_stands(string given) =>
        Assert.Equal(99, new NpgsqlConnectionStringBuilder(Database.WithLimits($"Host=db;{given}")).CommandTimeout);
}
