using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Roadworthy.Inspection.Reports;

/// <summary>The JSON form: of the report, of each line of the journal, and of what a replay reads.</summary>
internal static class ReportJson
{
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        IndentSize = 1,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        // Read by people too; the HTML report does not embed it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
