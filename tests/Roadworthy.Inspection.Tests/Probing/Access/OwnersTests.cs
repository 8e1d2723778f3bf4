using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Probing.Access;

namespace Roadworthy.Inspection.Tests.Probing.Access;

public sealed class OwnersTests
{
    private static readonly Table Users = new("public", "users");

    [Fact]
    public void A_book_s_author_who_is_declared_to_be_no_user_owns_nothing()
    {
        var books = Of("books", [("author_id", "authors"), ("added_by", "users")], "id", "author_id", "added_by", "owner_id");
        Assert.Equal(["added_by", "owner_id"], Owners.ColumnsOf(books, Users).Select(column => column.Name));
    }

    [Fact]
    public void Whoever_a_task_is_given_to_is_the_client_s_to_choose_and_whose_it_is_is_not()
    {
        var tasks = Of("tasks", [("assignee_id", "users"), ("user_id", "users"), ("created_by", "users")], "id", "assignee_id", "user_id", "created_by");
        Assert.Equal(["user_id"], Owners.ColumnsOf(tasks, Users).Where(Owners.IsOwnersName).Select(column => column.Name));
    }

    [Fact]
    public void A_body_that_refers_to_somebody_already_may_be_meant_to()
    {
        var call = new Call { Operation = new ApiOperation { Method = "POST", Path = "/messages" }, Body = new JsonObject { ["userId"] = 2 }, Bindings = { new Binding("/userId", "user", "2"), new Binding("path:owner", "user", "2") } };
        Assert.True(OwnerTrials.IsToBeChosen(call, "user_id"));
        Assert.False(OwnerTrials.IsToBeChosen(call, "owner_id"));
    }

    [Fact]
    public void A_list_shows_its_own_things_and_not_those_within_them()
    {
        var ids = new HashSet<string>();
        Visibility.Collect(JsonNode.Parse("""{"items":[{"id":2,"product":{"id":1}},{"order":{"id":7,"buyer":{"id":9}}}]}"""), ids, 0);
        Assert.Equal(["2", "7"], ids.Order());
    }

    private static Table Of(string name, (string Column, string Target)[] keys, params string[] columns) => new("public", name)
    {
        Columns = [.. columns.Select(column => new Column(column, "integer", 'N', true, null, null, false, null, []))],
        ForeignKeys = [.. keys.Select(key => new ForeignKey(key.Column, [key.Column], "public", key.Target, ["id"]))],
    };
}
