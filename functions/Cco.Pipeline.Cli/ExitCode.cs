namespace Cco.Pipeline.Cli;

/// <summary>What the program says to the shell when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It did what was asked and found something wrong: a failed run, a wrong model, a refused query.</summary>
    public const int Wrong = 1;

    /// <summary>It was called in a way it does not understand, or its settings are wrong.</summary>
    public const int Usage = 2;

    /// <summary>Another run is at work on the lake.</summary>
    public const int Busy = 3;

    /// <summary>Done without some dropped files, which could not be read and are set aside.</summary>
    public const int Warned = 4;

    /// <summary>A fault nobody planned for.</summary>
    public const int Fault = 70;

    /// <summary>Ended with Ctrl-C.</summary>
    public const int Canceled = 130;
}
