using System.Text.RegularExpressions;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Backend;

namespace Roadworthy.Inspection.Driving;

/// <summary>What users are mailed, for the operations that want it back: the token of a link, a number.</summary>
/// <param name="driver">Asks.</param>
/// <param name="mail">Takes what the backend mails; null where nobody does.</param>
internal sealed partial class Mailbox(Driver driver, MailSink? mail)
{
    private static readonly string[] Fields = ["token", "code", "hash", "otp", "key", "resettoken", "confirmationtoken", "verificationtoken"];

    private readonly HashSet<string> _inVain = new(StringComparer.Ordinal);

    /// <summary>Whether an operation wants what was mailed, and uses it up; not one about a thing that is somebody's, which may have a code of its own.</summary>
    public static bool IsWanted(ApiOperation operation) =>
        Path().IsMatch(operation.Path) && AuthShapes.Fields(operation).Concat(operation.Parameters.Select(parameter => parameter.Name)).Any(IsToken)
        && operation.Parameters.All(parameter => parameter.Place is not ParameterPlace.Path || IsToken(parameter.Name));

    /// <summary>What an operation about somebody's mail is filled with; null for every other operation.</summary>
    public IReadOnlyDictionary<string, string>? Of(ApiOperation operation, Identity identity)
    {
        if (!Path().IsMatch(operation.Path) || !identity.Credentials.TryGetValue("email", out var email)) return null;
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = email };
        if (mail?.TokenFor(email, operation.Path) is { } token) foreach (var field in Fields) given[field] = token;
        return given;
    }

    /// <summary>Asks for the mail that an operation wants the token of, and waits for it; where none has come before, no more.</summary>
    public async Task OrderAsync(ApiOperation operation, Identity identity, CancellationToken ct)
    {
        if (mail is null || !identity.Credentials.TryGetValue("email", out var email)) return;
        var isReset = operation.Path.Contains("reset", StringComparison.OrdinalIgnoreCase);
        if (!isReset && !IsWanted(operation)) return;
        var order = driver.Description.Operations.FirstOrDefault(each => each.Method == "POST" && each != operation && (isReset ? ResetOrder() : Again()).IsMatch(each.Path));
        if (order is null || _inVain.Contains(order.Key)) return;
        var before = mail.CountFor(email);
        if ((await driver.SolveAsync(order, identity, ct)).Succeeded) await mail.WaitAsync(email, before, ct);
        if (mail.CountFor(email) == before) _inVain.Add(order.Key);
    }

    private static bool IsToken(string name) => Fields.Contains(Names.Plain(name), StringComparer.Ordinal);

    [GeneratedRegex("forgot|(?:request|send)[-_/]?(?:password[-_]?)?reset|recover", RegexOptions.IgnoreCase)]
    private static partial Regex ResetOrder();

    [GeneratedRegex("resend|(?:request|send)[-_/]?(?:email[-_]?)?(?:confirm|verif|activat)|(?:confirm|verific|activ)ation/?$", RegexOptions.IgnoreCase)]
    private static partial Regex Again();

    [GeneratedRegex("forgot|reset|confirm|verif|resend|activat", RegexOptions.IgnoreCase)]
    private static partial Regex Path();
}
