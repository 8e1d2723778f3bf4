using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Probing.Queries;

namespace Roadworthy.Inspection.Tests.Probing.Queries;

public sealed class QueryJudgementTests
{
    [Theory]
    [InlineData("UPDATE users SET last_seen_at = ? WHERE id = ?", true)]
    [InlineData("UPDATE \"Users\" SET \"lastLoginAt\" = ?, \"updatedAt\" = ? WHERE \"Id\" = ?", true)]
    [InlineData("update users u set u.active_at = now() returning id", true)]
    [InlineData("UPDATE products SET views = views + ? WHERE id = ?", false)]
    [InlineData("UPDATE products SET last_viewed = ?, views = views + ? WHERE id = ?", false)]
    [InlineData("UPDATE products SET updated_at = ? WHERE id = ?", false)]
    [InlineData("INSERT INTO visits (last_seen) VALUES (?)", false)]
    public void A_write_of_when_somebody_was_last_there_is_bookkeeping(string sql, bool isKept) => Assert.Equal(isKept, WritingReads.KeepsWhen(sql));

    [Fact]
    public void Two_items_are_not_asked_of_what_takes_others_only()
    {
        Assert.True(ListBounds.Takes(new Schema { Minimum = 1 }, 2));
        Assert.False(ListBounds.Takes(new Schema { Minimum = 5 }, 2));
        Assert.False(ListBounds.Takes(new Schema { Minimum = 2, ExclusiveMinimum = true }, 2));
        var few = new Schema();
        few.Enum.Add(JsonValue.Create(10));
        Assert.False(ListBounds.Takes(few, 2));
    }
}
