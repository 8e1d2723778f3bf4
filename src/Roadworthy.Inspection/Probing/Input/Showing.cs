using System.Text.Json.Nodes;
using Roadworthy.Inspection.Api;
using Roadworthy.Inspection.Driving;

namespace Roadworthy.Inspection.Probing.Input;

/// <summary>The GET that shows the one thing that a write makes or changes. A list is none: what is changed may stand elsewhere in it.</summary>
internal static class Showing
{
    private static readonly HashSet<string> None = new(StringComparer.Ordinal);

    /// <summary>Makes it from an answer of success; null where the API has none.</summary>
    /// <param name="description">What the API offers.</param>
    /// <param name="write">Works.</param>
    /// <param name="who">Asks.</param>
    public static Func<Exchange, Call?>? Of(ApiDescription description, Call write, Identity who)
    {
        var path = write.Operation.Path.TrimEnd('/');
        var gets = description.Operations.Where(each => each.Method == "GET").ToList();
        if (write.Operation.Method is "PUT" or "PATCH")
            return gets.Find(each => each.Path.TrimEnd('/') == path) is { } same ? _ => new Call { Operation = same, Path = new(write.Path, StringComparer.Ordinal) } : null;
        if (write.Operation.Method is not "POST") return null;
        var one = gets.Find(each => each.Path.StartsWith(path + "/{", StringComparison.Ordinal) && each.Path.IndexOf('/', path.Length + 1) < 0 && each.Path.EndsWith('}'));
        return one?.Parameters.FirstOrDefault(parameter => parameter.Place is ParameterPlace.Path && one.Path.EndsWith($"{{{parameter.Name}}}", StringComparison.Ordinal)) is { } key
            ? answer => Made(write, answer, key, one, who) : null;
    }

    /// <summary>By whatever the answer names it with.</summary>
    private static Call? Made(Call write, Exchange answer, ApiParameter key, ApiOperation get, Identity who)
    {
        var model = new ResourceModel();
        Harvest.From(answer, model);
        // What was sent names it too, but for what a trial sends in its place.
        if (write.Body is JsonObject) Harvest.FromCall(write, answer, model);
        return model.ForPath(get, key, who.Name, None).FirstOrDefault() is { } known ? new Call { Operation = get, Path = new(write.Path, StringComparer.Ordinal) { [key.Name] = known.Value } } : null;
    }
}
