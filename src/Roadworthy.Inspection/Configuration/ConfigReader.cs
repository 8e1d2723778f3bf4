using System.Globalization;
using System.Text.Json;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Inspection.Configuration;

/// <summary>Reads roadworthy.json: what it does not know is refused with its line and what was probably meant, every fault at once.</summary>
internal sealed class ConfigReader
{
    private readonly string _file;
    private readonly List<string> _faults = [];

    private ConfigReader(string file) => _file = file;

    /// <exception cref="InspectionException">There is no such file, or something in it is wrong.</exception>
    public static InspectConfig ReadFile(string file)
    {
        if (!File.Exists(file)) throw new InspectionException($"There is no file '{file}'. 'roadworthy inspect --init' writes one.");
        return Read(File.ReadAllText(file), file);
    }

    /// <param name="text">The file's.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="InspectionException">Something in it is wrong; the message tells all of it.</exception>
    public static InspectConfig Read(string text, string file)
    {
        var reader = new ConfigReader(file);
        var config = reader.Read(ConfigNode.Parse(text, file));
        return reader._faults.Count == 0 ? config : throw new InspectionException(string.Join('\n', reader._faults));
    }

    private InspectConfig Read(ConfigNode root)
    {
        var values = Members(root, ConfigKeys.Top, "roadworthy.json");
        ConfigNode? Of(string name) => values.GetValueOrDefault(name);
        _ = Text(Of("$schema"));
        return new InspectConfig
        {
            File = _file,
            Name = Text(Of("name")),
            Command = Text(Of("command")),
            Directory = Text(Of("directory")),
            Migrate = Text(Of("migrate"), mayBeEmpty: true),
            Port = Integer(Of("port"), 1, 65_535),
            Environment = Map(Of("env")),
            Api = Text(Of("api")),
            Accounts = Accounts(Of("accounts")),
            Budget = Span(Of("budget")),
            Seed = Integer(Of("seed"), 0, int.MaxValue),
            Output = Text(Of("output")),
            Baseline = Text(Of("baseline")),
            FailOn = Choice<FailOn>(Of("failOn")),
            Only = Rules(Of("only")),
            Skip = Rules(Of("skip")),
            Endpoints = [.. Items(Of("endpoints")).Select(item => Text(item)).OfType<string>()],
            Suppressions = [.. Items(Of("suppressions")).Select(One).OfType<Suppression>()],
        };
    }

    private Suppression? One(ConfigNode node)
    {
        var before = _faults.Count;
        var values = Members(node, ConfigKeys.Suppression, "a suppression");
        ConfigNode? Of(string name) => values.GetValueOrDefault(name);
        var (id, rule, endpoint) = (Text(Of("id")), Of("rule") is { } given ? Rule(given) : null, Text(Of("endpoint")));
        var (fingerprint, reason) = (Text(Of("fingerprint")), Text(Of("reason")));
        if (_faults.Count > before) return null;
        if (string.IsNullOrWhiteSpace(reason)) Fault(node.Line, "a suppression has no reason. Say why it is lived with: reports show it.");
        else if (id is null == (rule is null || endpoint is null)) Fault(node.Line, "a suppression names either an id (RW250-1f0c9a3e), or rule and endpoint.");
        else if (id is not null && RuleCatalogue.Find(id.Split('-')[0]) is null) Fault(node.Line, $"'{id}' is the id of no finding: it begins with a rule, such as RW250-1f0c9a3e.");
        else return new Suppression(id, rule, endpoint, fingerprint, reason, node.Line);
        return null;
    }

    private Dictionary<string, ConfigNode> Members(ConfigNode node, IReadOnlyList<ConfigKey> keys, string where)
    {
        var values = new Dictionary<string, ConfigNode>(StringComparer.Ordinal);
        if (node.Kind is not JsonTokenType.StartObject) Fault(node.Line, $"{where} is an object: {{ ... }}.");
        foreach (var (name, line, value) in node.Members)
        {
            if (keys.All(key => key.Name != name)) Fault(line, $"'{name}' is no key of {where}.{NearestName.Hint(name, keys.Select(key => key.Name))}");
            else if (!values.TryAdd(name, value)) Fault(line, $"'{name}' stands there twice.");
        }

        return values;
    }

    private string? Text(ConfigNode? node, bool mayBeEmpty = false)
    {
        if (node is null) return null;
        if (node.Kind is JsonTokenType.String && (mayBeEmpty || !string.IsNullOrWhiteSpace(node.Text))) return node.Text;
        Fault(node.Line, "a text is wanted here, and none that is empty.");
        return null;
    }

    private int? Integer(ConfigNode? node, int least, int most)
    {
        if (node is null) return null;
        if (node.Kind is JsonTokenType.Number && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(node.Line, $"a whole number from {least} to {most} is wanted here.");
        return null;
    }

    private TimeSpan? Span(ConfigNode? node)
    {
        if (node is null) return null;
        if (node.Kind is JsonTokenType.String && Duration.TryParse(node.Text, out var span)) return span;
        Fault(node.Line, $"'{node.Text}' is no span of time. Write 60s, 5m or 1h.");
        return null;
    }

    private T? Choice<T>(ConfigNode? node)
        where T : struct, Enum
    {
        if (node is null) return null;
        if (Enum.GetNames<T>().Contains(node.Text, StringComparer.OrdinalIgnoreCase)) return Enum.Parse<T>(node.Text, ignoreCase: true);
        var known = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        Fault(node.Line, $"'{node.Text}' is none of {string.Join(", ", known)}.{NearestName.Hint(node.Text, known)}");
        return null;
    }

    private IReadOnlyList<string> Rules(ConfigNode? node) => [.. Items(node).Select(Rule).OfType<string>()];

    private string? Rule(ConfigNode node)
    {
        if (RuleCatalogue.Find(node.Text) is { } rule) return rule.Id;
        Fault(node.Line, $"'{node.Text}' is no rule.{NearestName.Hint(node.Text, RuleCatalogue.All.Select(each => each.Id))} docs/rules has the list.");
        return null;
    }

    private List<ConfigNode> Items(ConfigNode? node)
    {
        if (node is not null && node.Kind is not JsonTokenType.StartArray) Fault(node.Line, "a list is wanted here: [ ... ].");
        return node?.Items ?? [];
    }

    private Dictionary<string, string> Map(ConfigNode? node)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        if (node is null) return map;
        if (node.Kind is not JsonTokenType.StartObject) Fault(node.Line, "an object of texts is wanted here: { \"NAME\": \"value\" }.");
        foreach (var (name, line, value) in node.Members)
        {
            if (value.Kind is not JsonTokenType.String) Fault(line, $"'{name}' wants a text.");
            else map[name] = value.Text;
        }

        return map;
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> Accounts(ConfigNode? node)
    {
        var accounts = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        if (node is null) return accounts;
        if (node.Kind is not JsonTokenType.StartObject) Fault(node.Line, "an object of accounts is wanted here: { \"A\": { \"email\": ..., \"password\": ... } }.");
        foreach (var (name, line, value) in node.Members)
        {
            if (!AccountNames.IsKnown(name)) Fault(line, AccountNames.Refusal(name));
            else accounts[name] = Map(value);
        }

        return accounts;
    }

    private void Fault(int line, string sentence) => _faults.Add($"{_file}:{line}: {sentence}");
}
