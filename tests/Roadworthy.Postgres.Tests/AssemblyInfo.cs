using System.Runtime.Versioning;

// These tests look into /proc, send signals and read file modes.
[assembly: UnsupportedOSPlatform("windows")]
