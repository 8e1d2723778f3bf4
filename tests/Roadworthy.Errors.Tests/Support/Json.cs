using System.Globalization;
using System.Text.Json;

namespace Roadworthy.Errors.Tests.Support;

public static class Json
{
    /// <summary>The text at a path such as "exception.inner.message"; a failure shows the record.</summary>
    public static string At(this JsonElement record, string path) => record.ElementAt(path).ToString();

    public static JsonElement ElementAt(this JsonElement record, string path)
    {
        var element = record;
        foreach (var step in path.Split('.'))
        {
            var found = int.TryParse(step, CultureInfo.InvariantCulture, out var index) && element.ValueKind == JsonValueKind.Array
                ? index < element.GetArrayLength() ? element[index] : (JsonElement?)null
                : element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step, out var member) ? member : null;
            element = found ?? throw new Xunit.Sdk.XunitException($"No \"{step}\" of \"{path}\" in {record.GetRawText()}");
        }

        return element;
    }

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);
}
