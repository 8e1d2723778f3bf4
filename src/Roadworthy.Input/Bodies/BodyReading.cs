namespace Roadworthy.Input.Bodies;

/// <summary>What became of a body. Its errors are in the list that was handed in.</summary>
/// <param name="Readable">
/// The document's end was reached. False after an error of syntax or encoding: then nothing after the error is known, and there is no
/// document to run further rules on.
/// </param>
/// <param name="Document">
/// The body as the host's binder shall read it; null where that is the body as it came. Where there are errors, their members are cut and
/// their elements hold placeholders, so that the rest can still be checked by further rules. To be disposed by the caller.
/// </param>
internal readonly record struct BodyReading(bool Readable, PooledBuffer? Document);
