using System.Text;
using Storefront.Tests.Input.Api;

namespace Storefront.Tests.Input.Cells;

/// <summary>Each member of an operation's body with each kind of value in its place.</summary>
internal static class BodyCells
{
    public static IEnumerable<Cell> Of(Operation operation, Samples samples)
    {
        if (operation.Body is null) yield break;
        foreach (var member in operation.Body.Members())
        {
            foreach (var (kind, json, expected) in BadValues.For(member, Sample(member)))
                yield return Cell(member, kind, expected, tree => tree.Replace(member.Pointer, json));
            foreach (var cell in Absent(member).Concat(Twice(member))) yield return cell;
        }

        IEnumerable<Cell> Absent(Member member) => member.IsElement
            ? []
            : [Cell(member, "missing", member.Needed ? Expected.Refused(member.Pointer, "required") : Expected.Taken, tree => tree.Remove(member.Pointer))];

        IEnumerable<Cell> Twice(Member member)
        {
            if (member.IsElement) yield break;
            var (sample, name) = (Sample(member), member.Name);
            foreach (var (kind, again) in ((string, string)[])
                [("twice", name), ("twice, once in capitals", name.ToUpperInvariant()), ("twice, once escaped", $"\\u{(int)name[0]:x4}{name[1..]}")])
                yield return Cell(member, kind, Expected.Refused(member.Pointer, "duplicate"), tree => tree.AddBehind(member.Pointer, $"\"{again}\"", sample));
            yield return Cell(member, "twice, then with another kind", Expected.RefusedAtOrBelow(member.Pointer), tree => tree.AddBehind(member.Pointer, $"\"{name}\"", "[{}]"));
        }

        string Sample(Member member) => JsonTree.Parse(samples.Body(operation)!).At(member.Pointer);

        Cell Cell(Member member, string kind, Expected expected, Func<JsonTree, JsonTree> change) => new(
            operation, member.Pointer, kind, expected, samples.Target(operation), Bytes(change(JsonTree.Parse(samples.Body(operation)!)).ToString()));
    }

    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>(text.Length);
        foreach (var (index, part) in text.Split(BadValues.WrongByte).Index())
        {
            if (index > 0) bytes.Add(0xFF);
            bytes.AddRange(Encoding.UTF8.GetBytes(part));
        }

        return [.. bytes];
    }
}
