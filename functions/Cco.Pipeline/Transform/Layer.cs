namespace Cco.Pipeline.Transform;

/// <summary>The layers of the SQL, each reading only those before it; a schema of the same name holds a layer's relations.</summary>
public enum Layer
{
    /// <summary>Small tables that are part of the models, as CSV.</summary>
    Seeds,

    /// <summary>One raw stream, renamed and converted.</summary>
    Staging,

    /// <summary>One entity of the business, all sources united.</summary>
    Conformed,

    /// <summary>One step of meaning.</summary>
    Intermediate,

    /// <summary>What BI tools read.</summary>
    Marts,

    /// <summary>Rows that should not exist.</summary>
    Audits,
}

/// <summary>Which layer may read which.</summary>
internal static class LayerRules
{
    /// <summary>The layers whose relations a bare name is looked up in, first to last.</summary>
    public static IReadOnlyList<Layer> SearchPath { get; } = [Layer.Marts, Layer.Intermediate, Layer.Conformed, Layer.Seeds];

    public static string Schema(this Layer layer) => layer.ToString().ToLowerInvariant();

    public static bool MayRead(this Layer reader, Layer read) => reader switch
    {
        Layer.Intermediate => read is Layer.Seeds or Layer.Conformed or Layer.Intermediate,
        Layer.Marts => read is Layer.Seeds or Layer.Conformed or Layer.Intermediate or Layer.Marts,
        Layer.Audits => read is not (Layer.Staging or Layer.Audits),
        _ => false,
    };
}
