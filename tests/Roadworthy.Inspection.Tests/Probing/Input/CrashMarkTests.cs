using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Inspection.Probing.Input;

namespace Roadworthy.Inspection.Tests.Probing.Input;

public sealed class CrashMarkTests
{
    [Theory]
    [InlineData("System.FormatException: bad\n   at System.Number.Parse(String s)\n   at Shop.Orders.Create(Request r) in /app/Orders.cs:line 12\n   at Shop.Program.Main()", "System.FormatException", "at Shop.Orders.Create(Request r) in /app/Orders.cs:line 12", "/app/Orders.cs", 12)]
    [InlineData("TypeError: x is undefined\n    at parse (/app/node_modules/lib/index.js:3:1)\n    at create (/app/src/orders.js:40:13)", "TypeError", "at create (/app/src/orders.js:40)", "/app/src/orders.js", 40)]
    [InlineData("Traceback (most recent call last):\n  File \"/app/views.py\", line 7, in create\n    go()\n  File \"/app/orders.py\", line 9, in go\n  File \"/usr/lib/python3/x.py\", line 1, in y\nKeyError: 'sku'", "KeyError", "File \"/app/orders.py\", line 9, in go", "/app/orders.py", 9)]
    [InlineData("{\"level\":50,\"err\":{\"type\":\"RangeError\",\"stack\":\"RangeError: no\\n    at list (file:///app/src/list.mjs:5:9)\"}}", "RangeError", "at list (file:///app/src/list.mjs:5)", "/app/src/list.mjs", 5)]
    public void Type_and_own_top_frame_are_read_from_what_each_stack_writes(string log, string type, string frame, string file, int line)
    {
        var mark = CrashMark.Of(log.Split('\n'));
        Assert.Equal((type, frame), (mark.Type, mark.Frame));
        Assert.Equal((file, line), (mark.Source!.File, mark.Source.Line));
    }

    [Fact]
    public void A_log_that_tells_nothing_gives_nothing()
    {
        var mark = CrashMark.Of(["Something failed", "{\"error\":{}}"]);
        Assert.Equal((null, null), (mark.Type, mark.Frame));
        Assert.Null(mark.Source);
    }

    [Theory]
    [InlineData("/app/src/orders.js", "src/orders.js")]
    [InlineData("/other/orders.js", "/other/orders.js")]
    [InlineData("src/orders.js", "src/orders.js")]
    public void A_source_below_the_backend_s_directory_is_named_from_there(string file, string named)
    {
        var results = new ProbeResults(_ => { }, directory: "/app");
        results.Add(new Finding { Rule = InputRules.ServerError.Id, Endpoint = "GET /", Verdict = Verdict.Fail, Summary = "", Fingerprint = "", Evidence = [], Source = new SourceLocation(file, 1) });
        Assert.Equal(named, results.All.Single().Findings.Single().Source!.File);
    }
}
