using System.Text.Json;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>The variables that a repository's files speak of, with the values that its examples give.</summary>
internal sealed partial class EnvironmentNames
{
    private const int MostFiles = 3000;
    private const int LargestFile = 400_000;

    private static readonly string[] Skipped = ["node_modules", ".git", "bin", "obj", "dist", "build", "target", "venv", ".venv", "__pycache__", "vendor", "coverage", ".next", "artifacts", "tests", "test", "__tests__", "docs", "wwwroot"];
    private static readonly string[] Code = [".js", ".ts", ".mjs", ".cjs", ".py", ".rb", ".go", ".cs", ".java", ".kt", ".php", ".rs", ".yml", ".yaml", ".properties", ".prisma", ".json", ".toml", ".ex", ".exs"];

    private EnvironmentNames()
    {
    }

    /// <summary>From files of examples, by name; the value may be empty.</summary>
    public Dictionary<string, string> Examples { get; } = new(StringComparer.Ordinal);

    /// <summary>Values that are addresses of a PostgreSQL, by name: for their form alone, wherever they stand.</summary>
    public Dictionary<string, string> Addresses { get; } = new(StringComparer.Ordinal);

    /// <summary>To what the user's own .env gives a value, where the backend reads it.</summary>
    public HashSet<string> Own { get; } = new(StringComparer.Ordinal);

    /// <summary>That code or configuration reads.</summary>
    public HashSet<string> Read { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of .NET connection strings.</summary>
    public HashSet<string> ConnectionStrings { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of .NET's settings files that are connection strings to PostgreSQL outside of <c>ConnectionStrings</c>: by path with colons.</summary>
    public HashSet<string> OtherConnectionSettings { get; } = new(StringComparer.Ordinal);

    /// <summary>A host is named and neither a port nor an address that would hold one.</summary>
    public bool NamesNoPort
    {
        get
        {
            var kinds = Read.Concat(Examples.Keys).Select(VariableKinds.Of).ToHashSet();
            return kinds.Contains(VariableKind.DatabaseHost) && !kinds.Contains(VariableKind.DatabasePort) && !kinds.Contains(VariableKind.DatabaseUrl) && ConnectionStrings.Count == 0;
        }
    }

    public static EnvironmentNames In(string directory)
    {
        var names = new EnvironmentNames();
        var readsOwn = false;
        foreach (var file in Files(new DirectoryInfo(directory)))
        {
            string text;
            try
            {
                text = File.ReadAllText(file.FullName);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // One of several, for another database.
            if (EnvironmentFile().IsMatch(file.Name) && OtherDatabase().IsMatch(text)) continue;
            if (EnvironmentFile().IsMatch(file.Name)) names.AddVariables(text, file.Name);
            else if (file.Name.StartsWith("docker-compose", StringComparison.OrdinalIgnoreCase) || file.Name.StartsWith("compose.", StringComparison.OrdinalIgnoreCase)) names.AddCompose(text);
            else if (file.Name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && file.Extension == ".json") names.AddSettings(text);
            else names.AddCode(text);
            readsOwn |= !EnvironmentFile().IsMatch(file.Name) && ReadsFile().IsMatch(text);
        }

        if (!readsOwn) names.Own.Clear();
        return names;
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo root)
    {
        var count = 0;
        var folders = new Queue<(DirectoryInfo Folder, int Depth)>([(root, 0)]);
        while (folders.TryDequeue(out var at) && count < MostFiles)
        {
            FileSystemInfo[] entries;
            try
            {
                entries = at.Folder.GetFileSystemInfos();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                if (entry is DirectoryInfo folder)
                {
                    if (at.Depth < 8 && folder.LinkTarget is null && !Skipped.Contains(folder.Name, StringComparer.OrdinalIgnoreCase)) folders.Enqueue((folder, at.Depth + 1));
                }
                else if (entry is FileInfo { Length: < LargestFile } file && (EnvironmentFile().IsMatch(file.Name) || (Code.Contains(file.Extension, StringComparer.OrdinalIgnoreCase) && !file.Name.Contains("lock", StringComparison.Ordinal))))
                {
                    if (count++ >= MostFiles) yield break;
                    yield return file;
                }
            }
        }
    }

    /// <summary>Only examples give values. Of the user's own files, .env and .env.production alike, the names count, so that no connection or key of theirs is used.</summary>
    private void AddVariables(string text, string file)
    {
        var isExample = ExampleFile().IsMatch(file);
        foreach (Match match in Assignment().Matches(text))
        {
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim().Trim('"', '\''));
            if (DatabaseAddress.IsOne(value)) Addresses.TryAdd(name, value);
            if (!isExample) Read.Add(name);
            if (!isExample && file == ".env" && value.Length > 0) Own.Add(name);
            if (isExample && (!Examples.TryGetValue(name, out var known) || known.Length == 0)) Examples[name] = value;
        }
    }

    private void AddCompose(string text)
    {
        foreach (Match match in ComposeEntry().Matches(text))
        {
            var (name, value) = (match.Groups["name"].Value, match.Groups["value"].Value.Trim().Trim('"', '\''));
            if (!name.Contains('_', StringComparison.Ordinal) && !DatabaseAddress.IsOne(value)) continue;
            if (!name.Contains("__", StringComparison.Ordinal) && DatabaseAddress.IsOne(value)) Addresses.TryAdd(name, value);
            if (name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)) ConnectionStrings.Add(name["ConnectionStrings__".Length..]);
            else Read.Add(name);
            if (name.Contains("__", StringComparison.Ordinal) && PostgresString().IsMatch(value)) OtherConnectionSettings.Add(name.Replace("__", ":", StringComparison.Ordinal));
        }
    }

    private void AddSettings(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            AddSettings(document.RootElement, "", 0);
        }
        catch (JsonException)
        {
            // Whatever is wrong with it, the backend will say so.
        }
    }

    private void AddSettings(JsonElement element, string path, int depth)
    {
        if (depth > 6 || element.ValueKind is not JsonValueKind.Object) return;
        foreach (var member in element.EnumerateObject())
        {
            var at = path.Length == 0 ? member.Name : $"{path}:{member.Name}";
            if (path.Equals("ConnectionStrings", StringComparison.OrdinalIgnoreCase)) ConnectionStrings.Add(member.Name);
            else if (member.Value.ValueKind is JsonValueKind.String && PostgresString().IsMatch(member.Value.GetString()!)) OtherConnectionSettings.Add(at);
            else AddSettings(member.Value, at, depth + 1);
        }
    }

    private void AddCode(string text)
    {
        foreach (Match match in Reading().Matches(text)) Read.Add(match.Groups["name"].Value);
        foreach (Match match in GetConnectionString().Matches(text)) ConnectionStrings.Add(match.Groups["name"].Value);
        if (!text.Contains("BaseSettings", StringComparison.Ordinal) && !text.Contains("BaseAppSettings", StringComparison.Ordinal) && !text.Contains("AppSettings", StringComparison.Ordinal)) return;
        // pydantic takes each field from the variable of its name.
        foreach (Match match in PydanticField().Matches(text)) Read.Add(match.Groups["name"].Value.ToUpperInvariant());
    }

    [GeneratedRegex(@"^(?:\.env(?:\..+)?|.*\.env|env\.example|env\.sample|\.env-.+|.*env\.(?:example|sample|dist|template)|env-(?:example|sample)(?:[.-].+)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex EnvironmentFile();

    [GeneratedRegex(@"(?:^|[.\-_])(?:example|sample|template|tmpl|dist|defaults?)(?:[.\-_]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ExampleFile();

    /// <summary>What takes variables from a file.</summary>
    [GeneratedRegex(@"dotenv|load_dotenv|read_env|env_file|decouple|ConfigModule|--env-file|env-cmd|loadEnvFile|godotenv|viper|DotNetEnv|environs|\bprisma\b|\bbun\b", RegexOptions.IgnoreCase)]
    private static partial Regex ReadsFile();

    [GeneratedRegex(@"=\s*[""']?(?:mongodb(?:\+srv)?|mysql|mariadb|sqlite)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OtherDatabase();

    [GeneratedRegex(@"^\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*(?<value>""[^""\n]*""|'[^'\n]*'|[^\n#]*)", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^\s+-?\s*[""']?(?<name>[A-Za-z][A-Za-z0-9_]*)[""']?[ \t]*[:=][ \t]*(?<value>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex ComposeEntry();

    [GeneratedRegex(@"(?:process\.env\.|process\.env\[['""]|environ\[['""]|environ\.get\(\s*['""]|getenv\(\s*['""]|GetEnvironmentVariable\(\s*""|Getenv\(\s*""|ENV\[['""]|ENV\.fetch\(\s*['""]|\benv(?:\.\w+)?\(\s*['""]|\bconfig\(\s*['""]|[cC]onfig\w*\.get(?:OrThrow)?(?:<\w+>)?\(\s*['""]|\$\{|System\.get_env\(\s*"")(?<name>[A-Z][A-Z0-9_]{2,60})\b")]
    private static partial Regex Reading();

    [GeneratedRegex(@"GetConnectionString\(\s*""(?<name>[\w.-]+)""|\[""ConnectionStrings:(?<name>[\w.-]+)""\]|AddNpgsqlDbContext<[\w.]+>\(\s*""(?<name>[\w.-]+)""|AddNpgsqlDataSource\(\s*""(?<name>[\w.-]+)""")]
    private static partial Regex GetConnectionString();

    [GeneratedRegex(@"^\s+(?<name>[A-Za-z][A-Za-z0-9_]{2,60})\s*:\s*[A-Z\w]", RegexOptions.Multiline)]
    private static partial Regex PydanticField();

    [GeneratedRegex(@"^\W*(?:Host|Server)\s*=.+(?:Port\s*=\s*\d+|Database\s*=)|postgres(?:ql)?://", RegexOptions.IgnoreCase)]
    private static partial Regex PostgresString();
}
