using Microsoft.AspNetCore.Builder;
using Npgsql;
using Roadworthy.Inspection.Api.OpenApi;
using Roadworthy.Inspection.Findings;
using Roadworthy.Inspection.Probing;
using Roadworthy.Wire;

namespace Roadworthy.Inspection.Tests.Support;

/// <summary>A backend in this process, surveyed, on a database behind a proxy: what a probe stands on.</summary>
internal sealed class InProcess : IAsyncDisposable
{
    private readonly WireProxy _wire;
    private readonly TestApi _api;
    private readonly NpgsqlDataSource _source;

    private InProcess(WireProxy wire, TestApi api, NpgsqlDataSource source, ProbeContext context) => (_wire, _api, _source, Context) = (wire, api, source, context);

    public ProbeContext Context { get; }

    public IEnumerable<string> Found(Rule rule) =>
        Context.Results.All.Where(result => result.Rule == rule.Id).SelectMany(result => result.Findings).Select(finding => $"{finding.Verdict} {finding.Endpoint}").Distinct().Order(StringComparer.Ordinal);

    public RuleResult Result(Rule rule, string endpoint) => Context.Results.All.Single(result => result.Rule == rule.Id && result.Endpoint == endpoint);

    public static async Task<InProcess> OpenAsync(Database databases, string schema, string document, Action<WebApplication, NpgsqlDataSource> map, CancellationToken ct)
    {
        var direct = await databases.NewAsync();
        await Database.ScalarAsync(direct, schema);
        var statements = new StatementLog();
        var wire = WireProxy.Start(new WireProxyOptions { Port = new NpgsqlConnectionStringBuilder(direct).Port, Observer = statements });
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(direct) { Host = "127.0.0.1", Port = wire.Port, MaxPoolSize = 60 }.ConnectionString);
        var api = await TestApi.StartAsync(site => map(site, source));
        var setup = await InspectionSetup.PrepareAsync(new SetupOptions { Target = api.Address, ConnectionString = direct, Api = OpenApiReader.Read(document, "test") }, ct);
        return new(wire, api, source, new ProbeContext
        {
            Setup = setup,
            Wire = wire,
            Statements = statements,
            Database = direct,
            Results = new ProbeResults(result => TestContext.Current.TestOutputHelper?.WriteLine($"{result.Verdict} {result.Rule} {result.Endpoint}: {result.Reason}")),
            Noise = IdleNoise.None,
            Clock = new ProbeClock(TimeSpan.FromMinutes(2)),
            Scrubber = new SecretScrubber(),
            Seed = 1,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Context.Setup.DisposeAsync();
        await _api.DisposeAsync();
        await _source.DisposeAsync();
        await _wire.DisposeAsync();
    }
}
