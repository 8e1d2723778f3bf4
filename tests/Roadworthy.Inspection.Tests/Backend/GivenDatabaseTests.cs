using Npgsql;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class GivenDatabaseTests(Database databases)
{
    [Fact]
    public async Task A_database_whose_account_can_t_take_back_what_was_tried_is_refused_before_anything_is_tried()
    {
        var database = await databases.NewAsync();
        await GivenDatabase.RequireRestorableAsync(database, TestContext.Current.CancellationToken);
        await Database.ScalarAsync(database, "CREATE ROLE ordinary_account LOGIN PASSWORD 'ordinary1'");
        var ordinary = new NpgsqlConnectionStringBuilder(database) { Username = "ordinary_account", Password = "ordinary1" }.ConnectionString;
        var refused = await Assert.ThrowsAsync<InspectionException>(() => GivenDatabase.RequireRestorableAsync(ordinary, TestContext.Current.CancellationToken));
        Assert.Contains("Give --database a superuser's account", refused.Message, StringComparison.Ordinal);
    }
}
