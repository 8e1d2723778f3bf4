namespace Roadworthy.Repository.Tests;

public sealed class ReferenceRulesTests
{
    [Fact]
    public void Every_project_keeps_the_reference_rules() => Assert.Empty(ReferenceRules.Violations(Repository.Projects()));

    [Theory]
    [InlineData("src/Roadworthy.Errors/Roadworthy.Errors.csproj", "ProjectReference", "../Roadworthy.Postgres/Roadworthy.Postgres.csproj")]
    [InlineData("src/Roadworthy.Errors/Roadworthy.Errors.csproj", "PackageReference", "Roadworthy.Postgres")]
    [InlineData("src/Roadworthy.Postgres/Roadworthy.Postgres.csproj", "ProjectReference", "../../backend/src/Storefront/Storefront.csproj")]
    [InlineData("backend/src/Storefront/Storefront.csproj", "ProjectReference", "../../../src/Roadworthy.Errors/Roadworthy.Errors.csproj")]
    public void A_reference_against_the_rules_is_found(string path, string item, string reference)
    {
        var intruder = Project.Parse(path, $"<Project><ItemGroup><{item} Include=\"{reference}\" /></ItemGroup></Project>");
        var others = Repository.Projects().Where(project => project.Path != path);
        Assert.Contains(ReferenceRules.Violations([.. others, intruder]), violation => violation.Contains("must", StringComparison.Ordinal));
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Repository.Read("Roadworthy.slnx");
        Assert.Empty(Repository.Projects().Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)).Select(project => project.Path));
    }
}
