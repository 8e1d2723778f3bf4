using Storefront.Hosting.Conditional;

namespace Storefront.Tests.Hosting.Conditional;

public sealed class IfMatchTests
{
    [Theory]
    [InlineData("*", true, "")]
    [InlineData(" * ", true, "")]
    [InlineData("\"7\"", false, "7")]
    [InlineData("\"7\", \"9223372036854775807\",\"8\"", false, "7 9223372036854775807 8")]
    [InlineData("W/\"7\"", false, "")]
    [InlineData("W/\"7\", \"8\"", false, "8")]
    [InlineData("w/\"7\"", false, "")]
    [InlineData("\"\"", false, "")]
    [InlineData("\"07\"", false, "")]
    [InlineData("\"-7\"", false, "")]
    [InlineData("\"+7\"", false, "")]
    [InlineData("\" 7\"", false, "")]
    [InlineData("\"9223372036854775808\"", false, "")]
    [InlineData("\"*\"", false, "")]
    [InlineData("\"a,b\", \"7\"", false, "7")]
    public void What_names_versions_is_read(string header, bool any, string versions)
    {
        Assert.True(IfMatch.TryParse(header, out var read));
        Assert.Equal((any, versions), (read.Any, string.Join(' ', read.Versions)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("\"7")]
    [InlineData("\"7\" \"8\"")]
    [InlineData("*, \"7\"")]
    [InlineData("\"7\", *")]
    [InlineData("**")]
    [InlineData("\"7\", x")]
    public void What_is_no_list_of_entity_tags_is_refused(string? header) => Assert.False(IfMatch.TryParse(header, out _));

    [Fact]
    public void Every_version_comes_back_from_its_own_tag()
    {
        foreach (var version in (long[])[1, 9, 10, 1_000_000_007, long.MaxValue])
        {
            Assert.True(IfMatch.TryParse(EntityTag.Of(version).ToString(), out var read));
            Assert.Equal([version], read.Versions);
        }
    }
}
