using System.Text.Json.Nodes;

namespace Roadworthy.Inspection.Driving;

/// <summary>What somebody signed up with, as a log-in may ask for it.</summary>
internal static class Credentials
{
    private const int Deepest = 4;

    private static readonly string[] Fields = ["username", "login", "identifier", "user", "usernameoremail", "emailorusername", "account", "name"];

    /// <summary>The credentials under every name that a log-in may ask for: by the user's name, the address, the phone's number, and whatever else is no password, one after the other.</summary>
    public static IEnumerable<Dictionary<string, string>> ForLogIn(IReadOnlyDictionary<string, string> credentials)
    {
        var email = credentials.GetValueOrDefault("email");
        var known = new[] { credentials.GetValueOrDefault("username"), email, credentials.GetValueOrDefault("phone") }.OfType<string>().ToList();
        if (known.Count == 0) known = [.. credentials.Where(each => !Secrets.IsSecretName(each.Key) && Meanings.Of(each.Key, null) is not Meaning.Password).Select(each => each.Value)];
        foreach (var name in known.Distinct(StringComparer.Ordinal))
        {
            var given = new Dictionary<string, string>(credentials, StringComparer.OrdinalIgnoreCase);
            foreach (var field in Fields) given[field] = name;
            given["email"] = email ?? name;
            given["emailaddress"] = email ?? name;
            if (credentials.TryGetValue("password", out var password)) given["userpassword"] = given["pass"] = given["pwd"] = password;
            yield return given;
        }
    }

    /// <summary>What of a sign-up's body tells who it was: kept under the name that it has, and under what it means.</summary>
    public static void Remember(JsonNode? body, Dictionary<string, string> credentials, int depth)
    {
        if (depth > Deepest || body is not JsonObject of) return;
        foreach (var (name, value) in of)
        {
            if (value is JsonObject)
            {
                Remember(value, credentials, depth + 1);
            }
            else if (JsonCopy.Scalar(value) is { } text && Meanings.Of(name, null) is var meaning and (Meaning.Email or Meaning.Password or Meaning.UserName or Meaning.Phone))
            {
                credentials[Names.Plain(name)] = text;
                credentials.TryAdd(meaning.ToString().ToLowerInvariant(), text);
            }
        }
    }
}
