using System.Globalization;

namespace Storefront.Pages;

/// <summary>How pages write things.</summary>
internal static class PageText
{
    /// <summary>Whole cents as <c>1,234.50</c>. Without division by a float.</summary>
    public static string Money(long cents) => (cents / 100m).ToString("N2", CultureInfo.InvariantCulture);

    public static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {thing}{(count == 1 ? "" : "s")}");

    /// <summary>A query of what is there; empty where nothing is.</summary>
    public static string Query(params IEnumerable<(string Name, string? Value)> parameters) =>
        QueryString.Create(parameters.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))).ToUriComponent();
}
