using Npgsql;
using Storefront.Data;

namespace Storefront.Tests.Data;

public sealed class DatabaseTests
{
    [Fact]
    public void A_connection_string_that_says_nothing_gets_limits()
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.WithLimits("Host=db;Database=storefront"));
        Assert.Equal((5, 15, 50, 64, true), (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize, settings.MaxAutoPrepare, settings.NoResetOnClose));
        Assert.Equal("storefront", settings.ApplicationName);
        Assert.Contains("statement_timeout=10s", settings.Options, StringComparison.Ordinal);
        Assert.Contains("lock_timeout=5s", settings.Options, StringComparison.Ordinal);
        Assert.Contains("idle_in_transaction_session_timeout=30s", settings.Options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timeout=7;Command Timeout=70;Maximum Pool Size=9;Max Auto Prepare=1;No Reset On Close=false;Options=-c geqo=off;Application Name=mine")]
    [InlineData("timeout=7;CommandTimeout=70;MaxPoolSize=9;MaxAutoPrepare=1;NoResetOnClose=false;options=-c geqo=off;ApplicationName=mine")]
    public void What_a_connection_string_says_stands_in_whatever_spelling(string given)
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.WithLimits($"Host=db;{given}"));
        Assert.Equal((7, 70, 9, 1, false), (settings.Timeout, settings.CommandTimeout, settings.MaxPoolSize, settings.MaxAutoPrepare, settings.NoResetOnClose));
        Assert.Equal("mine", settings.ApplicationName);
        Assert.Equal("-c geqo=off", settings.Options);
    }
}
