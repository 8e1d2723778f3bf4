using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>The part of <see cref="MigrationFinder"/> that is about Node: a script of the project's own goes before a tool's usual command.</summary>
internal static partial class NodeMigrations
{
    private static readonly string[] Preferred = ["migration:run", "migrations:run", "migrate:deploy", "migrate:latest", "db:migrate:deploy", "db:migrate", "migrate:up", "migrate:run", "migrations:up", "migration:up", "typeorm:migrate", "typeorm:run", "prisma:deploy", "migrate", "migrations", "db:push", "db:setup", "prisma:migrate"];

    public static Migration? Find(string directory)
    {
        var file = Path.Combine(directory, "package.json");
        if (!File.Exists(file)) return null;
        var (scripts, packages) = Read(file);
        var manager = NodeScripts.ManagerOf(directory);
        var script = Preferred.FirstOrDefault(scripts.ContainsKey) ?? scripts.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => Applies().IsMatch(name) && !Undoes().IsMatch(name));
        if (script is not null) return Migration.Run($"{manager} run {script}", $"package.json has the script '{script}'.");
        bool Has(string name) => File.Exists(Path.Combine(directory, name)) || Directory.Exists(Path.Combine(directory, name));
        if (Has("prisma/schema.prisma")) return Migration.Run(Has("prisma/migrations") ? "npx prisma migrate deploy" : "npx prisma db push --skip-generate --accept-data-loss", "prisma/schema.prisma is there.");
        if (Has("knexfile.js") || Has("knexfile.ts")) return Migration.Run("npx knex migrate:latest", "There is a knexfile.");
        if (Has("drizzle.config.ts") || Has("drizzle.config.js")) return Migration.Run(Has("drizzle") || Has("migrations") ? "npx drizzle-kit migrate" : "npx drizzle-kit push --force", "There is a configuration of drizzle-kit.");
        if (packages.Contains("sequelize-cli") || Has(".sequelizerc")) return Migration.Run("npx sequelize-cli db:migrate", "sequelize-cli is there.");
        if (packages.Contains("node-pg-migrate")) return Migration.Run("npx node-pg-migrate up", "node-pg-migrate is there.");
        return null;
    }

    private static (Dictionary<string, string> Scripts, HashSet<string> Packages) Read(string file)
    {
        var (scripts, packages) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            if (document.RootElement.TryGetProperty("scripts", out var all) && all.ValueKind is JsonValueKind.Object)
                foreach (var member in all.EnumerateObject()) scripts[member.Name] = member.Value.ToString();
            foreach (var section in (string[])["dependencies", "devDependencies"])
                if (document.RootElement.TryGetProperty(section, out var part) && part.ValueKind is JsonValueKind.Object)
                    foreach (var member in part.EnumerateObject()) packages.Add(member.Name);
        }
        catch (JsonException)
        {
            // npm will say what is wrong with it.
        }

        return (scripts, packages);
    }

    [GeneratedRegex(@"migrat", RegexOptions.IgnoreCase)]
    private static partial Regex Applies();

    [GeneratedRegex(@"create|generate|revert|down|undo|rollback|reset|drop|make|new|status|list|show|:dev$|test|mongo|document|seed|^pre|^post|build|compile", RegexOptions.IgnoreCase)]
    private static partial Regex Undoes();
}
