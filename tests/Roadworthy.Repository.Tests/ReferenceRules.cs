namespace Roadworthy.Repository.Tests;

/// <summary>Who may reference whom (docs/architecture.md), as data.</summary>
internal static class ReferenceRules
{
    /// <summary>What a project in src/ may reference of ours. Who is not named here may reference nothing of ours.</summary>
    private static readonly Dictionary<string, string[]> AllowedInSource = new(StringComparer.Ordinal)
    {
        ["Roadworthy.Console"] = ["Roadworthy.Errors", "Roadworthy.Queries", "Roadworthy.Sessions"],
        ["Roadworthy.Errors.Sentry"] = ["Roadworthy.Errors"],
        ["Roadworthy.Idempotency.EntityFrameworkCore"] = ["Roadworthy.Idempotency"],
        ["Roadworthy.Input.FluentValidation"] = ["Roadworthy.Input"],
        ["Roadworthy.Testing"] = ["Roadworthy.Postgres", "Roadworthy.Wire", "Roadworthy.Queries"],
        ["Roadworthy.Analyzers.CodeFixes"] = ["Roadworthy.Analyzers"],
        ["Roadworthy.Inspection"] = ["Roadworthy.Wire", "Roadworthy.Postgres"],
        ["Roadworthy.Cli"] = ["Roadworthy.Inspection", "Roadworthy.Postgres", "Roadworthy.Analyzers"],
    };

    /// <summary>What breaks the rules, a sentence each.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<Project> projects)
    {
        var source = projects.Where(project => project.Area == "src").Select(project => project.Name).ToHashSet(StringComparer.Ordinal);
        var all = projects.Select(project => project.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var project in projects)
        {
            var ours = project.Projects.Concat(project.Packages).Where(all.Contains).ToList();
            foreach (var name in project.Area switch
            {
                "src" => ours.Where(reference => !AllowedInSource.GetValueOrDefault(project.Name, []).Contains(reference, StringComparer.Ordinal)),
                "backend" or "samples" => project.Projects.Where(source.Contains),
                _ => [],
            })
            {
                yield return project.Area == "src"
                    ? $"{project.Name} must not reference {name}."
                    : $"{project.Path} must name {name} as a package: the backend references the guards as a user's project does.";
            }
        }
    }
}
