using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Backend;

/// <summary>Recognises how a repository brings its schema up.</summary>
internal static partial class MigrationFinder
{
    private static readonly string[] ScriptFolders = ["migrations", "db/migrations", "database/migrations", "db/migration", "sql", "db", "database", "flyway/sql", "db/init", "init", "scripts", "src/db", "src/database", "src/db/migrations", "docker/postgres", "internal/db/migrations", "db/sql", ""];

    private static readonly string[] ScriptNames = ["schema.sql", "init.sql", "database.sql", "db.sql", "create.sql", "structure.sql", "tables.sql", "setup.sql", "ddl.sql"];

    public static Migration Find(string directory, string startCommand)
    {
        var python = PythonInterpreter.Of(directory, startCommand);
        if (NodeMigrations.Find(directory) is { } node) return node;
        if (File.Exists(Path.Combine(directory, "manage.py"))) return Migration.Run($"{python} manage.py migrate --noinput", "manage.py is Django's.");
        if (File.Exists(Path.Combine(directory, "alembic.ini"))) return Migration.Run(python == PythonInterpreter.Usual ? "alembic upgrade head" : $"{python} -m alembic upgrade head", "alembic.ini is there.");
        if (File.Exists(Path.Combine(directory, "migrations/alembic.ini"))) return Migration.Run($"{python} -m flask{(FlaskApp().Match(startCommand) is { Success: true } app ? " " + app.Value : "")} db upgrade", "migrations/alembic.ini is Flask-Migrate's.");
        if (File.Exists(Path.Combine(directory, "bin/rails"))) return Migration.Run("bin/rails db:prepare", "bin/rails is there.");
        if (Directory.Exists(Path.Combine(directory, "db/migrate")) && File.Exists(Path.Combine(directory, "Rakefile"))) return Migration.Run("bundle exec rake db:migrate", "db/migrate and a Rakefile are there.");
        if (DotNet(directory) is { } dotnet) return dotnet;
        if (Directory.Exists(Path.Combine(directory, "src/main/resources/db"))) return Migration.None("src/main/resources/db is brought up by Flyway or Liquibase when the backend starts.");
        if (Scripts(directory) is { } scripts) return SelfMigration.OfScripts(new DirectoryInfo(directory)) is { } runner ? Migration.None($"{runner} brings the schema up when the backend starts.") : scripts;
        return Migration.None("Nothing that brings a schema up was recognised: the backend does it when it starts, or the command has to be given.");
    }

    private static Migration? DotNet(string directory)
    {
        var root = new DirectoryInfo(directory);
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 5, IgnoreInaccessible = true };
        bool IsTest(FileSystemInfo entry) => SelfMigration.IsTest(Path.GetRelativePath(root.FullName, entry.FullName));
        var projects = root.EnumerateFiles("*.csproj", options).Where(project => !IsTest(project)).Take(50).ToList();
        if (projects.Count == 0) return null;
        var migrations = root.EnumerateDirectories("*", options).FirstOrDefault(folder => folder.Name.Contains("Migrations", StringComparison.Ordinal) && !IsTest(folder) && !folder.FullName.Contains("/obj/", StringComparison.Ordinal) && folder.EnumerateFiles("*ModelSnapshot.cs").Any());
        if (SelfMigration.OfDotNet(root) is { } source) return Migration.None($"{source} brings the schema up when the backend starts.");
        if (migrations is null) return null;
        var owner = projects.Where(project => migrations.FullName.StartsWith(project.DirectoryName + "/", StringComparison.Ordinal)).MaxBy(project => project.DirectoryName!.Length);
        var startup = projects.FirstOrDefault(project => RepositoryFiles.TextOf(project).Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal)) ?? owner;
        return owner is null ? null : Migration.Run($"dotnet ef database update --project {Quote(root, owner)} --startup-project {Quote(root, startup!)}", "There are migrations of EF Core.");
    }

    private static string Quote(DirectoryInfo root, FileInfo file) => $"'{Path.GetRelativePath(root.FullName, file.FullName)}'";

    private static Migration? Scripts(string directory)
    {
        foreach (var folder in ScriptFolders.Select(name => Path.Combine(directory, name)).Where(Directory.Exists))
        {
            var all = Directory.GetFiles(folder, "*.sql").Select(file => Path.GetFileName(file)).Where(name => !Undo().IsMatch(name)).ToList();
            var numbered = all.Where(name => Numbered().IsMatch(name)).OrderBy(Version).ThenBy(name => name, StringComparer.Ordinal).ToList();
            var chosen = numbered.Count > 0 ? numbered : [.. ScriptNames.Where(name => all.Contains(name, StringComparer.OrdinalIgnoreCase)).Take(1)];
            if (chosen.Count > 0) return new Migration(null, [.. chosen.Select(name => Path.Combine(folder, name))], $"{string.Join(", ", chosen.Take(3))}{(chosen.Count > 3 ? " ..." : "")} in '{Path.GetRelativePath(directory, folder)}' look like the schema.");
        }

        return null;
    }

    private static long Version(string name) => long.TryParse(Number().Match(name).Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    [GeneratedRegex(@"(?:--app|-A)[ =]\S+")]
    private static partial Regex FlaskApp();

    [GeneratedRegex(@"\.down\.sql$|^U\d|drop|rollback|undo|seed", RegexOptions.IgnoreCase)]
    private static partial Regex Undo();

    [GeneratedRegex(@"^V?\d+.*\.sql$", RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
