using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Backend;

/// <summary>The Python that a backend is started with: its migrations need the same packages.</summary>
internal static partial class PythonInterpreter
{
    public const string Usual = "python3";

    public static string Of(string directory, string startCommand)
    {
        if (Runner().Match(startCommand) is { Success: true } runner) return $"{runner.Value} python";
        if (Named().Match(startCommand) is { Success: true } named) return named.Value.Trim();
        // Beside a server that a virtual environment has, its interpreter is.
        if (Server().Match(startCommand) is { Success: true } server) return $"{server.Groups["folder"].Value}python";
        return ((string[])[".venv/bin/python", "venv/bin/python", "env/bin/python"]).FirstOrDefault(name => File.Exists(Path.Combine(directory, name))) ?? Usual;
    }

    [GeneratedRegex(@"^(?:uv|poetry|pipenv|pdm|hatch|rye) run(?: --?[\w-]+)*(?=\s)")]
    private static partial Regex Runner();

    [GeneratedRegex(@"(?:^|\s)\S*python[\d.]*(?=\s)")]
    private static partial Regex Named();

    [GeneratedRegex(@"(?<folder>\S*/bin/)(?:uvicorn|gunicorn|hypercorn|granian|daphne|fastapi|flask|uwsgi|waitress-serve)(?=\s)")]
    private static partial Regex Server();
}
