using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Storefront.Data;

/// <summary>A row whose every change counts up its version, which the API shows as an entity tag.</summary>
public interface IVersioned
{
    /// <summary>1 for a new row. PostgreSQL counts, whoever changes the row and however.</summary>
    long Version { get; }
}

/// <summary>
/// Versions are counted by a trigger: a statement that forgot to count would let a stale change through, and nobody would notice.
/// A change through EF Core's change tracker also fails where the row is no longer the one that was read.
/// </summary>
internal static class Versioning
{
    /// <summary>The name of the function, and of its trigger on each table.</summary>
    public const string Trigger = "count_version";

    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(entity => typeof(IVersioned).IsAssignableFrom(entity.ClrType)).ToList())
        {
            model.Entity(entity.ClrType).Property(nameof(IVersioned.Version)).HasDefaultValue(1L).ValueGeneratedOnAddOrUpdate().IsConcurrencyToken();
        }
    }

    /// <summary>For the migration that makes the first versioned table.</summary>
    public static void AddVersionFunction(this MigrationBuilder migration) => migration.Sql(
        $"""
        CREATE FUNCTION {Trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.version := OLD.version + 1;
          RETURN NEW;
        END
        $$
        """);

    /// <summary>For the migration that makes a versioned table.</summary>
    public static void AddVersionTrigger(this MigrationBuilder migration, string table) => migration.Sql(
        $"""
        CREATE TRIGGER {Trigger} BEFORE UPDATE ON {table}
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {Trigger}()
        """);

    /// <summary>Takes the triggers along.</summary>
    public static void DropVersionFunction(this MigrationBuilder migration) => migration.Sql($"DROP FUNCTION {Trigger} CASCADE");
}
