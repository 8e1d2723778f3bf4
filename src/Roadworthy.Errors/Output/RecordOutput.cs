using Microsoft.Extensions.Options;

namespace Roadworthy.Errors.Output;

internal sealed class RecordOutput(IOptions<ErrorsOptions> options)
{
    public WriteBytes Write { get; } = options.Value.Output is { } stream ? StandardOutput.ToStream(stream) : StandardOutput.Open();

    public int QueueCapacity { get; } = options.Value.QueueCapacity;
}
