using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roadworthy.Inspection.Data;
using Roadworthy.Inspection.Driving;
using Roadworthy.Inspection.Findings;

namespace Roadworthy.Inspection.Probing.Access;

/// <summary>Looks for passwords and their hashes in all that was ever answered: by what the rows hold, and by what hashes look like.</summary>
internal sealed partial class SecretScan(ProbeContext context, Bench bench)
{
    private const int ShortestHash = 20;
    private const int Deepest = 8;

    public void Run()
    {
        var hashes = Hashes();
        foreach (var group in context.Setup.Driver.History.Where(exchange => exchange is { Succeeded: true, Operation: not null, Response.Json: not null }).GroupBy(exchange => exchange.Operation!.Key, StringComparer.Ordinal))
        {
            foreach (var exchange in group) Mask(exchange.Response!.Json, hashes, 0);
            var found = group.Select(exchange => (Exchange: exchange, At: Find(exchange.Response!.Json, "", hashes, 0))).FirstOrDefault(each => each.At is not null);
            if (found.At is null)
            {
                context.Results.Pass(AccessRules.SecretInAnswer, group.Key, $"{group.Count()} answers hold no password and no hash of one.");
                continue;
            }

            context.Results.Add(new Finding
            {
                Rule = AccessRules.SecretInAnswer.Id,
                Endpoint = group.Key,
                Verdict = Verdict.Fail,
                Fingerprint = Index().Replace(found.At, "/*"),
                Summary = $"The answer has a password, or its hash, in {found.At}",
                Evidence = [context.Evidence.Of("the answer, its secret masked", found.Exchange)],
                Commands = [context.Evidence.Curl(found.Exchange)],
                Recipe = AccessProbe.RecipeOf(AccessRules.SecretInAnswer, found.Exchange.Operation!),
            });
        }
    }

    /// <summary>What the columns for passwords hold.</summary>
    private HashSet<string> Hashes()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in bench.Catalogue.Tables)
            foreach (var column in table.Columns.Where(column => column.IsText && PasswordColumn().IsMatch(column.Name)))
                foreach (var row in bench.RowsOf(table))
                    if (row[Owners.At(table, column)] is { Length: >= ShortestHash } value)
                    {
                        found.Add(value);
                        if (row.Any(IsUsers)) context.Scrubber.Add(value);
                    }

        return found;
    }

    /// <summary>Whether it is what one of the users signed up with.</summary>
    private bool IsUsers(string? value) =>
        value is not null && context.Setup.Users.Append(context.Setup.Administrator).Any(user => user is not null && (user.Credentials.GetValueOrDefault("email") == value || user.Credentials.GetValueOrDefault("username") == value));

    /// <summary>All that an answer shows of them: whoever looks at it later must not see them.</summary>
    private void Mask(JsonNode? node, HashSet<string> hashes, int depth)
    {
        if (depth > Deepest) return;
        if (node is JsonObject of) foreach (var (_, value) in of) Mask(value, hashes, depth + 1);
        if (node is JsonArray list) foreach (var item in list) Mask(item, hashes, depth + 1);
        if (node is JsonValue && JsonCopy.Scalar(node) is { } text && hashes.Contains(text)) context.Scrubber.Add(text);
    }

    private string? Find(JsonNode? node, string at, HashSet<string> hashes, int depth)
    {
        if (depth > Deepest) return null;
        return node switch
        {
            JsonObject of => of.Select(member => Find(member.Value, $"{at}/{member.Key}", hashes, depth + 1)).FirstOrDefault(found => found is not null),
            JsonArray list => list.Take(50).Select((item, index) => Find(item, $"{at}/{index}", hashes, depth + 1)).FirstOrDefault(found => found is not null),
            JsonValue value when JsonCopy.Scalar(value) is { } text && (hashes.Contains(text) || HashText().IsMatch(text) || (PasswordColumn().IsMatch(at) && IsOwn(text))) => at,
            _ => null,
        };
    }

    private bool IsOwn(string text) => text.Length > 5 && context.Setup.Users.Any(user => user.Credentials.GetValueOrDefault("password") == text);

    [GeneratedRegex("passw|pwd|salt", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordColumn();

    [GeneratedRegex(@"^(?:\$(?:2[abxy]|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]*|5|6)\$|pbkdf2_sha\d+\$|scrypt:|bcrypt(?:_sha256)?\$)", RegexOptions.IgnoreCase)]
    private static partial Regex HashText();

    [GeneratedRegex(@"/\d+(?=/|$)")]
    private static partial Regex Index();
}
