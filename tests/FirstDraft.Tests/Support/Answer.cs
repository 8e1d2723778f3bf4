using System.Text.Json.Nodes;

namespace FirstDraft.Tests.Support;

/// <summary>What a request was answered with.</summary>
internal sealed record Answer(int Status, string Text, string? RequestId)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsRefusal => Status is >= 400 and < 500;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public int ItemCount => Json["items"]!.AsArray().Count;

    /// <exception cref="InvalidOperationException">It was no success: a proof that can't even begin.</exception>
    public Answer Required() => IsSuccess ? this : throw new InvalidOperationException($"A request that the proof needs was answered with {this}");

    public override string ToString() => $"{Status} {Text}";
}
