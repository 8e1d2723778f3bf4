namespace Roadworthy.Inspection.Configuration;

/// <summary>Whom an account may be given for.</summary>
internal static class AccountNames
{
    public static IReadOnlyList<string> All { get; } = ["A", "B", "admin"];

    public static bool IsKnown(string name) => All.Contains(name, StringComparer.Ordinal);

    public static string Refusal(string name) => $"'{name}' is nobody whom an account can be given for: A and B are two users, admin is an administrator.{NearestName.Hint(name, All)}";
}
