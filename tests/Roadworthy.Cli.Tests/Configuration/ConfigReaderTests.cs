using Roadworthy.Inspection;
using Roadworthy.Inspection.Configuration;
using Roadworthy.Inspection.Reports;

namespace Roadworthy.Cli.Tests.Configuration;

public sealed class ConfigReaderTests
{
    private const string Whole =
        """
        {
          // Comments and trailing commas are taken.
          "name": "shop", "command": "npm start", "directory": "api", "migrate": "", "port": 3000,
          "env": { "SHOP_SALT": "${SALT}", "SHOP_DB": "{url}" },
          "api": "openapi.json",
          "accounts": { "A": { "email": "a@example.com", "password": "${A_PASSWORD}" }, "admin": { "username": "root" } },
          "budget": "2m", "seed": 7, "output": "out", "baseline": "known.json", "failOn": "high",
          "only": ["RW250", "rw350"], "skip": ["RW457"], "endpoints": ["GET /orders/{id}"],
          "suppressions": [
            { "id": "RW250-1f0c9a3e", "reason": "Ten rows at most." },
            { "rule": "RW254", "endpoint": "GET /products/{id}", "fingerprint": "views", "reason": "Counted on purpose." },
          ],
        }
        """;

    [Fact]
    public void Everything_that_may_be_said_is_read()
    {
        var config = ConfigReader.Read(Whole, "/srv/shop/roadworthy.json");
        Assert.Equal(("shop", "npm start", "", 3000, 7), (config.Name, config.Command, config.Migrate, config.Port, config.Seed));
        Assert.Equal(TimeSpan.FromMinutes(2), config.Budget);
        Assert.Equal(FailOn.High, config.FailOn);
        Assert.Equal(["RW250", "RW350"], config.Only);
        Assert.Equal("a@example.com", config.Accounts["A"]["email"]);
        Assert.Equal(Path.GetFullPath("/srv/shop/api"), config.Resolve(config.Directory!));
        Assert.Equal(["Ten rows at most.", "Counted on purpose."], config.Suppressions.Select(each => each.Reason));
    }

    [Theory]
    [InlineData("{\n \"comand\": \"npm start\" }", 2, "'comand' is no key of roadworthy.json. Did you mean 'command'?")]
    [InlineData("{ \"only\": [\n\"RW520\" ] }", 2, "'RW520' is no rule. Did you mean 'RW250'?")]
    [InlineData("{ \"only\": \"RW250\" }", 1, "a list is wanted here")]
    [InlineData("{ \"seed\": \"1\" }", 1, "a whole number")]
    [InlineData("{ \"port\": 70000 }", 1, "from 1 to 65535")]
    [InlineData("{ \"budget\": \"soon\" }", 1, "Write 60s, 5m or 1h")]
    [InlineData("{ \"failOn\": \"critcal\" }", 1, "Did you mean 'critical'?")]
    [InlineData("{ \"accounts\": { \"Admin\": {} } }", 1, "Did you mean 'admin'?")]
    [InlineData("{ \"env\": { \"A\": 1 } }", 1, "'A' wants a text")]
    [InlineData("{ \"command\": \" \" }", 1, "none that is empty")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\" }", 1, "stands there twice")]
    [InlineData("{ \"suppressions\": [\n\n{ \"rule\": \"RW250\", \"endpoint\": \"*\" } ] }", 3, "has no reason")]
    [InlineData("{ \"suppressions\": [ { \"rule\": \"RW250\", \"reason\": \"x\" } ] }", 1, "either an id")]
    [InlineData("{ \"suppressions\": [ { \"id\": \"RW999-1\", \"reason\": \"x\" } ] }", 1, "is the id of no finding")]
    [InlineData("{ \"suppressions\": [ { \"id\": \"RW250-1\", \"reson\": \"x\" } ] }", 1, "Did you mean 'reason'?")]
    [InlineData("{\n\n  \"name\": }", 3, "this is no JSON")]
    [InlineData("[]", 1, "is an object")]
    public void What_is_wrong_is_told_with_its_line_and_what_was_meant(string text, int line, string sentence)
    {
        var message = Assert.Throws<InspectionException>(() => ConfigReader.Read(text, "roadworthy.json")).Message;
        Assert.StartsWith($"roadworthy.json:{line}: ", message, StringComparison.Ordinal);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var message = Assert.Throws<InspectionException>(() => ConfigReader.Read("{ \"a\": 1,\n\"seed\": -1,\n\"skip\": [\"nonsense\"] }", "f")).Message;
        Assert.Equal(3, message.Split('\n').Length);
    }

    [Fact]
    public void A_variable_that_the_shell_lacks_is_named_and_its_value_is_not_guessed()
    {
        Assert.Equal("x-salt-y", FromShell.Fill("x-${SALT}-y", name => name == "SALT" ? "salt" : null));
        Assert.Contains("'SALT'", Assert.Throws<InspectionException>(() => FromShell.Fill("${SALT}", _ => null)).Message, StringComparison.Ordinal);
    }
}
