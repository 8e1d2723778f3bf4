namespace Roadworthy.Inspection.Driving;

/// <summary>What a field is about, by its name.</summary>
internal enum Meaning
{
    Unknown,
    Email,
    Password,
    UserName,
    FirstName,
    LastName,
    FullName,
    Title,
    Text,
    Slug,
    Code,
    Phone,
    Url,
    Image,
    Uuid,
    Date,
    BirthDate,
    FutureDate,
    Instant,
    Time,
    Age,
    Money,
    Quantity,
    Supply,
    Percent,
    Rating,
    Year,
    Latitude,
    Longitude,
    Currency,
    Country,
    Language,
    TimeZone,
    Zip,
    City,
    State,
    Street,
    Color,
    Ip,
    Tags,
    Limit,
    Page,
    Offset,
}

/// <summary>Tells a field's meaning.</summary>
internal static class Meanings
{
    // The first that fits: the longer ones go before what they contain.
    private static readonly (string[] Words, Meaning Meaning)[] ByWord =
    [
        (["email", "mail"], Meaning.Email),
        (["password", "passwd", "pwd", "passphrase", "pass"], Meaning.Password),
        (["username", "login", "handle", "nickname", "nick"], Meaning.UserName),
        (["firstname", "forename", "givenname"], Meaning.FirstName),
        (["lastname", "surname", "familyname"], Meaning.LastName),
        (["fullname", "displayname"], Meaning.FullName),
        (["phone", "mobile", "telephone", "tel", "cell"], Meaning.Phone),
        (["avatar", "image", "photo", "picture", "thumbnail", "logo", "cover"], Meaning.Image),
        (["url", "uri", "website", "link", "homepage", "webhook", "href"], Meaning.Url),
        (["uuid", "guid"], Meaning.Uuid),
        (["birthday", "birthdate", "birth", "dob", "dateofbirth"], Meaning.BirthDate),
        (["due", "deadline", "expiry", "expires", "expiration", "until", "enddate", "end"], Meaning.FutureDate),
        (["timezone", "tz"], Meaning.TimeZone),
        (["datetime", "timestamp", "at"], Meaning.Instant),
        (["date", "day"], Meaning.Date),
        (["time"], Meaning.Time),
        (["age"], Meaning.Age),
        (["price", "cost", "amount", "total", "subtotal", "balance", "salary", "fee", "budget", "cents"], Meaning.Money),
        (["stock", "capacity", "seats", "inventory"], Meaning.Supply),
        (["quantity", "qty", "count", "units"], Meaning.Quantity),
        (["percent", "percentage", "discount", "rate"], Meaning.Percent),
        (["rating", "stars", "score"], Meaning.Rating),
        (["year"], Meaning.Year),
        (["latitude", "lat"], Meaning.Latitude),
        (["longitude", "lng", "lon", "long"], Meaning.Longitude),
        (["currency"], Meaning.Currency),
        (["country"], Meaning.Country),
        (["language", "locale", "lang"], Meaning.Language),
        (["zip", "postal", "postcode", "zipcode", "postalcode"], Meaning.Zip),
        (["city", "town"], Meaning.City),
        (["state", "province", "region"], Meaning.State),
        (["street", "address", "line1", "address1", "line"], Meaning.Street),
        (["color", "colour"], Meaning.Color),
        (["ip", "ipaddress"], Meaning.Ip),
        (["tags", "taglist", "labels", "keywords", "categories"], Meaning.Tags),
        (["slug", "permalink"], Meaning.Slug),
        (["code", "sku", "barcode", "isbn", "reference", "number"], Meaning.Code),
        (["limit", "pagesize", "perpage", "size", "take", "top"], Meaning.Limit),
        (["page", "pagenumber", "pageindex"], Meaning.Page),
        (["offset", "skip"], Meaning.Offset),
        (["title", "subject", "headline", "name"], Meaning.Title),
        (["description", "text", "content", "body", "message", "comment", "bio", "about", "note", "notes", "summary", "caption", "details"], Meaning.Text),
    ];

    public static Meaning Of(string name, string? format)
    {
        var byFormat = format?.ToLowerInvariant() switch
        {
            "email" or "idn-email" => Meaning.Email,
            "password" => Meaning.Password,
            "uuid" or "guid" => Meaning.Uuid,
            "uri" or "url" or "uri-reference" or "iri" => Meaning.Url,
            "date-time" => Meaning.Instant,
            "date" => Meaning.Date,
            "time" => Meaning.Time,
            "phone" => Meaning.Phone,
            "ipv4" or "ip" => Meaning.Ip,
            _ => Meaning.Unknown,
        };
        if (byFormat is Meaning.Email or Meaning.Password or Meaning.Uuid or Meaning.Url or Meaning.Phone or Meaning.Ip) return byFormat;
        var words = Names.Words(name);
        var plain = Names.Plain(name);
        var byName = Meaning.Unknown;
        foreach (var (each, meaning) in ByWord)
        {
            if (!each.Contains(plain, StringComparer.Ordinal) && !words.Any(word => each.Contains(word, StringComparer.Ordinal))
                && !each.Where(word => word.Length > 6).Any(word => plain.Contains(word, StringComparison.Ordinal))) continue;
            byName = meaning;
            break;
        }

        if (byFormat is Meaning.Unknown) return byName;
        // A format of time, refined by the name: until when, born when.
        return byName is Meaning.BirthDate or Meaning.FutureDate ? byName : byFormat;
    }
}
