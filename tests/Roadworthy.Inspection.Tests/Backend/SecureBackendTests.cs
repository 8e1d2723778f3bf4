using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Roadworthy.Inspection.Backend;
using Roadworthy.Inspection.Tests.Support;

namespace Roadworthy.Inspection.Tests.Backend;

public sealed class SecureBackendTests(Database databases)
{
    [Fact]
    public async Task A_backend_that_speaks_https_with_a_certificate_of_its_own_is_driven()
    {
        Assert.SkipUnless(Fixtures.Has("node", "--version"), "node is not installed.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var setup = await InspectionSetup.PrepareAsync(new SetupOptions
        {
            Backend = new BackendOptions
            {
                Command = "node server.js",
                Directory = Fixtures.Folder("node-secure"),
                Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["TLS_KEY"] = key.ExportPkcs8PrivateKeyPem(), ["TLS_CERT"] = certificate.ExportCertificatePem() },
            },
            ConnectionString = await databases.NewAsync(),
        }, TestContext.Current.CancellationToken);
        Assert.Equal("https", setup.Backend!.Address.Scheme);
        Assert.Equal(200, setup.Survey.Best(Assert.Single(setup.Description.Operations))!.Exchange!.Status);
    }
}
