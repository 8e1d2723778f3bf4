using Roadworthy.Inspection.Api;

namespace Roadworthy.Inspection.Driving;

/// <summary>
/// Tells what a body's sku, code or isbn is: of another thing that has to exist, or the new thing's own, which must not. What is guessed wrongly is turned
/// round where the request is refused, and what worked is kept as a rule of the field.
/// </summary>
internal static class NaturalKeys
{
    public static bool Is(string name) => Names.Plain(name) is "sku" or "code" or "slug" or "barcode" or "isbn";

    /// <summary>Whether it stands in the body itself; within another thing, such as an order's lines, it always refers.</summary>
    public static bool MayBeOwn(string pointer) => pointer.LastIndexOf('/') == 0;

    /// <param name="context">What is filled.</param>
    /// <param name="pointer">Of the field.</param>
    /// <param name="rule">What was learned of it; null for nothing.</param>
    /// <param name="isKnown">Whether things of the kind that is made are known to have such a key.</param>
    public static bool Refers(FillContext context, string pointer, FieldRule? rule, bool isKnown) =>
        (rule?.Reference is true || !MayBeOwn(pointer) || !(isKnown || DescribesThing(context.Operation))) != context.SwapsKeys;

    /// <summary>What has a name is a thing that is made, and its code is its own.</summary>
    private static bool DescribesThing(ApiOperation operation) =>
        operation.Body?.Content.Values.Any(schema => schema.Properties.Keys.Any(name => Names.Plain(name) is "name" or "title" or "label")) is true;
}
