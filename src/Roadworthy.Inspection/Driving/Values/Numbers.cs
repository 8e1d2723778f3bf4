using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>Numbers that mean something, and fit.</summary>
internal static class Numbers
{
    public static JsonValue Of(Meaning meaning, Schema schema, FieldRule? rule, Dice dice, bool isInteger)
    {
        var usual = meaning switch
        {
            Meaning.Age => 34m,
            Meaning.Money => isInteger ? 1999m : 19.99m,
            Meaning.Quantity => 2m,
            // What others take of it must not use it up.
            Meaning.Supply => 500m,
            Meaning.Percent => 10m,
            Meaning.Rating => 4m,
            Meaning.Year => 2024m,
            Meaning.Latitude => 52.52m,
            Meaning.Longitude => 13.405m,
            Meaning.Limit => 10m,
            Meaning.Page => 1m,
            Meaning.Offset => 0m,
            Meaning.Instant or Meaning.Date or Meaning.FutureDate => 1_900_000_000m,
            _ => 1m + dice.Next(20),
        };
        var least = rule?.Minimum ?? (schema.Minimum is { } min ? schema.ExclusiveMinimum ? min + Step(schema, isInteger) : min : null);
        var most = rule?.Maximum ?? (schema.Maximum is { } max ? schema.ExclusiveMaximum ? max - Step(schema, isInteger) : max : null);
        if (least is { } from && usual < from) usual = from;
        if (most is { } to && usual > to) usual = least is { } low && low > to ? low : to;
        if (schema.MultipleOf is { } step and > 0 && usual % step != 0)
        {
            try
            {
                usual = Math.Ceiling(usual / step) * step;
                if (usual > most) usual -= step;
            }
            catch (OverflowException)
            {
                usual = 0;
            }
        }

        if (isInteger && usual == decimal.Truncate(usual) && usual is >= long.MinValue and <= long.MaxValue) return JsonValue.Create((long)usual);
        return JsonValue.Create(isInteger ? decimal.Ceiling(usual) : usual);
    }

    private static decimal Step(Schema schema, bool isInteger) => schema.MultipleOf is > 0 and { } step ? step : isInteger ? 1m : 0.01m;
}
