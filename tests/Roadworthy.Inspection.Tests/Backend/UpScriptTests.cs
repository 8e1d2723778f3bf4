using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class UpScriptTests
{
    [Theory]
    [InlineData("-- +goose Up\nCREATE TABLE a ();\n-- +goose Down\nDROP TABLE a;\n")]
    [InlineData("-- migrate:up transaction:false\nCREATE TABLE a ();\n\n-- migrate:down\nDROP TABLE a;\n")]
    [InlineData("-- +migrate Up\nCREATE TABLE a ();\n-- +migrate Down\nDROP TABLE a;\n")]
    public void Of_both_ways_in_one_file_only_the_way_up_is_run(string sql)
    {
        var up = UpScript.Of(sql);
        Assert.Contains("CREATE TABLE a ();", up, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP", up, StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_up_again_behind_the_way_down_is_kept()
    {
        var up = UpScript.Of("SET a = 1;\n-- +goose Up\nCREATE TABLE a ();\n-- +goose Down\nDROP TABLE a;\n-- +goose Up\nCREATE TABLE b ();");
        Assert.Equal("SET a = 1;\n-- +goose Up\nCREATE TABLE a ();\n-- +goose Up\nCREATE TABLE b ();", up);
    }

    [Theory]
    [InlineData("-- Builds up the shop\nCREATE TABLE a ();\n-- downstream tables\nCREATE TABLE b ();")]
    [InlineData("CREATE TABLE a ();\n-- TODO:down\nCREATE TABLE b ();")]
    public void A_file_with_one_way_is_run_whole(string sql) => Assert.Equal(sql, UpScript.Of(sql));
}
