using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class EnvironmentTests : IDisposable
{
    private static readonly DatabaseAddress Address = new("127.0.0.1", 6543, "app", "p;w'd", "inspected");

    private readonly string _folder = Directory.CreateTempSubdirectory("roadworthy-inspection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_database_is_given_under_every_name_that_the_repository_speaks_of()
    {
        Write(".env.example", "SQL_USERNAME=nana\nSQL_HOST=db # local\nSQL_DATABASE_NAME=x\nexport APP_DB_PORT=5432\nASYNC_DSN=\nASYNC_DATABASE_URL=postgresql+asyncpg://u:p@db/x\nJWT_SECRET=\nAPI_KEY=change-me\nSESSION_SECRET=0123456789abcdef0123456789abcdef-kept\nREDIS_HOST=redis\nSMTP_HOST=mail\nSMTP_USERNAME=\n");
        Write("docker-compose.yml", "services:\n  api:\n    environment:\n      - ConnectionStrings__Shop=Host=db;Database=shop\n      SPRING_DB_PASSWORD: x\n");
        Write("src/appsettings.json", """{ "ConnectionStrings": { "Orders": "x" }, "Marten": { "Store": "Host=db;Port=5432;Database=m" } }""");
        Write("src/config.ts", "const a = process.env.LEGACY_PG_PASSWORD; config.get<string>('READ_DB_NAME')");
        Write(".env", "OWN_DB_HOST=prod.example.com\n");
        Write("node_modules/x/index.js", "process.env.FOREIGN_DB_HOST");
        var variables = BackendEnvironment.Make(Address, EnvironmentNames.In(_folder), 4321, new Surroundings(new Uri("http://127.0.0.1:9"), 2525), new Dictionary<string, string> { ["MINE"] = "{user}@{host}:{port}/{database}" });
        Assert.Equal(("app", "127.0.0.1", "inspected", "6543"), (variables["SQL_USERNAME"], variables["SQL_HOST"], variables["SQL_DATABASE_NAME"], variables["APP_DB_PORT"]));
        Assert.Equal("postgresql+asyncpg://app:p%3Bw%27d@127.0.0.1:6543/inspected", variables["ASYNC_DATABASE_URL"]);
        Assert.Equal(("p;w'd", "inspected", "p;w'd", "127.0.0.1"), (variables["LEGACY_PG_PASSWORD"], variables["READ_DB_NAME"], variables["SPRING_DB_PASSWORD"], variables["OWN_DB_HOST"]));
        Assert.Equal("Host=127.0.0.1;Port=6543;Database=inspected;Username=app;Password=\"p;w'd\"", variables["ConnectionStrings__Orders"]);
        Assert.Equal(variables["ConnectionStrings__Orders"], variables["ConnectionStrings__Shop"]);
        Assert.Equal(variables["ConnectionStrings__Orders"], variables["Marten__Store"]);
        Assert.Equal("jdbc:postgresql://127.0.0.1:6543/inspected", variables["SPRING_DATASOURCE_URL"]);
        Assert.True(variables["JWT_SECRET"].Length >= 32 && variables["API_KEY"].Length >= 32);
        Assert.EndsWith("-kept", variables["SESSION_SECRET"], StringComparison.Ordinal);
        Assert.Equal(("redis", "127.0.0.1", "2525", "4321"), (variables["REDIS_HOST"], variables["SMTP_HOST"], variables["SMTP_PORT"], variables["PORT"]));
        Assert.Equal("app@127.0.0.1:6543/inspected", variables["MINE"]);
        // A mail client that has no name refuses to send.
        Assert.NotEmpty(variables["SMTP_USERNAME"]);
        Assert.Equal("http://127.0.0.1:9", variables["HTTPS_PROXY"]);
        Assert.DoesNotContain("FOREIGN_DB_HOST", variables.Keys);
    }

    [Fact]
    public void Secrets_of_this_process_are_not_handed_on()
    {
        Environment.SetEnvironmentVariable("ROADWORTHY_TEST_AWS_SECRET", "x");
        var variables = BackendEnvironment.Make(Address, EnvironmentNames.In(_folder), 1, null, new Dictionary<string, string>());
        Assert.Contains("PATH", variables.Keys);
        Assert.DoesNotContain("ROADWORTHY_TEST_AWS_SECRET", variables.Keys);
    }

    [Theory]
    [InlineData("package.json", """{"scripts":{"migration:generate":"x","migration:run":"x","migration:revert":"x"}}""", "npm run migration:run")]
    [InlineData("package.json", """{"scripts":{"test":"x","migrate:undo":"x"},"devDependencies":{"sequelize-cli":"6"}}""", "npx sequelize-cli db:migrate")]
    [InlineData("package.json", """{"dependencies":{"node-pg-migrate":"7"}}""", "npx node-pg-migrate up")]
    [InlineData("manage.py", "", "python3 manage.py migrate --noinput")]
    [InlineData("alembic.ini", "", "alembic upgrade head")]
    [InlineData("bin/rails", "", "bin/rails db:prepare")]
    [InlineData("Shop.csproj", "<Project/>", null)]
    [InlineData("readme.txt", "", null)]
    public void Migrations_are_recognised(string file, string text, string? command)
    {
        Write(file, text);
        Assert.Equal(command, MigrationFinder.Find(_folder, "start").Command);
    }

    [Theory]
    [InlineData("context.Database.Migrate();", null)]
    [InlineData("await db.Database\n    .MigrateAsync(cancellationToken: ct);", null)]
    [InlineData("await database.MigrateAsync();", null)]
    [InlineData("var moved = carts.Migrate(from, to);", "dotnet ef database update --project 'Shop.csproj' --startup-project 'Shop.csproj'")]
    public void Migrations_of_EF_Core_are_left_to_a_backend_that_runs_them_itself(string source, string? command)
    {
        Write("Shop.csproj", "<Project/>");
        Write("Migrations/ShopModelSnapshot.cs", "");
        Write("Program.cs", source);
        Assert.Equal(command, MigrationFinder.Find(_folder, "dotnet run").Command);
    }

    [Fact]
    public async Task A_tool_that_a_migration_needs_and_that_is_not_there_is_named_with_how_to_get_it()
    {
        var options = new BackendOptions { Command = "true", Directory = _folder };
        var migration = Migration.Run("echo '  * You intended to execute a .NET program, but dotnet-ef does not exist.' >&2; exit 1", "There are migrations of EF Core.");
        var error = await Assert.ThrowsAsync<InspectionException>(() => MigrationRun.CarryOutAsync(migration, options, new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! }, Address, TestContext.Current.CancellationToken));
        Assert.Contains("dotnet tool install --global dotnet-ef", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manage.py", "/srv/env/bin/gunicorn shop.wsgi --bind 127.0.0.1:$PORT", "/srv/env/bin/python manage.py migrate --noinput")]
    [InlineData("manage.py", "python3.12 manage.py runserver", "python3.12 manage.py migrate --noinput")]
    [InlineData("alembic.ini", "poetry run uvicorn app.main:app", "poetry run python -m alembic upgrade head")]
    [InlineData("alembic.ini", "uvicorn app.main:app", "alembic upgrade head")]
    [InlineData("migrations/alembic.ini", "uv run flask --app shop run", "uv run python -m flask --app shop db upgrade")]
    public void Migrations_of_Python_are_run_with_the_packages_of_the_start_command(string file, string start, string command)
    {
        Write(file, "");
        Assert.Equal(command, MigrationFinder.Find(_folder, start).Command);
    }

    [Fact]
    public void Tools_files_are_recognised_beside_a_package_json()
    {
        Write("package.json", "{}");
        Write("knexfile.js", "");
        Assert.Equal("npx knex migrate:latest", MigrationFinder.Find(_folder, "npm start").Command);
        Write("prisma/schema.prisma", "");
        Assert.StartsWith("npx prisma db push", MigrationFinder.Find(_folder, "npm start").Command, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder, "prisma/migrations"));
        Assert.Equal("npx prisma migrate deploy", MigrationFinder.Find(_folder, "npm start").Command);
    }

    [Theory]
    [InlineData("env-cmd -- node dist/main", ".env", "env-cmd --no-override -- node dist/main")]
    [InlineData("env-cmd -f config/dev.env node dist/main", "config/dev.env", "env-cmd --no-override -f config/dev.env node dist/main")]
    [InlineData("env-cmd ./config/dev.env node dist/main", "config/dev.env", "env-cmd --no-override ./config/dev.env node dist/main")]
    [InlineData("env-cmd -- node dist/main", "other", "node dist/main")]
    [InlineData("npm run boot -- --fast", ".env", "env-cmd --no-override -- node boot.js --fast")]
    [InlineData("env-cmd --no-override -- node dist/main", ".env", null)]
    [InlineData("node dist/main", ".env", null)]
    public void A_file_of_variables_does_not_win_over_the_database_that_is_given(string script, string file, string? run)
    {
        Write("package.json", $$$"""{"scripts":{"start":"{{{script}}}","boot":"env-cmd -- node boot.js"}}""");
        Write(file, "DB_HOST=prod.example.com\n");
        Assert.Equal(run is null ? null : "export PATH=\"$PWD/node_modules/.bin:$PATH\"; " + run, NodeScripts.Heeding(_folder, "npm start"));
    }

    [Theory]
    [InlineData("""{"scripts":{"seed:create:relational":"x","seed:run:document":"x","seed:run:relational":"x"}}""", "", "npm run seed:run:relational")]
    [InlineData("""{"scripts":{"seed:undo":"x","db:seed":"x"}}""", "", "npm run db:seed")]
    [InlineData("""{"prisma":{"seed":"tsx prisma/seed.ts"}}""", "", "npx prisma db seed")]
    [InlineData("{}", "seeds/01_roles.js", "npx knex seed:run")]
    [InlineData("{}", "other/01_roles.js", null)]
    public void What_fills_the_schema_is_recognised(string package, string file, string? command)
    {
        Write("package.json", package);
        Write("knexfile.js", "");
        if (file.Length > 0) Write(file, "");
        Assert.Equal(command, SeedFinder.Find(_folder));
    }

    [Fact]
    public void Scripts_are_run_by_npm_where_their_own_package_manager_is_not_installed()
    {
        Write("package.json", """{"scripts":{"db:migrate":"x"}}""");
        Write("yarn.lock", "");
        var manager = Fixtures.Has("yarn", "--version") ? "yarn" : "npm";
        Assert.Equal($"{manager} run db:migrate", MigrationFinder.Find(_folder, "npm start").Command);
    }

    [Theory]
    [InlineData("npm start", " package.json has no script 'start', but 'dev'. Perhaps it is started by 'node src/index.js'.")]
    [InlineData("yarn run serve", " package.json has no script 'serve', but 'dev'. Perhaps it is started by 'node src/index.js'.")]
    [InlineData("npm run dev", null)]
    [InlineData("yarn install", null)]
    [InlineData("node src/index.js", null)]
    public void What_to_start_in_place_of_a_script_that_is_not_there_is_told(string command, string? told)
    {
        Write("package.json", """{"main":"src/index.js","scripts":{"dev":"nodemon src/index.js"}}""");
        Write("src/index.js", "");
        Assert.Equal(told, NodeScripts.Missing(_folder, command));
    }

    [Fact]
    public void Numbered_scripts_run_in_the_order_of_their_numbers()
    {
        foreach (var name in (string[])["10_last.up.sql", "2_second.up.sql", "1_first.up.sql", "1_first.down.sql", "notes.sql"]) Write("migrations/" + name, "");
        Assert.Equal(["1_first.up.sql", "2_second.up.sql", "10_last.up.sql"], MigrationFinder.Find(_folder, "./server").Scripts.Select(Path.GetFileName));
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
        File.WriteAllText(Path.Combine(_folder, name), text);
    }
}
