using System.Net;
using System.Net.Sockets;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

/// <summary>A repository that lets only the database's host be told connects to PostgreSQL's own port.</summary>
public sealed class UsualPortTests(Database databases) : IDisposable
{
    private const int UsualPort = 5432;

    private readonly string _folder = Directory.CreateTempSubdirectory("roadworthy-inspection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("DB_HOST=db\nDB_PASSWORD=\n", true)]
    [InlineData("DB_HOST=db\nDB_PORT=5432\nDB_PASSWORD=\n", false)]
    public async Task The_proxy_listens_there_where_no_other_port_can_be_told(string example, bool isUsual)
    {
        Assert.SkipUnless(IsFree(), $"Somebody listens on {UsualPort}.");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.example"), example, TestContext.Current.CancellationToken);
        await using (var ground = await LayAsync()) Assert.Equal(isUsual, ground.Wire.Port == UsualPort);
        // Where somebody has it already, another one is as good as none.
        using var other = new TcpListener(IPAddress.Loopback, UsualPort);
        other.Start();
        await using (var ground = await LayAsync()) Assert.NotEqual(UsualPort, ground.Wire.Port);
    }

    private async Task<InspectionGround> LayAsync() => await InspectionGround.LayAsync(
        new InspectorOptions { Name = "backend", Probes = [], Backend = new BackendOptions { Command = "true", Directory = _folder }, Database = await databases.NewAsync(), DatabaseIsDisposable = true }, TestContext.Current.CancellationToken);

    private static bool IsFree()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, UsualPort);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
