using System.Runtime.InteropServices;

namespace Roadworthy.Wire.Proxy;

/// <summary>The few calls of Unix that cost a fraction of what the sockets of .NET do.</summary>
internal static unsafe partial class Native
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    // The values of Linux and of macOS.
    public static readonly short PollReadHangUp = OperatingSystem.IsLinux() ? (short)0x2000 : (short)0;
    public static readonly int DontWait = OperatingSystem.IsLinux() ? 0x40 : 0x80;
    public static readonly int NoSignal = OperatingSystem.IsLinux() ? 0x4000 : 0x80000;
    public static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;
    public const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* into, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "pipe", SetLastError = true)]
    public static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int file, byte* into, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int file, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);
}

[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int File;
    public short Events;
    public short Returned;
}
