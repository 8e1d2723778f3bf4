using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;
using Roadworthy.Database;

namespace Roadworthy.Sessions.DataProtection;

/// <summary>
/// The ring of ASP.NET Core's Data Protection in PostgreSQL, so that what one instance protects every other opens. Its interface knows no waiting: it is
/// asked when the first form is shown, and once a day.
/// </summary>
internal sealed class RingRepository(NpgsqlDataSource source) : IXmlRepository
{
    private const long Lock = 0x726f6164_72696e67; // "roadring"

    public IReadOnlyCollection<XElement> GetAllElements() => Again(() =>
    {
        using var command = source.CreateCommand("SELECT element FROM roadworthy.data_protection_keys ORDER BY created_at, name");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    });

    /// <summary>
    /// Of several instances that all find the ring without a key and make one, the first one's is kept: the others drop theirs, read the ring again, as
    /// Data Protection does after each new key, and go on with that. Else each would protect with a key that the others have not read.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName) => Again(() =>
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using (var take = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Lock})", connection, transaction)) take.ExecuteNonQuery();
        using (var insert = new NpgsqlCommand(
            """
            INSERT INTO roadworthy.data_protection_keys (name, element)
            SELECT $1, $2 WHERE NOT $3 OR NOT EXISTS (
              SELECT FROM roadworthy.data_protection_keys WHERE name LIKE 'key-%' AND created_at > now() - interval '10 seconds')
            ON CONFLICT (name) DO NOTHING
            """, connection, transaction))
        {
            insert.Parameters.AddWithValue(friendlyName);
            insert.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
            insert.Parameters.AddWithValue(element.Name == "key");
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    });

    private static T Again<T>(Func<T> work)
    {
        for (var repeat = 1; ; repeat++)
        {
            try
            {
                return work();
            }
            catch (NpgsqlException error) when (repeat <= Transience.Repeats && Transience.MayHelp(error))
            {
                Thread.Sleep(Transience.DelayBefore(repeat));
            }
        }
    }
}
