using System.Text.Encodings.Web;
using System.Text.Json;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>What a repeat of a finding needs to know.</summary>
/// <param name="Where">A pointer into the body, <c>query:</c> or <c>path:</c> and a name, or nothing for the body itself.</param>
internal sealed record InputRecipe(string Rule, string Operation, string Where, string Change)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Rule rule, ApiOperation operation, string where, string change) =>
        $"{InputProbe.ProbeName} {JsonSerializer.Serialize((string[])[rule.Id, operation.Key, where, change], Plain)}";

    public static InputRecipe? Read(string recipe)
    {
        try
        {
            return recipe.Split(' ', 2) is [_, var rest] && JsonSerializer.Deserialize<string[]>(rest) is [var rule, var operation, var where, var change] ? new(rule, operation, where, change) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
