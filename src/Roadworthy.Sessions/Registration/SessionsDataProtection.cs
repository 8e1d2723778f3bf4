using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Roadworthy.Sessions;
using Roadworthy.Sessions.DataProtection;
using Roadworthy.Sessions.Keys;
using Roadworthy.Sessions.Store;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps ASP.NET Core's Data Protection ring with the sessions.</summary>
public static class SessionsDataProtection
{
    private const string LoadAtStart = "DataProtectionHostedService";

    /// <summary>
    /// Keeps the ring in PostgreSQL in place of the home folder, sealed under the root key and shared by all instances: what forms against forgery, Identity's tokens and the
    /// like are protected with. Needs <c>AddRoadworthySessions</c>. The ring is loaded with its first use, not at start, which would wait for the database.
    /// </summary>
    /// <param name="builder">What <c>AddDataProtection</c> answers.</param>
    public static IDataProtectionBuilder PersistKeysWithSessions(this IDataProtectionBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // By default an application is where it stands on disk: instances of one fleet may stand in several places.
        builder.Services.AddOptions<DataProtectionOptions>().Configure<SessionsOptions>((ring, sessions) => ring.ApplicationDiscriminator = sessions.Issuer);
        builder.Services.AddOptions<KeyManagementOptions>().Configure<SessionsDatabase, RootKeys>((keys, database, roots) =>
            (keys.XmlRepository, keys.XmlEncryptor) = (new RingRepository(database.Source), new RingEncryptor(roots)));
        foreach (var service in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == LoadAtStart).ToList())
            builder.Services.Remove(service);
        return builder;
    }
}
