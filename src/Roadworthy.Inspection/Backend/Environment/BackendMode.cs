namespace Roadworthy.Inspection.Backend;

/// <summary>The variables by which frameworks are told whether they are developed with or serve.</summary>
internal static class BackendMode
{
    private static readonly string[] Names = ["NODE_ENV", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "RAILS_ENV", "RACK_ENV", "FLASK_ENV", "APP_ENV", "ENVIRONMENT", "ENV"];

    public static bool SaysDevelopment(IReadOnlyDictionary<string, string> variables) =>
        Names.Any(name => variables.TryGetValue(name, out var value) && value.StartsWith("dev", StringComparison.OrdinalIgnoreCase));

    /// <summary>The same for production, but for what its user has chosen.</summary>
    public static Dictionary<string, string> InProduction(IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> own)
    {
        var result = new Dictionary<string, string>(variables, StringComparer.Ordinal);
        foreach (var name in Names.Where(name => variables.ContainsKey(name) && !own.ContainsKey(name))) result[name] = name.EndsWith("_ENVIRONMENT", StringComparison.Ordinal) ? "Production" : "production";
        if (variables.TryGetValue("DEBUG", out var debug) && debug.ToLowerInvariant() is "true" or "1" or "yes" or "on" && !own.ContainsKey("DEBUG")) result["DEBUG"] = debug.Length == 1 ? "0" : "false";
        return result;
    }
}
