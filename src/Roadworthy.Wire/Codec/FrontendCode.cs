namespace Roadworthy.Wire.Codec;

/// <summary>The first byte of what a client sends once its start-up message is through.</summary>
internal static class FrontendCode
{
    public const byte Query = (byte)'Q';
    public const byte Parse = (byte)'P';
    public const byte Bind = (byte)'B';
    public const byte Describe = (byte)'D';
    public const byte Execute = (byte)'E';
    public const byte Close = (byte)'C';
    public const byte Sync = (byte)'S';
    public const byte Flush = (byte)'H';
    public const byte FunctionCall = (byte)'F';
    public const byte CopyData = (byte)'d';
    public const byte CopyDone = (byte)'c';
    public const byte CopyFail = (byte)'f';
    public const byte Authentication = (byte)'p';
    public const byte Terminate = (byte)'X';

    /// <summary>Whether the server answers what has come so far when it gets this one, so that what stands before it is worth keeping until then.</summary>
    public static bool EndsBatch(byte type) => type is not (Parse or Bind or Describe or Execute or Close);
}
