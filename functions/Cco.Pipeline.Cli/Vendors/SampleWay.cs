namespace Cco.Pipeline.Cli.Vendors;

/// <summary>How the sample company comes into the lake.</summary>
internal enum SampleWay
{
    /// <summary>What vendors can say comes over their APIs, from servers on this machine; all else as files.</summary>
    Api,

    /// <summary>Everything comes as files.</summary>
    Files,
}
