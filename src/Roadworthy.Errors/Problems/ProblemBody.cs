using System.Text.Json.Serialization;

namespace Roadworthy.Errors.Problems;

internal sealed record ProblemBody(string Type, string Title, int Status, string TraceId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
