using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>Recognises how a repository fills its new schema: with the roles and plans without which nobody can sign up.</summary>
internal static partial class SeedFinder
{
    private static readonly string[] Preferred = ["db:seed", "seed", "seed:run", "seeds:run", "db:seed:all", "seed:all", "seeds", "db:seeds", "seed:dev", "knex:seed", "db:load"];

    /// <summary>Null where there is nothing of the kind.</summary>
    public static string? Find(string directory)
    {
        if (!File.Exists(Path.Combine(directory, "package.json"))) return null;
        var scripts = NodeScripts.In(directory);
        var name = Preferred.FirstOrDefault(scripts.ContainsKey) ?? scripts.Keys.Order(StringComparer.Ordinal).FirstOrDefault(each => Seeds().IsMatch(each) && !Other().IsMatch(each));
        if (name is not null) return $"npm run {name}";
        bool HasFiles(params ReadOnlySpan<string> folders)
        {
            foreach (var folder in folders) if (Directory.Exists(Path.Combine(directory, folder)) && Directory.EnumerateFiles(Path.Combine(directory, folder)).Any(file => CodeFile().IsMatch(file))) return true;
            return false;
        }

        if ((File.Exists(Path.Combine(directory, "knexfile.js")) || File.Exists(Path.Combine(directory, "knexfile.ts"))) && HasFiles("seeds", "src/seeds", "db/seeds", "src/db/seeds", "database/seeds", "src/database/seeds")) return "npx knex seed:run";
        if ((File.Exists(Path.Combine(directory, ".sequelizerc")) || Directory.Exists(Path.Combine(directory, "node_modules/sequelize-cli"))) && HasFiles("seeders", "src/seeders", "db/seeders", "src/db/seeders", "database/seeders", "src/database/seeders")) return "npx sequelize-cli db:seed:all";
        return HasPrismaSeed(directory) ? "npx prisma db seed" : null;
    }

    private static bool HasPrismaSeed(string directory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(directory, "package.json")));
            return document.RootElement.TryGetProperty("prisma", out var prisma) && prisma.ValueKind is JsonValueKind.Object && prisma.TryGetProperty("seed", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"(?:^|[:_-])seeds?(?:$|[:_-])", RegexOptions.IgnoreCase)]
    private static partial Regex Seeds();

    [GeneratedRegex(@"create|generate|make|new|undo|revert|rollback|reset|drop|clear|delete|test|mongo|document|^pre|^post|prod|large|bench", RegexOptions.IgnoreCase)]
    private static partial Regex Other();

    [GeneratedRegex(@"\.(?:[cm]?js|ts)$")]
    private static partial Regex CodeFile();
}
