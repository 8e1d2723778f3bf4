using System.CommandLine;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;

namespace Roadworthy.Cli.Commands;

/// <summary>What several commands take about the backend: variables, accounts and the database, whose values may be secret.</summary>
internal sealed class BackendOptionSet
{
    public Option<string[]> Env { get; } = new("--env") { Description = "A variable for the backend; as often as needed. {url}, {host}, {port}, {user}, {password} and {database} are those of its database.", HelpName = "NAME=VALUE" };

    public Option<string[]> Account { get; } = new("--account") { Description = "An account that exists, for A, B or admin: A:email=a@example.com,password=secret. Default: they are signed up.", HelpName = "WHO:FIELD=VALUE,..." };

    public Option<string?> Database { get; } = new("--database") { Description = "A database of yours, on this machine, in place of a PostgreSQL that is started for the inspection. Needs --database-is-disposable.", HelpName = "CONNECTION" };

    public Option<bool> Disposable { get; } = new("--database-is-disposable") { Description = "Nothing in --database is needed any more: it is filled, changed and broken." };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Run a command that comes from a file without asking." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Env, Account, Database, Disposable, Yes]) command.Add(option);
    }

    public Dictionary<string, string> Variables(ParseResult parsed) => Pairs(parsed.GetValue(Env) ?? [], "--env");

    public Dictionary<string, IReadOnlyDictionary<string, string>> Accounts(ParseResult parsed)
    {
        var accounts = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var text in parsed.GetValue(Account) ?? [])
        {
            if (text.Split(':', 2) is not [var who, var fields]) throw new InspectionException("--account wants WHO:FIELD=VALUE,...: --account A:email=a@example.com,password=secret.");
            if (!AccountNames.IsKnown(who)) throw new InspectionException(AccountNames.Refusal(who));
            var pairs = Pairs(fields.Split(','), "--account");
            accounts[who] = accounts.TryGetValue(who, out var earlier) ? earlier.Concat(pairs).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal) : pairs;
        }

        return accounts;
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> texts, string option)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            // The text itself may be a secret that was meant for elsewhere.
            if (at < 1) throw new InspectionException($"{option} wants NAME=VALUE, and was given something without a '='.");
            pairs[text[..at]] = text[(at + 1)..];
        }

        return pairs;
    }
}
