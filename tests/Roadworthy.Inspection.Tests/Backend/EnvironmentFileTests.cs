using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class EnvironmentFileTests : IDisposable
{
    private const string Url = "postgresql://app:p%3Bw%27d@127.0.0.1:6543/inspected";
    private static readonly DatabaseAddress Address = new("127.0.0.1", 6543, "app", "p;w'd", "inspected");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(".env", false)]
    [InlineData(".env.production", false)]
    [InlineData(".env.local", false)]
    [InlineData("prod.env", false)]
    [InlineData("deploy/app.env", false)]
    [InlineData(".env.example", true)]
    [InlineData(".env.local.sample", true)]
    [InlineData("env.template", true)]
    [InlineData(".env.defaults", true)]
    [InlineData(".env.dist", true)]
    public void Only_examples_give_values(string file, bool gives)
    {
        _folder.With(file, "PAYMENT_ACCOUNT=acct_live_1\nDATABASE_HOST=prod.example.com\n");
        var variables = Make();
        Assert.Equal(gives ? "acct_live_1" : null, variables.GetValueOrDefault("PAYMENT_ACCOUNT"));
        Assert.Equal("127.0.0.1", variables["DATABASE_HOST"]);
    }

    [Theory]
    [InlineData(".env.example", "DSN=postgres://me@localhost:5432/app", "postgres://app:p%3Bw%27d@127.0.0.1:6543/inspected")]
    [InlineData("app.env", "DB_SOURCE=postgresql://root:secret@localhost:5432/simple_bank?sslmode=disable", Url + "?sslmode=disable")]
    [InlineData(".env", "STORE=jdbc:postgresql://localhost/app?currentSchema=shop", "jdbc:postgresql://127.0.0.1:6543/inspected?currentSchema=shop")]
    [InlineData(".env.sample", "STORE='host=localhost user=me password=x dbname=app port=5432'", @"host=127.0.0.1 port=6543 user=app password='p;w\'d' dbname=inspected sslmode=disable")]
    [InlineData(".env.sample", "STORE=Host=localhost;Database=app;Username=me", "Host=127.0.0.1;Port=6543;Database=inspected;Username=app;Password=\"p;w'd\"")]
    [InlineData("docker-compose.yml", "services:\n  api:\n    environment:\n      DSN: postgres://me@db/app\n", "postgres://app:p%3Bw%27d@127.0.0.1:6543/inspected")]
    public void An_address_of_a_PostgreSQL_is_ours_whatever_its_variable_is_called(string file, string text, string given)
    {
        _folder.With(file, text);
        var name = file.EndsWith(".yml", StringComparison.Ordinal) ? "DSN" : text[..text.IndexOf('=', StringComparison.Ordinal)];
        Assert.Equal(given, Make()[name]);
    }

    [Theory]
    [InlineData(".env.example", "OTHER=Server=localhost;Database=app;User Id=sa;Password=x")]
    [InlineData(".env.example", "OTHER=https://example.com/host=1")]
    public void Anything_else_stays_as_it_is(string file, string text)
    {
        _folder.With(file, text);
        Assert.Equal(text["OTHER=".Length..], Make()["OTHER"]);
    }

    [Theory]
    [InlineData("DATABASE_URL=postgres://me@localhost/app?sslmode=require&schema=shop&connect_timeout=3", "postgres://app:p%3Bw%27d@127.0.0.1:6543/inspected?sslmode=disable&schema=shop")]
    [InlineData("DB_DSN=host=localhost user=me dbname=app", @"host=127.0.0.1 port=6543 user=app password='p;w\'d' dbname=inspected sslmode=disable")]
    public void No_TLS_is_asked_for_and_the_schema_is_kept(string example, string given)
    {
        _folder.With(".env.example", example);
        var variables = Make();
        Assert.Equal(given, variables[example[..example.IndexOf('=', StringComparison.Ordinal)]]);
        Assert.Equal("disable", variables["PGSSLMODE"]);
    }

    [Fact]
    public void A_secret_that_the_backend_reads_from_its_own_file_is_not_made_up()
    {
        _folder.With(".env", "JWT_PRIVATE_KEY=\"-----BEGIN\"\nSESSION_SECRET=\n").With(".env.example", "JWT_PRIVATE_KEY=\nSESSION_SECRET=\n").With("server.js", "require('dotenv').config(); process.env.JWT_PRIVATE_KEY");
        var variables = Make();
        Assert.DoesNotContain("JWT_PRIVATE_KEY", variables.Keys);
        Assert.True(variables["SESSION_SECRET"].Length >= 32);
        _folder.With("server.js", "process.env.JWT_PRIVATE_KEY");
        Assert.True(Make()["JWT_PRIVATE_KEY"].Length >= 32);
    }

    [Fact]
    public void A_connection_string_s_name_may_hold_dots_and_hyphens()
    {
        _folder.With("Program.cs", "builder.AddNpgsqlDbContext<Catalog.Context>(\"catalog-db\"); configuration.GetConnectionString(\"Shop.Read\");");
        var variables = Make();
        Assert.Equal((Address.Npgsql, Address.Npgsql), (variables["ConnectionStrings__catalog-db"], variables["ConnectionStrings__Shop.Read"]));
    }

    private Dictionary<string, string> Make() => BackendEnvironment.Make(Address, EnvironmentNames.In(_folder.Path), 4321, null, new Dictionary<string, string>());
}
