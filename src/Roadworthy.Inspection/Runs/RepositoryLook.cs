using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Runs;

/// <summary>Looks at a repository's files, runs none of them, and proposes how its backend is started.</summary>
internal static partial class RepositoryLook
{
    private static readonly string[] Scripts = ["start", "start:prod", "serve", "start:dev", "dev"];

    /// <summary>Null where nothing was recognised.</summary>
    public static Proposal? Find(string directory) =>
        (Node(directory) ?? Django(directory) ?? DotNet(directory) ?? Python(directory) ?? Procfile(directory) ?? Others(directory)) is { } found
            ? found with { Notes = [.. found.Notes, .. Compose(directory)] }
            : null;

    private static Proposal? Node(string directory)
    {
        var file = Path.Combine(directory, "package.json");
        if (!File.Exists(file)) return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { AllowTrailingCommas = true });
            if (!document.RootElement.TryGetProperty("scripts", out var scripts) || scripts.ValueKind is not JsonValueKind.Object) return null;
            if (Scripts.FirstOrDefault(name => scripts.TryGetProperty(name, out _)) is not { } script) return null;
            var manager = Has(directory, "pnpm-lock.yaml") ? "pnpm" : Has(directory, "yarn.lock") ? "yarn" : "npm";
            return new Proposal(script == "start" ? $"{manager} start" : $"{manager} run {script}", $"package.json has the script '{script}'.")
            {
                Notes = Has(directory, "node_modules") ? [] : [$"There is no node_modules: run '{manager} {(manager == "npm" ? "ci" : "install")}' first."],
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Proposal? Django(string directory) => Has(directory, "manage.py")
        ? new Proposal($"{Interpreter(directory)} manage.py runserver --noreload 127.0.0.1:$PORT", "manage.py is Django's; --noreload keeps it to one process.")
        : null;

    private static Proposal? DotNet(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true };
        var web = new DirectoryInfo(directory).EnumerateFiles("*.csproj", options).Take(100)
            .Where(file => file.Length < 200_000 && File.ReadAllText(file.FullName).Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal))
            .OrderBy(file => file.Name.Contains("Test", StringComparison.OrdinalIgnoreCase)).ThenBy(file => file.FullName, StringComparer.Ordinal).ToList();
        return web.Count == 0 ? null : new Proposal($"dotnet run --no-launch-profile --project '{Path.GetRelativePath(directory, web[0].FullName)}'", $"{web[0].Name} is a web project.")
        {
            Notes = web.Count == 1 ? [] : [$"There are {web.Count} web projects: {string.Join(", ", web.Select(file => file.Name).Take(5))}."],
        };
    }

    private static Proposal? Python(string directory)
    {
        var usual = (string[])["main.py", "app.py", "app/main.py", "src/main.py", "src/app/main.py", "api/main.py", "asgi.py", "server.py"];
        var packages = Directory.EnumerateDirectories(directory).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).SelectMany(folder => ((string[])["main.py", "app.py", "asgi.py"]).Select(name => $"{folder}/{name}"));
        foreach (var file in usual.Concat(packages).Where(name => Has(directory, name)))
        {
            var (text, module) = (File.ReadAllText(Path.Combine(directory, file)), file[..^3].Replace('/', '.'));
            if (FastApi().Match(text) is { Success: true } fast) return Fast($"{module}:{fast.Groups[1].Value}", $"{file} makes a FastAPI application.");
            if (FlaskApi().Match(text) is { Success: true } flask) return Flask($"{module}:{flask.Groups[1].Value}", $"{file} makes a Flask application.");
            if (Factory().Match(text) is not { Success: true } factory) continue;
            var make = factory.Groups["make"].Value;
            var made = Assigned().Matches(text).FirstOrDefault(match => match.Groups["make"].Value == make);
            if (factory.Groups["kind"].Value == "Flask") return Flask($"{module}:{make}", $"{file} makes a Flask application in {make}().");
            return Fast(made is null ? $"{module}:{make} --factory" : $"{module}:{made.Groups["name"].Value}", $"{file} makes a FastAPI application in {make}().");
        }

        return null;

        Proposal Fast(string name, string why) => new($"{Interpreter(directory)} -m uvicorn {name} --port $PORT", why);
        Proposal Flask(string name, string why) => new($"{Interpreter(directory)} -m flask --app {name} run --port $PORT", why);
    }

    private static Proposal? Procfile(string directory) =>
        Has(directory, "Procfile") && File.ReadLines(Path.Combine(directory, "Procfile")).FirstOrDefault(line => line.StartsWith("web:", StringComparison.Ordinal)) is { Length: > 5 } web
            ? new Proposal(web[4..].Trim(), "Procfile has a line 'web'.")
            : null;

    private static Proposal? Others(string directory) =>
        Has(directory, "bin/rails") ? new Proposal("bin/rails server -p $PORT", "bin/rails is there.")
        : Has(directory, "mvnw") ? new Proposal("./mvnw -q spring-boot:run", "mvnw is there.")
        : Has(directory, "gradlew") ? new Proposal("./gradlew -q bootRun", "gradlew is there.")
        : Has(directory, "go.mod") && Has(directory, "main.go") ? new Proposal("go run .", "go.mod and main.go are there.")
        : Has(directory, "Cargo.toml") ? new Proposal("cargo run", "Cargo.toml is there.")
        : null;

    private static IEnumerable<string> Compose(string directory)
    {
        foreach (var file in ((string[])["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]).Where(name => Has(directory, name)))
        {
            var images = Image().Matches(File.ReadAllText(Path.Combine(directory, file))).Select(match => match.Groups[1].Value).ToList();
            var others = images.Where(image => !image.Contains("postg", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal).ToList();
            if (others.Count < images.Count) yield return $"{file} has a PostgreSQL, which is not needed: the inspection starts its own.";
            if (others.Count > 0) yield return $"{file} names {string.Join(", ", others)}, which the inspection does not start: have them running if the backend needs them.";
        }
    }

    /// <summary>The one that has the packages: a virtual environment's, or that of the tool whose lock file is there.</summary>
    private static string Interpreter(string directory) =>
        ((string[])[".venv/bin/python", "venv/bin/python", "env/bin/python"]).FirstOrDefault(name => Has(directory, name))
        ?? (Has(directory, "uv.lock") ? "uv run python" : Has(directory, "poetry.lock") ? "poetry run python" : Has(directory, "Pipfile.lock") ? "pipenv run python" : Has(directory, "pdm.lock") ? "pdm run python" : "python3");

    private static bool Has(string directory, string name) => Path.Exists(Path.Combine(directory, name));

    [GeneratedRegex(@"^(\w+)\s*(?::\s*\w+\s*)?=\s*FastAPI\(", RegexOptions.Multiline)]
    private static partial Regex FastApi();

    [GeneratedRegex(@"^(\w+)\s*=\s*Flask\(", RegexOptions.Multiline)]
    private static partial Regex FlaskApi();

    [GeneratedRegex(@"^(?:async\s+)?def\s+(?<make>\w+)\([^)]*\)[^:\n]*:\n(?:(?:[ \t]+[^\n]*)?\n)*?[ \t]+\w+\s*(?::\s*\w+\s*)?=\s*(?<kind>FastAPI|Flask)\(", RegexOptions.Multiline)]
    private static partial Regex Factory();

    [GeneratedRegex(@"^(?<name>\w+)\s*(?::\s*[\w.]+\s*)?=\s*(?<make>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"^\s*image:\s*[""']?([^\s""'#]+)", RegexOptions.Multiline)]
    private static partial Regex Image();
}
