using System.Globalization;
using System.Text.RegularExpressions;

namespace Roadworthy.Inspection.Driving;

/// <summary>Strings that mean something, and fit.</summary>
internal static class Texts
{
    /// <summary>Has whatever a rule for passwords has ever asked for.</summary>
    public const string Password = "Rw7!inspect-Qz";

    private static readonly string[] First = ["Ada", "Grace", "Linus", "Barbara", "Edsger", "Margaret", "Donald", "Frances"];
    private static readonly string[] Last = ["Lovelace", "Hopper", "Torvald", "Liskov", "Dijkstra", "Hamilton", "Knuth", "Allen"];
    private static readonly string[] Things = ["Amber lantern", "Blue kettle", "Copper compass", "Desert boots", "Evening chair", "Field notebook", "Garden shears", "Harbour lamp"];

    /// <param name="meaning">What it is about.</param>
    /// <param name="dice">Chance.</param>
    /// <param name="serial">Another for each call: makes what must be unique so.</param>
    /// <param name="format">The schema's format, or null.</param>
    public static string Of(Meaning meaning, Dice dice, int serial, string? format)
    {
        var tag = Tag(dice, serial);
        return meaning switch
        {
            Meaning.Email => $"rw.{tag}@example.com",
            Meaning.Password => Password,
            Meaning.UserName => "rw" + tag,
            Meaning.FirstName => dice.Pick(First),
            Meaning.LastName => dice.Pick(Last),
            Meaning.FullName => $"{dice.Pick(First)} {dice.Pick(Last, 1)}",
            Meaning.Title => $"{dice.Pick(Things)} {tag}",
            Meaning.Text => $"{dice.Pick(Things)}, as good as new. Number {tag}.",
            Meaning.Slug => "rw-" + tag,
            Meaning.Code => "RW" + tag.ToUpperInvariant(),
            Meaning.Phone => string.Create(CultureInfo.InvariantCulture, $"+1415555{2000 + ((dice.Next(1000) + serial) % 8000):0000}"),
            Meaning.Image => $"https://example.com/{tag}.png",
            Meaning.Url => $"https://example.com/{tag}",
            Meaning.Uuid => dice.Uuid().ToString(),
            Meaning.BirthDate => format is "date-time" ? "1990-05-17T00:00:00.000Z" : "1990-05-17",
            Meaning.FutureDate => format is "date" ? "2031-03-14" : "2031-03-14T10:30:00.000Z",
            Meaning.Date => format is "date-time" ? "2030-05-17T00:00:00.000Z" : "2030-05-17",
            Meaning.Instant => "2030-05-17T10:30:00.000Z",
            Meaning.Time => "10:30:00",
            Meaning.Currency => "USD",
            Meaning.Country => "US",
            Meaning.Language => "en",
            Meaning.TimeZone => "UTC",
            Meaning.Zip => "94107",
            Meaning.City => "Springfield",
            Meaning.State => "CA",
            Meaning.Street => $"{1 + dice.Next(900)} Main Street",
            Meaning.Color => "#3366cc",
            Meaning.Ip => "192.0.2.17",
            Meaning.Tags => "tag-" + tag,
            Meaning.Limit => "10",
            Meaning.Page => "1",
            Meaning.Offset => "0",
            Meaning.Year => "2024",
            Meaning.Age => "34",
            Meaning.Quantity => "2",
            Meaning.Money => "19.99",
            Meaning.Percent => "10",
            Meaning.Rating => "4",
            Meaning.Latitude => "52.52",
            Meaning.Longitude => "13.405",
            _ => format switch
            {
                "date" => "2030-05-17",
                "date-time" => "2030-05-17T10:30:00.000Z",
                "byte" => "cm9hZHdvcnRoeQ==",
                "ipv6" => "2001:db8::17",
                "hostname" => "example.com",
                "duration" => "PT1H",
                "int32" or "int64" => (1 + dice.Next(1000)).ToString(CultureInfo.InvariantCulture),
                _ => $"{dice.Pick(Things).Split(' ')[0].ToLowerInvariant()} {tag}",
            },
        };
    }

    /// <summary>Cut or filled so that its length is allowed.</summary>
    public static string Fit(string text, int? least, int? most, bool keepEnd)
    {
        if (least is { } min && text.Length < Math.Min(min, 10_000)) text += new string('x', Math.Min(min, 10_000) - text.Length);
        if (most is { } max && text.Length > max) text = keepEnd ? text[^max..] : text[..max];
        return text;
    }

    public static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(200));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string Tag(Dice dice, int serial)
    {
        const string Letters = "abcdefghjkmnpqrstuvwxyz";
        return string.Create(CultureInfo.InvariantCulture, $"{Letters[dice.Next(23, 5)]}{Letters[dice.Next(23, 6)]}{Letters[dice.Next(23, 7)]}{serial}");
    }
}
