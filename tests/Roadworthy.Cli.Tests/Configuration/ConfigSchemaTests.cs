using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Roadworthy.Cli.Tests.Support;
using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;

namespace Roadworthy.Cli.Tests.Configuration;

public sealed class ConfigSchemaTests
{
    private static readonly string[] Sentences = ["", " ", "x", "npm start", "RW250", "RW999", "60s", "0s", "low", "never", "RW250-1f0c9a3e"];

    private static readonly JsonSchema Schema = JsonSchema.FromText(ConfigSchema.Write());

    [Fact]
    public void The_shipped_schema_is_the_one_that_the_reader_has()
    {
        var file = Path.Combine(Folder.Root, "docs", "roadworthy.schema.json");
        if (Environment.GetEnvironmentVariable("ROADWORTHY_UPDATE_DOCS") is not null) File.WriteAllText(file, ConfigSchema.Write());
        Assert.Equal(ConfigSchema.Write(), File.ReadAllText(file));
    }

    public static TheoryData<string> Keys => [.. ConfigKeys.Top.Select(key => key.Name)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Reader_and_schema_agree_on_every_value_of_a_key(string key)
    {
        foreach (var value in Values()) Agree(new JsonObject { [key] = value });
    }

    [Fact]
    public void Reader_and_schema_agree_on_suppressions_and_accounts()
    {
        string[] names = ["id", "rule", "endpoint", "fingerprint", "reason", "other"];
        for (var chosen = 0; chosen < 1 << names.Length; chosen++)
        {
            var one = new JsonObject();
            for (var n = 0; n < names.Length; n++)
                if ((chosen & (1 << n)) != 0) one[names[n]] = names[n] switch { "id" => "RW250-1f0c9a3e", "rule" => "RW250", _ => "text" };
            Agree(new JsonObject { ["suppressions"] = new JsonArray(one) });
        }

        foreach (var who in (string[])["A", "B", "admin", "C", ""]) Agree(new JsonObject { ["accounts"] = new JsonObject { [who] = new JsonObject { ["email"] = "x" } } });
        Agree(new JsonObject { ["accounts"] = new JsonObject { ["A"] = new JsonObject { ["email"] = 1 } } });
        Agree(new JsonObject { ["nonsense"] = 1 });
    }

    private static IEnumerable<JsonNode?> Values() =>
    [
        .. Sentences.Select(text => (JsonNode?)text), .. Sentences.Select(text => new JsonArray(text)), null, true, 0, 1, -1, 1.5, 65_535, 65_536, 2_147_483_648,
        new JsonObject(), new JsonArray(), new JsonObject { ["X"] = "y" }, new JsonObject { ["X"] = 1 }, new JsonArray(1), new JsonArray(new JsonObject()),
    ];

    private static void Agree(JsonObject document)
    {
        var text = document.ToJsonString();
        using var parsed = JsonDocument.Parse(text);
        var schema = Schema.Evaluate(parsed.RootElement).IsValid;
        string? refusal = null;
        try
        {
            ConfigReader.Read(text, "roadworthy.json");
        }
        catch (InspectionException e)
        {
            refusal = e.Message;
        }

        Assert.True(schema == refusal is null, $"{text}: the schema says {schema}, the reader {refusal ?? "yes"}");
    }
}
