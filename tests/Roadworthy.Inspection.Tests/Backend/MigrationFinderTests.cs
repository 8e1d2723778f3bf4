using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class MigrationFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("src/Shop/Program.cs", "db.Database.Migrate();", false)]
    [InlineData("src/Shop/Program.cs", "// db.Database.Migrate();", true)]
    [InlineData("src/Shop/Program.cs", "/* db.Database.EnsureCreated(); */", true)]
    [InlineData("tests/Shop.Tests/Api.cs", "db.Database.EnsureCreated();", true)]
    [InlineData("src/IntegrationTests/Api.cs", "db.Database.EnsureCreated();", true)]
    public void Migrations_of_EF_Core_are_run_unless_the_backend_itself_runs_them(string file, string text, bool run)
    {
        _folder.With("src/Shop/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"/>").With("src/Shop/Migrations/ShopModelSnapshot.cs", "").With("tests/Shop.Tests/Shop.Tests.csproj", "<Project/>").With(file, text);
        Assert.Equal(run ? "dotnet ef database update --project 'src/Shop/Shop.csproj' --startup-project 'src/Shop/Shop.csproj'" : null, MigrationFinder.Find(_folder.Path, "dotnet run").Command);
    }

    [Fact]
    public void A_file_that_can_t_be_read_is_passed_over()
    {
        Directory.CreateSymbolicLink(_folder.With("Shop.csproj", "<Project/>").Path + "/Gone.cs", "/nowhere/Gone.cs");
        Assert.Null(MigrationFinder.Find(_folder.Path, "dotnet run").Command);
    }

    [Theory]
    [InlineData("src/main.rs", "sqlx::migrate!().run(&pool).await?;", false)]
    [InlineData("main.go", "m, err := migrate.New(url, source)", false)]
    [InlineData("internal/db/db.go", "goose.Up(db, \"migrations\")", false)]
    [InlineData("internal/db/db_test.go", "goose.Up(db, \"migrations\")", true)]
    [InlineData("cmd/migrate/main.go", "migrate.New(url, source)", true)]
    [InlineData("main.go", "// goose.Up(db, \"migrations\")", true)]
    [InlineData("main.go", "package main", true)]
    public void Scripts_are_left_to_a_backend_that_runs_them_itself(string file, string text, bool run)
    {
        _folder.With("migrations/1_first.sql", "").With(file, text);
        Assert.Equal(run ? 1 : 0, MigrationFinder.Find(_folder.Path, "./server").Scripts.Count);
    }

    [Theory]
    [InlineData("prisma migrate dev", "npx prisma migrate deploy")]
    [InlineData("prisma migrate dev --schema=db/schema.prisma --name x", "npx prisma migrate deploy --schema=db/schema.prisma")]
    [InlineData("node-pg-migrate", "npm run migrate -- up")]
    [InlineData("node-pg-migrate -m db", "npm run migrate -- up")]
    [InlineData("node-pg-migrate -m db up", "npm run migrate")]
    [InlineData("knex migrate:latest", "npm run migrate")]
    public void A_script_that_asks_or_lacks_its_way_is_run_as_it_can_be(string script, string command)
    {
        _folder.With("package.json", $$$"""{"scripts":{"migrate":"{{{script}}}"}}""").With("prisma/migrations/1/migration.sql", "").With("prisma/schema.prisma", "");
        Assert.Equal(command, MigrationFinder.Find(_folder.Path, "npm start").Command);
    }
}
